//! The innermost middleware: reads the whole answer, so that a broken one is a failed try, and decides what failed.

use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use http::Extensions;
use jiff::Timestamp;
use reqwest::{Request, Response};
use reqwest_middleware::{Middleware, Next};
use serde::de::IgnoredAny;

use super::{connection, course::Course, failure::Failure, refusal, retry_after};
use crate::ApiErrorKind;

/// The largest answer, once decompressed.
pub(super) const LIMIT: usize = 16 * 1024 * 1024;

/// How long the body of a refusal is waited for: it holds no more than a message, and the status is known already.
const REFUSAL_TIME: Duration = Duration::from_secs(5);

pub(super) struct ReadAnswer;

#[async_trait]
impl Middleware for ReadAnswer {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        Course::of(extensions).begin_attempt();
        let result = match next.run(request, extensions).await {
            Ok(response) => {
                Course::of(extensions).status = Some(response.status().as_u16());
                read(response).await
            }
            Err(error) => Err(Failure::from_chain(error)),
        };
        Course::of(extensions).close_attempt(result)
    }
}

async fn read(response: Response) -> Result<Response, Failure> {
    if !response.status().is_success() {
        return Err(refused(response).await);
    }
    let status = response.status();
    let body = whole(response).await?;
    refuse_half(&body)?;
    let mut answer = http::Response::new(body);
    *answer.status_mut() = status;
    Ok(answer.into())
}

/// The failure behind an answer that is no success.
pub(super) async fn refused(response: Response) -> Failure {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let retry_after = retry_after::read(&headers, Timestamp::now());
    let body = tokio::time::timeout(REFUSAL_TIME, whole(response)).await;
    let body = body.ok().and_then(Result::ok);
    refusal::failure(status, &headers, retry_after, body.as_deref())
}

async fn whole(mut response: Response) -> Result<Bytes, Failure> {
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(connection::failure)? {
        if body.len() + chunk.len() > LIMIT {
            return Err(Failure::new(ApiErrorKind::TooLarge));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// JSON that ends too early was cut off on its way, even where the connection itself tells nothing of it.
fn refuse_half(body: &[u8]) -> Result<(), Failure> {
    let is_json = body.trim_ascii_start().starts_with(b"{");
    match serde_json::from_slice::<IgnoredAny>(body) {
        Err(error) if is_json && error.is_eof() => Err(Failure::new(ApiErrorKind::Interrupted).caused_by(error)),
        Err(_) | Ok(IgnoredAny) => Ok(()),
    }
}
