//! After a restore: whether the key still works, and whether the portal is in service.

use docspace_api::{ApiErrorKind, TenantStatus};

use super::{
    KeyFate, RestoreStep,
    step::{Phase, Restoration},
};
use crate::{Failure, Outcome, Reason, Turn, verdict::Judgement};

/// How it ended, and what was found afterwards.
#[derive(Debug, Clone)]
pub(super) struct Aftermath {
    pub(super) judgement: Judgement,
    pub(super) key: KeyFate,
    pub(super) status: Option<TenantStatus>,
}

impl Aftermath {
    /// Nothing has been asked yet.
    pub(super) fn of(judgement: Judgement) -> Self {
        Self { judgement, key: KeyFate::Unknown, status: None }
    }

    /// A start that left no trace in the slot is believed not to have happened; but not by a portal that has changed.
    fn reconsidered(mut self) -> Self {
        let has_changed = self.key == KeyFate::Dead || self.status == Some(TenantStatus::Restoring);
        if let Some(Reason::StartRefusedInDoubt(failure)) = self.judgement.reason.clone().filter(|_| has_changed) {
            self.judgement = Judgement::because(Outcome::Lost, Reason::StartUnknown(failure));
        }
        self
    }
}

impl Restoration {
    pub(super) fn ask_after(&mut self, aftermath: Aftermath) -> Turn<RestoreStep> {
        self.phase = Phase::After(aftermath);
        RestoreStep::AskKey.into()
    }

    pub(super) fn key_asked(&mut self, answer: Result<(), Failure>) -> Turn<RestoreStep> {
        let key = match answer {
            Ok(()) => KeyFate::Alive,
            Err(failure) if failure.kind == ApiErrorKind::Unauthenticated => KeyFate::Dead,
            Err(_) => KeyFate::Unknown,
        };
        let aftermath = Aftermath { key, ..self.aftermath() };
        if key != KeyFate::Alive {
            return self.finish(aftermath.reconsidered());
        }
        self.phase = Phase::After(aftermath);
        RestoreStep::AskStatus.into()
    }

    pub(super) fn status_asked(&mut self, answer: Result<TenantStatus, Failure>) -> Turn<RestoreStep> {
        let aftermath = Aftermath { status: answer.ok(), ..self.aftermath() };
        self.finish(aftermath.reconsidered())
    }

    fn aftermath(&self) -> Aftermath {
        match &self.phase {
            Phase::After(aftermath) => aftermath.clone(),
            Phase::Probing
            | Phase::Checking
            | Phase::ProbingBackups(_)
            | Phase::Starting
            | Phase::Doubting(_)
            | Phase::Watching
            | Phase::Missing(_) => Aftermath::of(Judgement::unfinished()),
        }
    }
}
