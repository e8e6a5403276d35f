//! The file that `config init` writes.

use super::{SECRET, settings};
use crate::{
    arguments::{GlobalArguments, LimitArguments, StorageArguments, TimesArguments},
    settings::{Environment, SAMPLE},
};

/// The sample with every example in force.
fn uncommented() -> String {
    let lines = SAMPLE.lines().map(|line| match line.strip_prefix('#') {
        Some(example) if !example.starts_with(' ') => example,
        Some(_) | None => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn it_is_sound_as_it_is() {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let (settings, mistakes) = settings(SAMPLE, &global, &environment);
    assert_eq!(mistakes, []);
    assert_eq!(settings.portal_plan().unwrap().address().unwrap().to_string(), "https://portal.example.com");
}

#[test]
fn its_examples_are_sound_and_name_every_setting() {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let text = uncommented();
    let (settings, mistakes) = settings(&text, &global, &environment);
    assert_eq!(mistakes, []);
    assert_eq!(settings.channel_plans().unwrap().len(), 13);
    for key in [
        "default_portal",
        "host",
        "api_key",
        "ca_file",
        "allow_http",
        "connect_timeout",
        "request_timeout",
        "retry_for",
        "storage",
        "folder",
        "params",
        "dump",
        "if_running",
        "allow_paid",
        "timeout",
        "stall_timeout",
        "recheck_after",
        "daily",
        "weekly",
        "monthly",
        "at",
        "keep",
        "type",
        "to",
        "server",
        "user",
        "password",
        "smtp_url",
        "from",
        "webhook_url",
        "url",
        "secret",
        "path",
        "bot_token",
        "channel",
        "api_url",
        "chat_id",
        "topic_id",
        "topic",
        "token",
        "routing_key",
        "region",
        "kind",
        "program",
        "args",
        "states",
        "fallback",
        "time_limit",
        "give_up_after",
        "remind_first",
        "remind_every",
    ] {
        assert!(text.contains(&format!("{key} = ")), "{key}");
    }
}

#[test]
fn its_examples_of_defaults_are_the_defaults() {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let text = uncommented();
    let (sample, _) = settings(&text, &global, &environment);
    let (usual, _) = settings("", &global, &environment);
    let limits = LimitArguments::default();
    assert_eq!(sample.resolve_limits(&limits), usual.resolve_limits(&limits));
    let job = |settings: &crate::settings::Settings<'_>| {
        let plan = settings.run_plan(&StorageArguments::default(), None, &limits).unwrap();
        (plan.if_running.value, plan.scope.value, plan.allow_paid.value)
    };
    assert_eq!(job(&sample), job(&usual));
    let client = |settings: &crate::settings::Settings<'_>| {
        let plan = settings.portal_plan().unwrap();
        [plan.connect_timeout.value, plan.request_timeout.value, plan.retry_for.value]
    };
    assert_eq!(client(&sample), client(&usual));
    let kept = |settings: &crate::settings::Settings<'_>| {
        let plan = settings.delivery();
        [plan.give_up_after.value, plan.remind_first.value, plan.remind_every.value]
    };
    assert_eq!(kept(&sample), kept(&usual));
    let console = |settings: &crate::settings::Settings<'_>| settings.channel_plans().unwrap()[0].states();
    assert_eq!(console(&sample), console(&usual));
    let times = |settings: &crate::settings::Settings<'_>| {
        let plan = settings.schedule_plan(&TimesArguments::default(), &StorageArguments::default()).unwrap();
        (plan.hour.value, plan.keep.value)
    };
    assert_eq!(times(&sample), times(&usual));
}

#[test]
fn settings_show_no_secret_when_debugged() {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[("SMTP_URL", SECRET)], SECRET));
    let text = uncommented();
    let (settings, _) = settings(&text, &global, &environment);
    let shown = format!("{settings:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert!(shown.contains("SMTP_URL"), "{shown}");
}
