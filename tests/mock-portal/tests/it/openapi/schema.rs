//! The part of JSON Schema that the published document uses; a keyword beyond it is a violation too.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// What is wrong, and in which property of which schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Violation {
    pub(super) place: String,
    pub(super) what: String,
}

/// The named schemas of a document.
#[derive(Clone, Copy)]
pub(super) struct Schemas<'a>(pub(super) &'a Value);

/// Keywords that say nothing about a value.
const REMARKS: [&str; 6] = ["description", "example", "title", "nullable", "x-enum-type", "x-enum-varnames"];

impl Schemas<'_> {
    pub(super) fn check(self, schema: &Value, value: &Value) -> Vec<Violation> {
        let mut found = Vec::new();
        self.walk(schema, value, "answer", &mut found);
        found
    }

    fn walk(self, schema: &Value, value: &Value, place: &str, found: &mut Vec<Violation>) {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap();
            assert!(self.0[name].is_object(), "there is no schema {name}");
            let place = if self.0[name].get("properties").is_some() { name } else { place };
            return self.walk(&self.0[name], value, place, found);
        }
        let schema = schema.as_object().unwrap();
        if value.is_null() && (schema.get("nullable") == Some(&Value::Bool(true)) || schema.is_empty()) {
            return;
        }
        for (keyword, wanted) in schema {
            self.keyword(schema, (keyword, wanted), value, place, found);
        }
    }

    fn keyword(
        self,
        schema: &Map<String, Value>,
        (keyword, wanted): (&str, &Value),
        value: &Value,
        place: &str,
        found: &mut Vec<Violation>,
    ) {
        let mut violate = |holds: bool, what: String| {
            if !holds {
                found.push(Violation { place: place.to_owned(), what });
            }
        };
        match keyword {
            "type" => violate(is_of_type(wanted.as_str().unwrap(), value), format!("is no {}", text(wanted))),
            "format" => violate(has_format(wanted.as_str().unwrap(), value), format!("is no {}", text(wanted))),
            "enum" => violate(wanted.as_array().unwrap().contains(value), format!("is none of {wanted}")),
            "oneOf" => {
                let fits = wanted.as_array().unwrap().iter().filter(|part| self.check(part, value).is_empty()).count();
                violate(fits == 1, format!("fits {fits} of the alternatives"));
            }
            "required" => {
                let names = wanted.as_array().unwrap().iter().map(text);
                names.for_each(|name| violate(value.get(name).is_some(), format!("lacks {name}")));
            }
            "items" => value.as_array().into_iter().flatten().for_each(|item| self.walk(wanted, item, place, found)),
            "properties" => self.properties(wanted, value, place, found),
            "additionalProperties" => self.additional(schema, wanted, value, place, found),
            remark if REMARKS.contains(&remark) => {}
            unknown => violate(false, format!("cannot be checked for {unknown}")),
        }
    }

    fn properties(self, schemas: &Value, value: &Value, place: &str, found: &mut Vec<Violation>) {
        for (name, schema) in schemas.as_object().unwrap() {
            if let Some(value) = value.get(name) {
                self.walk(schema, value, &format!("{place}.{name}"), found);
            }
        }
    }

    fn additional(
        self,
        schema: &Map<String, Value>,
        wanted: &Value,
        value: &Value,
        place: &str,
        found: &mut Vec<Violation>,
    ) {
        let known: BTreeSet<&String> =
            schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).collect();
        let others = value.as_object().into_iter().flatten().filter(|(name, _)| !known.contains(name));
        for (name, value) in others {
            match wanted.as_bool() {
                Some(true) => {}
                Some(false) => found.push(Violation { place: place.to_owned(), what: format!("has {name}") }),
                None => self.walk(wanted, value, &format!("{place}.{name}"), found),
            }
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn is_of_type(wanted: &str, value: &Value) -> bool {
    match wanted {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("there is no type {other}"),
    }
}

fn has_format(wanted: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match wanted {
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        "uuid" => text.len() == 36 && uuid::Uuid::try_parse(text).is_ok(),
        "int32" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        other => panic!("there is no format {other}"),
    }
}

#[cfg(test)]
mod tests;
