//! Where a portal is: its base URL, checked and tidied once.

use std::fmt;

use url::{Host, Url};

/// The base URL of one portal, with the path prefix of a reverse proxy if there is one.
///
/// Never holds a query, a fragment, a user name or a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its path always ends with a slash, so that joining adds to it.
    url: Url,
}

/// Where unencrypted `http://` is accepted; the key travels readable there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlainHttp {
    /// To this machine only: 127.0.0.0/8, `::1`, `localhost`.
    #[default]
    LoopbackOnly,
    /// Everywhere.
    Allowed,
}

/// Why a text is not the address of a portal. No variant repeats more of the text than a scheme or a host.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing, or white space alone.
    #[error("the address is empty: give it like https://portal.example.com")]
    Empty,
    /// No URL can be made of it.
    #[error("not an address: give it like https://portal.example.com")]
    Unreadable,
    /// A scheme, and no host after it.
    #[error("the address names no host: give it like https://portal.example.com")]
    NoHost,
    /// Neither `https` nor `http`.
    #[error("a portal is not reached by {0}: use https://")]
    Scheme(String),
    /// `http://` to another machine.
    #[error("http:// would send the key to {host} unencrypted: use https://, or allow plain http expressly")]
    PlainHttp {
        /// The host.
        host: String,
    },
    /// `https://name:password@host`.
    #[error("the address holds a user name or password: leave out what stands before the @")]
    UserInfo,
    /// `https://host/?…`.
    #[error("the address holds a query: leave out the ? and what follows")]
    Query,
    /// `https://host/#…`.
    #[error("the address holds a fragment: leave out the # and what follows")]
    Fragment,
}

impl Address {
    /// Reads an address as people type or paste it: without a scheme it is `https`; white space around it, slashes at
    /// its end and a trailing `/api/2.0` do not matter.
    ///
    /// # Errors
    ///
    /// One variant for each mistake; the message names the mend.
    pub fn parse(text: &str, plain_http: PlainHttp) -> Result<Address, AddressError> {
        let mut url = read(text.trim())?;
        refuse_extras(&url)?;
        refuse_unencrypted(&url, plain_http)?;
        let path = base_path(url.path());
        url.set_path(&path);
        Ok(Address { url })
    }

    /// The base URL; its path ends with a slash.
    pub fn as_url(&self) -> &Url {
        &self.url
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The URL of a path below this address. A path cannot lead out: each segment is escaped, and dots are dropped.
    pub(crate) fn below(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/').filter(|part| !part.is_empty()));
        }
        url
    }

    /// Makes a link of the portal absolute. `None` for anything that is neither http(s) nor a path at the portal.
    pub(crate) fn resolve(&self, link: &str) -> Option<Url> {
        match Url::parse(link) {
            Ok(url) => is_web(&url).then_some(url),
            Err(url::ParseError::RelativeUrlWithoutBase) => self.join(link),
            Err(_) => None,
        }
    }

    fn join(&self, link: &str) -> Option<Url> {
        let path = link.strip_prefix(['/', '\\']).unwrap_or(link);
        let names_a_host = path.len() < link.len() && path.starts_with(['/', '\\']);
        let within = path.strip_prefix(self.url.path().trim_start_matches('/')).unwrap_or(path);
        let url = self.url.join(&format!("./{within}")).ok()?;
        (!names_a_host && url.origin() == self.url.origin()).then_some(url)
    }
}

impl fmt::Display for Address {
    /// Without the trailing slash: `https://portal.example.com`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

fn read(text: &str) -> Result<Url, AddressError> {
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) || text.starts_with(['/', '\\']) {
        return Err(AddressError::Unreadable);
    }
    let full = match text.split_once("://") {
        Some((_, rest)) if rest.trim_matches('/').is_empty() => return Err(AddressError::NoHost),
        Some(_) => text.to_owned(),
        None => format!("https://{text}"),
    };
    let url = Url::parse(&full).map_err(fault)?;
    match url.scheme() {
        "https" | "http" => Ok(url),
        other => Err(AddressError::Scheme(other.to_owned())),
    }
}

fn fault(error: url::ParseError) -> AddressError {
    if error == url::ParseError::EmptyHost { AddressError::NoHost } else { AddressError::Unreadable }
}

fn refuse_extras(url: &Url) -> Result<(), AddressError> {
    if !url.username().is_empty() || url.password().is_some() {
        Err(AddressError::UserInfo)
    } else if url.query().is_some() {
        Err(AddressError::Query)
    } else if url.fragment().is_some() {
        Err(AddressError::Fragment)
    } else {
        Ok(())
    }
}

fn refuse_unencrypted(url: &Url, plain_http: PlainHttp) -> Result<(), AddressError> {
    if url.scheme() == "https" || plain_http == PlainHttp::Allowed || is_loopback(url) {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default().to_owned();
    Err(AddressError::PlainHttp { host })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "https" | "http") && url.username().is_empty() && url.password().is_none()
}

/// The path without slashes at its end and without the API's own part, then with one slash.
fn base_path(path: &str) -> String {
    const API: &str = "/api/2.0";
    let path = path.trim_end_matches('/');
    let cut = path.len().saturating_sub(API.len());
    let is_api = path.get(cut..).is_some_and(|tail| tail.eq_ignore_ascii_case(API));
    let prefix = if is_api { &path[..cut] } else { path };
    format!("{}/", prefix.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
