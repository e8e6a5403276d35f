//! Asking a portal on behalf of somebody who may stop the asking, or whose time may be up.

use std::{future::Future, time::Duration};

use docspace_api::{ApiError, Portal, RetryPolicy};
use tokio_util::sync::CancellationToken;

use crate::Failure;

const LEAST_FOR_A_LOOK: Duration = Duration::from_secs(5);

/// The portal, asked patiently where trying again is worth while, and once where the next look comes anyway.
pub(crate) struct Calls<'a> {
    pub(crate) patient: &'a Portal,
    pub(crate) quick: Portal,
    stop: CancellationToken,
}

/// Why a call or a wait ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    TimeUp,
    StopAsked,
}

/// The answer to a call, unless it was cut short.
pub(crate) type Heard<T> = Result<Result<T, Failure>, Cut>;

impl<'a> Calls<'a> {
    pub(crate) fn new(portal: &'a Portal, stop: CancellationToken) -> Self {
        Self { patient: portal, quick: portal.with_retry(RetryPolicy::NEVER), stop }
    }

    /// Asks until there is an answer, or until the caller asks to stop.
    pub(crate) async fn ask<T>(&self, call: impl Future<Output = Result<T, ApiError>>) -> Heard<T> {
        tokio::select! {
            () = self.stop.cancelled() => Err(Cut::StopAsked),
            answer = finish(call) => Ok(answer),
        }
    }

    /// Asks for no longer than is left. With no time at all there is still one look, so that "no waiting" has an answer.
    pub(crate) async fn ask_within<T>(
        &self,
        left: Duration,
        call: impl Future<Output = Result<T, ApiError>>,
    ) -> Heard<T> {
        let limit = left.max(LEAST_FOR_A_LOOK);
        tokio::time::timeout(limit, self.ask(call)).await.unwrap_or(Err(Cut::TimeUp))
    }

    /// Sleeps, until the caller asks to stop.
    pub(crate) async fn wait(&self, time: Duration) -> Result<(), Cut> {
        tokio::select! {
            () = self.stop.cancelled() => Err(Cut::StopAsked),
            () = tokio::time::sleep(time) => Ok(()),
        }
    }
}

/// Asks to the end. A call that changes something is never cut short: whoever drops it cannot know what became of it.
pub(crate) async fn finish<T>(call: impl Future<Output = Result<T, ApiError>>) -> Result<T, Failure> {
    call.await.map_err(|error| Failure::from(&error))
}
