//! Values of a settings file: which type each must have, and what is said when it has another.
//!
//! No refusal repeats the value, since a secret may stand there by mistake.

use std::{collections::BTreeSet, time::Duration};

use clap::ValueEnum;
use notify::State;
use toml::de::{DeArray, DeTable, DeValue};

use super::{Origin, SecretSource, SettingsError, document::Document, nearest::hint_for, secret::is_variable_name};
use crate::arguments::parse_duration;

/// A value, or what is expected in its place.
pub(super) type Read<T> = Result<T, Refusal>;

/// The mend where no better one is known.
pub(super) const SEE_SAMPLE: &str = "the commented file that `docspace-backup config init PATH` writes shows how";

/// What is wrong with a value, and the mend if there is more to it than the right type.
#[derive(Debug)]
pub(super) struct Refusal {
    problem: String,
    hint: Option<String>,
}

impl Refusal {
    fn new(problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self { problem, hint: None }
    }

    fn with_hint(self, hint: impl Into<String>) -> Self {
        let hint = Some(hint.into());
        Self { hint, ..self }
    }

    /// The mistake in the setting of that name.
    pub(super) fn of(self, setting: &str, origin: &Origin) -> SettingsError {
        let hint = self.hint.unwrap_or_else(|| SEE_SAMPLE.to_owned());
        SettingsError::new(setting, self.problem).at(origin).with_hint(hint)
    }
}

/// What a value is, with its article.
pub(super) fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

pub(super) fn text(value: &DeValue<'_>) -> Read<String> {
    match value.as_str().map(str::trim) {
        Some("") => Err(Refusal::new("the text is empty").with_hint("fill it in, or take the line out")),
        Some(text) => Ok(text.to_owned()),
        None => Err(Refusal::new(format!("a text in quotes is expected, not {}", kind_of(value)))),
    }
}

pub(super) fn boolean(value: &DeValue<'_>) -> Read<bool> {
    let expected = || Refusal::new(format!("true or false without quotes is expected, not {}", kind_of(value)));
    value.as_bool().ok_or_else(expected)
}

pub(super) fn duration(value: &DeValue<'_>) -> Read<Duration> {
    match value {
        DeValue::String(text) => parse_duration(text).map_err(Refusal::new),
        DeValue::Integer(_) | DeValue::Float(_) => {
            Err(Refusal::new("a number without a unit").with_hint(WRITE_DURATION))
        }
        DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
            let problem = format!("a length of time is expected, not {}", kind_of(value));
            Err(Refusal::new(problem).with_hint(WRITE_DURATION))
        }
    }
}

const WRITE_DURATION: &str = r#"write "90s", "15m" or "1h30m""#;

pub(super) fn text_or_number(value: &DeValue<'_>) -> Read<String> {
    match value.as_integer() {
        Some(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Ok(number.to_string()),
            Err(_) => Err(Refusal::new("the number is too large")),
        },
        None => text(value),
    }
}

/// What `parse` makes of a text or a number.
pub(super) fn parsed<T>(value: &DeValue<'_>, parse: impl FnOnce(&str) -> Result<T, String>) -> Read<T> {
    parse(&text_or_number(value)?).map_err(Refusal::new)
}

pub(super) fn texts(value: &DeValue<'_>) -> Read<Vec<String>> {
    match value {
        DeValue::Array(list) if list.is_empty() => {
            Err(Refusal::new("the list is empty").with_hint("fill it in, or take the line out"))
        }
        DeValue::Array(list) => list.iter().map(|entry| text(entry.get_ref())).collect(),
        DeValue::String(_) => Ok(vec![text(value)?]),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Table(_) => {
            Err(Refusal::new(format!("a text or a list of texts is expected, not {}", kind_of(value))))
        }
    }
}

/// Texts in a list, each taken as it stands.
pub(super) fn arguments(value: &DeValue<'_>) -> Read<Vec<String>> {
    let expected = |found: &DeValue<'_>| Refusal::new(format!("a list of texts is expected, not {}", kind_of(found)));
    let list = value.as_array().ok_or_else(|| expected(value))?;
    let argument = |entry: &DeValue<'_>| entry.as_str().map(str::to_owned).ok_or_else(|| expected(entry));
    list.iter().map(|entry| argument(entry.get_ref())).collect()
}

/// States that a channel can choose; one, or several in a list.
pub(super) fn states(value: &DeValue<'_>) -> Read<BTreeSet<State>> {
    let known: Vec<&str> = State::ALL.into_iter().map(State::as_str).collect();
    let state = |word: &String| {
        let unknown = |_| Refusal::new("there is no such state").with_hint(hint_for(word, &known));
        word.parse().map_err(unknown)
    };
    texts(value)?.iter().map(state).collect()
}

/// One of the words of `T`, in any case.
pub(super) fn word<T: ValueEnum>(value: &DeValue<'_>) -> Read<T> {
    let text = text(value)?;
    T::from_str(&text, true).map_err(|_| {
        let words: Vec<_> = T::value_variants().iter().filter_map(T::to_possible_value).collect();
        let known: Vec<&str> = words.iter().map(|word| word.get_name()).collect();
        Refusal::new("not one of the words that are known here").with_hint(hint_for(&text, &known))
    })
}

/// Where a secret is to be fetched from. A secret written down itself is refused.
pub(super) fn secret(document: &Document<'_>, value: &DeValue<'_>) -> Read<SecretSource> {
    match value {
        DeValue::Table(table) => secret_source(document, table),
        DeValue::String(_) => Err(forms("a secret is never written into the file itself")),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) => {
            Err(forms(&format!("where to fetch the secret is expected, not {}", kind_of(value))))
        }
    }
}

fn forms(problem: &str) -> Refusal {
    Refusal::new(problem)
        .with_hint(r#"write { env = "NAME" }, { file = "/path" } or { command = ["pass", "show", "x"] }"#)
}

fn secret_source(document: &Document<'_>, table: &DeTable<'_>) -> Read<SecretSource> {
    let mut entries = table.iter().map(|(key, value)| (key.get_ref().as_ref(), value.get_ref()));
    match (entries.next(), entries.next()) {
        (Some(("env", value)), None) => variable(&text(value)?),
        (Some(("file", value)), None) => Ok(SecretSource::File(document.resolve(&text(value)?))),
        (Some(("command", DeValue::Array(words))), None) => command(words),
        (Some(("command", _)), None) => Err(forms("the command is expected as a list: no shell reads it")),
        (Some(_), None) => Err(forms("none of the known places to fetch a secret from")),
        (Some(_), Some(_)) => Err(forms("one place to fetch the secret from is expected, not several")),
        (None, _) => Err(forms("the place to fetch the secret from is missing")),
    }
}

fn variable(name: &str) -> Read<SecretSource> {
    match is_variable_name(name) {
        true => Ok(SecretSource::Environment(name.to_owned())),
        false => Err(forms("what follows env is no name of an environment variable")),
    }
}

fn command(words: &DeArray<'_>) -> Read<SecretSource> {
    let words: Vec<String> = words.iter().map(|word| text(word.get_ref())).collect::<Read<_>>()?;
    match words.is_empty() {
        true => Err(forms("the command is empty")),
        false => Ok(SecretSource::Command(words)),
    }
}
