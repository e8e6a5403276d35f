//! `type = "sendmail"`: mail, through the machine's mail program.

use std::{path::PathBuf, sync::Arc};

use notify::{Notifier, SendmailNotifier, SendmailSettings};

use super::{Ingredients, Made, Place, Shown, recipients::Recipients};
use crate::settings::{Origin, Setting, table::Table};

/// The mail program, and who writes to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SendmailPlan {
    path: Setting<PathBuf>,
    recipients: Recipients,
}

impl SendmailPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let path = table.program("path").unwrap_or_else(|| Setting::by_default(SendmailSettings::PATH.into()));
        Some(Self { path, recipients: Recipients::read(table)? })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        [("path", Shown::Path(&self.path))].into_iter().chain(self.recipients.shown()).collect()
    }

    /// Whether the program is there can be seen without starting it.
    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let settings = SendmailSettings {
            path: self.path.value.clone(),
            from: self.recipients.sender(None),
            to: self.recipients.to.value.clone(),
            timeout: ingredients.time_limit().unwrap_or(SendmailSettings::TIMEOUT),
        };
        let made = SendmailNotifier::new(ingredients.name(), settings);
        let notifier = ingredients.made(Place::Channel, "check the sender and the recipients of this channel", made)?;
        let place = match &self.path.origin {
            Origin::Default => Place::Channel,
            origin @ (Origin::File { .. } | Origin::Environment(_) | Origin::Flag(_)) => Place::Setting("path", origin),
        };
        let hint = "name the mail program, path = \"/usr/sbin/sendmail\", or tell by type = \"email\"";
        ingredients.proven(place, hint, notifier).await
    }
}
