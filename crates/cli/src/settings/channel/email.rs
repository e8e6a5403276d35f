//! `type = "email"`: mail, through a server.

use std::{path::PathBuf, sync::Arc};

use notify::{EmailNotifier, EmailSettings, Notifier, SmtpLogin, SmtpServer};
use secrecy::ExposeSecret;

use super::{Ingredients, Made, Place, Shown, address::is_without_login, recipients::Recipients};
use crate::settings::{Origin, SecretSource, Setting, SettingsError, table::Table};

/// Mail: from whom, to whom, through which server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmailPlan {
    /// The mail server, with the login.
    pub(crate) server: MailServer,
    /// Who writes to whom.
    pub(crate) recipients: Recipients,
    /// Certificates to trust for the mail server, beside the system's.
    pub(crate) ca_file: Option<Setting<PathBuf>>,
}

/// How the mail server is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MailServer {
    /// One URL with the password in it, a secret as a whole.
    Whole(Setting<SecretSource>),
    /// Server, user and password one by one.
    Parts {
        /// The server, without a login: `smtps://mail.example.com:465`.
        server: Setting<String>,
        /// The login's name.
        user: Option<Setting<String>>,
        /// The login's password.
        password: Option<Setting<SecretSource>>,
    },
}

impl EmailPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let server = MailServer::read(table);
        let (ca_file, recipients) = (table.path("ca_file"), Recipients::read(table));
        Some(Self { server: server?, recipients: recipients?, ca_file })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let ca_file = self.ca_file.iter().map(|file| ("ca_file", Shown::Path(file)));
        self.server.shown().into_iter().chain(self.recipients.shown()).chain(ca_file).collect()
    }

    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let server = self.server.fetch(ingredients).await;
        let ca_pem = ingredients.certificates(self.ca_file.as_ref());
        let server = server?;
        let login = server.login.as_ref().map(|login| login.user.as_str());
        let settings = EmailSettings {
            from: self.recipients.sender(login),
            server,
            to: self.recipients.to.value.clone(),
            ca_pem: ca_pem?,
            timeout: EmailSettings::TIMEOUT,
        };
        let hint = "check the sender, the recipients and the certificates of this channel";
        let made = EmailNotifier::new(ingredients.name(), settings);
        ingredients.made(Place::Channel, hint, made)
    }
}

impl MailServer {
    fn read(table: &mut Table<'_>) -> Option<Self> {
        let (whole, server) = (table.secret("smtp_url"), table.text("server"));
        let (user, password) = (table.text("user"), table.secret("password"));
        match (whole, server) {
            (None, None) if table.is_refused("smtp_url") => None,
            (None, server) => {
                let server = table.require("server", server)?;
                check_server(table, &server);
                check_login(table, &user, &password);
                Some(Self::Parts { server, user, password })
            }
            (Some(whole), None) if user.is_none() && password.is_none() => Some(Self::Whole(whole)),
            (Some(whole), _) => {
                let hint = "keep smtp_url, or server with user and password";
                table.refuse("smtp_url", &whole.origin, "contradicts server, user and password beside it", hint);
                None
            }
        }
    }

    fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        match self {
            Self::Whole(url) => vec![("smtp_url", Shown::Secret(url))],
            Self::Parts { server, user, password } => {
                let user = user.iter().map(|user| ("user", Shown::Text(user)));
                let password = password.iter().map(|password| ("password", Shown::Secret(password)));
                [("server", Shown::Text(server))].into_iter().chain(user).chain(password).collect()
            }
        }
    }

    async fn fetch(&self, ingredients: &mut Ingredients<'_>) -> Made<SmtpServer> {
        match self {
            Self::Whole(url) => {
                let text = ingredients.fetch("smtp_url", url).await?;
                parsed("smtp_url", text.expose_secret(), &url.origin, ingredients)
            }
            Self::Parts { server, user, password } => {
                let login = login(user.as_ref(), password.as_ref(), ingredients).await;
                let server = parsed("server", &server.value, &server.origin, ingredients)?;
                Ok(SmtpServer { login: login?, ..server })
            }
        }
    }
}

/// The server stands in the file, so its address holds no login; and it is shown, so this is looked at early.
fn check_server(table: &Table<'_>, server: &Setting<String>) {
    let hint = "write the login as user and password, or the whole address as smtp_url = { env = \"NAME\" }";
    is_without_login("server", server, hint, table);
}

fn check_login<T>(table: &Table<'_>, user: &Option<Setting<String>>, password: &Option<Setting<T>>) {
    let hint = "give user and password, or neither";
    match (user, password) {
        (Some(user), None) if !table.is_refused("password") => {
            table.refuse("user", &user.origin, "a user without a password", hint)
        }
        (None, Some(password)) if !table.is_refused("user") => {
            table.refuse("password", &password.origin, "a password without a user", hint)
        }
        (Some(_), _) | (None, _) => {}
    }
}

fn parsed(key: &str, url: &str, origin: &Origin, ingredients: &mut Ingredients<'_>) -> Made<SmtpServer> {
    let parsed = SmtpServer::from_url(url).map_err(|error| {
        let mistake = SettingsError::new(ingredients.plan.setting(key), error.message()).at(origin);
        mistake.with_hint("a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587")
    });
    ingredients.noted(parsed)
}

async fn login(
    user: Option<&Setting<String>>,
    password: Option<&Setting<SecretSource>>,
    ingredients: &mut Ingredients<'_>,
) -> Made<Option<SmtpLogin>> {
    match (user, password) {
        (Some(user), Some(password)) => {
            let password = ingredients.fetch("password", password).await?;
            Ok(Some(SmtpLogin { user: user.value.clone(), password }))
        }
        (Some(_), None) | (None, _) => Ok(None),
    }
}
