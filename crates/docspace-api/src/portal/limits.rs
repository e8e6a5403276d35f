//! What the portal may use up.

use super::Portal;
use crate::{ApiError, BackupsCount, Payment, Quota, ServiceState, wire};

impl Portal {
    /// Counts backups, those included that are deleted or that a schedule made.
    ///
    /// # Errors
    ///
    /// `Unsupported` before 3.5.0; `Status(400)` when [`BackupsCount::from`] lies after [`BackupsCount::to`].
    pub async fn backups_count(&self, count: &BackupsCount) -> Result<u64, ApiError> {
        let mut call = self.get("count the backups", "api/2.0/backup/getbackupscount");
        let moments = [("from", count.from), ("to", count.to)];
        let mut query = call.url.query_pairs_mut();
        query.append_pair("paid", if count.payment == Payment::Paid { "true" } else { "false" });
        query.extend_pairs(moments.iter().filter_map(|(name, moment)| Some((name, moment.as_ref()?.to_string()))));
        drop(query);
        self.ask_since("3.5.0", call, |response| wire::count(&response)).await
    }

    /// Asks whether backups beyond the free ones may cost money.
    ///
    /// # Errors
    ///
    /// `Unsupported` before 3.5.0, where no backup costs money.
    pub async fn service_state(&self) -> Result<ServiceState, ApiError> {
        let call = self.get("read the state of the backup service", "api/2.0/backup/getservicestate");
        self.ask_since("3.5.0", call, |response| wire::service_state(&response)).await
    }

    /// Asks what the portal's plan allows.
    ///
    /// # Errors
    ///
    /// `Forbidden` for who is no admin.
    pub async fn quota(&self) -> Result<Quota, ApiError> {
        self.ask(self.get("read the quota", "api/2.0/portal/quota"), |response| wire::quota(&response)).await
    }

    /// Asks how much the portal stores, in bytes. The portal tells it in hundredths of a GiB, so it is right to 5 MiB.
    ///
    /// # Errors
    ///
    /// `Forbidden` for who is no admin.
    pub async fn used_space(&self) -> Result<u64, ApiError> {
        let call = self.get("read the used space", "api/2.0/portal/usedspace");
        self.ask(call, |response| wire::used_space(&response)).await
    }
}
