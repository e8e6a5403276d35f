//! What happens during a run, told while it happens; terminal, JSON and log read the same stream.

use std::{fmt, sync::Arc, time::Duration};

use docspace_api::{JobState, TaskId};
use tokio::sync::mpsc;

use crate::Failure;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A job that is not ours holds the slot, and we wait for it to end.
    SlotTaken {
        /// Its id.
        task: TaskId,
        /// How far it is, 0 to 100.
        percent: u8,
    },
    /// The start is about to be sent: from here on a backup may exist.
    Starting {
        /// The finished job that is in the slot, and is not ours.
        previous: Option<TaskId>,
    },
    /// An earlier process has perhaps sent the start; the progress will show it.
    PerhapsStarted,
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

/// Where events go: a function that is called for each one, before the step that it announces is taken.
///
/// It must not block for long, since the run waits for it; [`events`] makes one that never does.
#[derive(Clone)]
pub struct EventSender(Arc<dyn Fn(Event) + Send + Sync>);

impl EventSender {
    /// Calls `listener` for each event. An event that announces a request is heard before the request is sent, so that
    /// a listener can keep a durable record.
    pub fn new(listener: impl Fn(Event) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    /// Nobody listens.
    pub fn none() -> Self {
        Self::new(drop)
    }

    /// Tells one event.
    pub fn send(&self, event: Event) {
        (self.0)(event);
    }
}

impl fmt::Debug for EventSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSender").finish_non_exhaustive()
    }
}

/// A channel for the events of one run. Sending never waits and never fails: a run does not depend on being watched.
pub fn events() -> (EventSender, mpsc::UnboundedReceiver<Event>) {
    let (sender, receiver) = mpsc::unbounded_channel();
    // An error only says that the listener has left.
    (EventSender::new(move |event| drop(sender.send(event))), receiver)
}
