//! `config show`: every value, its origin, and no secret.

use expect_test::expect;

use super::{Form, SECRET, SETTINGS, answer, check};
use crate::arguments::ConfigCommand;

#[tokio::test]
async fn show_lists_each_value_with_its_origin_and_each_secret_by_its_place() {
    let variables = [("DOCSPACE_API_HOST", "https://env.example.com")];
    check(
        SETTINGS,
        ConfigCommand::Show,
        &variables,
        Form::Text,
        expect![[r#"
            settings file: DIR/config.toml (--config)
            portal.name             main                                     default
            portal.host             https://env.example.com                  DOCSPACE_API_HOST
            portal.api_key          (secret, from file DIR/key)  DIR/config.toml:4
            portal.allow_http       false                                    default
            portal.connect_timeout  10s                                      default
            portal.request_timeout  1m 5s                                    default
            portal.retry_for        2m                                       default
            run.storage             documents                                default
            run.folder              7                                        DIR/config.toml:8
            run.dump                false                                    default
            run.if_running          fail                                     default
            run.allow_paid          false                                    default
            run.timeout             6h                                       default
            run.stall_timeout       30m                                      default
            run.recheck_after       40s                                      default
            delivery.give_up_after  72h                                      default
            delivery.remind_first   1h                                       default
            delivery.remind_every   20h                                      default
            notify.console.type     stdout                                   DIR/config.toml:9
            notify.mail.type        email                                    DIR/config.toml:11
            notify.mail.server      smtps://mail.example.com                 DIR/config.toml:13
            notify.mail.user        backup@example.com                       DIR/config.toml:14
            notify.mail.password    (secret, from env MAIL_PASSWORD)         DIR/config.toml:15
            notify.mail.to          ann@example.com, bob@example.com         DIR/config.toml:16
            notify.hook.type        webhook                                  DIR/config.toml:17
            notify.hook.url         (secret, from command echo)              DIR/config.toml:19
            notify.hook.allow_http  false                                    default
            exit code 0
        "#]],
    )
    .await;
}

#[tokio::test]
async fn show_without_any_setting_shows_what_is_missing_and_the_defaults() {
    check(
        "",
        ConfigCommand::Show,
        &[("DOCSPACE_ADMIN_EMAIL", "a@example.com")],
        Form::Text,
        expect![[r#"
            settings file: DIR/config.toml (--config)
            portal.name             main           default
            portal.host             (not set)      default
            portal.api_key          (not set)      default
            portal.allow_http       false          default
            portal.connect_timeout  10s            default
            portal.request_timeout  1m 5s          default
            portal.retry_for        2m             default
            run.storage             temporary      default
            run.dump                false          default
            run.if_running          fail           default
            run.allow_paid          false          default
            run.timeout             6h             default
            run.stall_timeout       30m            default
            run.recheck_after       40s            default
            delivery.give_up_after  72h            default
            delivery.remind_first   1h             default
            delivery.remind_every   20h            default
            notify.stdout.type      stdout         default
            notify.stdout.to        a@example.com  DOCSPACE_ADMIN_EMAIL
            exit code 0
        "#]],
    )
    .await;
}

#[tokio::test]
async fn show_speaks_markdown_and_json() {
    let settings = "[portals.main]\nhost = \"a.example.com\"\n";
    let variables = [("DOCSPACE_API_KEY", SECRET)];
    check(
        settings,
        ConfigCommand::Show,
        &variables,
        Form::Markdown,
        expect![[r#"
            | Setting | Value | Origin |
            |---|---|---|
            | portal.name | main | default |
            | portal.host | https://a.example.com | DIR/config.toml:2 |
            | portal.api\_key | (secret, from env DOCSPACE\_API\_KEY) | DOCSPACE\_API\_KEY |
            | portal.allow\_http | false | default |
            | portal.connect\_timeout | 10s | default |
            | portal.request\_timeout | 1m 5s | default |
            | portal.retry\_for | 2m | default |
            | run.storage | temporary | default |
            | run.dump | false | default |
            | run.if\_running | fail | default |
            | run.allow\_paid | false | default |
            | run.timeout | 6h | default |
            | run.stall\_timeout | 30m | default |
            | run.recheck\_after | 40s | default |
            | delivery.give\_up\_after | 72h | default |
            | delivery.remind\_first | 1h | default |
            | delivery.remind\_every | 20h | default |
            | notify.stdout.type | stdout | default |
            exit code 0
        "#]],
    )
    .await;
    let document = answer(settings, ConfigCommand::Show, &variables, Form::Document).await;
    let document: serde_json::Value = serde_json::from_str(document.rsplit_once("\nexit").unwrap().0).unwrap();
    let rows = document["settings"].as_array().unwrap();
    expect![[r#"1 "settings" "DIR/config.toml""#]]
        .assert_eq(&format!("{} {} {}", document["schema_version"], document["kind"], document["file"]));
    let some = ["portal.host", "portal.api_key", "run.dump", "run.timeout"];
    let some = rows.iter().filter(|row| some.iter().any(|name| row["name"] == *name));
    let some: String = some.map(|row| format!("{row}\n")).collect();
    expect![[r#"
        {"name":"portal.host","value":"https://a.example.com","secret_from":null,"origin":{"kind":"file","name":"DIR/config.toml","line":2}}
        {"name":"portal.api_key","value":null,"secret_from":"env DOCSPACE_API_KEY","origin":{"kind":"environment","name":"DOCSPACE_API_KEY","line":null}}
        {"name":"run.dump","value":false,"secret_from":null,"origin":{"kind":"default","name":null,"line":null}}
        {"name":"run.timeout","value":21600.0,"secret_from":null,"origin":{"kind":"default","name":null,"line":null}}
    "#]].assert_eq(&some);
}

#[tokio::test]
async fn show_hides_an_address_that_is_none() {
    let settings = format!("[portals.main]\nhost = \"https://ann:{SECRET}@example.com\"\n");
    let shown = answer(&settings, ConfigCommand::Show, &[], Form::Text).await;
    let host = shown.lines().find(|line| line.starts_with("portal.host")).unwrap();
    expect!["portal.host             (not an address)  DIR/config.toml:2"].assert_eq(host);
}
