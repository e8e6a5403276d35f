//! What a restore is to be made from (contract §8).

use serde_json::Value;

use crate::answer::Answer;
use crate::request::Request;
use crate::storage_request::StorageRequest;

/// The `backupId` of a restore: it has to be there, and may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RestoreId {
    /// A record, by its id in lower case.
    Record(String),
    /// No id: the parameters name a file.
    File,
}

impl RestoreId {
    /// Reads the id, or gives the binder's refusal.
    pub(crate) fn bind(request: &Request, body: &StorageRequest) -> Result<Self, Answer> {
        match body.property("backupId") {
            Some(Value::String(id)) => {
                Ok(uuid::Uuid::try_parse(id).map_or(Self::File, |id| Self::Record(id.to_string())))
            }
            Some(Value::Null) => Ok(Self::File),
            None => Err(Answer::invalid(request, "$", "JSON deserialization was missing required property backupId.")),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Err(Answer::invalid(request, "$.backupId", "The JSON value could not be converted to System.String."))
            }
        }
    }
}
