//! Which mail server, how the way there is secured, and as whom to log in.

use std::{fmt, net::IpAddr};

use secrecy::SecretString;
use url::{Host, Url};

use crate::{NotifyError, NotifyErrorKind, loopback::is_loopback};

/// A mail server that takes mail for others.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    /// Name or address, the latter without brackets.
    pub host: String,
    /// 465, 587 or 25 most often.
    pub port: u16,
    /// How the connection is secured.
    pub tls: SmtpTls,
    /// As whom to log in, if at all.
    pub login: Option<SmtpLogin>,
}

/// How the connection to a mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// TLS from the first byte.
    Implicit,
    /// `STARTTLS`, and nothing at all if the server does not offer it.
    StartTls,
    /// None: mail and password can be read on the way.
    Plain,
}

/// Name and password for a mail server.
#[derive(Debug, Clone)]
pub struct SmtpLogin {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

impl SmtpServer {
    /// Reads an address such as
    ///
    /// | address | meaning |
    /// |---|---|
    /// | `smtps://user:password@mail.example.com` | TLS from the first byte, port 465 |
    /// | `smtp://user:password@mail.example.com` | STARTTLS or nothing, port 587; the same with `?tls=required` |
    /// | `smtp://127.0.0.1:2525` | to this machine: plain, port 25 if none is given |
    /// | `smtp://mail.example.com?tls=none` | plain, because it is said so, port 25 |
    ///
    /// What would have a meaning in an address is written as `%40` for `@`, `%3A` for `:`, `%2F` for `/`.
    ///
    /// ```
    /// use notify::{SmtpServer, SmtpTls};
    ///
    /// let server = SmtpServer::from_url("smtp://backup%40example.com:se%3Acret@mail.example.com")?;
    /// assert_eq!((server.host.as_str(), server.port, server.tls), ("mail.example.com", 587, SmtpTls::StartTls));
    /// assert_eq!(server.login.unwrap().user, "backup@example.com");
    /// # Ok::<(), notify::NotifyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotifyErrorKind::Settings`] of a channel "email" when it is no such address. The address itself is never
    /// quoted, since it may hold the password.
    pub fn from_url(url: &str) -> Result<Self, NotifyError> {
        read(url.trim()).map_err(|message| NotifyError::new("email", NotifyErrorKind::Settings, message))
    }
}

impl fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.parse() {
            Ok(IpAddr::V6(address)) => write!(f, "[{address}]:{}", self.port),
            Ok(IpAddr::V4(_)) | Err(_) => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

/// Said with every address that cannot be read, since most often a password is why.
const SHAPE: &str = "write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password";

fn read(url: &str) -> Result<SmtpServer, String> {
    let url = Url::parse(url).map_err(|e| format!("the server's address cannot be read: {e}; {SHAPE}"))?;
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(format!("the server's address goes on after the port; {SHAPE}"));
    }
    let host = Host::parse(url.host_str().unwrap_or_default()).map_err(|e| format!("the server's host: {e}"))?;
    let tls = tls(&url, &host)?;
    Ok(SmtpServer {
        port: url.port().unwrap_or_else(|| default_port(tls)),
        host: match host {
            Host::Domain(name) => name,
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        },
        tls,
        login: login(&url)?,
    })
}

fn default_port(tls: SmtpTls) -> u16 {
    match tls {
        SmtpTls::Implicit => 465,
        SmtpTls::StartTls => 587,
        SmtpTls::Plain => 25,
    }
}

fn tls(url: &Url, host: &Host) -> Result<SmtpTls, String> {
    let word = tls_word(url)?;
    match (url.scheme(), word.as_deref()) {
        ("smtps", None | Some("required")) => Ok(SmtpTls::Implicit),
        ("smtps", Some("none")) => Err("smtps:// and tls=none contradict each other".into()),
        ("smtp", Some("required")) => Ok(SmtpTls::StartTls),
        ("smtp", Some("none")) => Ok(SmtpTls::Plain),
        ("smtp", None) if is_loopback(host) => Ok(SmtpTls::Plain),
        ("smtp", None) => Ok(SmtpTls::StartTls),
        ("smtp" | "smtps", Some(_)) => Err("tls is neither required nor none".into()),
        _ => Err(format!("the server's address begins with neither smtps:// nor smtp://; {SHAPE}")),
    }
}

/// The value of `tls`, which is all that may stand behind the question mark.
fn tls_word(url: &Url) -> Result<Option<String>, String> {
    let mut word = None;
    for (key, value) in url.query_pairs() {
        match (&*key, &word) {
            ("tls", None) => word = Some(value.into_owned()),
            ("tls", Some(_)) => return Err("tls is given twice".into()),
            _ => return Err("only tls=required or tls=none may follow the question mark".into()),
        }
    }
    Ok(word)
}

fn login(url: &Url) -> Result<Option<SmtpLogin>, String> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) => Err("the server's address has a password without a user".into()),
        (_, None) => Err("the server's address has a user without a password".into()),
        (user, Some(password)) => Ok(Some(SmtpLogin { user: decoded(user)?, password: decoded(password)?.into() })),
    }
}

/// The text behind `%40` and the like.
fn decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = (*first == b'%').then(|| tail.get(..2).and_then(hex)).flatten();
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_err(|_| "user or password is no UTF-8 after decoding".into())
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(digits[0])? * 16 + digit(digits[1])?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests;
