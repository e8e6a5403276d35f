//! Who writes to whom in a mail.

use super::Shown;
use crate::settings::{
    Setting,
    mail_address::{HINT, is_mail_address, not_an_address, usual_sender},
    table::Table,
};

/// The sender and the recipients of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recipients {
    /// The sender; `None` is the login's name if it is a mail address, else `docspace-backup@` and the domain of the first
    /// recipient.
    pub(crate) from: Option<Setting<String>>,
    /// The recipients, at least one.
    pub(crate) to: Setting<Vec<String>>,
}

impl Recipients {
    /// Reads `from` and `to`. `None` where nobody is named; what is no address is noted.
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let (from, to) = (table.text("from"), table.texts("to"));
        check_addresses(table, "from", from.as_ref().map(|from| from.clone().map(|from| vec![from])).as_ref());
        check_addresses(table, "to", to.as_ref());
        Some(Self { from, to: table.require("to", to)? })
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = (&'static str, Shown<'_>)> {
        self.from.iter().map(|from| ("from", Shown::Text(from))).chain([("to", Shown::Texts(&self.to))])
    }

    /// The sender, which may be made of the login's name.
    pub(super) fn sender(&self, login: Option<&str>) -> String {
        let first = self.to.value.first().map_or("", String::as_str);
        self.from.as_ref().map_or_else(|| usual_sender(login, first), |from| from.value.clone())
    }
}

fn check_addresses(table: &Table<'_>, key: &str, addresses: Option<&Setting<Vec<String>>>) {
    let Some(addresses) = addresses else { return };
    if let Some(wrong) = addresses.value.iter().find(|address| !is_mail_address(address)) {
        table.refuse(key, &addresses.origin, &not_an_address(wrong), HINT);
    }
}
