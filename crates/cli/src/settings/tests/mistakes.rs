//! What is wrong in a settings file, and how it is told.

use expect_test::{Expect, expect};

use super::{SECRET, compare, settings, told};
use crate::{arguments::GlobalArguments, settings::Environment};

fn check(text: &str, expected: Expect) {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let (_, mistakes) = settings(text, &global, &environment);
    compare(expected, &told(&mistakes));
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    check(
        "[portals.main]\nhots = 1\n[run]\ntime_out = 1\ncolour = 1\n",
        expect![[r#"
            portals.main.hots (/etc/c.toml:2): there is no such setting
              hint: did you mean host?
            run.time_out (/etc/c.toml:4): there is no such setting
              hint: did you mean timeout?
            run.colour (/etc/c.toml:5): there is no such setting
              hint: known are: storage, folder, params, dump, if_running, allow_paid, timeout, stall_timeout, recheck_after
        "#]],
    );
    check(
        "[portal.main]\nhost = \"a\"\n[notify.a]\ntype = \"slack\"\nwebhook = 1\n",
        expect![[r#"
        portal (/etc/c.toml:1): there is no such setting
          hint: did you mean portals?
        notify.a.webhook_url (/etc/c.toml:3): missing
          hint: write `webhook_url = …` in the table [notify.a]
        notify.a.webhook (/etc/c.toml:5): there is no such setting
          hint: did you mean webhook_url?
    "#]],
    );
}

#[test]
fn broken_toml_is_told_by_line_without_what_stands_there() {
    check(
        &format!("a = 1\napi_key = \"{SECRET}\n"),
        expect![[r#"
            settings file (/etc/c.toml:2): not TOML: invalid basic string, expected `"`
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
    check(
        &format!("[portals.main]\napi_key = {SECRET}\n"),
        expect![[r#"
            settings file (/etc/c.toml:2): not TOML: string values must be quoted, expected literal string
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
    check(
        "[run]\ndump = true\ndump = true\n",
        expect![[r#"
            settings file (/etc/c.toml:3): not TOML: duplicate key
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
    check(
        "[run\n",
        expect![[r#"
            settings file (/etc/c.toml:1): not TOML: unclosed table, expected `]`
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
}

#[test]
fn values_of_another_type_are_told_what_is_expected() {
    check(
        r#"
        default_portal = 5
        run = "fast"
        [portals.main]
        host = ["a"]
        ca_file = true
        allow_http = "yes"
        connect_timeout = 10
        request_timeout = []
        retry_for = "0s"
        "#,
        expect![[r#"
            default_portal (/etc/c.toml:2): a text in quotes is expected, not a number
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            run (/etc/c.toml:3): a table is expected, not a text
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            portals.main.host (/etc/c.toml:5): a text in quotes is expected, not a list
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            portals.main.ca_file (/etc/c.toml:6): a text in quotes is expected, not true or false
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            portals.main.allow_http (/etc/c.toml:7): true or false without quotes is expected, not a text
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            portals.main.connect_timeout (/etc/c.toml:8): a number without a unit
              hint: write "90s", "15m" or "1h30m"
            portals.main.request_timeout (/etc/c.toml:9): a length of time is expected, not a list
              hint: write "90s", "15m" or "1h30m"
            portals.main.retry_for (/etc/c.toml:10): a length of time above zero is needed
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
    check(
        r#"
        [portals]
        main = "https://example.com"
        [run]
        storage = "cloud"
        folder = 1.5
        params = { module = true, bucket = 12 }
        dump = 1
        if_running = "joyn"
        timeout = "soon"
        stall_timeout = 2026-01-01
        "#,
        expect![[r#"
            portals.main (/etc/c.toml:3): a table is expected, not a text
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            run.storage (/etc/c.toml:5): not one of the words that are known here
              hint: known are: temporary, documents, third-party-documents, third-party-storage, local
            run.folder (/etc/c.toml:6): a text in quotes is expected, not a number
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            run.params.module (/etc/c.toml:7): a text in quotes is expected, not true or false
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            run.dump (/etc/c.toml:8): true or false without quotes is expected, not a number
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            run.if_running (/etc/c.toml:9): not one of the words that are known here
              hint: did you mean join?
            run.timeout (/etc/c.toml:10): not a length of time: write 90s, 15m or 1h30m
              hint: the commented file that `docspace-backup config init PATH` writes shows how
            run.stall_timeout (/etc/c.toml:11): a length of time is expected, not a date
              hint: write "90s", "15m" or "1h30m"
        "#]],
    );
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    let text = r#"
        [portals.main]
        api_key = "SECRET"
        [notify.a]
        type = "slack"
        webhook_url = "https://hooks.slack.com/services/SECRET"
        [notify.b]
        type = "webhook"
        url = "https://example.com/SECRET"
        secret = ["SECRET"]
        [notify.c]
        type = "email"
        to = "a@example.com"
        smtp_url = "smtps://user:SECRET@example.com"
        [notify.d]
        type = "email"
        to = "a@example.com"
        server = "smtps://user:SECRET@example.com"
        [notify.e]
        type = "email"
        to = "a@example.com"
        server = "smtps://example.com"
        user = "user"
        password = "SECRET"
        "#;
    check(
        &text.replace("SECRET", SECRET),
        expect![[r#"
        portals.main.api_key (/etc/c.toml:3): a secret is never written into the file itself
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
        notify.a.webhook_url (/etc/c.toml:6): a secret is never written into the file itself
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
        notify.b.url (/etc/c.toml:9): a secret is never written into the file itself
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
        notify.b.secret (/etc/c.toml:10): where to fetch the secret is expected, not a list
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
        notify.c.smtp_url (/etc/c.toml:14): a secret is never written into the file itself
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
        notify.d.server (/etc/c.toml:18): a login in the address: a secret is never written into the file
          hint: write the login as user and password, or the whole address as smtp_url = { env = "NAME" }
        notify.e.password (/etc/c.toml:24): a secret is never written into the file itself
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
}

#[test]
fn a_place_for_a_secret_that_makes_no_sense_is_refused() {
    let check = |source: &str, expected: Expect| check(&format!("[portals.main]\napi_key = {source}\n"), expected);
    check(
        "{}",
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): the place to fetch the secret from is missing
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
    check(
        &format!("{{ value = \"{SECRET}\" }}"),
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): none of the known places to fetch a secret from
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
    check(
        r#"{ env = "A", file = "b" }"#,
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): one place to fetch the secret from is expected, not several
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
    check(
        &format!("{{ env = \"{SECRET}\" }}"),
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): what follows env is no name of an environment variable
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
    check(
        r#"{ env = "" }"#,
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): the text is empty
          hint: fill it in, or take the line out
    "#]],
    );
    check(
        r#"{ file = 5 }"#,
        expect![[r#"
            portals.main.api_key (/etc/c.toml:2): a text in quotes is expected, not a number
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
    check(
        r#"{ command = "pass show x" }"#,
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): the command is expected as a list: no shell reads it
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
    check(
        "{ command = [] }",
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): the command is empty
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
    check(
        "{ command = [5] }",
        expect![[r#"
            portals.main.api_key (/etc/c.toml:2): a text in quotes is expected, not a number
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
    check(
        "true",
        expect![[r#"
        portals.main.api_key (/etc/c.toml:2): where to fetch the secret is expected, not true or false
          hint: write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }
    "#]],
    );
}

#[test]
fn a_channel_says_what_it_lacks() {
    check(
        "[notify.a]\n[notify.b]\ntype = \"pager\"\n[notify.c]\ntype = \"emial\"\n",
        expect![[r#"
            notify.a.type (/etc/c.toml:1): missing
              hint: write `type = …` in the table [notify.a]
            notify.b.type (/etc/c.toml:3): not one of the words that are known here
              hint: did you mean pagerduty?
            notify.c.type (/etc/c.toml:5): not one of the words that are known here
              hint: did you mean email?
        "#]],
    );
    check(
        "[notify.a]\ntype = \"slack\"\n[notify.b]\ntype = \"webhook\"\n[notify.c]\ntype = \"email\"\n",
        expect![[r#"
        notify.a.webhook_url (/etc/c.toml:1): missing
          hint: write `webhook_url = …` in the table [notify.a]
        notify.b.url (/etc/c.toml:3): missing
          hint: write `url = …` in the table [notify.b]
        notify.c.server (/etc/c.toml:5): missing
          hint: write `server = …` in the table [notify.c]
        notify.c.to (/etc/c.toml:5): missing
          hint: write `to = …` in the table [notify.c]
    "#]],
    );
    check(
        "[notify]\nemail = \"a@example.com\"\n",
        expect![[r#"
            notify.email (/etc/c.toml:2): a table is expected, not a text
              hint: the commented file that `docspace-backup config init PATH` writes shows how
        "#]],
    );
}

#[test]
fn a_mail_channel_says_what_contradicts() {
    let mail = |more: &str| format!("[notify.a]\ntype = \"email\"\n{more}");
    check(
        &mail("to = \"a@b.de\"\nsmtp_url = { env = \"A\" }\nserver = \"smtps://b\"\n"),
        expect![[r#"
        notify.a.smtp_url (/etc/c.toml:4): contradicts server, user and password beside it
          hint: keep smtp_url, or server with user and password
    "#]],
    );
    check(
        &mail("to = \"a@b.de\"\nserver = \"smtps://b\"\nuser = \"a\"\n"),
        expect![[r#"
        notify.a.user (/etc/c.toml:5): a user without a password
          hint: give user and password, or neither
    "#]],
    );
    check(
        &mail("to = \"a@b.de\"\nserver = \"smtps://b\"\npassword = { env = \"A\" }\n"),
        expect![[r#"
        notify.a.password (/etc/c.toml:5): a password without a user
          hint: give user and password, or neither
    "#]],
    );
    check(
        &mail("to = []\nserver = \"smtps://b\"\n"),
        expect![[r#"
        notify.a.to (/etc/c.toml:3): the list is empty
          hint: fill it in, or take the line out
    "#]],
    );
    check(
        &mail("to = [\"a@b.de\", \"admin\"]\nfrom = \"me@\"\nserver = \"smtps://b\"\n"),
        expect![[r#"
        notify.a.to (/etc/c.toml:3): "admin" is no mail address
          hint: write name@example.com or Name <name@example.com>
        notify.a.from (/etc/c.toml:4): "me@" is no mail address
          hint: write name@example.com or Name <name@example.com>
    "#]],
    );
}

#[test]
fn a_default_portal_that_is_not_there_is_refused() {
    check(
        "default_portal = \"prod\"\n[portals.main]\nhost = \"https://a\"\n",
        expect![[r#"
        default_portal (/etc/c.toml:1): there is no such profile
          hint: add the table [portals.prod], or name another profile
    "#]],
    );
}
