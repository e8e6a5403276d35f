//! How long a notice that cannot be delivered is kept, and how often people are reminded.

use std::time::Duration;

use notify::Reminders;

use super::{Setting, file::DeliveryTable};

/// How long what could not be delivered is kept.
const GIVE_UP_AFTER: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What holds for the notices of all channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeliveryPlan {
    /// How old a notice may grow that cannot be delivered; after that it is given up.
    pub(crate) give_up_after: Setting<Duration>,
    /// How long people are left alone after the first word of a failure that lasts.
    pub(crate) remind_first: Setting<Duration>,
    /// How long they are after every later one.
    pub(crate) remind_every: Setting<Duration>,
}

impl DeliveryPlan {
    pub(super) fn new(file: &DeliveryTable) -> Self {
        let usual = Reminders::default();
        let or = |setting: &Option<Setting<Duration>>, usual| setting.clone().unwrap_or(Setting::by_default(usual));
        Self {
            give_up_after: or(&file.give_up_after, GIVE_UP_AFTER),
            remind_first: or(&file.remind_first, usual.first_after),
            remind_every: or(&file.remind_every, usual.then_every),
        }
    }
}
