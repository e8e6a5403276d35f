//! The backup slot and the history.

use reqwest::Method;

use super::{Portal, scoped};
use crate::{ApiError, BackupRecord, CancelReply, Effect, Progress, Scope, StartBackup, TaskId, transport::Call, wire};

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

    /// Asks the portal to stop whatever runs, and to forget what ran before: portal backups and dumps alike.
    ///
    /// It returns before the job has stopped. Afterwards the slot is empty; within 10 s the job may show up there once more,
    /// as [`JobState::Cancelled`](crate::JobState::Cancelled). A job that was nearly done, or not quite begun, may complete
    /// all the same (contract §4). The request is sent once: a second one would hit the next job.
    ///
    /// # Errors
    ///
    /// `Unsupported` before 3.7.1. Where [`ApiErrorKind::leaves_doubt`](crate::ApiErrorKind::leaves_doubt) it was perhaps
    /// done: look instead of repeating.
    pub async fn cancel_backup(&self) -> Result<CancelReply, ApiError> {
        let call = Call {
            method: Method::POST,
            effect: Effect::Starts,
            ..self.get("cancel the backup", "api/2.0/backup/cancelbackup")
        };
        self.ask_since("3.7.1", call, |response| wire::cancel_reply(&response)).await
    }

    /// Removes a copy: its record, then its file, for good.
    ///
    /// That the portal says so proves little (contract §6): the id of another portal's backup gives `Ok` and removes nothing,
    /// and so does an id that was removed before. What is left stands in [`backup_history`](Self::backup_history).
    ///
    /// # Errors
    ///
    /// `Status(500)` for an id that the portal does not know, and where the record is gone but its file could not be removed.
    pub async fn delete_backup(&self, id: &TaskId) -> Result<(), ApiError> {
        let path = format!("api/2.0/backup/deletebackup/{id}");
        let call = Call { method: Method::DELETE, effect: Effect::Changes, ..self.get("delete the backup", &path) };
        self.ask(call, |response| wire::done(&response)).await
    }

    /// Removes all copies, records and files, for good. Files that cannot be removed are passed over without a word.
    ///
    /// The request is sent once: a second one would hit a copy that was made meanwhile.
    ///
    /// # Errors
    ///
    /// `PaymentRequired` at a portal that is not paid for.
    pub async fn delete_backup_history(&self, scope: Scope) -> Result<(), ApiError> {
        let call = Call {
            method: Method::DELETE,
            effect: Effect::Starts,
            ..self.get("delete all backups", "api/2.0/backup/deletebackuphistory")
        };
        self.ask(scoped(call, scope), |response| wire::done(&response)).await
    }
}
