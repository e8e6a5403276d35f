//! Any order of events and faults: what must hold whatever a portal and a network do.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{Earlier, Outcome, Turn};

/// The longest that a run may take under [`LIMITS`], with the waits that a portal can ask for.
const AT_MOST_STEPS: usize = 2_000;

const LIMITS: Limits = Limits {
    timeout: Duration::from_secs(600),
    stall_timeout: Duration::from_secs(120),
    recheck_after: Duration::from_secs(40),
};

/// What a portal may show at some moment, whatever was asked.
#[derive(Debug, Clone)]
struct Moment {
    slot: Result<Option<Progress>, Failure>,
    started: Result<Option<Progress>, Failure>,
    history: Result<Vec<BackupRecord>, Failure>,
    is_stopped: bool,
    /// How long the call takes.
    takes: Duration,
}

fn kinds() -> impl Strategy<Value = ApiErrorKind> {
    use docspace_api::Denial;
    prop_oneof![
        Just(ApiErrorKind::Unresolved),
        Just(ApiErrorKind::Unreachable),
        Just(ApiErrorKind::Untrusted),
        Just(ApiErrorKind::TimedOut),
        Just(ApiErrorKind::Interrupted),
        (0..4000_u64).prop_map(|s| ApiErrorKind::Throttled { retry_after: Some(Duration::from_secs(s)) }),
        Just(ApiErrorKind::Throttled { retry_after: None }),
        Just(ApiErrorKind::Unauthenticated),
        Just(ApiErrorKind::Forbidden(Denial::PortalState)),
        Just(ApiErrorKind::PaymentRequired),
        Just(ApiErrorKind::NotFound),
        (300..600_u16).prop_map(ApiErrorKind::Status),
        Just(ApiErrorKind::NotAPortal),
        Just(ApiErrorKind::Garbled),
    ]
}

fn failures() -> impl Strategy<Value = Failure> {
    (kinds(), any::<bool>()).prop_map(|(kind, is_answered)| if is_answered { answered(kind) } else { failure(kind) })
}

fn states() -> impl Strategy<Value = JobState> {
    prop_oneof![
        2 => Just(JobState::Created),
        6 => Just(JobState::Running),
        1 => Just(JobState::Completed { warning: None }),
        1 => Just(JobState::Completed { warning: Some("2 files".into()) }),
        1 => Just(JobState::Failed { reason: "disk".into() }),
        1 => Just(JobState::Cancelled),
    ]
}

fn tasks() -> impl Strategy<Value = TaskId> {
    prop_oneof![Just(id(OURS)), Just(id(OTHER))]
}

fn jobs() -> impl Strategy<Value = Progress> {
    let kind = prop_oneof![5 => Just(JobKind::Backup), 1 => Just(JobKind::Restore)];
    (tasks(), kind, 0..=100_u8, states()).prop_map(|(task, kind, percent, state)| Progress {
        task,
        kind,
        percent,
        state,
        link: None,
    })
}

fn slots() -> impl Strategy<Value = Result<Option<Progress>, Failure>> {
    prop_oneof![6 => jobs().prop_map(|job| Ok(Some(job))), 2 => Just(Ok(None)), 2 => failures().prop_map(Err)]
}

fn histories() -> impl Strategy<Value = Result<Vec<BackupRecord>, Failure>> {
    let records = vec(tasks().prop_map(|task| record(task.as_str())), 0..3);
    prop_oneof![4 => records.prop_map(Ok), 1 => failures().prop_map(Err)]
}

fn moments() -> impl Strategy<Value = Moment> {
    let is_stopped = prop_oneof![40 => Just(false), 1 => Just(true)];
    (slots(), slots(), histories(), is_stopped, 0..90_u64).prop_map(|(slot, started, history, is_stopped, takes)| {
        Moment { slot, started, history, is_stopped, takes: Duration::from_secs(takes / 3) }
    })
}

fn earlier() -> impl Strategy<Value = Option<Earlier>> {
    let perhaps = (prop_oneof![Just(None), tasks().prop_map(Some)], 0..100_u64)
        .prop_map(|(previous, ago)| Earlier::PerhapsStarted { previous, ago: Duration::from_secs(ago) });
    let started = tasks().prop_map(Earlier::Started);
    let known = vec(tasks(), 0..2).prop_map(Earlier::StillRunning);
    let some = prop_oneof![perhaps, started, known].prop_map(Some);
    prop_oneof![2 => Just(None), 1 => some]
}

fn orders() -> impl Strategy<Value = Order> {
    let if_running = prop_oneof![Just(IfRunning::Fail), Just(IfRunning::Join), Just(IfRunning::Wait)];
    let scope = prop_oneof![Just(Scope::Portal), Just(Scope::Server)];
    let until = prop_oneof![1 => Just(Until::Started), 4 => Just(Until::Ended)];
    let start = (if_running, scope, until, earlier()).prop_map(|(if_running, scope, until, earlier)| Order::Start {
        backup: backup(scope),
        if_running,
        until,
        earlier,
    });
    prop_oneof![4 => start, 1 => Just(attach(Some(OURS))), 1 => Just(attach(None))]
}

/// What a whole run did.
#[derive(Debug, Default)]
struct Played {
    starts: usize,
    /// Everything that any answer showed of a task that completed, or that the history listed.
    proofs: Vec<TaskId>,
    verdict: Option<Verdict>,
    took: Duration,
}

/// Plays a run against these moments, over and over, until it ends.
fn play(order: Order, moments: &[Moment]) -> Played {
    let mut run = Run::new(order, LIMITS);
    let mut played = Played::default();
    let (mut seen, mut now) = (Seen::Nothing, Duration::ZERO);
    for moment in moments.iter().cycle().take(AT_MOST_STEPS) {
        let Turn { step, .. } = run.step(seen, now);
        played.took = now;
        seen = match step {
            Step::Finish(verdict) => {
                played.verdict = Some(*verdict);
                return played;
            }
            Step::Start(_) => {
                played.starts += 1;
                Seen::Started(moment.started.clone())
            }
            _ if moment.is_stopped => Seen::StopAsked,
            Step::Wait(time) => {
                now += time;
                Seen::Nothing
            }
            Step::Probe | Step::Look => Seen::Slot(moment.slot.clone()),
            Step::ReadHistory => Seen::History(moment.history.clone()),
        };
        if seen != Seen::Nothing {
            now += moment.takes;
        }
        played.proofs.extend(proof(&seen));
    }
    played
}

fn proof(seen: &Seen) -> Vec<TaskId> {
    match seen {
        Seen::Slot(Ok(Some(job))) | Seen::Started(Ok(Some(job))) if matches!(job.state, JobState::Completed { .. }) => {
            vec![job.task.clone()]
        }
        Seen::History(Ok(records)) => records.iter().map(|record| record.id.clone()).collect(),
        Seen::Nothing | Seen::Slot(_) | Seen::Started(_) | Seen::History(_) | Seen::TimeUp | Seen::StopAsked => {
            Vec::new()
        }
    }
}

fn is_saved(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Completed | Outcome::CompletedWithWarnings)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_run_starts_at_most_once_and_always_ends(order in orders(), moments in vec(moments(), 1..40)) {
        let played = play(order.clone(), &moments);
        let is_known = |earlier: &Option<Earlier>| matches!(earlier, Some(Earlier::Started(_)));
        let allowed = usize::from(matches!(&order, Order::Start { earlier, .. } if !is_known(earlier)));
        prop_assert!(played.starts <= allowed, "{played:?}");
        prop_assert!(played.verdict.is_some(), "no end after {:?}", played.took);
    }

    #[test]
    fn completed_is_never_a_guess(order in orders(), moments in vec(moments(), 1..40)) {
        let played = play(order, &moments);
        let verdict = played.verdict.unwrap();
        if is_saved(verdict.outcome) {
            let task = verdict.task.clone().unwrap();
            prop_assert!(played.proofs.contains(&task), "{verdict:?} without proof");
        }
        if verdict.outcome == Outcome::Completed {
            let record = verdict.record.as_ref();
            prop_assert!(record.is_some_and(|record| Some(&record.id) == verdict.task.as_ref()), "{verdict:?}");
        }
    }

    #[test]
    fn each_bad_end_has_a_reason_and_no_good_one_has(order in orders(), moments in vec(moments(), 1..40)) {
        let verdict = play(order, &moments).verdict.unwrap();
        let is_started = verdict.outcome == Outcome::StillRunning;
        prop_assert!(is_started || is_saved(verdict.outcome) != verdict.reason.is_some(), "{verdict:?}");
        prop_assert!(verdict.outcome != Outcome::NotStarted || verdict.task.is_none(), "{verdict:?}");
    }
}
