//! One request as the portal reads it.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request as HttpRequest};

use crate::credentials::Credentials;
use crate::operation::{Operation, Route};

const LARGEST_BODY: usize = 1024 * 1024;

/// Which of the two addresses a call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    Portal,
    ObjectStore,
}

impl Door {
    fn route(self, method: &str, path: &str) -> Route {
        match self {
            Self::Portal => Route::find(method, path),
            Self::ObjectStore if matches!(method, "GET" | "HEAD") => Route::To(Operation::Object),
            Self::ObjectStore => Route::WrongMethod,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) route: Route,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) credentials: Credentials,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// Reads the whole request; a body that breaks off or is too long counts as empty.
    pub(crate) async fn read(request: HttpRequest<Body>, api_key: &str, door: Door) -> Self {
        let (Parts { method, uri, headers, .. }, body) = request.into_parts();
        let body = axum::body::to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
        Self {
            route: door.route(method.as_str(), uri.path()),
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            credentials: Credentials::of(&headers, api_key),
            headers,
            body: body.to_vec(),
        }
    }

    /// The address that the portal believes it was called by.
    pub(crate) fn url(&self) -> String {
        let host = self.header("host").unwrap_or("localhost");
        let query = self.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
        format!("http://{host}{}{query}", self.path)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A query parameter by its name in any case.
    pub(crate) fn parameter(&self, wanted: &str) -> Option<&str> {
        let pairs = self.query.as_deref()?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    }
}
