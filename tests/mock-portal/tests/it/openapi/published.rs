//! The published document: its operations, and the schema of each one's answer.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::schema::{Schemas, Violation};

/// Where the document is looked for, unless `DOCSPACE_OPENAPI` says otherwise.
const USUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/openapi-backup-3.7.0.json");

#[derive(Debug)]
pub(super) struct Published(Value);

#[expect(clippy::disallowed_methods, reason = "tests have no settings stage; this is the one place that reads")]
pub(super) fn path() -> PathBuf {
    std::env::var_os("DOCSPACE_OPENAPI").map_or_else(|| USUAL.into(), PathBuf::from)
}

impl Published {
    /// Reads the document; the error says that it is not there.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            format!("nothing was checked against the published OpenAPI ({error}): DOCSPACE_OPENAPI says where it lies")
        })?;
        Ok(Self(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))))
    }

    /// `get /api/2.0/…` as the document writes it, for a path with its ids and its query.
    pub(super) fn operation(&self, method: &str, path: &str) -> Option<String> {
        let path = path.split('?').next().unwrap_or_default();
        self.operations()
            .into_iter()
            .find(|operation| operation.strip_prefix(method).is_some_and(|template| fits(template.trim_start(), path)))
    }

    pub(super) fn operations(&self) -> BTreeSet<String> {
        let paths = self.0["paths"].as_object().unwrap();
        let of = |(path, methods): (&String, &Value)| {
            methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")).collect::<Vec<_>>()
        };
        paths.iter().flat_map(of).collect()
    }

    /// In which ways an answer with status 200 is not what the document says.
    pub(super) fn check(&self, operation: &str, answer: &Value) -> Vec<Violation> {
        let (method, path) = operation.split_once(' ').unwrap();
        let schema = &self.0["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{operation} has no published answer");
        Schemas(&self.0["components"]["schemas"]).check(schema, answer)
    }
}

/// Whether a path is one of those that a template stands for.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
}
