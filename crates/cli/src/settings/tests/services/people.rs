//! Services that people read.

use expect_test::expect;

use super::{check, check_shown, mistakes};

#[tokio::test]
async fn teams_and_discord_are_told_by_an_address() {
    for (kind, shown, http, missing) in [
        (
            "teams",
            expect![[r#"
            notify.x.type teams /etc/c.toml:1
            notify.x.url (secret, from env URL) /etc/c.toml:3
            notify.x.allow_http false default
        "#]],
            expect![[r#"
            notify.x.url (/etc/c.toml:3): the address is http://, and only https:// keeps it secret
              hint: copy the address from the workflow again: it looks like https://….logic.azure.com/…
        "#]],
            expect![[r#"
            notify.x.url (/etc/c.toml:1): missing
              hint: write `url = …` in the table [notify.x]
            notify.x.webhook_url (/etc/c.toml:3): there is no such setting
              hint: known are: type, url, allow_http, ca_file, states, fallback, time_limit
        "#]],
        ),
        (
            "discord",
            expect![[r#"
            notify.x.type discord /etc/c.toml:1
            notify.x.url (secret, from env URL) /etc/c.toml:3
            notify.x.allow_http false default
        "#]],
            expect![[r#"
            notify.x.url (/etc/c.toml:3): the address is http://, and only https:// keeps it secret
              hint: copy the address of the webhook again: it looks like https://discord.com/api/webhooks/…
        "#]],
            expect![[r#"
            notify.x.url (/etc/c.toml:1): missing
              hint: write `url = …` in the table [notify.x]
            notify.x.webhook_url (/etc/c.toml:3): there is no such setting
              hint: known are: type, url, allow_http, ca_file, states, fallback, time_limit
        "#]],
        ),
    ] {
        check_shown(kind, r#"url = { env = "URL" }"#, shown).await;
        check(kind, r#"url = { env = "HTTP_URL" }"#, http).await;
        check(kind, r#"webhook_url = { env = "URL" }"#, missing).await;
        assert_eq!(mistakes(kind, "url = { env = \"HTTP_URL\" }\nallow_http = true").await, "");
    }
}

#[tokio::test]
async fn telegram_is_told_by_a_bot_in_a_chat() {
    let all =
        "bot_token = { env = \"BOT\" }\nchat_id = -1001234567890\ntopic_id = 17\napi_url = \"https://t.example.com\"";
    check_shown(
        "telegram",
        all,
        expect![[r#"
        notify.x.type telegram /etc/c.toml:1
        notify.x.bot_token (secret, from env BOT) /etc/c.toml:3
        notify.x.chat_id -1001234567890 /etc/c.toml:4
        notify.x.topic_id 17 /etc/c.toml:5
        notify.x.api_url https://t.example.com /etc/c.toml:6
        notify.x.allow_http false default
    "#]],
    )
    .await;
    check_shown(
        "telegram",
        "bot_token = { env = \"BOT\" }\nchat_id = \"@backups\"",
        expect![[r#"
        notify.x.type telegram /etc/c.toml:1
        notify.x.bot_token (secret, from env BOT) /etc/c.toml:3
        notify.x.chat_id @backups /etc/c.toml:4
        notify.x.allow_http false default
    "#]],
    )
    .await;
    check(
        "telegram",
        "",
        expect![[r#"
        notify.x.bot_token (/etc/c.toml:1): missing
          hint: write `bot_token = …` in the table [notify.x]
        notify.x.chat_id (/etc/c.toml:1): missing
          hint: write `chat_id = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "telegram",
        "bot_token = { env = \"BOT\" }\nchat_id = \"backups\"",
        expect![[r#"
        notify.x (/etc/c.toml:1): the chat is neither a number like -1001234567890 nor a name like @channel
          hint: a bot's token looks like 123456789:AA…, a chat is a number or @name
    "#]],
    )
    .await;
    check(
        "telegram",
        "bot_token = { env = \"KEY\" }\nchat_id = 1",
        expect![[r#"
        notify.x (/etc/c.toml:1): the bot's token is none: BotFather gives one like 123456789:AAF…
          hint: a bot's token looks like 123456789:AA…, a chat is a number or @name
    "#]],
    )
    .await;
    check(
        "telegram",
        "bot_token = { env = \"BOT\" }\nchat_id = 1\ntopic_id = \"general\"",
        expect![[r#"
        notify.x.topic_id (/etc/c.toml:5): a topic is a number
          hint: it is the number at the end of the address of a message in that topic, before the message's own
    "#]],
    )
    .await;
    let login = "bot_token = { env = \"BOT\" }\nchat_id = 1\napi_url = \"https://ann:secret@t.example.com\"";
    check(
        "telegram",
        login,
        expect![[r#"
        notify.x.api_url (/etc/c.toml:5): a login in the address: a secret is never written into the file
          hint: write the address without a login
    "#]],
    )
    .await;
}

#[tokio::test]
async fn ntfy_is_told_by_an_address_or_by_server_and_topic() {
    check_shown(
        "ntfy",
        "url = { env = \"URL\" }\ntoken = { env = \"XOXB\" }",
        expect![[r#"
        notify.x.type ntfy /etc/c.toml:1
        notify.x.url (secret, from env URL) /etc/c.toml:3
        notify.x.allow_http false default
        notify.x.token (secret, from env XOXB) /etc/c.toml:4
    "#]],
    )
    .await;
    let parts = "server = \"https://ntfy.example.com/\"\ntopic = { env = \"TOPIC\" }";
    check_shown(
        "ntfy",
        parts,
        expect![[r#"
        notify.x.type ntfy /etc/c.toml:1
        notify.x.server https://ntfy.example.com/ /etc/c.toml:3
        notify.x.topic (secret, from env TOPIC) /etc/c.toml:4
        notify.x.allow_http false default
    "#]],
    )
    .await;
    check(
        "ntfy",
        "",
        expect![[r#"
        notify.x.url (/etc/c.toml:1): missing
          hint: write `url = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "ntfy",
        r#"server = "https://ntfy.example.com""#,
        expect![[r#"
        notify.x.topic (/etc/c.toml:1): missing
          hint: write `topic = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "ntfy",
        r#"topic = { env = "TOPIC" }"#,
        expect![[r#"
        notify.x.server (/etc/c.toml:1): missing
          hint: write `server = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "ntfy",
        &format!("{parts}\nurl = {{ env = \"URL\" }}"),
        expect![[r#"
        notify.x.url (/etc/c.toml:5): contradicts server and topic beside it
          hint: keep url, or server with topic
    "#]],
    )
    .await;
    check(
        "ntfy",
        "server = \"http://ntfy.example.com\"\ntopic = { env = \"TOPIC\" }",
        expect![[r#"
        notify.x (/etc/c.toml:1): the address is http://, and only https:// keeps it secret
          hint: a topic's address looks like https://ntfy.example.com/topic, a token begins with tk_
    "#]],
    )
    .await;
    check(
        "ntfy",
        "server = \"https://a:b@ntfy.example.com\"\ntopic = { env = \"TOPIC\" }",
        expect![[r#"
        notify.x.server (/etc/c.toml:3): a login in the address: a secret is never written into the file
          hint: give a token instead
    "#]],
    )
    .await;
    check(
        "ntfy",
        "url = { env = \"NONE\" }\ntoken = { env = \"EMPTY\" }",
        expect![[r#"
        notify.x.url (/etc/c.toml:3): the environment variable NONE is not set, or empty
          hint: set NONE where the program runs, or fetch the secret from elsewhere
        notify.x.token (/etc/c.toml:4): the environment variable EMPTY is not set, or empty
          hint: set EMPTY where the program runs, or fetch the secret from elsewhere
    "#]],
    )
    .await;
}

#[tokio::test]
async fn sendmail_writes_to_somebody() {
    check_shown(
        "sendmail",
        "path = \"/bin/true\"\nto = \"ann@example.com\"",
        expect![[r#"
        notify.x.type sendmail /etc/c.toml:1
        notify.x.path /bin/true /etc/c.toml:3
        notify.x.to ann@example.com /etc/c.toml:4
    "#]],
    )
    .await;
    check(
        "sendmail",
        "path = \"/nowhere/sendmail\"\nto = \"ann@example.com\"",
        expect![[r#"
        notify.x.path (/etc/c.toml:3): /nowhere/sendmail is not there or is no file
          hint: name the mail program, path = "/usr/sbin/sendmail", or tell by type = "email"
    "#]],
    )
    .await;
    check(
        "sendmail",
        "path = \"/bin/true\"\nto = [\"ann\"]\nfrom = \"backup\"",
        expect![[r#"
        notify.x.to (/etc/c.toml:4): "ann" is no mail address
          hint: write name@example.com or Name <name@example.com>
        notify.x.from (/etc/c.toml:5): "backup" is no mail address
          hint: write name@example.com or Name <name@example.com>
    "#]],
    )
    .await;
    check(
        "sendmail",
        r#"path = "/bin/true""#,
        expect![[r#"
        notify.x.to (/etc/c.toml:1): missing
          hint: write `to = …` in the table [notify.x]
    "#]],
    )
    .await;
}
