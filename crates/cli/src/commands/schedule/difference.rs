//! In which ways the portal's schedule is another one than it should be, in words.

use backup_core::Difference;
use serde_json::{Value, json};

use super::shown::time;
use crate::words;

/// A sentence without its full stop.
pub(in crate::commands) fn sentence(difference: &Difference) -> String {
    match told(difference) {
        Told { setting: "schedule", .. } => "the portal has no schedule".to_owned(),
        Told { setting, name, wanted, actual } => {
            let name = name.map(|name| format!(" {name}")).unwrap_or_default();
            let actual = actual.unwrap_or_else(|| "not set".to_owned());
            format!("{setting}{name}: {actual}, not {}", wanted.unwrap_or_default())
        }
    }
}

/// The same for programs.
pub(super) fn document(difference: &Difference) -> Value {
    let Told { setting, name, wanted, actual } = told(difference);
    json!({ "setting": setting, "name": name, "declared": wanted, "actual": actual })
}

/// One difference, part by part.
struct Told<'a> {
    setting: &'static str,
    /// Of a parameter.
    name: Option<&'a str>,
    wanted: Option<String>,
    actual: Option<String>,
}

fn told(difference: &Difference) -> Told<'_> {
    let between =
        |setting, wanted: String, actual| Told { setting, name: None, wanted: Some(wanted), actual: Some(actual) };
    match difference {
        Difference::Missing => Told { setting: "schedule", name: None, wanted: None, actual: None },
        Difference::Storage { declared, actual } => {
            between("storage", words::storage(*declared), words::storage(*actual))
        }
        Difference::Folder { declared, actual } => between("folder", declared.clone(), actual.clone()),
        Difference::Time { declared, actual } => between("time", time(declared), time(actual)),
        Difference::Kept { declared, actual } => between("keep", declared.to_string(), actual.to_string()),
        Difference::Parameter { name, declared, actual } => Told {
            setting: "param",
            name: Some(name),
            wanted: Some(words::param(name, declared)),
            actual: actual.as_ref().map(|actual| words::param(name, actual)),
        },
    }
}
