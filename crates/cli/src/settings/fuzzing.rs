//! What the reader of the settings file holds to, whatever stands in the file.

use std::path::PathBuf;

use toml::{Table, Value};

use super::{Environment, Setting, Settings, SettingsError, file::parse};
use crate::{
    arguments::{GlobalArguments, LimitArguments, StorageArguments},
    commands::show_config,
};

/// What stands for a secret in an input: it is looked for in every word about the file.
const SECRET: &str = "s3cr3t";

/// The keys whose value is a secret, or says where one is.
const SECRET_KEYS: [&str; 10] =
    ["api_key", "password", "smtp_url", "webhook_url", "url", "secret", "routing_key", "bot_token", "token", "topic"];

pub(crate) fn check(text: &str) {
    let environment = Environment::of(&[("HOME", "/home/ann")], "");
    let global = GlobalArguments::default();
    let path = PathBuf::from("/etc/c.toml");
    let (file, mistakes) = parse(path.clone(), text.to_owned(), &environment);
    let is_toml = text.parse::<Table>();
    assert!(is_toml.is_ok() || !mistakes.is_empty(), "no TOML, and nothing is wrong with it");
    let mut words: Vec<String> = mistakes.iter().flat_map(words).collect();
    let path = Some(Setting::by_default(path));
    let settings = Settings { global: &global, environment: &environment, path, file, warnings: Vec::new() };
    words.extend(shown(&settings));
    words.push(format!("{settings:?} {mistakes:?}"));
    assert!(words.iter().all(|words| !words.is_empty()), "something is wrong, and nothing is said");
    if !is_toml.is_ok_and(|table| is_told_elsewhere(&Value::Table(table))) {
        let told = words.iter().find(|words| words.contains(SECRET));
        assert_eq!(told, None, "a secret is told");
    }
}

/// What people read of a mistake.
fn words(mistake: &SettingsError) -> [String; 2] {
    [mistake.to_string(), mistake.hint().unwrap_or("no hint, which is allowed").to_owned()]
}

/// What `config show` and the checks of a plan say, for the profile in force and for every other one.
fn shown(settings: &Settings<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let mut told = |mistake: SettingsError| words.extend(self::words(&mistake));
    let run = settings.run_plan(&StorageArguments::default(), None, &LimitArguments::default());
    run.and_then(|plan| plan.settings()).map_or_else(&mut told, drop);
    settings.profile_plans().iter().for_each(|plan| plan.address().map_or_else(&mut told, drop));
    match show_config(settings) {
        Ok(answer) => words.extend([answer.text, answer.markdown, format!("{:?}", answer.document)]),
        Err(mistake) => words.extend(self::words(&mistake)),
    }
    words
}

/// Whether the secret stands where no secret belongs, so that it may be told: in a key, or in a value that is shown.
fn is_told_elsewhere(value: &Value) -> bool {
    match value {
        Value::Table(table) => table.iter().any(|(key, value)| {
            let is_secret = SECRET_KEYS.contains(&key.as_str());
            key.contains(SECRET) || if is_secret { is_place(value) } else { is_told_elsewhere(value) }
        }),
        Value::Array(values) => values.iter().any(is_told_elsewhere),
        Value::String(text) => text.contains(SECRET),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => false,
    }
}

/// Whether it stands in the name of a place that secrets are fetched from: a variable, a file, a program.
fn is_place(value: &Value) -> bool {
    let Value::Table(table) = value else { return false };
    let named = |key: &str| table.get(key).and_then(Value::as_str).is_some_and(|text| text.contains(SECRET));
    let program = table.get("command").and_then(|words| words.get(0)).and_then(Value::as_str);
    named("env") || named("file") || program.is_some_and(|program| program.contains(SECRET))
}
