//! `config show`: every setting in force, and where it comes from.

use notify::one_line;
use serde_json::{Value, json};

use super::rows::{Row, rows};
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    settings::{Origin, Settings, SettingsError},
};

/// Every setting in force. No secret is fetched, none is shown.
///
/// # Errors
///
/// When the profile is unknown, or two settings contradict each other.
pub(crate) fn show(settings: &Settings<'_>) -> Result<Answer, SettingsError> {
    let rows = rows(settings)?;
    Ok(Answer {
        text: human(settings, &rows),
        markdown: markdown(&rows),
        document: Some(document(settings, &rows)),
        exit: ExitCode::Done,
    })
}

fn human(settings: &Settings<'_>, rows: &[Row]) -> String {
    let file = match settings.path() {
        Some(path) => format!("settings file: {} ({})", path.value.display(), path.origin),
        None => format!("settings file: none; looked for {}", settings.usual_places()),
    };
    let names = rows.iter().map(|row| row.name.chars().count()).max().unwrap_or_default();
    let texts = rows.iter().map(|row| row.text.chars().count().min(WIDEST)).max().unwrap_or_default();
    let lines = rows.iter().map(|row| {
        let (name, text) = (one_line(&row.name), one_line(&row.text));
        format!("{name:names$}  {text:texts$}  {}", row.origin)
    });
    std::iter::once(file).chain(lines).collect::<Vec<_>>().join("\n")
}

/// The widest value, in characters, that the column of origins gives way to.
const WIDEST: usize = 48;

fn markdown(rows: &[Row]) -> String {
    let lines = rows.iter().map(|row| {
        let cells = [&row.name, &row.text, &row.origin.to_string()].map(|cell| escape_markdown(cell));
        format!("| {} |", cells.join(" | "))
    });
    let head = ["| Setting | Value | Origin |".to_owned(), "|---|---|---|".to_owned()];
    head.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn document(settings: &Settings<'_>, rows: &[Row]) -> Value {
    let rows = rows.iter().map(|row| {
        json!({
            "name": row.name,
            "value": row.value,
            "secret_from": row.secret_from,
            "origin": origin(&row.origin),
        })
    });
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "settings",
        "exit_code": ExitCode::Done.number(),
        "file": settings.path().map(|path| path.value.display().to_string()),
        "settings": rows.collect::<Vec<_>>(),
    })
}

/// An origin for programs.
pub(super) fn origin(origin: &Origin) -> Value {
    match origin {
        Origin::Flag(flag) => json!({ "kind": "flag", "name": flag, "line": null }),
        Origin::Environment(name) => json!({ "kind": "environment", "name": name, "line": null }),
        Origin::File { path, line } => json!({ "kind": "file", "name": path.display().to_string(), "line": line }),
        Origin::Default => json!({ "kind": "default", "name": null, "line": null }),
    }
}
