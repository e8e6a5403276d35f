//! What the examples share: the channels that the environment names, and how they end.

#![expect(clippy::print_stderr, reason = "an example talks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "an example has its settings from the environment alone")]

use std::{
    env::{self, VarError},
    error::Error,
    process::ExitCode,
    sync::Arc,
};

use notify::{
    EmailNotifier, EmailSettings, HttpSettings, NotifyError, Readers, SlackNotifier, SlackSettings, SmtpServer,
    Subscription, WebhookNotifier, WebhookSettings,
};

/// Anything that ends an example.
pub(crate) type Failure = Box<dyn Error>;

/// The channels for which there are settings, each checked, and none asked for anything yet.
pub(crate) fn from_environment() -> Result<Vec<Subscription>, Failure> {
    let channels: Vec<_> = [email()?, slack()?, webhook()?].into_iter().flatten().collect();
    match channels.is_empty() {
        true => Err("nobody to tell: set SMTP_URL, SLACK_WEBHOOK_URL or WEBHOOK_URL".into()),
        false => Ok(channels),
    }
}

fn email() -> Result<Option<Subscription>, Failure> {
    let Some(server) = setting("SMTP_URL")? else { return Ok(None) };
    let settings = EmailSettings {
        server: SmtpServer::from_url(&server)?,
        from: required("MAIL_FROM")?,
        to: required("MAIL_TO")?.split(',').map(|address| address.trim().to_owned()).collect(),
        ca_pem: None,
        timeout: EmailSettings::TIMEOUT,
    };
    Ok(Some(Subscription::new(Arc::new(EmailNotifier::new("email", settings)?), Readers::People)))
}

fn slack() -> Result<Option<Subscription>, Failure> {
    let Some(url) = setting("SLACK_WEBHOOK_URL")? else { return Ok(None) };
    let settings = SlackSettings { url: url.into(), http: HttpSettings::default() };
    Ok(Some(Subscription::new(Arc::new(SlackNotifier::new("slack", settings)?), Readers::People)))
}

fn webhook() -> Result<Option<Subscription>, Failure> {
    let Some(url) = setting("WEBHOOK_URL")? else { return Ok(None) };
    let secret = setting("WEBHOOK_SECRET")?.map(Into::into);
    let settings = WebhookSettings { url: url.into(), secret, http: HttpSettings::default() };
    Ok(Some(Subscription::new(Arc::new(WebhookNotifier::new("webhook", settings)?), Readers::Machines)))
}

fn required(name: &str) -> Result<String, Failure> {
    setting(name)?.ok_or_else(|| format!("{name} is not set").into())
}

/// A variable that is empty is as good as none. Its value may be a secret, so no error quotes it.
fn setting(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is no text").into()),
    }
}

/// What a channel said, as a line: what happened, and the cause below it if there is one.
pub(crate) fn words(error: &NotifyError) -> String {
    let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{}{cause}", error.message())
}

/// Success, or a line on standard error.
pub(crate) fn exit_code(result: Result<(), Failure>) -> ExitCode {
    let Err(failure) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {failure}");
    ExitCode::FAILURE
}
