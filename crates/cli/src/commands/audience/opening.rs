//! What is told while the backup runs: that it began.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use notify::{Attention, Notice, Subscription, deliver_one};
use tokio::task::JoinSet;

/// Tells beside the run, and never delays it: what has not arrived when this is dropped is dropped too, so that no channel
/// hears of the beginning after the end.
pub(crate) struct Opening {
    subscriptions: Vec<Subscription>,
    tasks: Mutex<JoinSet<()>>,
}

impl Opening {
    pub(super) fn new(subscriptions: Vec<Subscription>) -> Self {
        Self { subscriptions, tasks: Mutex::default() }
    }

    /// Tells nobody.
    pub(crate) fn to_nobody() -> Self {
        Self::new(Vec::new())
    }

    /// Tells those who chose to know. Whether it arrives is in the log alone: a beginning that nobody heard of is no loss.
    pub(crate) fn tell(&self, notice: &Notice) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        for to in self.subscriptions.iter().filter(|to| to.takes(notice.state, Attention::Everybody)) {
            let (to, notice) = (to.clone(), notice.clone());
            tasks.spawn(async move { drop(deliver_one(&to.channel, &notice, None, &to.policy).await) });
        }
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening").field("subscriptions", &self.subscriptions).finish_non_exhaustive()
    }
}
