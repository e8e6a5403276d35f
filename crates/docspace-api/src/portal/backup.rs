//! The backup slot and the history.

use reqwest::Method;

use super::{Portal, scoped};
use crate::{ApiError, BackupRecord, Effect, Progress, Scope, StartBackup, transport::Call, wire};

impl Portal {
    /// Asks the portal to start a backup, and returns what its slot shows then. `None`: the reply shows nothing.
    ///
    /// The portal never says "busy": if a job runs already, it starts nothing, ignores the order and shows the running
    /// job with status 200 (contract §2.2). So look at [`backup_progress`](Self::backup_progress) first, and compare the
    /// [`task`](Progress::task). The order is sent once; it is repeated only where no connection came about.
    ///
    /// # Errors
    ///
    /// Where [`ApiErrorKind::leaves_doubt`](crate::ApiErrorKind::leaves_doubt) the backup was perhaps started: look instead of repeating.
    /// `NotFound`, `PaymentRequired`, `Forbidden` and `Status(400)` name a folder, quota, right or parameter; mistakes
    /// in a third-party or local target come as `Status(500)` or only show in the progress.
    pub async fn start_backup(&self, order: &StartBackup) -> Result<Option<Progress>, ApiError> {
        let call = Call {
            method: Method::POST,
            effect: Effect::Starts,
            body: Some(wire::start_body(order)),
            ..self.get("start the backup", "api/2.0/backup/startbackup")
        };
        self.ask(call, |response| wire::progress(&response, &self.address)).await
    }

    /// Looks at the slot. `None`: the portal remembers no job.
    ///
    /// The slot may show yesterday's job, a scheduled one or another administrator's: compare [`Progress::task`].
    ///
    /// # Errors
    ///
    /// `Forbidden` when the account is neither DocSpace admin nor owner, or the key's scope is too narrow; `Garbled`
    /// when a job is shown without its id.
    pub async fn backup_progress(&self, scope: Scope) -> Result<Option<Progress>, ApiError> {
        let call = self.get("read the backup's progress", "api/2.0/backup/getbackupprogress");
        self.ask(scoped(call, scope), |response| wire::progress(&response, &self.address)).await
    }

    /// Lists the backups that exist, in no order.
    ///
    /// Not free of effect: the portal forgets records whose file it cannot see at that moment (contract §5), so read
    /// it seldom. Rows that cannot be read are left out, with a warning in the log.
    ///
    /// # Errors
    ///
    /// `PaymentRequired` at a portal that is not paid for, where starting and progress still work.
    pub async fn backup_history(&self, scope: Scope) -> Result<Vec<BackupRecord>, ApiError> {
        let call = self.get("list the backups", "api/2.0/backup/getbackuphistory");
        self.ask(scoped(call, scope), |response| wire::history(&response)).await
    }
}
