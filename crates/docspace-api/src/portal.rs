//! One portal and its operations.

use std::fmt;

use reqwest::Method;
use serde_json::Value;

use crate::{
    Address, ApiError, BackupRecord, ClientOptions, Credential, Effect, KeyInfo, Progress, RawCall, RetryPolicy, Scope,
    SetupError, StartBackup, Tenant, User, Version,
    transport::{Auth, Call, Client},
    wire::{self, Misfit, WireFault},
};

/// One portal, with the credential to call it. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Portal {
    address: Address,
    client: Client,
}

impl Portal {
    /// Sets up the calls; nothing is sent yet.
    ///
    /// Installs ring as the process's provider of cryptography for rustls, unless one is installed already.
    ///
    /// # Errors
    ///
    /// When [`ClientOptions::ca_pem`] holds no usable certificate, or the system's certificates cannot be read.
    pub fn new(address: Address, credential: Credential, options: ClientOptions) -> Result<Portal, SetupError> {
        let client = Client::new(credential, &options, address.is_loopback())?;
        Ok(Portal { address, client })
    }

    /// Where this portal is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The same portal over the same connections, with another policy.
    pub fn with_retry(&self, policy: RetryPolicy) -> Portal {
        Portal { address: self.address.clone(), client: self.client.with_retry(policy) }
    }

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

    /// Asks for the server's version, without the credential: a narrow key would be refused here (contract §10.4).
    ///
    /// # Errors
    ///
    /// `NotAPortal` or `Garbled` when something else than a portal answers at this address.
    pub async fn version(&self) -> Result<Version, ApiError> {
        let call =
            Call { auth: Auth::Anonymous, ..self.get("read the portal's version", "api/2.0/settings/version/build") };
        self.ask(call, |response| wire::version(&response)).await
    }

    /// Asks what the portal knows of the key in use. It needs no scope, so it is the best test of a key.
    ///
    /// # Errors
    ///
    /// `Unauthenticated` for a key that is unknown, expired or disabled; `Status(400)` or `Status(500)` when the
    /// credential is a login token and no key.
    pub async fn key(&self) -> Result<KeyInfo, ApiError> {
        self.ask(self.get("look up the key", "api/2.0/keys/@self"), |response| wire::key(&response)).await
    }

    /// Asks whose credential this is.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope does not cover its own account.
    pub async fn user(&self) -> Result<User, ApiError> {
        self.ask(self.get("look up the key's owner", "api/2.0/people/@self"), |response| wire::user(&response)).await
    }

    /// Asks about the portal itself; who is no admin learns only its number.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope is too narrow.
    pub async fn tenant(&self) -> Result<Tenant, ApiError> {
        self.ask(self.get("look up the portal", "api/2.0/portal"), |response| wire::tenant(&response)).await
    }

    /// Sends any call, with the same credential, limits, tries and reading of errors, and returns the `response` of its
    /// answer as it is; null where there is none.
    ///
    /// # Errors
    ///
    /// `NotAPortal` and `Garbled` also when the operation answers with a file or a page instead of JSON.
    pub async fn raw(&self, raw: &RawCall) -> Result<Value, ApiError> {
        let mut call = Call {
            method: raw.method.clone(),
            effect: raw.effect,
            body: raw.body.as_ref().map(|body| body.to_string().into_bytes()),
            ..self.get("call the portal", &raw.path)
        };
        if !raw.query.is_empty() {
            call.url.query_pairs_mut().extend_pairs(&raw.query);
        }
        self.ask(call, Ok).await
    }

    fn get(&self, operation: &'static str, path: &str) -> Call {
        Call {
            operation,
            method: Method::GET,
            url: self.address.below(path),
            effect: Effect::Reads,
            auth: Auth::Bearer,
            body: None,
        }
    }

    async fn ask<T>(&self, call: Call, read: impl FnOnce(Value) -> Result<T, Misfit>) -> Result<T, ApiError> {
        let operation = call.operation;
        let answer = self.client.send(call).await?;
        let response = wire::open(&answer).and_then(|response| Ok(read(response)?));
        response.map_err(|fault| self.garbled(operation, fault).with_attempts(answer.attempts))
    }

    fn garbled(&self, operation: &'static str, fault: WireFault) -> ApiError {
        let message = fault.message().map(|text| self.client.redact(text));
        let error = ApiError::new(operation, fault.kind()).with_message(message);
        // Of a web page the kind says all there is.
        if matches!(fault, WireFault::WebPage) { error } else { error.with_source(fault) }
    }
}

impl fmt::Debug for Portal {
    /// The address alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal").field("address", &self.address.to_string()).finish_non_exhaustive()
    }
}

fn scoped(mut call: Call, scope: Scope) -> Call {
    if scope == Scope::Server {
        call.url.set_query(Some("dump=true"));
    }
    call
}
