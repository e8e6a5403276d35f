//! Who is told: the channels of the file, those that the environment adds, and the one that is there without any.

use super::{
    ChannelPlan, Environment, Origin, Route, SecretSource, Setting, SettingsError,
    channel::{AddressPlan, EmailPlan, MailServer, Recipients, SlackPlan, Terms},
    mail_address::{HINT, is_mail_address, not_an_address},
    nearest::hint_for,
};

/// The channels in force. A channel of the environment takes the place of one of its name in the file.
///
/// # Errors
///
/// When `SMTP_URL` is set without recipients, or a recipient of the environment is no mail address.
pub(super) fn plan(file: Option<&[ChannelPlan]>, environment: &Environment) -> Result<Vec<ChannelPlan>, SettingsError> {
    let admins = admins(environment)?;
    let added = [mail(environment, admins.as_ref())?, slack(environment)];
    let added: Vec<ChannelPlan> = added.into_iter().flatten().collect();
    let kept = file.map_or_else(|| vec![usual()], <[ChannelPlan]>::to_vec);
    let kept = kept.into_iter().filter(|plan| added.iter().all(|new| new.name != plan.name));
    let kept: Vec<ChannelPlan> = kept.map(|plan| addressed(plan, admins.as_ref())).collect();
    Ok(kept.into_iter().chain(added).collect())
}

/// The channels of those names, in that order; all of them if there is no name.
///
/// # Errors
///
/// When there is no channel of a name.
pub(super) fn select(plans: Vec<ChannelPlan>, names: &[String]) -> Result<Vec<ChannelPlan>, SettingsError> {
    if names.is_empty() {
        return Ok(plans);
    }
    let known: Vec<&str> = plans.iter().map(|plan| plan.name.as_str()).collect();
    let chosen = names.iter().map(|name| {
        let plan = plans.iter().find(|plan| plan.name == *name).cloned();
        plan.ok_or_else(|| SettingsError::new("channel", format!("there is none of the name {name}")))
            .map_err(|mistake| mistake.with_hint(hint_for(name, &known)))
    });
    chosen.collect()
}

fn admins(environment: &Environment) -> Result<Option<Setting<Vec<String>>>, SettingsError> {
    let Some(text) = environment.text("DOCSPACE_ADMIN_EMAIL")? else { return Ok(None) };
    let parts = |text: String| text.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
    let admins = text.map(|text| parts(text.trim_end_matches([',', ' ']).to_owned()));
    admins.value.iter().try_for_each(|admin| check_address("mail recipients", admin, &admins.origin))?;
    Ok(Some(admins))
}

fn sender(environment: &Environment) -> Result<Option<Setting<String>>, SettingsError> {
    let sender = environment.text("DOCSPACE_MAIL_FROM")?;
    sender.iter().try_for_each(|sender| check_address("mail sender", &sender.value, &sender.origin))?;
    Ok(sender)
}

fn check_address(setting: &str, address: &str, origin: &Origin) -> Result<(), SettingsError> {
    match is_mail_address(address) {
        true => Ok(()),
        false => Err(SettingsError::new(setting, not_an_address(address)).at(origin).with_hint(HINT)),
    }
}

fn mail(
    environment: &Environment,
    admins: Option<&Setting<Vec<String>>>,
) -> Result<Option<ChannelPlan>, SettingsError> {
    let Some(url) = from_variable("SMTP_URL", environment) else { return Ok(None) };
    let origin = url.origin.clone();
    let to = admins.cloned().ok_or_else(|| {
        let mistake = SettingsError::new("mail recipients", "not set, although SMTP_URL is").at(&origin);
        mistake.with_hint("set DOCSPACE_ADMIN_EMAIL to the addresses, with commas between them")
    })?;
    let from = sender(environment)?;
    let server = MailServer::Whole(url);
    let route = Route::Email(EmailPlan { server, recipients: Recipients { from, to }, ca_file: None });
    Ok(Some(ChannelPlan { name: "email".to_owned(), origin, route, terms: Terms::default() }))
}

fn slack(environment: &Environment) -> Option<ChannelPlan> {
    let webhook_url = from_variable("SLACK_WEBHOOK_URL", environment)?;
    let origin = webhook_url.origin.clone();
    let route = Route::Slack(SlackPlan::Webhook(AddressPlan::new("webhook_url", webhook_url)));
    Some(ChannelPlan { name: "slack".to_owned(), origin, route, terms: Terms::default() })
}

fn from_variable(name: &str, environment: &Environment) -> Option<Setting<SecretSource>> {
    environment
        .raw(name)
        .map(|_| Setting { value: SecretSource::Environment(name.to_owned()), origin: Origin::environment(name) })
}

fn usual() -> ChannelPlan {
    let (origin, route) = (Origin::Default, Route::Stdout { to: None });
    ChannelPlan { name: "stdout".to_owned(), origin, route, terms: Terms::default() }
}

/// A channel on standard output addresses the administrators, unless it says whom else.
fn addressed(plan: ChannelPlan, admins: Option<&Setting<Vec<String>>>) -> ChannelPlan {
    if plan.route != (Route::Stdout { to: None }) {
        return plan;
    }
    let to = admins.cloned().map(|to| to.map(|to| to.join(", ")));
    ChannelPlan { route: Route::Stdout { to }, ..plan }
}
