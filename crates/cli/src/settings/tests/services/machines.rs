//! Services and programs that act on what they are told, and what is wrong with a channel as a whole.

use expect_test::expect;

use super::{check, check_shown};

#[tokio::test]
async fn pagerduty_is_told_where_the_account_lives() {
    check_shown(
        "pagerduty",
        r#"routing_key = { env = "KEY" }"#,
        expect![[r#"
        notify.x.type pagerduty /etc/c.toml:1
        notify.x.routing_key (secret, from env KEY) /etc/c.toml:3
        notify.x.region us default
        notify.x.allow_http false default
    "#]],
    )
    .await;
    check_shown(
        "pagerduty",
        "routing_key = { env = \"KEY\" }\nregion = \"EU\"",
        expect![[r#"
        notify.x.type pagerduty /etc/c.toml:1
        notify.x.routing_key (secret, from env KEY) /etc/c.toml:3
        notify.x.region eu /etc/c.toml:4
        notify.x.allow_http false default
    "#]],
    )
    .await;
    let elsewhere = "routing_key = { env = \"KEY\" }\napi_url = \"https://events.example.com/v2/enqueue\"";
    check_shown(
        "pagerduty",
        elsewhere,
        expect![[r#"
        notify.x.type pagerduty /etc/c.toml:1
        notify.x.routing_key (secret, from env KEY) /etc/c.toml:3
        notify.x.api_url https://events.example.com/v2/enqueue /etc/c.toml:4
        notify.x.allow_http false default
    "#]],
    )
    .await;
    check(
        "pagerduty",
        r#"region = "ue""#,
        expect![[r#"
        notify.x.routing_key (/etc/c.toml:1): missing
          hint: write `routing_key = …` in the table [notify.x]
        notify.x.region (/etc/c.toml:3): not one of the words that are known here
          hint: known are: us, eu
    "#]],
    )
    .await;
    check(
        "pagerduty",
        r#"routing_key = { env = "TOPIC" }"#,
        expect![[r#"
        notify.x.routing_key (/etc/c.toml:3): the routing key is none: it has 32 letters and digits
          hint: copy the integration key of "Events API v2" from the service in PagerDuty again
    "#]],
    )
    .await;
    check(
        "pagerduty",
        &format!("{elsewhere}\nregion = \"us\""),
        expect![[r#"
        notify.x.region (/etc/c.toml:5): contradicts api_url beside it
          hint: keep region, or api_url
    "#]],
    )
    .await;
    check(
        "pagerduty",
        "routing_key = { env = \"KEY\" }\napi_url = \"http://events.example.com\"",
        expect![[r#"
            notify.x (/etc/c.toml:1): the address is http://, and only https:// keeps it secret
              hint: check routing_key, and api_url: it looks like https://host/v2/enqueue
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_heartbeat_goes_to_a_check_or_a_monitor() {
    check_shown(
        "heartbeat",
        r#"url = { env = "URL" }"#,
        expect![[r#"
        notify.x.type heartbeat /etc/c.toml:1
        notify.x.url (secret, from env URL) /etc/c.toml:3
        notify.x.allow_http false default
        notify.x.kind healthchecks default
    "#]],
    )
    .await;
    check_shown(
        "heartbeat",
        "url = { env = \"URL\" }\nkind = \"uptime-kuma\"",
        expect![[r#"
        notify.x.type heartbeat /etc/c.toml:1
        notify.x.url (secret, from env URL) /etc/c.toml:3
        notify.x.allow_http false default
        notify.x.kind uptime-kuma /etc/c.toml:4
    "#]],
    )
    .await;
    check(
        "heartbeat",
        "url = { env = \"URL\" }\nkind = \"uptime_kuma\"",
        expect![[r#"
        notify.x.kind (/etc/c.toml:4): not one of the words that are known here
          hint: did you mean uptime-kuma?
    "#]],
    )
    .await;
    check(
        "heartbeat",
        "",
        expect![[r#"
        notify.x.url (/etc/c.toml:1): missing
          hint: write `url = …` in the table [notify.x]
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_command_is_a_program_that_is_there() {
    check_shown(
        "command",
        "program = \"sh\"\nargs = [\"-c\", \" exit 0\", \"\"]\ntime_limit = \"5s\"",
        expect![[r#"
            notify.x.type command /etc/c.toml:1
            notify.x.program sh /etc/c.toml:3
            notify.x.args (hidden) /etc/c.toml:4
            notify.x.time_limit 5s /etc/c.toml:5
        "#]],
    )
    .await;
    check_shown(
        "command",
        r#"program = "/bin/sh""#,
        expect![[r#"
        notify.x.type command /etc/c.toml:1
        notify.x.program /bin/sh /etc/c.toml:3
    "#]],
    )
    .await;
    check(
        "command",
        "",
        expect![[r#"
        notify.x.program (/etc/c.toml:1): missing
          hint: write `program = …` in the table [notify.x]
    "#]],
    )
    .await;
    check(
        "command",
        r#"program = "no-such-program""#,
        expect![[r#"
        notify.x.program (/etc/c.toml:3): no-such-program is in no folder of PATH
          hint: name a program that is there and may be executed, by its path or as PATH finds it
    "#]],
    )
    .await;
    check(
        "command",
        r#"program = "./not-there""#,
        expect![[r#"
        notify.x.program (/etc/c.toml:3): /etc/./not-there is not there or is no file
          hint: name a program that is there and may be executed, by its path or as PATH finds it
    "#]],
    )
    .await;
    check(
        "command",
        "program = \"sh\"\nargs = \"-c\"",
        expect![[r#"
        notify.x.args (/etc/c.toml:4): a list of texts is expected, not a text
          hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    )
    .await;
    check(
        "command",
        "program = \"sh\"\nargs = [\"-c\", 3]",
        expect![[r#"
        notify.x.args (/etc/c.toml:4): a list of texts is expected, not a number
          hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    )
    .await;
}

#[tokio::test]
async fn all_that_is_wrong_with_a_channel_is_told_at_once() {
    check(
        "webhook",
        "url = { env = \"NONE\" }\nsecret = { env = \"EMPTY\" }\nca_file = \"/none\"",
        expect![[r#"
        notify.x.url (/etc/c.toml:3): the environment variable NONE is not set, or empty
          hint: set NONE where the program runs, or fetch the secret from elsewhere
        notify.x.ca_file (/etc/c.toml:5): there is no file /none
          hint: name a file with certificates in PEM form
        notify.x.secret (/etc/c.toml:4): the environment variable EMPTY is not set, or empty
          hint: set EMPTY where the program runs, or fetch the secret from elsewhere
    "#]],
    )
    .await;
    let mail =
        "server = \"https://mail\"\nuser = \"ann\"\npassword = { env = \"NONE\" }\nto = \"a@b\"\nca_file = \"/none\"";
    check("email", mail, expect![[r#"
        notify.x.password (/etc/c.toml:5): the environment variable NONE is not set, or empty
          hint: set NONE where the program runs, or fetch the secret from elsewhere
        notify.x.server (/etc/c.toml:3): the server's address begins with neither smtps:// nor smtp://; write smtps://user:password@host, with %2F for /, %23 for # and %3F for ? in a password
          hint: a mail server is given like smtps://mail.example.com:465 or smtp://mail.example.com:587
        notify.x.ca_file (/etc/c.toml:7): there is no file /none
          hint: name a file with certificates in PEM form
    "#]]).await;
}
