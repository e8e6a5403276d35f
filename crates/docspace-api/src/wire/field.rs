//! One place in an answer, with the path that leads to it.

use jiff::Timestamp;
use serde_json::Value;

use super::time;
use crate::transport::one_line;

/// A value that may be there. Null and the empty text count as absent: portals write "nothing" in all three ways.
pub(crate) struct Field<'a> {
    path: String,
    value: Option<&'a Value>,
}

/// A field that holds something else than the operation promises. Says where and what kind, never the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {expected} is expected, and there is {found}")]
pub(crate) struct Misfit {
    path: String,
    expected: &'static str,
    found: &'static str,
}

impl<'a> Field<'a> {
    pub(crate) fn new(path: &str, value: Option<&'a Value>) -> Self {
        Self { path: path.to_owned(), value: value.filter(|value| !value.is_null() && value.as_str() != Some("")) }
    }

    pub(crate) fn is_absent(&self) -> bool {
        self.value.is_none()
    }

    pub(crate) fn get(&self, name: &str) -> Field<'a> {
        let value = self.value.and_then(|value| value.get(name));
        Self::new(&format!("{}.{name}", self.path), value)
    }

    /// The elements of a list; none where it is absent.
    pub(crate) fn list(&self) -> Result<Vec<Field<'a>>, Misfit> {
        let elements = match self.value {
            None => return Ok(Vec::new()),
            Some(value) => value.as_array().ok_or_else(|| self.misfit("a list"))?,
        };
        let element = |(at, value)| Self::new(&format!("{}[{at}]", self.path), Some(value));
        Ok(elements.iter().enumerate().map(element).collect())
    }

    /// The names, fit to show, and values of an object; none where it is absent. A path counts them, since a name may be
    /// anything here.
    pub(crate) fn entries(&self) -> Result<Vec<(String, Field<'a>)>, Misfit> {
        let entries = match self.value {
            None => return Ok(Vec::new()),
            Some(value) => value.as_object().ok_or_else(|| self.misfit("an object"))?,
        };
        let entry = |(at, (name, value)): (usize, (&String, &'a Value))| {
            Some((one_line(name)?, Self::new(&format!("{}[{at}]", self.path), Some(value))))
        };
        Ok(entries.iter().enumerate().filter_map(entry).collect())
    }

    /// A text, as it is.
    pub(crate) fn text(&self) -> Result<Option<String>, Misfit> {
        let text = match self.value {
            None => return Ok(None),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
                return Err(self.misfit("a text"));
            }
        };
        Ok(Some(text))
    }

    /// A whole number, also as a text; a fraction is cut off.
    pub(crate) fn integer(&self) -> Result<Option<i64>, Misfit> {
        let number = match self.value {
            None => return Ok(None),
            Some(Value::Number(number)) => whole(&number.to_string()),
            Some(Value::String(text)) => whole(text.trim()),
            Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => None,
        };
        number.map(Some).ok_or_else(|| self.misfit("a number"))
    }

    /// A number that may have a fraction, also as a text; finite.
    pub(crate) fn fraction(&self) -> Result<Option<f64>, Misfit> {
        let number = match self.value {
            None => return Ok(None),
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => None,
        };
        number.filter(|number| number.is_finite()).map(Some).ok_or_else(|| self.misfit("a number"))
    }

    /// True or false, also as a text.
    pub(crate) fn flag(&self) -> Result<Option<bool>, Misfit> {
        let flag = match self.value {
            None => return Ok(None),
            Some(Value::Bool(flag)) => Some(*flag),
            Some(Value::String(text)) => text.trim().to_ascii_lowercase().parse().ok(),
            Some(Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_)) => None,
        };
        flag.map(Some).ok_or_else(|| self.misfit("true or false"))
    }

    /// A moment; `None` also for "never", and for what cannot be read, since nothing is decided by it.
    pub(crate) fn time(&self) -> Option<Timestamp> {
        time::read(self.value?.as_str()?)
    }

    pub(crate) fn misfit(&self, expected: &'static str) -> Misfit {
        let found = match self.value {
            None | Some(Value::Null) => "nothing",
            Some(Value::Bool(_)) => "true or false",
            Some(Value::Number(_)) => "a number",
            Some(Value::String(_)) => "a text",
            Some(Value::Array(_)) => "a list",
            Some(Value::Object(_)) => "an object",
        };
        Misfit { path: self.path.clone(), expected, found }
    }
}

/// The whole response, which must be an object.
pub(super) fn object(response: &Value) -> Result<Field<'_>, Misfit> {
    let field = Field::new("response", Some(response));
    if response.is_object() { Ok(field) } else { Err(field.misfit("an object")) }
}

/// A text that people are shown.
pub(super) fn shown(field: &Field<'_>) -> Result<Option<String>, Misfit> {
    Ok(field.text()?.and_then(|text| one_line(&text)))
}

fn whole(text: &str) -> Option<i64> {
    let cut_off = || text.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| number as i64);
    text.parse().ok().or_else(cut_off)
}
