//! What went wrong below HTTP: name, connection, certificate, time.

use std::{error::Error, io};

use super::failure::Failure;
use crate::ApiErrorKind;

/// The failure behind an error of the HTTP client, whose text then holds no URL.
pub(super) fn failure(error: reqwest::Error) -> Failure {
    Failure::new(kind(&error)).caused_by(error.without_url())
}

fn kind(error: &reqwest::Error) -> ApiErrorKind {
    if causes(error).any(is_certificate_fault) {
        ApiErrorKind::Untrusted
    } else if error.is_dns() {
        ApiErrorKind::Unresolved
    } else if error.is_connect() || error.is_builder() {
        ApiErrorKind::Unreachable
    } else if error.is_timeout() {
        ApiErrorKind::TimedOut
    } else if causes(error).any(is_broken_encoding) {
        ApiErrorKind::Garbled
    } else {
        ApiErrorKind::Interrupted
    }
}

/// The error and all below it. An [`io::Error`] hides the one it wraps from `source()`, so it is opened here.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| below(*error))
}

fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>() {
        Some(outer) => outer.get_ref().map(|inner| inner as &(dyn Error + 'static)),
        None => error.source(),
    }
}

fn is_certificate_fault(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref().is_some_and(|error| {
        matches!(error, rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented)
    })
}

/// Bytes that are no gzip, in contrast to gzip that ends too early, and to a broken TLS record, which rustls reports alike.
fn is_broken_encoding(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| {
        let is_tls = error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>());
        matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) && !is_tls
    })
}
