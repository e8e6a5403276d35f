//! The escape hatch: a call that this crate has no method for.

use reqwest::Method;
use serde_json::Value;

use crate::Effect;

/// A call to any operation of the portal, for [`Portal::raw`](crate::Portal::raw).
#[derive(Clone)]
pub struct RawCall {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) effect: Effect,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: Option<Value>,
}

impl RawCall {
    /// Reads `path`, which is taken below the address and not escaped yet: `api/2.0/files/@my`.
    ///
    /// A path cannot leave the address: `..` is dropped, and `?`, `#` and `%` are taken literally.
    pub fn get(path: &str) -> Self {
        Self::new(Method::GET, path, Effect::Reads)
    }

    /// Posts to `path`, and is never sent again once it may have arrived.
    pub fn post(path: &str) -> Self {
        Self::new(Method::POST, path, Effect::Starts)
    }

    /// Any method. Whoever says [`Effect::Reads`] says that sending it twice does no harm.
    pub fn new(method: Method, path: &str, effect: Effect) -> Self {
        Self { method, path: path.to_owned(), effect, query: Vec::new(), body: None }
    }

    /// Adds `name=value` to the query; it is escaped here. It is never logged.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends `body` as JSON. It is never logged.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }
}

impl std::fmt::Debug for RawCall {
    /// Without query and body, which may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawCall")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}
