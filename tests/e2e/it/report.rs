//! The document of a run, field by field.

use serde_json::Value;

use crate::rig::{Program, job, portal};

#[tokio::test]
async fn nobody_is_told_without_notices() {
    let portal = portal().await;
    let run = Program::of(&portal).run("run --folder 123 --no-notify --output json").await;
    assert_eq!(run.exits(0).json()["notifications"], Value::Array(Vec::new()));
    assert!(!run.stderr.contains("[ADMIN NOTIFICATION]"));
}

#[tokio::test]
async fn every_storage_goes_by_our_word_and_by_the_portals() {
    for (flags, storage) in [
        ("--storage temporary", "temporary"),
        ("--storage DataStore", "temporary"),
        ("--storage documents --folder 123", "documents"),
        ("--storage Documents --folder 123", "documents"),
        ("--folder 123", "documents"),
        ("--storage third-party-documents --folder sbox-1-backups", "third-party-documents"),
        ("--storage ThridpartyDocuments --folder sbox-1-backups", "third-party-documents"),
        ("--storage third-party-storage --param module=S3 --param bucket=b", "third-party-storage"),
        ("--storage ThirdPartyConsumer --param module=S3", "third-party-storage"),
        ("--storage local --param filePath=/backups", "local"),
    ] {
        let portal = portal().await;
        let run = Program::of(&portal).run(&format!("run --output json {flags}")).await;
        let document = run.exits(0).json();
        assert_eq!(document["backup"]["storage"], storage, "{flags}");
        assert_eq!(document["backup"]["id"], job(&portal), "{flags}");
    }
}

#[tokio::test]
async fn every_field_of_the_contract_is_there_and_has_its_type() {
    let portal = portal().await;
    let document = Program::of(&portal).run("run --output json").await.exits(0).json();
    let kind = |value: &Value| match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    for (path, expected) in [
        ("/schema_version", "number"),
        ("/kind", "string"),
        ("/outcome", "string"),
        ("/exit_code", "number"),
        ("/joined", "bool"),
        ("/portal/name", "string"),
        ("/portal/host", "string"),
        ("/portal/version", "string"),
        ("/backup/id", "string"),
        ("/backup/file_name", "string"),
        ("/backup/storage", "string"),
        ("/backup/dump", "bool"),
        ("/backup/created_on", "string"),
        ("/backup/expires_on", "string"),
        ("/backup/link", "string"),
        ("/started_at", "string"),
        ("/finished_at", "string"),
        ("/duration_seconds", "number"),
        ("/progress", "number"),
        ("/polls", "number"),
        ("/error", "null"),
        ("/warnings", "array"),
        ("/notifications/0/name", "string"),
        ("/notifications/0/status", "string"),
        ("/notifications/0/attempts", "number"),
        ("/notifications/0/error", "null"),
    ] {
        assert_eq!(document.pointer(path).map(kind), Some(expected), "{path}");
    }
    let link = document["backup"]["link"].as_str().unwrap();
    assert!(link.starts_with(&portal.url()), "{link} is not absolute");
}
