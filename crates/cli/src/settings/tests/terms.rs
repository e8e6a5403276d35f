//! What each channel is told, who is told in its place, and how long it may take.

use std::io::Write;

use expect_test::{Expect, expect};

use super::{compare, settings, shown, sound, told};
use crate::{arguments::GlobalArguments, settings::Environment};

fn nowhere() -> Box<dyn Write + Send> {
    Box::new(std::io::sink())
}

/// The channels of a file as they are told.
async fn check(text: &str, expected: Expect) {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[("X", "https://example.com/x")], ""));
    let subscriptions = sound(text, &global, &environment).resolve_subscriptions(&[], nowhere).await;
    let line = |told: &notify::Subscription| {
        let states: Vec<&str> = told.states.iter().map(|state| state.as_str()).collect();
        let (name, limit) = (told.channel.name(), told.policy.time_limit);
        format!("{name}: {:?}, {}, {limit:?}, {:?}", told.readers, states.join(" "), told.fallback)
    };
    compare(expected, &shown(subscriptions.map(|all| all.iter().map(line).collect::<Vec<_>>().join("\n"))));
}

/// What is wrong with the channels of a file.
fn check_mistakes(text: &str, expected: Expect) {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let (settings, mistakes) = settings(text, &global, &environment);
    let (_, fallbacks) = settings.channel_plans_with_mistakes().unwrap();
    assert_eq!(settings.channel_plans().err(), fallbacks.first().cloned());
    compare(expected, &told(mistakes.iter().chain(&fallbacks)));
}

#[tokio::test]
async fn people_are_told_what_needs_them_and_machines_everything() {
    check(
        r#"
        [notify.console]
        type = "stdout"
        [notify.slack]
        type = "slack"
        webhook_url = { env = "X" }
        [notify.hook]
        type = "webhook"
        url = { env = "X" }
        "#,
        expect![[r#"
            console: Machines, started completed warning failed still_running stale recovered, 60s, None
            slack: People, warning failed still_running stale recovered, 60s, None
            hook: Machines, started completed warning failed still_running stale recovered, 60s, None
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_channel_says_what_it_is_told_how_long_it_may_take_and_who_takes_its_place() {
    check(
        r#"
        [notify.console]
        type = "stdout"
        states = ["completed", "started"]
        fallback = "hook"
        [notify.hook]
        type = "webhook"
        url = { env = "X" }
        states = "failed"
        time_limit = "5s"
        "#,
        expect![[r#"
            console: Machines, started completed, 60s, Some("hook")
            hook: Machines, failed, 5s, None
        "#]],
    )
    .await;
}

#[test]
fn states_that_do_not_exist_are_refused() {
    let channel = |states: &str| format!("[notify.a]\ntype = \"stdout\"\nstates = {states}\n");
    check_mistakes(
        &channel(r#"["failed", "faild"]"#),
        expect![[r#"
        notify.a.states (/etc/c.toml:3): there is no such state
          hint: did you mean failed?
    "#]],
    );
    check_mistakes(
        &channel(r#""everything""#),
        expect![[r#"
        notify.a.states (/etc/c.toml:3): there is no such state
          hint: known are: started, completed, warning, failed, still_running, stale, recovered
    "#]],
    );
    check_mistakes(
        &channel("[]"),
        expect![[r#"
        notify.a.states (/etc/c.toml:3): the list is empty
          hint: fill it in, or take the line out
    "#]],
    );
    check_mistakes(
        &channel("[3]"),
        expect![[r#"
        notify.a.states (/etc/c.toml:3): a text in quotes is expected, not a number
          hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    );
    check_mistakes(
        &channel(r#""test""#),
        expect![[r#"
        notify.a.states (/etc/c.toml:3): there is no such state
          hint: known are: started, completed, warning, failed, still_running, stale, recovered
    "#]],
    );
}

#[test]
fn a_fallback_must_be_another_channel_and_lead_somewhere() {
    let channel =
        |name: &str, fallback: &str| format!("[notify.{name}]\ntype = \"stdout\"\nfallback = \"{fallback}\"\n");
    check_mistakes(
        &channel("a", "nobody"),
        expect![[r#"
            notify.a.fallback (/etc/c.toml:3): there is no such channel
              hint: there is no other channel: add one, or take the line out
        "#]],
    );
    check_mistakes(
        &[channel("mail", "pagr"), channel("pager", "pager")].concat(),
        expect![[r#"
            notify.mail.fallback (/etc/c.toml:3): there is no such channel
              hint: did you mean pager?
            notify.pager.fallback (/etc/c.toml:6): it is the channel itself
              hint: name another channel
        "#]],
    );
    let circle = [channel("a", "b"), channel("b", "c"), channel("c", "b"), channel("d", "a")].concat();
    check_mistakes(
        &circle,
        expect![[r#"
        notify.b.fallback (/etc/c.toml:6): it leads back to the channel itself: b -> c -> b
          hint: a fallback needs an end: take one of these lines out
    "#]],
    );
    let chain = [channel("a", "b"), channel("b", "c"), "[notify.c]\ntype = \"stdout\"\n".to_owned()].concat();
    check_mistakes(&chain, expect![[r#""#]]);
}

#[test]
fn a_length_of_time_needs_its_unit() {
    check_mistakes(
        "[notify.a]\ntype = \"stdout\"\ntime_limit = 60\n",
        expect![[r#"
        notify.a.time_limit (/etc/c.toml:3): a number without a unit
          hint: write "90s", "15m" or "1h30m"
    "#]],
    );
    check_mistakes(
        "[delivery]\ngive_up_after = \"3\"\nremind_evry = \"20h\"\n",
        expect![[r#"
        delivery.give_up_after (/etc/c.toml:2): the unit is missing: write 90s, 15m or 1h30m
          hint: the commented file that `docspace-backup config init PATH` writes shows how
        delivery.remind_evry (/etc/c.toml:3): there is no such setting
          hint: did you mean remind_every?
    "#]],
    );
}

#[test]
fn how_long_notices_are_kept_and_people_left_alone_can_be_chosen() {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let shown = |text: &str| {
        let plan = sound(text, &global, &environment).delivery();
        [plan.give_up_after, plan.remind_first, plan.remind_every].map(|time| format!("{:?}", time.value)).join(" ")
    };
    assert_eq!(shown(""), "259200s 3600s 72000s");
    let all = "[delivery]\ngive_up_after = \"72h\"\nremind_first = \"5m\"\nremind_every = \"30m\"\n";
    assert_eq!(shown(all), "259200s 300s 1800s");
}
