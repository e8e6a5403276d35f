//! Who is told.

use std::{io::Write, sync::Arc};

use expect_test::{Expect, expect};
use notify::{Notifier, Subscription};

use super::{SECRET, compare, shown, sound};
use crate::{arguments::GlobalArguments, settings::Environment};

fn plans(text: &str, variables: &[(&str, &str)]) -> String {
    let (global, environment) = (GlobalArguments::default(), Environment::of(variables, ""));
    let plans = sound(text, &global, &environment).channel_plans();
    let line = |plan: &super::super::ChannelPlan| format!("{} ({}): {:?}", plan.name, plan.origin, plan.route);
    shown(plans.map(|plans| plans.iter().map(line).collect::<Vec<_>>().join("\n")))
}

fn check_plans(text: &str, variables: &[(&str, &str)], expected: Expect) {
    compare(expected, &plans(text, variables));
}

/// The channels of those names, ready; or what is wrong with them.
async fn check_ready(text: &str, variables: &[(&str, &str)], names: &[&str], expected: Expect) {
    let (global, environment) = (GlobalArguments::default(), Environment::of(variables, ""));
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let ready = sound(text, &global, &environment).resolve_subscriptions(&names, nowhere).await;
    compare(expected, &shown(ready.map(|ready| format!("{:#?}", channels(ready)))));
}

fn channels(ready: Vec<Subscription>) -> Vec<Arc<dyn Notifier>> {
    ready.into_iter().map(|subscription| subscription.channel).collect()
}

fn nowhere() -> Box<dyn Write + Send> {
    Box::new(std::io::sink())
}

#[test]
fn without_any_table_standard_output_is_told() {
    check_plans(
        "",
        &[],
        expect![[r#"
        stdout (default): Stdout { to: None }
    "#]],
    );
    check_plans(
        "",
        &[("DOCSPACE_ADMIN_EMAIL", "a@example.com, b@example.com")],
        expect![[r#"
        stdout (default): Stdout { to: Some(Setting { value: "a@example.com, b@example.com", origin: Environment("DOCSPACE_ADMIN_EMAIL") }) }
    "#]],
    );
}

#[test]
fn with_tables_exactly_they_are_told() {
    check_plans(
        "[notify.ops]\ntype = \"stdout\"\nto = \"the night shift\"\n",
        &[],
        expect![[r#"
        ops (/etc/c.toml:1): Stdout { to: Some(Setting { value: "the night shift", origin: File { path: "/etc/c.toml", line: 3 } }) }
    "#]],
    );
    check_plans(
        "[notify.z]\ntype = \"slack\"\nwebhook_url = { env = \"Z\" }\n[notify.a]\ntype = \"stdout\"\n",
        &[],
        expect![[r#"
            z (/etc/c.toml:1): Slack(Webhook(AddressPlan { key: "webhook_url", url: Setting { value: SecretSource(env Z), origin: File { path: "/etc/c.toml", line: 3 } }, way: WayPlan { ca_file: None, allow_http: Setting { value: false, origin: Default } } }))
            a (/etc/c.toml:4): Stdout { to: None }
        "#]],
    );
}

#[test]
fn the_environment_adds_mail_and_slack_and_replaces_channels_of_these_names() {
    let variables = [
        ("SMTP_URL", "smtps://u:p@example.com"),
        ("DOCSPACE_ADMIN_EMAIL", "a@example.com"),
        ("DOCSPACE_MAIL_FROM", "Backup <b@example.com>"),
        ("SLACK_WEBHOOK_URL", "https://hooks.example.com/x"),
    ];
    check_plans(
        "",
        &variables,
        expect![[r#"
            stdout (default): Stdout { to: Some(Setting { value: "a@example.com", origin: Environment("DOCSPACE_ADMIN_EMAIL") }) }
            email (SMTP_URL): Email(EmailPlan { server: Whole(Setting { value: SecretSource(env SMTP_URL), origin: Environment("SMTP_URL") }), recipients: Recipients { from: Some(Setting { value: "Backup <b@example.com>", origin: Environment("DOCSPACE_MAIL_FROM") }), to: Setting { value: ["a@example.com"], origin: Environment("DOCSPACE_ADMIN_EMAIL") } }, ca_file: None })
            slack (SLACK_WEBHOOK_URL): Slack(Webhook(AddressPlan { key: "webhook_url", url: Setting { value: SecretSource(env SLACK_WEBHOOK_URL), origin: Environment("SLACK_WEBHOOK_URL") }, way: WayPlan { ca_file: None, allow_http: Setting { value: false, origin: Default } } }))
        "#]],
    );
    let file = "[notify.slack]\ntype = \"slack\"\nwebhook_url = { env = \"Z\" }\n[notify.a]\ntype = \"stdout\"\n";
    check_plans(
        file,
        &variables[3..],
        expect![[r#"
            a (/etc/c.toml:4): Stdout { to: None }
            slack (SLACK_WEBHOOK_URL): Slack(Webhook(AddressPlan { key: "webhook_url", url: Setting { value: SecretSource(env SLACK_WEBHOOK_URL), origin: Environment("SLACK_WEBHOOK_URL") }, way: WayPlan { ca_file: None, allow_http: Setting { value: false, origin: Default } } }))
        "#]],
    );
}

#[test]
fn mail_from_the_environment_needs_recipients_that_are_some() {
    let url = ("SMTP_URL", "smtps://u:p@example.com");
    check_plans(
        "",
        &[url],
        expect![[r#"
        mail recipients (SMTP_URL): not set, although SMTP_URL is
          hint: set DOCSPACE_ADMIN_EMAIL to the addresses, with commas between them
    "#]],
    );
    check_plans(
        "",
        &[url, ("DOCSPACE_ADMIN_EMAIL", "a@example.com,,b@example.com")],
        expect![[r#"
        mail recipients (DOCSPACE_ADMIN_EMAIL): "" is no mail address
          hint: write name@example.com or Name <name@example.com>
    "#]],
    );
    check_plans(
        "",
        &[("DOCSPACE_ADMIN_EMAIL", "admin")],
        expect![[r#"
        mail recipients (DOCSPACE_ADMIN_EMAIL): "admin" is no mail address
          hint: write name@example.com or Name <name@example.com>
    "#]],
    );
    let admin = ("DOCSPACE_ADMIN_EMAIL", "a@example.com");
    check_plans(
        "",
        &[url, admin, ("DOCSPACE_MAIL_FROM", "backup")],
        expect![[r#"
        mail sender (DOCSPACE_MAIL_FROM): "backup" is no mail address
          hint: write name@example.com or Name <name@example.com>
    "#]],
    );
}

#[tokio::test]
async fn names_choose_channels_and_fetch_no_other_secret() {
    let file = "[notify.a]\ntype = \"stdout\"\n[notify.slack]\ntype = \"slack\"\nwebhook_url = { env = \"NONE\" }\n";
    check_ready(
        file,
        &[],
        &["a"],
        expect![[r#"
        [
            StdoutNotifier {
                name: "a",
                to: "administrator",
                ..
            },
        ]
    "#]],
    )
    .await;
    check_ready(
        file,
        &[],
        &["slakc"],
        expect![[r#"
        channel: there is none of the name slakc
          hint: did you mean slack?
    "#]],
    )
    .await;
    check_ready(
        file,
        &[],
        &[],
        expect![[r#"
        notify.slack.webhook_url (/etc/c.toml:5): the environment variable NONE is not set, or empty
          hint: set NONE where the program runs, or fetch the secret from elsewhere
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_channel_that_cannot_work_is_refused_without_its_secret() {
    let url = format!("https://hooks.example.com/{SECRET}");
    let plain = format!("http://hooks.example.com/{SECRET}");
    let webhook = "[notify.hook]\ntype = \"webhook\"\nurl = { env = \"URL\" }\n";
    check_ready(
        "",
        &[("SLACK_WEBHOOK_URL", SECRET)],
        &["slack"],
        expect![[r#"
            notify.slack.webhook_url (SLACK_WEBHOOK_URL): the address cannot be read: relative URL without a base
              hint: copy the address of the incoming webhook again: it looks like https://hooks.slack.com/…
        "#]],
    )
    .await;
    check_ready(
        "",
        &[("SLACK_WEBHOOK_URL", &plain)],
        &["slack"],
        expect![[r#"
            notify.slack.webhook_url (SLACK_WEBHOOK_URL): the address is http://, and only https:// keeps it secret
              hint: copy the address of the incoming webhook again: it looks like https://hooks.slack.com/…
        "#]],
    )
    .await;
    check_ready(
        webhook,
        &[("URL", &plain)],
        &[],
        expect![[r#"
            notify.hook.url (/etc/c.toml:3): the address is http://, and only https:// keeps it secret
              hint: an address looks like https://host/path; http:// to another machine needs allow_http = true
        "#]],
    )
    .await;
    let missing_ca = format!("{webhook}ca_file = \"/nonexistent/ca.pem\"\n");
    check_ready(
        &missing_ca,
        &[("URL", &url)],
        &[],
        expect![[r#"
        notify.hook.ca_file (/etc/c.toml:4): there is no file /nonexistent/ca.pem
          hint: name a file with certificates in PEM form
    "#]],
    )
    .await;
    let bad_key = format!("{webhook}secret = {{ env = \"KEY\" }}\n");
    check_ready(
        &bad_key,
        &[("URL", &url), ("KEY", "whsec_!!!")],
        &[],
        expect![[r#"
            notify.hook.secret (/etc/c.toml:4): the signing secret after whsec_ is no base64
              hint: a signing secret is whsec_ and base64, or any text without whsec_
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_mail_server_that_is_none_is_refused_without_its_password() {
    let admin = ("DOCSPACE_ADMIN_EMAIL", "a@example.com");
    let url = |url: &str| url.replace("SECRET", SECRET);
    check_ready("", &[admin, ("SMTP_URL", &url("https://u:SECRET@example.com"))], &["email"], expect![[r#"
        notify.email.smtp_url (SMTP_URL): the server's address begins with neither smtps:// nor smtp://; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
          hint: a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587
    "#]]).await;
    check_ready(
        "",
        &[admin, ("SMTP_URL", &url("smtps://SECRET@example.com"))],
        &["email"],
        expect![[r#"
        notify.email.smtp_url (SMTP_URL): the server's address has a user without a password
          hint: a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587
    "#]],
    )
    .await;
    check_ready("", &[admin, ("SMTP_URL", &url("u:SECRET@example.com"))], &["email"], expect![[r#"
        notify.email.smtp_url (SMTP_URL): the server's address goes on after the port; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
          hint: a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587
    "#]]).await;
    let file = "[notify.m]\ntype = \"email\"\nto = \"a@example.com\"\nserver = \"example.com\"\n";
    check_ready(file, &[], &[], expect![[r#"
        notify.m.server (/etc/c.toml:4): the server's address cannot be read: relative URL without a base; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
          hint: a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587
    "#]]).await;
}

#[tokio::test]
async fn every_type_is_made_ready_and_shows_no_secret() {
    let file = r#"
        [notify.mail]
        type = "email"
        server = "smtp://mail.example.com:587"
        user = "backup@example.com"
        password = { env = "KEY" }
        to = ["Ann <ann@example.com>", "bob@example.com"]
        [notify.slack]
        type = "slack"
        webhook_url = { env = "URL" }
        [notify.hook]
        type = "webhook"
        url = { env = "URL" }
        secret = { env = "KEY" }
        "#;
    let url = format!("https://hooks.example.com/{SECRET}");
    check_ready(
        file,
        &[("URL", &url), ("KEY", SECRET)],
        &[],
        expect![[r#"
            [
                EmailNotifier {
                    name: "mail",
                    relay: Relay {
                        server: SmtpServer {
                            host: "mail.example.com",
                            port: 587,
                            tls: StartTls,
                            login: Some(
                                SmtpLogin {
                                    user: "backup@example.com",
                                    password: SecretBox<str>([REDACTED]),
                                },
                            ),
                        },
                        ..
                    },
                    envelope: Envelope {
                        from: Mailbox {
                            name: None,
                            email: Address {
                                serialized: "backup@example.com",
                                at_start: 6,
                            },
                        },
                        to: [
                            Mailbox {
                                name: Some(
                                    "Ann",
                                ),
                                email: Address {
                                    serialized: "ann@example.com",
                                    at_start: 3,
                                },
                            },
                            Mailbox {
                                name: None,
                                email: Address {
                                    serialized: "bob@example.com",
                                    at_start: 3,
                                },
                            },
                        ],
                    },
                    timeout: 30s,
                    told: Told(
                        Mutex {
                            data: [],
                            poisoned: false,
                            ..
                        },
                    ),
                },
                SlackNotifier {
                    endpoint: Endpoint {
                        name: "slack",
                        ..
                    },
                },
                WebhookNotifier {
                    endpoint: Endpoint {
                        name: "hook",
                        ..
                    },
                    key: Some(
                        SigningKey([REDACTED]),
                    ),
                },
            ]
        "#]],
    )
    .await;
}

#[tokio::test]
async fn the_sender_is_the_login_or_an_address_at_the_recipients_domain() {
    let ready = async |url: &str| {
        let variables = [("SMTP_URL", url), ("DOCSPACE_ADMIN_EMAIL", "Ann <ann@example.com>")];
        let (global, environment) = (GlobalArguments::default(), Environment::of(&variables, ""));
        let names = ["email".to_owned()];
        let ready = sound("", &global, &environment).resolve_subscriptions(&names, nowhere).await.unwrap();
        format!("{:?}", channels(ready))
    };
    let login = ready("smtps://backup%40example.org:p@mail.example.com").await;
    assert!(login.contains(r#"serialized: "backup@example.org""#), "{login}");
    let usual = ready("smtps://u:p@mail.example.com").await;
    assert!(usual.contains(r#"serialized: "docspace-backup@example.com""#), "{usual}");
}
