//! The portal's own schedule.

use reqwest::Method;

use super::{Portal, scoped};
use crate::{ApiError, Effect, NewSchedule, Schedule, Scope, transport::Call, wire};

impl Portal {
    /// Reads the schedule. `None`: none is set.
    ///
    /// One that was set may be gone: a portal removes it when a scheduled backup would cost money that is not there
    /// (contract §7).
    ///
    /// # Errors
    ///
    /// `PaymentRequired` at a portal that is not paid for; `Garbled` when the times it tells are none.
    pub async fn backup_schedule(&self, scope: Scope) -> Result<Option<Schedule>, ApiError> {
        let call = self.get("read the backup schedule", "api/2.0/backup/getbackupschedule");
        self.ask(scoped(call, scope), |response| wire::schedule(&response, scope)).await
    }

    /// Sets the schedule in place of the one that is set, if any.
    ///
    /// The portal then forgets when it last ran: if today's hour is past, the next backup begins within 15 minutes.
    ///
    /// # Errors
    ///
    /// `NotFound` and `Forbidden` name the folder; `PaymentRequired` a plan without free backups whose wallet has paid ones
    /// switched off.
    pub async fn create_backup_schedule(&self, schedule: &NewSchedule) -> Result<(), ApiError> {
        let call = Call {
            method: Method::POST,
            effect: Effect::Changes,
            body: Some(wire::schedule_body(schedule)),
            ..self.get("set the backup schedule", "api/2.0/backup/createbackupschedule")
        };
        self.ask(call, |response| wire::done(&response)).await
    }

    /// Removes the schedule; `Ok` also when there was none. Copies that it made stay.
    ///
    /// # Errors
    ///
    /// `PaymentRequired` at a portal that is not paid for.
    pub async fn delete_backup_schedule(&self, scope: Scope) -> Result<(), ApiError> {
        let call = Call {
            method: Method::DELETE,
            effect: Effect::Changes,
            ..self.get("remove the backup schedule", "api/2.0/backup/deletebackupschedule")
        };
        self.ask(scoped(call, scope), |response| wire::done(&response)).await
    }
}
