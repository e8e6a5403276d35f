//! Putting a copy back.

use reqwest::Method;

use super::Portal;
use crate::{
    ApiError, Effect, Progress, Scope, StartRestore,
    transport::{Auth, Call},
    wire,
};

impl Portal {
    /// Asks the portal to replace itself by a copy, and returns what its slot for restores shows then. `None`: the reply
    /// shows nothing.
    ///
    /// As with a backup, the portal never says "busy" but shows the job that runs. While it works, every call but a few is
    /// refused with [`Denial::PortalState`](crate::Denial::PortalState); follow it by
    /// [`restore_progress`](Self::restore_progress). Afterwards the portal is another one (contract §8): the key that
    /// started it is gone, [`Tenant::id`](crate::Tenant::id) and all ids of the history are new.
    ///
    /// The order is sent once; it is repeated only where no connection came about.
    ///
    /// # Errors
    ///
    /// Where [`ApiErrorKind::leaves_doubt`](crate::ApiErrorKind::leaves_doubt) the restore was perhaps started: look instead
    /// of repeating. `NotFound` for a copy or file that the portal does not know, `PaymentRequired` for a plan without
    /// restores. That a file is no copy of this portal only shows in the progress.
    pub async fn start_restore(&self, order: &StartRestore) -> Result<Option<Progress>, ApiError> {
        let call = Call {
            method: Method::POST,
            effect: Effect::Starts,
            body: Some(wire::restore_body(order)),
            ..self.get("start the restore", "api/2.0/backup/startrestore")
        };
        self.ask(call, |response| wire::restore_progress(&response, &self.address)).await
    }

    /// Looks at the slot for restores, without the credential, since the restore ends the key: a dead one would be refused
    /// here (contract §8). `None`: the portal remembers no restore.
    ///
    /// The slot may show yesterday's restore: compare [`Progress::task`].
    ///
    /// # Errors
    ///
    /// In the midst of a restore the portal may be away for a while, in any of the ways that there are.
    pub async fn restore_progress(&self, scope: Scope) -> Result<Option<Progress>, ApiError> {
        let mut call = Call {
            auth: Auth::Anonymous,
            ..self.get("read the restore's progress", "api/2.0/backup/getrestoreprogress")
        };
        // Without it, a self-hosted server shows any restore.
        call.url.set_query(Some(if scope == Scope::Server { "dump=true" } else { "dump=false" }));
        self.ask(call, |response| wire::restore_progress(&response, &self.address)).await
    }
}
