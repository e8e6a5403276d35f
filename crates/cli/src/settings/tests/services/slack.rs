//! Slack, by webhook and as a bot.

use expect_test::expect;

use super::{check, check_shown};

#[tokio::test]
async fn slack_is_told_by_webhook_or_bot() {
    check_shown(
        "slack",
        r#"webhook_url = { env = "URL" }"#,
        expect![[r#"
        notify.x.type slack /etc/c.toml:1
        notify.x.webhook_url (secret, from env URL) /etc/c.toml:3
        notify.x.allow_http false default
    "#]],
    )
    .await;
    let bot = "bot_token = { env = \"XOXB\" }\nchannel = \"#backups\"\napi_url = \"https://slack.example.com/api\"";
    check_shown(
        "slack",
        bot,
        expect![[r#"
        notify.x.type slack /etc/c.toml:1
        notify.x.bot_token (secret, from env XOXB) /etc/c.toml:3
        notify.x.channel #backups /etc/c.toml:4
        notify.x.api_url https://slack.example.com/api /etc/c.toml:5
        notify.x.allow_http false default
    "#]],
    )
    .await;
    check(
        "slack",
        r#"bot_token = { env = "XOXB" }"#,
        expect![[r#"
        notify.x.channel (/etc/c.toml:1): missing
          hint: write `channel = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "slack",
        r#"channel = "C1""#,
        expect![[r#"
        notify.x.bot_token (/etc/c.toml:1): missing
          hint: write `bot_token = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "slack",
        "",
        expect![[r#"
        notify.x.webhook_url (/etc/c.toml:1): missing
          hint: write `webhook_url = …` in the table [notify.x]
    "#]],
    )
    .await;
    let both = "bot_token = { env = \"XOXB\" }\nchannel = \"C1\"\nwebhook_url = { env = \"URL\" }";
    check(
        "slack",
        both,
        expect![[r#"
        notify.x.webhook_url (/etc/c.toml:5): contradicts bot_token beside it
          hint: keep webhook_url, or bot_token with channel
    "#]],
    )
    .await;
    check(
        "slack",
        "bot_token = { env = \"EMPTY\" }\nchannel = \"C1\"\nca_file = \"/none.pem\"",
        expect![[r#"
        notify.x.bot_token (/etc/c.toml:3): the environment variable EMPTY is not set, or empty
          hint: set EMPTY where the program runs, or fetch the secret from elsewhere
        notify.x.ca_file (/etc/c.toml:5): there is no file /none.pem
          hint: name a file with certificates in PEM form
    "#]],
    )
    .await;
    check(
        "slack",
        "bot_token = { env = \"XOXB\" }\nchannel = \"the one\"",
        expect![[r#"
        notify.x (/etc/c.toml:1): the channel is neither an id such as C0123456789 nor a name such as #backups
          hint: a bot's token begins with xoxb-, a channel is its id, C0123456789, or its name with #
    "#]],
    )
    .await;
    check(
        "slack",
        "bot_token = \"xoxb-0123\"\nchannel = \"C1\"",
        expect![[r#"
        notify.x.bot_token (/etc/c.toml:3): a secret is never written into the file itself
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    )
    .await;
}
