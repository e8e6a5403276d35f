//! A table `[notify.NAME]` of the settings file.

use clap::ValueEnum;

use super::{
    ChannelPlan, Route, Setting,
    channel::{EmailPlan, MailServer, Terms, WebhookPlan},
    mail_address::{HINT, is_mail_address, not_an_address},
    table::Table,
};

/// The channels' types, as the file spells them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ChannelType {
    Stdout,
    Email,
    Slack,
    Webhook,
}

/// Reads one channel. `None` where something that it needs is missing or malformed, which is noted.
pub(super) fn read_channel(name: String, mut table: Table<'_>) -> Option<ChannelPlan> {
    let origin = table.origin().clone();
    let kind = table.word("type");
    let kind = table.require("type", kind)?.value;
    let route = match kind {
        ChannelType::Stdout => read_stdout(&mut table),
        ChannelType::Email => read_email(&mut table),
        ChannelType::Slack => read_slack(&mut table),
        ChannelType::Webhook => read_webhook(&mut table),
    };
    let terms = read_terms(&mut table);
    table.finish();
    route.map(|route| ChannelPlan { name, origin, route, terms })
}

fn read_terms(table: &mut Table<'_>) -> Terms {
    Terms { states: table.states("states"), fallback: table.text("fallback"), time_limit: table.duration("time_limit") }
}

fn read_stdout(table: &mut Table<'_>) -> Option<Route> {
    let to = table.text("to");
    Some(Route::Stdout { to })
}

fn read_email(table: &mut Table<'_>) -> Option<Route> {
    let server = read_mail_server(table);
    let ca_file = table.path("ca_file");
    let from = table.text("from");
    let to = table.texts("to");
    check_addresses(table, "from", from.as_ref().map(|from| from.clone().map(|from| vec![from])).as_ref());
    check_addresses(table, "to", to.as_ref());
    let to = table.require("to", to)?;
    Some(Route::Email(EmailPlan { server: server?, from, to, ca_file }))
}

fn read_mail_server(table: &mut Table<'_>) -> Option<MailServer> {
    let (whole, server) = (table.secret("smtp_url"), table.text("server"));
    let (user, password) = (table.text("user"), table.secret("password"));
    match (whole, server) {
        (None, None) if table.is_refused("smtp_url") => None,
        (None, server) => {
            let server = table.require("server", server)?;
            check_server(table, &server);
            check_login(table, &user, &password);
            Some(MailServer::Parts { server, user, password })
        }
        (Some(whole), None) if user.is_none() && password.is_none() => Some(MailServer::Whole(whole)),
        (Some(whole), _) => {
            let hint = "keep smtp_url, or server with user and password";
            table.refuse("smtp_url", &whole.origin, "contradicts server, user and password beside it", hint);
            None
        }
    }
}

/// The server stands in the file, so its address holds no login; and it is shown, so this is looked at early.
fn check_server(table: &Table<'_>, server: &Setting<String>) {
    if server.value.contains('@') {
        let hint = "write the login as user and password, or the whole address as smtp_url = { env = \"NAME\" }";
        table.refuse("server", &server.origin, "a login in the address: a secret is never written into the file", hint);
    }
}

fn check_addresses(table: &Table<'_>, key: &str, addresses: Option<&Setting<Vec<String>>>) {
    let Some(addresses) = addresses else { return };
    if let Some(wrong) = addresses.value.iter().find(|address| !is_mail_address(address)) {
        table.refuse(key, &addresses.origin, &not_an_address(wrong), HINT);
    }
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

fn read_slack(table: &mut Table<'_>) -> Option<Route> {
    let webhook_url = table.secret("webhook_url");
    let webhook_url = table.require("webhook_url", webhook_url)?;
    Some(Route::Slack { webhook_url })
}

fn read_webhook(table: &mut Table<'_>) -> Option<Route> {
    let (secret, ca_file) = (table.secret("secret"), table.path("ca_file"));
    let allow_http = table.boolean("allow_http").unwrap_or_else(|| Setting::by_default(false));
    let url = table.secret("url");
    let url = table.require("url", url)?;
    Some(Route::Webhook(WebhookPlan { url, secret, ca_file, allow_http }))
}
