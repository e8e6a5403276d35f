//! Any order of answers and faults: what must hold whatever a portal and a network do.

use std::time::Duration;

use docspace_api::{
    ApiErrorKind, Denial, JobKind, JobState, NotifyUsers, Progress, RestoreSource, Scope, StartRestore, StorageType,
    TenantStatus,
};
use proptest::{collection::vec, prelude::*};

use crate::{
    Failure, Limits, Outcome, Restoration, RestoreOrder, RestoreSeen, RestoreStep, RestoreVerdict,
    fixture::{OTHER, OURS, failure, id, record},
};

const AT_MOST_STEPS: usize = 2_000;

const LIMITS: Limits = Limits {
    timeout: Duration::from_secs(600),
    stall_timeout: Duration::from_secs(120),
    recheck_after: Duration::from_secs(40),
};

/// What a portal may show at some moment, whatever is asked.
#[derive(Debug, Clone)]
struct Moment {
    slot: Result<Option<Progress>, Failure>,
    started: Result<Option<Progress>, Failure>,
    backups: Result<Option<Progress>, Failure>,
    is_listed: bool,
    is_key_alive: bool,
    is_stopped: bool,
}

fn failures() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(ApiErrorKind::TimedOut),
        Just(ApiErrorKind::NotFound),
        Just(ApiErrorKind::Forbidden(Denial::PortalState)),
        Just(ApiErrorKind::Status(502)),
        Just(ApiErrorKind::Throttled { retry_after: None }),
    ]
    .prop_map(failure)
}

fn slots() -> impl Strategy<Value = Result<Option<Progress>, Failure>> {
    let state = prop_oneof![
        6 => Just(JobState::Running),
        1 => Just(JobState::Created),
        1 => Just(JobState::Completed { warning: None }),
        1 => Just(JobState::Failed { reason: "invalid".into() }),
    ];
    let task = prop_oneof![3 => Just(OURS), 1 => Just(OTHER)];
    let kind = prop_oneof![8 => Just(JobKind::Restore), 1 => Just(JobKind::Backup)];
    let job = (task, kind, 0..=100_u8, state).prop_map(|(task, kind, percent, state)| Progress {
        task: id(task),
        kind,
        percent,
        state,
        link: None,
    });
    prop_oneof![5 => job.prop_map(|job| Ok(Some(job))), 3 => Just(Ok(None)), 2 => failures().prop_map(Err)]
}

fn moments() -> impl Strategy<Value = Moment> {
    let bools = (prop::bool::weighted(0.8), any::<bool>(), prop::bool::weighted(0.02));
    (slots(), slots(), prop::option::weighted(0.2, slots()), bools).prop_map(
        |(slot, started, backups, (is_listed, is_key_alive, is_stopped))| {
            let backups = backups.unwrap_or(Ok(None));
            Moment { slot, started, backups, is_listed, is_key_alive, is_stopped }
        },
    )
}

/// What a whole restore did.
#[derive(Debug, Default)]
struct Played {
    starts: usize,
    /// Whether a start followed on a slot, of restores or of backups, in which a job ran.
    started_over_a_job: bool,
    saw_ours_complete: bool,
    verdict: Option<RestoreVerdict>,
}

fn is_running(slot: &Result<Option<Progress>, Failure>) -> bool {
    slot.as_ref().is_ok_and(|slot| slot.as_ref().is_some_and(|job| !job.state.is_over()))
}

fn play(moments: &[Moment]) -> Played {
    let source = RestoreSource::Backup { id: id(OTHER), storage: StorageType::Documents };
    let order = StartRestore { source, notify_users: NotifyUsers::No, scope: Scope::Portal };
    let mut restoration = Restoration::new(RestoreOrder::Start(order), LIMITS);
    let (mut played, mut is_job_there) = (Played::default(), false);
    let (mut seen, mut now) = (RestoreSeen::Nothing, Duration::ZERO);
    for moment in moments.iter().cycle().take(AT_MOST_STEPS) {
        seen = match restoration.step(seen, now).step {
            RestoreStep::Finish(verdict) => {
                played.verdict = Some(*verdict);
                return played;
            }
            RestoreStep::Start(_) => {
                played.starts += 1;
                played.started_over_a_job = is_job_there;
                RestoreSeen::Started(moment.started.clone())
            }
            _ if moment.is_stopped => RestoreSeen::StopAsked,
            RestoreStep::Wait(time) => {
                now += time;
                RestoreSeen::Nothing
            }
            RestoreStep::Probe | RestoreStep::Look => {
                is_job_there = is_running(&moment.slot);
                RestoreSeen::Slot(moment.slot.clone())
            }
            RestoreStep::ProbeBackups(_) => {
                is_job_there |= is_running(&moment.backups);
                RestoreSeen::Backups(moment.backups.clone())
            }
            RestoreStep::ReadHistory => {
                RestoreSeen::History(Ok(moment.is_listed.then(|| record(OTHER)).into_iter().collect()))
            }
            RestoreStep::AskKey if moment.is_key_alive => RestoreSeen::Key(Ok(())),
            RestoreStep::AskKey => RestoreSeen::Key(Err(failure(ApiErrorKind::Unauthenticated))),
            RestoreStep::AskStatus => RestoreSeen::Status(Ok(TenantStatus::Active)),
        };
        played.saw_ours_complete |= shows_completion(&seen);
    }
    played
}

fn shows_completion(seen: &RestoreSeen) -> bool {
    let (RestoreSeen::Slot(Ok(Some(job))) | RestoreSeen::Started(Ok(Some(job)))) = seen else { return false };
    matches!(job.state, JobState::Completed { .. })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_restore_starts_at_most_once_over_no_other_job_and_always_ends(moments in vec(moments(), 1..40)) {
        let played = play(&moments);
        prop_assert!(played.starts <= 1 && !played.started_over_a_job, "{played:?}");
        let verdict = played.verdict.expect("it ends");
        let is_untouched = matches!(verdict.outcome, Outcome::Busy);
        prop_assert!(!is_untouched || played.starts == 0, "{verdict:?}");
    }

    #[test]
    fn completed_is_never_a_guess_and_each_bad_end_has_a_reason(moments in vec(moments(), 1..40)) {
        let played = play(&moments);
        let verdict = played.verdict.expect("it ends");
        let is_done = matches!(verdict.outcome, Outcome::Completed | Outcome::CompletedWithWarnings);
        prop_assert!(!is_done || played.saw_ours_complete, "{verdict:?}");
        prop_assert!(is_done != verdict.reason.is_some(), "{verdict:?}");
        prop_assert!(verdict.outcome != Outcome::NotStarted || verdict.task.is_none(), "{verdict:?}");
    }
}
