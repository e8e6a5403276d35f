//! Channels made ready: secrets fetched, settings checked offline.

use std::{io::Write, sync::Arc};

use notify::{
    EmailNotifier, EmailSettings, HttpSettings, Notifier, NotifyError, PlainHttp, SlackNotifier, SlackSettings,
    SmtpLogin, SmtpServer, StdoutNotifier, StdoutSettings, WebhookNotifier, WebhookSettings,
};
use secrecy::{ExposeSecret, SecretString};

use super::{
    ChannelPlan, EmailPlan, Environment, MailServer, Origin, Route, SecretSource, Setting, SettingsError, WebhookPlan,
    certificates::read_ca, mail_address::usual_sender,
};

/// Makes one channel ready; adds to `warnings` where a secret lies open.
///
/// # Errors
///
/// The first of its settings that is missing or cannot be used.
pub(super) async fn build(
    plan: &ChannelPlan,
    stdout: fn() -> Box<dyn Write + Send>,
    environment: &Environment,
    warnings: &mut Vec<String>,
) -> Result<Arc<dyn Notifier>, SettingsError> {
    let mut ingredients = Ingredients { plan, environment, warnings };
    match &plan.route {
        Route::Stdout { to } => {
            let settings = StdoutSettings { to: to.as_ref().map(|to| to.value.clone()) };
            let place = Place { setting: format!("notify.{}", plan.name), origin: &plan.origin, hint: "" };
            place.made(StdoutNotifier::to_writer(&plan.name, settings, stdout()))
        }
        Route::Email(email) => {
            let hint = "check the sender, the recipients and the certificates of this channel";
            let place = Place { setting: format!("notify.{}", plan.name), origin: &plan.origin, hint };
            place.made(EmailNotifier::new(&plan.name, ingredients.email(email).await?))
        }
        Route::Slack { webhook_url } => {
            let hint = "copy the address of the incoming webhook again: it looks like https://hooks.slack.com/…";
            let place = Place { setting: plan.setting("webhook_url"), origin: &webhook_url.origin, hint };
            place.made(SlackNotifier::new(&plan.name, ingredients.slack(webhook_url).await?))
        }
        Route::Webhook(webhook) => {
            let hint = "an address looks like https://host/path; http:// to another machine needs allow_http = true";
            let place = Place { setting: plan.setting("url"), origin: &webhook.url.origin, hint };
            let settings = ingredients.webhook(webhook).await?;
            let unsigned = WebhookSettings { secret: None, ..settings.clone() };
            let notifier = place.made(WebhookNotifier::new(&plan.name, unsigned))?;
            let Some(secret) = &webhook.secret else { return Ok(notifier) };
            let hint = "a signing secret is whsec_ and base64, or any text without whsec_";
            let place = Place { setting: plan.setting("secret"), origin: &secret.origin, hint };
            place.made(WebhookNotifier::new(&plan.name, settings))
        }
    }
}

/// What the settings of one channel are made from.
struct Ingredients<'a> {
    plan: &'a ChannelPlan,
    environment: &'a Environment,
    warnings: &'a mut Vec<String>,
}

impl Ingredients<'_> {
    async fn email(&mut self, email: &EmailPlan) -> Result<EmailSettings, SettingsError> {
        let server = self.mail_server(&email.server).await?;
        let login = server.login.as_ref().map(|login| login.user.as_str());
        let first = email.to.value.first().map_or("", String::as_str);
        let from = email.from.as_ref().map_or_else(|| usual_sender(login, first), |from| from.value.clone());
        Ok(EmailSettings {
            from,
            server,
            to: email.to.value.clone(),
            ca_pem: read_ca(&self.plan.setting("ca_file"), email.ca_file.as_ref())?,
            timeout: EmailSettings::TIMEOUT,
        })
    }

    async fn mail_server(&mut self, server: &MailServer) -> Result<SmtpServer, SettingsError> {
        match server {
            MailServer::Whole(url) => {
                let text = self.fetch("smtp_url", url).await?;
                self.read_server("smtp_url", text.expose_secret(), &url.origin)
            }
            MailServer::Parts { server, user, password } => {
                let login = self.login(user.as_ref(), password.as_ref()).await?;
                let server = self.read_server("server", &server.value, &server.origin)?;
                Ok(SmtpServer { login, ..server })
            }
        }
    }

    fn read_server(&self, key: &str, url: &str, origin: &Origin) -> Result<SmtpServer, SettingsError> {
        SmtpServer::from_url(url).map_err(|error| {
            let mistake = SettingsError::new(self.plan.setting(key), error.message()).at(origin);
            mistake.with_hint("a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587")
        })
    }

    async fn login(
        &mut self,
        user: Option<&Setting<String>>,
        password: Option<&Setting<SecretSource>>,
    ) -> Result<Option<SmtpLogin>, SettingsError> {
        match (user, password) {
            (Some(user), Some(password)) => {
                let password = self.fetch("password", password).await?;
                Ok(Some(SmtpLogin { user: user.value.clone(), password }))
            }
            (Some(_), None) | (None, _) => Ok(None),
        }
    }

    async fn slack(&mut self, webhook_url: &Setting<SecretSource>) -> Result<SlackSettings, SettingsError> {
        let url = self.fetch("webhook_url", webhook_url).await?;
        Ok(SlackSettings { url, http: HttpSettings::default() })
    }

    async fn webhook(&mut self, webhook: &WebhookPlan) -> Result<WebhookSettings, SettingsError> {
        let url = self.fetch("url", &webhook.url).await?;
        let secret = match &webhook.secret {
            Some(secret) => Some(self.fetch("secret", secret).await?),
            None => None,
        };
        let plain_http = match webhook.allow_http.value {
            true => PlainHttp::Allowed,
            false => PlainHttp::LoopbackOnly,
        };
        let ca_pem = read_ca(&self.plan.setting("ca_file"), webhook.ca_file.as_ref())?;
        let http = HttpSettings { ca_pem, plain_http, ..HttpSettings::default() };
        Ok(WebhookSettings { url, secret, http })
    }

    async fn fetch(&mut self, key: &str, source: &Setting<SecretSource>) -> Result<SecretString, SettingsError> {
        source.fetch(&self.plan.setting(key), self.environment, self.warnings).await
    }
}

/// The setting that is most likely wrong when a channel cannot be made.
struct Place<'a> {
    setting: String,
    origin: &'a Origin,
    hint: &'static str,
}

impl Place<'_> {
    /// The notifier, or what it finds wrong with its settings; its words never hold a secret.
    fn made<N: Notifier + 'static>(self, made: Result<N, NotifyError>) -> Result<Arc<dyn Notifier>, SettingsError> {
        match made {
            Ok(notifier) => Ok(Arc::new(notifier)),
            Err(error) => Err(SettingsError::new(self.setting, error.message()).at(self.origin).with_hint(self.hint)),
        }
    }
}
