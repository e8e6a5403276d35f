//! The way to a mail server, checked and ready for use.

use std::{fmt, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use lettre::transport::smtp::{
    authentication::Credentials,
    client::{Certificate, TlsParameters},
};
use secrecy::ExposeSecret;

use super::server::{SmtpServer, SmtpTls};
use crate::cause::chain_text;

/// A server with all that is needed for a session with it. `Display` is `host:port`.
pub(super) struct Relay {
    pub(super) server: SmtpServer,
    pub(super) tls: Option<TlsParameters>,
    pub(super) timeout: Duration,
}

impl Relay {
    pub(super) fn new(server: SmtpServer, ca_pem: Option<&str>, timeout: Duration) -> Result<Self, String> {
        let tls = match server.tls {
            SmtpTls::Implicit | SmtpTls::StartTls => Some(parameters(&server.host, ca_pem)?),
            SmtpTls::Plain => None,
        };
        Ok(Self { server, tls, timeout })
    }

    pub(super) fn credentials(&self) -> Option<Credentials> {
        let login = self.server.login.as_ref()?;
        Some(Credentials::new(login.user.clone(), login.password.expose_secret().to_owned()))
    }

    /// The server's words, unless they quote the password in one of the forms in which it is sent.
    pub(super) fn without_secret(&self, text: String) -> String {
        let Some(login) = &self.server.login else { return text };
        let (user, password) = (&login.user, login.password.expose_secret());
        let forms = [password.to_owned(), STANDARD.encode(password), STANDARD.encode(format!("\0{user}\0{password}"))];
        if forms.iter().any(|form| text.contains(form)) {
            return "the server's words are left out, since they quote the password".into();
        }
        text
    }
}

fn parameters(host: &str, ca_pem: Option<&str>) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = ca_pem {
        if !pem.contains("-----BEGIN CERTIFICATE-----") {
            return Err("the CA file holds no certificate in PEM form".into());
        }
        let broken = |e| format!("the CA file cannot be read: {}", chain_text(&e));
        builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(broken)?);
    }
    builder.build().map_err(|e| format!("cannot set up TLS: {}", chain_text(&e)))
}

impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.server.fmt(f)
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay").field("server", &self.server).finish_non_exhaustive()
    }
}
