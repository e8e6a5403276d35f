//! Which failures are tried again, and after how long.

use std::time::Duration;

use reqwest::Response;
use reqwest_middleware::Error;
use reqwest_retry::{
    Jitter, RetryTransientMiddleware, Retryable, RetryableStrategy,
    policies::{ExponentialBackoff, ExponentialBackoffBuilder},
};

use super::failure::Failure;
use crate::RetryPolicy;

/// Beyond a day a pause means nothing, and the arithmetic of the back-off would overflow.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The middleware that tries again. It knows neither kind nor effect: the innermost one has decided by then.
pub(super) fn middleware(policy: RetryPolicy) -> RetryTransientMiddleware<ExponentialBackoff, AsDecided> {
    RetryTransientMiddleware::new_with_policy_and_strategy(backoff(policy), AsDecided)
}

fn backoff(policy: RetryPolicy) -> ExponentialBackoff {
    let longest = policy.longest_delay.min(LONGEST);
    ExponentialBackoffBuilder::default()
        .retry_bounds(policy.first_delay.min(longest), longest)
        .jitter(Jitter::Bounded)
        .build_with_max_retries(policy.tries.saturating_sub(1))
}

pub(super) struct AsDecided;

impl RetryableStrategy for AsDecided {
    fn handle(&self, result: &Result<Response, Error>) -> Option<Retryable> {
        let again = Failure::of(result.as_ref().err()?).is_some_and(|failure| failure.again);
        Some(if again { Retryable::Transient } else { Retryable::Fatal })
    }
}
