//! Any order of answers: what must hold whatever a portal shows.

use std::time::Duration;

use docspace_api::{ApiErrorKind, CancelReply, JobKind, JobState, Progress, Scope};
use proptest::{collection::vec, prelude::*};

use crate::{
    CancelLimits, CancelOrder, CancelOutcome, CancelSeen, CancelStep, CancelVerdict, Cancellation, Failure,
    fixture::{OTHER, OURS, failure, id, record},
};

/// The longest that a cancel may take.
const AT_MOST_STEPS: usize = 500;

/// What a portal may show at some moment, whatever is asked.
#[derive(Debug, Clone)]
struct Moment {
    slot: Result<Option<Progress>, Failure>,
    reply: Result<CancelReply, Failure>,
    is_ours_listed: bool,
}

fn failures() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(ApiErrorKind::TimedOut),
        Just(ApiErrorKind::Unauthenticated),
        Just(ApiErrorKind::Status(500)),
        Just(ApiErrorKind::Throttled { retry_after: None }),
        Just(ApiErrorKind::Unsupported { needs: "3.7.1" }),
    ]
    .prop_map(failure)
}

fn jobs() -> impl Strategy<Value = Progress> {
    let state = prop_oneof![
        2 => Just(JobState::Created),
        6 => Just(JobState::Running),
        1 => Just(JobState::Completed { warning: None }),
        1 => Just(JobState::Failed { reason: "disk".into() }),
        1 => Just(JobState::Cancelled),
    ];
    let kind = prop_oneof![6 => Just(JobKind::Backup), 1 => Just(JobKind::Restore)];
    let task = prop_oneof![3 => Just(OURS), 1 => Just(OTHER)];
    (task, kind, state).prop_map(|(task, kind, state)| Progress { task: id(task), kind, percent: 4, state, link: None })
}

fn moments() -> impl Strategy<Value = Moment> {
    let slot =
        prop_oneof![5 => jobs().prop_map(|job| Ok(Some(job))), 4 => Just(Ok(None)), 1 => failures().prop_map(Err)];
    let reply = prop_oneof![
        4 => Just(Ok(CancelReply::Emptied)),
        1 => Just(Ok(CancelReply::WasEmpty)),
        1 => failures().prop_map(Err),
    ];
    (slot, reply, any::<bool>()).prop_map(|(slot, reply, is_ours_listed)| Moment { slot, reply, is_ours_listed })
}

/// What a whole cancel did.
#[derive(Debug, Default)]
struct Played {
    /// What the slot showed right before each cancel.
    cancelled: Vec<Option<Progress>>,
    verdict: Option<CancelVerdict>,
}

fn play(order: CancelOrder, moments: &[Moment]) -> Played {
    let mut cancellation = Cancellation::new(order, CancelLimits::default());
    let (mut played, mut last_slot) = (Played::default(), None);
    let (mut seen, mut now) = (CancelSeen::Nothing, Duration::ZERO);
    for moment in moments.iter().cycle().take(AT_MOST_STEPS) {
        seen = match cancellation.step(seen, now).step {
            CancelStep::Finish(verdict) => {
                played.verdict = Some(*verdict);
                return played;
            }
            CancelStep::Wait(time) => {
                now += time;
                CancelSeen::Nothing
            }
            CancelStep::Probe(_) | CancelStep::Look => {
                last_slot = moment.slot.clone().ok().flatten();
                CancelSeen::Slot(moment.slot.clone())
            }
            CancelStep::Cancel => {
                played.cancelled.push(last_slot.clone());
                CancelSeen::Answered(moment.reply.clone())
            }
            CancelStep::ReadHistory => {
                CancelSeen::History(Ok(moment.is_ours_listed.then(|| record(OURS)).into_iter().collect()))
            }
        };
    }
    played
}

fn orders() -> impl Strategy<Value = CancelOrder> {
    let task = prop_oneof![Just(None), Just(Some(id(OURS)))];
    let scope = prop_oneof![Just(Scope::Portal), Just(Scope::Server)];
    (task, scope).prop_map(|(task, scope)| CancelOrder { task, scope })
}

/// Whether an outcome promises that nothing was changed.
fn promises_nothing_was_sent(outcome: &CancelOutcome) -> bool {
    match outcome {
        CancelOutcome::NothingToCancel | CancelOutcome::OtherJob(_) | CancelOutcome::Stopped => true,
        CancelOutcome::Refused(_)
        | CancelOutcome::Cancelled
        | CancelOutcome::CompletedAnyway
        | CancelOutcome::FailedAnyway(_)
        | CancelOutcome::StillRunning
        | CancelOutcome::Unknown(_) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_cancel_is_sent_at_most_once_and_only_at_the_backup_that_is_meant(
        order in orders(),
        moments in vec(moments(), 1..30),
    ) {
        let played = play(order.clone(), &moments);
        prop_assert!(played.cancelled.len() <= 1, "{played:?}");
        for target in &played.cancelled {
            let target = target.as_ref().unwrap();
            prop_assert!(target.kind == JobKind::Backup && !target.state.is_over(), "{target:?}");
            prop_assert!(order.task.as_ref().is_none_or(|wanted| *wanted == target.task), "{target:?}");
        }
        let verdict = played.verdict.expect("it ends");
        prop_assert!(!promises_nothing_was_sent(&verdict.outcome) || played.cancelled.is_empty(), "{verdict:?}");
    }

    #[test]
    fn cancelled_is_told_only_where_the_history_lists_no_copy(order in orders(), moments in vec(moments(), 1..30)) {
        let moments: Vec<Moment> = moments.into_iter().map(|moment| Moment { is_ours_listed: true, ..moment }).collect();
        let verdict = play(order, &moments).verdict.expect("it ends");
        let is_ours = verdict.task == Some(id(OURS));
        prop_assert!(!is_ours || verdict.outcome != CancelOutcome::Cancelled, "{verdict:?}");
    }
}
