//! What happens during a run, told while it happens; terminal, JSON and log read the same stream.

use std::time::Duration;

use docspace_api::{JobState, TaskId};
use tokio::sync::mpsc;

use crate::Failure;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A job that is not ours holds the slot, and we wait for it to end.
    SlotTaken {
        /// Whose it is.
        task: TaskId,
        /// How far it is, 0 to 100.
        percent: u8,
    },
    /// The start is about to be sent: from here on a backup may exist.
    Starting,
    /// The start got no proper answer; the progress will show whether it took effect.
    StartInDoubt(Failure),
    /// Our job is known by its id.
    Bound {
        /// The id.
        task: TaskId,
        /// Whether it ran before we came.
        joined: bool,
    },
    /// A look at our job.
    Progress {
        /// How far it is, 0 to 100.
        percent: u8,
        /// Where it stands.
        state: JobState,
        /// Since the run began.
        elapsed: Duration,
    },
    /// A look that failed. Nothing is lost by it.
    LookFailed {
        /// Why.
        failure: Failure,
        /// The time to the next look.
        next_in: Duration,
    },
    /// Our job has left the slot; the history will say more.
    Missing(TaskId),
    /// The job is over, and the history is asked whether its copy exists.
    Confirming(TaskId),
}

/// Where events go. Sending never waits and never fails: a run does not depend on being watched.
#[derive(Debug, Clone)]
pub struct EventSender(Option<mpsc::UnboundedSender<Event>>);

impl EventSender {
    /// Nobody listens.
    pub fn none() -> Self {
        Self(None)
    }

    pub(crate) fn send(&self, event: Event) {
        if let Some(channel) = &self.0 {
            // An error only says that the listener has left.
            let _ = channel.send(event);
        }
    }
}

/// A channel for the events of one run.
pub fn events() -> (EventSender, mpsc::UnboundedReceiver<Event>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (EventSender(Some(sender)), receiver)
}
