//! One portal and its operations.

mod account;
mod backup;
mod files;
mod limits;
mod restore;
mod schedule;

use std::fmt;

use reqwest::Method;
use serde_json::Value;

use crate::{
    Address, ApiError, ClientOptions, Credential, Effect, RawCall, RetryPolicy, Scope, SetupError, Version,
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

    /// The same for an operation that portals have since the version `needs`: whether this one lacks it is asked, not guessed.
    async fn ask_since<T>(
        &self,
        needs: &'static str,
        call: Call,
        read: impl FnOnce(Value) -> Result<T, Misfit>,
    ) -> Result<T, ApiError> {
        match self.ask(call, read).await {
            Err(error) if error.is_unknown_operation() && self.is_older_than(needs).await => {
                Err(error.into_unsupported(needs))
            }
            result => result,
        }
    }

    async fn is_older_than(&self, needs: &str) -> bool {
        let Ok(needed): Result<Version, _> = needs.parse() else { return false };
        self.version().await.is_ok_and(|version| version < needed)
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
