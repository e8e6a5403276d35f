//! Where a redirect may lead on the way to a file, and whether the key goes along.

use http::{HeaderMap, header::LOCATION};
use url::Url;

use super::{
    failure::{Detail, Failure},
    one_line,
};
use crate::ApiErrorKind;

/// The most redirects on the way to one file; portals need two (contract §9.4).
pub(super) const MOST: u32 = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hop {
    pub(super) url: Url,
    /// To another scheme, host or port, where the key must not go.
    pub(super) leaves: bool,
}

/// The next place, as the answer of `here` names it.
pub(super) fn next(here: &Url, headers: &HeaderMap) -> Result<Hop, Failure> {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let Some(mut url) = location.and_then(|location| here.join(location).ok()) else {
        return Err(refused("it does not say where to"));
    };
    url.set_fragment(None);
    let unencrypted = here.scheme() == "https" && url.scheme() == "http";
    let allowed = if unencrypted { Err(refused_at(&url, "unencrypted, to")) } else { check(&url) };
    allowed.map(|()| Hop { leaves: url.origin() != here.origin(), url })
}

/// Refuses what is no place on the web, or names its own user.
pub(super) fn check(url: &Url) -> Result<(), Failure> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(refused("it leads away from the web"));
    }
    let names_user = !url.username().is_empty() || url.password().is_some();
    if names_user { Err(refused_at(url, "with a login of its own, to")) } else { Ok(()) }
}

pub(super) fn too_many() -> Failure {
    refused("it leads on and on")
}

/// Scheme and host alone; path and query may hold secrets.
fn refused_at(url: &Url, how: &str) -> Failure {
    let text = format!("it leads, {how} {}", url.origin().ascii_serialization());
    refused(&one_line(&text).unwrap_or_default())
}

fn refused(why: &str) -> Failure {
    Failure::new(ApiErrorKind::Redirected).caused_by(Detail(why.to_owned()))
}

#[cfg(test)]
mod tests;
