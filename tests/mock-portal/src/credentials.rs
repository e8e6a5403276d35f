//! How a caller says who it is, and which of the ways the portal takes (contract §10.1).

use std::fmt;

use axum::http::HeaderMap;

/// The form of a call's credentials; what was sent is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// `Authorization: Bearer sk-…` with the portal's key: the only form that works.
    Key,
    /// The right form with another key.
    WrongKey,
    /// `Authorization: sk-…`, as the official samples send it.
    BareKey,
    /// `Authorization: bearer sk-…`: the scheme is case-sensitive.
    LowerCaseBearer,
    /// The header `ApiKeyBearer`, as the published OpenAPI asks for.
    ApiKeyBearerHeader,
    /// `Authorization: Basic …`
    Basic,
    /// Any other `Authorization`.
    Unknown,
    /// None at all.
    Absent,
}

impl Credentials {
    pub(crate) fn of(headers: &HeaderMap, api_key: &str) -> Self {
        let Some(value) = headers.get("authorization") else {
            return if headers.contains_key("apikeybearer") { Self::ApiKeyBearerHeader } else { Self::Absent };
        };
        let value = value.to_str().unwrap_or_default();
        match value.split_once(' ') {
            Some(("Bearer", key)) if key == api_key => Self::Key,
            Some(("Bearer", key)) if key.starts_with("sk-") => Self::WrongKey,
            Some(("Basic", _)) => Self::Basic,
            Some((scheme, _)) if scheme != "Bearer" && scheme.eq_ignore_ascii_case("bearer") => Self::LowerCaseBearer,
            None if value.starts_with("sk-") => Self::BareKey,
            Some(_) | None => Self::Unknown,
        }
    }
}

/// A few words for a log line.
impl fmt::Display for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Key => "key",
            Self::WrongKey => "wrong key",
            Self::BareKey => "bare key",
            Self::LowerCaseBearer => "lower-case bearer",
            Self::ApiKeyBearerHeader => "ApiKeyBearer header",
            Self::Basic => "basic",
            Self::Unknown => "unknown credentials",
            Self::Absent => "no credentials",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Credentials;
    use crate::DEMO_KEY;
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    #[test]
    fn only_bearer_with_the_right_key_counts_as_the_key() {
        let form = |name: &'static str, value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
            Credentials::of(&headers, DEMO_KEY)
        };
        assert_eq!(form("authorization", &format!("Bearer {DEMO_KEY}")), Credentials::Key);
        assert_eq!(form("authorization", "Bearer sk-other"), Credentials::WrongKey);
        assert_eq!(form("authorization", DEMO_KEY), Credentials::BareKey);
        assert_eq!(form("authorization", &format!("bearer {DEMO_KEY}")), Credentials::LowerCaseBearer);
        assert_eq!(form("apikeybearer", DEMO_KEY), Credentials::ApiKeyBearerHeader);
        assert_eq!(form("authorization", "Basic YTpi"), Credentials::Basic);
        assert_eq!(form("authorization", "Bearer login-token"), Credentials::Unknown);
        assert_eq!(form("accept", "*/*"), Credentials::Absent);
    }
}
