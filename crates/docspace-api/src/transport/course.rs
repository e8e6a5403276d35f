//! How far a call has come: kept outside the chain of middlewares, so that it outlives a call that is cut short.

use std::time::Duration;

use http::Extensions;
use reqwest::Response;
use tokio::time::Instant;

use super::failure::Failure;
use crate::{ApiErrorKind, Effect};

/// A try that was cut off sooner says nothing of the portal: the answer before it does. Of a call that changes something
/// it leaves a doubt all the same.
const SHORTEST: Duration = Duration::from_secs(1);

#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) effect: Effect,
    /// When the call ends, whatever happens; `None` where the limit is beyond what a clock can show.
    deadline: Option<Instant>,
    /// How often the request was sent.
    pub(super) attempts: u32,
    /// The status of the last answer.
    pub(super) status: Option<u16>,
    /// When the try that is under way began.
    in_flight: Option<Instant>,
    last: Option<(ApiErrorKind, Option<String>)>,
    not_before: Option<Instant>,
}

impl Course {
    pub(super) fn new(effect: Effect, limit: Duration) -> Self {
        Self {
            effect,
            deadline: Instant::now().checked_add(limit),
            attempts: 0,
            status: None,
            in_flight: None,
            last: None,
            not_before: None,
        }
    }

    /// The course that [`Client::send`](super::Client::send) put there.
    pub(super) fn of(extensions: &mut Extensions) -> &mut Self {
        extensions.get_mut().expect("every call is sent with its course, which nothing takes out on the way")
    }

    pub(super) fn begin_attempt(&mut self) {
        self.attempts += 1;
        self.status = None;
        self.in_flight = Some(Instant::now());
    }

    /// Notes how the try ended, and decides whether another one is sensible.
    pub(super) fn close_attempt(&mut self, result: Result<Response, Failure>) -> reqwest_middleware::Result<Response> {
        self.in_flight = None;
        self.last = result.as_ref().err().map(|failure| (failure.kind, failure.message.clone()));
        result.map_err(|failure| {
            let again = failure.kind.is_retryable(self.effect);
            reqwest_middleware::Error::middleware(Failure { again, ..failure })
        })
    }

    /// Waits as long as the portal asked after the try before this one.
    pub(super) async fn wait(&mut self) {
        if let Some(moment) = self.not_before.take() {
            tokio::time::sleep_until(moment).await;
        }
    }

    /// Puts the next try off as long as the portal asks, or ends the tries if that is too long.
    pub(super) fn obey(&mut self, failure: &mut Failure, longest: Duration) {
        let Some(delay) = failure.retry_after else { return };
        self.not_before = Instant::now().checked_add(delay);
        let fits = match (self.not_before, self.deadline) {
            (Some(moment), Some(deadline)) => moment < deadline,
            (Some(_), None) => true,
            (None, _) => false,
        };
        failure.again &= delay <= longest && fits;
    }

    /// The failure of a call whose time ran out here.
    pub(super) fn cut_short(self) -> Failure {
        let is_hasty = self.effect == Effect::Reads && self.in_flight.is_some_and(|began| began.elapsed() < SHORTEST);
        let (kind, message) = match (self.in_flight, self.status, self.last) {
            (Some(_), Some(status), _) if status >= 300 => (super::refusal::kind(status, None), None),
            (None, _, Some(last)) => last,
            (Some(_), _, Some(last)) if is_hasty => last,
            (_, _, _) => (ApiErrorKind::TimedOut, None),
        };
        Failure { message, ..Failure::new(kind) }
    }
}
