//! The body of a call that names a storage, bound as the portal binds it (contract §1.6, §2.1).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::request::Request;
use crate::storage_type::StorageType;

/// The storage parameters as a dictionary; keys are case-sensitive.
pub(crate) type Parameters = BTreeMap<String, String>;

/// What the bodies of a start, a schedule and a restore have in common.
#[derive(Debug)]
pub(crate) struct StorageRequest {
    pub(crate) storage: StorageType,
    pub(crate) dump: bool,
    body: Map<String, Value>,
    items: Vec<(Value, Value)>,
}

impl StorageRequest {
    /// Reads the body, or gives the binder's refusal.
    pub(crate) fn bind(request: &Request) -> Result<Self, Answer> {
        if !request.header("content-type").is_some_and(is_json) {
            return Err(Answer::unsupported_media_type(request));
        }
        let refuse = |field: &str, message: &str| Answer::invalid(request, field, message);
        let body = match serde_json::from_slice(&request.body) {
            Ok(Value::Object(body)) => body,
            Ok(_) => return Err(refuse("$", "The JSON value could not be converted to BackupDto.")),
            Err(_) if request.body.is_empty() => return Err(refuse("", "A non-empty request body is required.")),
            Err(error) => return Err(refuse("$", &format!("The body is not JSON: {error}"))),
        };
        let unreadable = |field: &'static str| move || refuse(field, "The JSON value could not be converted.");
        Ok(Self {
            storage: storage(property(&body, "storageType")).ok_or_else(unreadable("$.storageType"))?,
            dump: dump(property(&body, "dump")).ok_or_else(unreadable("$.dump"))?,
            items: items(property(&body, "storageParams")).ok_or_else(unreadable("$.storageParams"))?,
            body,
        })
    }

    /// Any other property by its name in any case.
    pub(crate) fn property(&self, name: &str) -> Option<&Value> {
        property(&self.body, name)
    }

    /// The parameters as the controller collects them: a null is its null reference, a double key its argument error.
    pub(crate) fn parameters(&self) -> Result<Parameters, Answer> {
        let mut parameters = Parameters::new();
        for (key, value) in &self.items {
            let (Some(key), Some(value)) = (text(key), text(value)) else {
                return Err(Answer::null_reference());
            };
            if parameters.contains_key(&key) {
                let message = format!("An item with the same key has already been added. Key: {key}");
                return Err(Answer::exception(400, "System.ArgumentException", &message));
            }
            parameters.insert(key, value);
        }
        Ok(parameters)
    }
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") || kind.eq_ignore_ascii_case("text/json")
}

/// A property by its name in any case; the last one counts.
pub(crate) fn property<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    body.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next_back()
}

fn storage(value: Option<&Value>) -> Option<StorageType> {
    match value {
        None => Some(StorageType::Documents),
        Some(Value::Number(number)) => {
            number.as_i64().and_then(|number| i32::try_from(number).ok()).map(StorageType::from_number)
        }
        Some(Value::String(name)) => StorageType::from_text(name),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => None,
    }
}

fn dump(value: Option<&Value>) -> Option<bool> {
    value.map_or(Some(false), Value::as_bool)
}

fn items(value: Option<&Value>) -> Option<Vec<(Value, Value)>> {
    match value {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(item).collect(),
        Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => None,
    }
}

fn item(value: &Value) -> Option<(Value, Value)> {
    let item = value.as_object()?;
    let part = |name| property(item, name).cloned().unwrap_or_default();
    Some((part("key"), part("value")))
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    }
}
