//! Mistakes in the settings of a channel: exit code 2 before a backup is started.

use expect_test::expect;

use crate::{
    bad_input::{assert_silence, check},
    rig::{Program, portal},
};

#[tokio::test]
async fn secrets_that_cannot_be_fetched() {
    let hook = |url: &str| format!("[notify.hook]\ntype = \"webhook\"\nurl = {url}\n");
    for (url, expected) in [
        (
            "{ env = \"NOT_SET\" }",
            expect![[r#"
            error: notify.hook.url ([HOME]/config/docspace-backup/config.toml:9): the environment variable NOT_SET is not set, or empty
            hint: set NOT_SET where the program runs, or fetch the secret from elsewhere
        "#]],
        ),
        (
            "{ file = \"/nowhere/url\" }",
            expect![[r#"
            error: notify.hook.url ([HOME]/config/docspace-backup/config.toml:9): there is no file /nowhere/url
            hint: name a readable file that holds the secret and nothing else
        "#]],
        ),
        (
            "{ command = [\"false\"] }",
            expect![[r#"
            error: notify.hook.url ([HOME]/config/docspace-backup/config.toml:9): the command failed (exit status: 1)
            hint: run the command yourself: its first line must be the secret
        "#]],
        ),
        (
            "{ command = [\"no-such-program\"] }",
            expect![[r#"
            error: notify.hook.url ([HOME]/config/docspace-backup/config.toml:9): the command no-such-program cannot be run: entity not found
            hint: run the command yourself: its first line must be the secret
        "#]],
        ),
        (
            "\"https://hooks.example.com/thesecretpart\"",
            expect![[r#"
            error: notify.hook.url ([HOME]/config/docspace-backup/config.toml:9): a secret is never written into the file itself
            hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
        "#]],
        ),
    ] {
        let portal = portal().await;
        let program = Program::of(&portal).add_settings(&hook(url)).secret("thesecretpart");
        program.run("run").await.exits(2).says(expected);
        assert_silence(&portal);
    }
}

#[tokio::test]
async fn addresses_that_are_none() {
    let mail = |program: Program| {
        program.add_settings("[notify.mail]\ntype = \"email\"\nserver = \"smtps://localhost\"\nto = [\"admin\"]\n")
    };
    check(
        mail,
        "run",
        expect![[r#"
        error: notify.mail.to ([HOME]/config/docspace-backup/config.toml:10): "admin" is no mail address
        hint: write name@example.com or Name <name@example.com>
    "#]],
    )
    .await;
    let from_variable = |program: Program| {
        program.env("SMTP_URL", "smtps://localhost").env("DOCSPACE_ADMIN_EMAIL", "a@example.com, admin at example")
    };
    check(
        from_variable,
        "run",
        expect![[r#"
        error: mail recipients (DOCSPACE_ADMIN_EMAIL): "admin at example" is no mail address
        hint: write name@example.com or Name <name@example.com>
    "#]],
    )
    .await;
    let hook = |program: Program| {
        program
            .env("ADDRESS", "not an address")
            .add_settings("[notify.hook]\ntype = \"webhook\"\nurl = { env = \"ADDRESS\" }\n")
    };
    check(hook, "run", expect![[r#"
        error: notify.hook.url ([HOME]/config/docspace-backup/config.toml:9): the address cannot be read: relative URL without a base
        hint: an address looks like https://host/path; http:// to another machine needs allow_http = true
    "#]]).await;
    let slack = |program: Program| {
        program.secret("thesecretpart").env("SLACK_WEBHOOK_URL", "http://hooks.example.com/services/thesecretpart")
    };
    check(
        slack,
        "run",
        expect![[r#"
            error: notify.slack.webhook_url (SLACK_WEBHOOK_URL): the address is http://, and only https:// keeps it secret
            hint: copy the address of the incoming webhook again: it looks like https://hooks.slack.com/…
        "#]],
    )
    .await;
}

#[tokio::test]
async fn words_that_are_none() {
    let pager = "type = \"pagerduty\"\nrouting_key = { env = \"KEY\" }";
    let heartbeat = "type = \"heartbeat\"\nurl = { env = \"KEY\" }";
    for (channel, expected) in [
        (
            "type = \"mail\"".to_owned(),
            expect![[r#"
            error: notify.x.type ([HOME]/config/docspace-backup/config.toml:8): not one of the words that are known here
            hint: did you mean email?
        "#]],
        ),
        (
            format!("{pager}\nregion = \"europe\""),
            expect![[r#"
            error: notify.x.region ([HOME]/config/docspace-backup/config.toml:10): not one of the words that are known here
            hint: did you mean eu?
        "#]],
        ),
        (
            format!("{heartbeat}\nkind = \"kuma\""),
            expect![[r#"
            error: notify.x.kind ([HOME]/config/docspace-backup/config.toml:10): not one of the words that are known here
            hint: known are: healthchecks, uptime-kuma
        "#]],
        ),
        (
            "type = \"stdout\"\nstates = [\"failed\", \"faild\"]".to_owned(),
            expect![[r#"
            error: notify.x.states ([HOME]/config/docspace-backup/config.toml:9): there is no such state
            hint: did you mean failed?
        "#]],
        ),
        (
            "type = \"stdout\"\nfallback = \"pagr\"\n[notify.pager]\ntype = \"stdout\"".to_owned(),
            expect![[r#"
            error: notify.x.fallback ([HOME]/config/docspace-backup/config.toml:9): there is no such channel
            hint: did you mean pager?
        "#]],
        ),
        (
            "type = \"stdout\"\nfallback = \"x\"".to_owned(),
            expect![[r#"
            error: notify.x.fallback ([HOME]/config/docspace-backup/config.toml:9): it is the channel itself
            hint: name another channel
        "#]],
        ),
        (
            "type = \"stdout\"\nfallback = \"y\"\n[notify.y]\ntype = \"stdout\"\nfallback = \"x\"".to_owned(),
            expect![[r#"
                error: notify.x.fallback ([HOME]/config/docspace-backup/config.toml:9): it leads back to the channel itself: x -> y -> x
                hint: a fallback needs an end: take one of these lines out
            "#]],
        ),
        (
            "type = \"stdout\"\ntime_limit = \"fast\"".to_owned(),
            expect![[r#"
            error: notify.x.time_limit ([HOME]/config/docspace-backup/config.toml:9): not a length of time: write 90s, 15m or 1h30m
            hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
        ),
    ] {
        let settings = format!("[notify.x]\n{channel}\n");
        let portal = portal().await;
        Program::of(&portal).add_settings(&settings).run("run").await.exits(2).says(expected);
        assert_silence(&portal);
    }
}
