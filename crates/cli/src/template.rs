//! Notices in the user's own words: a template for the subject and one for the text.

mod engine;
mod sample;
mod speaker;

use std::sync::Arc;

use notify::{Notice, Notifier};

pub(crate) use engine::Fault;

use engine::render;
use speaker::Speaker;

/// The templates in force; the built-in words stand where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Templates {
    /// For the subject, one line.
    pub(crate) subject: Option<String>,
    /// For what stands above the facts.
    pub(crate) text: Option<String>,
}

impl Templates {
    /// The channel, which speaks in these words from now on.
    pub(crate) fn spoken_by(&self, channel: Arc<dyn Notifier>) -> Arc<dyn Notifier> {
        match self {
            Self { subject: None, text: None } => channel,
            Self { .. } => Arc::new(Speaker::new(channel, self.clone())),
        }
    }

    /// The notice in these words. A template that cannot be rendered leaves the built-in words where they are, and is
    /// logged: the notice comes in any case.
    fn apply(&self, notice: &Notice) -> Notice {
        let spoken = |template: &Option<String>, usual: &str, which: &str| {
            let rendered = template.as_ref().map(|template| render(template, notice));
            rendered
                .and_then(|rendered| rendered.inspect_err(|fault| warn(which, fault)).ok())
                .unwrap_or(usual.to_owned())
        };
        let subject = spoken(&self.subject, &notice.subject, "subject");
        let message = spoken(&self.text, &notice.message, "text");
        Notice { subject, message, ..notice.clone() }
    }
}

/// A backup that failed, as an example.
pub(crate) fn sample_notice() -> Notice {
    sample::failed()
}

/// Finds out whether a template can be rendered: for a notice that has everything, and for one that has nothing.
///
/// # Errors
///
/// Where it cannot be read, where it asks for what no notice has, and where it takes for granted what only some have.
pub(crate) fn check(template: &str) -> Result<(), Fault> {
    sample::notices().iter().try_for_each(|notice| render(template, notice).map(drop))
}

fn warn(which: &str, fault: &Fault) {
    tracing::warn!("the template {which} cannot be rendered, so the built-in words are told: {fault}");
}

#[cfg(test)]
mod tests;
