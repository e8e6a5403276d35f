//! A channel that tells notices in the user's own words.

use std::sync::Arc;

use async_trait::async_trait;
use notify::{Notice, Notifier, NotifyError};

use super::Templates;

/// A channel, and the words in which it speaks.
#[derive(Debug)]
pub(super) struct Speaker {
    channel: Arc<dyn Notifier>,
    templates: Templates,
}

impl Speaker {
    pub(super) fn new(channel: Arc<dyn Notifier>, templates: Templates) -> Self {
        Self { channel, templates }
    }
}

#[async_trait]
impl Notifier for Speaker {
    fn name(&self) -> &str {
        self.channel.name()
    }

    async fn preflight(&self) -> Result<(), NotifyError> {
        self.channel.preflight().await
    }

    fn preview(&self, notice: &Notice) -> String {
        self.channel.preview(&self.templates.apply(notice))
    }

    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        self.channel.deliver(&self.templates.apply(notice)).await
    }

    async fn deliver_in_thread(&self, notice: &Notice, thread: Option<&str>) -> Result<Option<String>, NotifyError> {
        self.channel.deliver_in_thread(&self.templates.apply(notice), thread).await
    }
}
