//! The body that starts a restore.

use expect_test::{Expect, expect};

use crate::{NotifyUsers, RestoreSource, Scope, StartRestore, StorageType, wire::restore_body};

fn check(source: RestoreSource, expected: Expect) {
    let order = StartRestore { source, notify_users: NotifyUsers::No, scope: Scope::Portal };
    expected.assert_eq(std::str::from_utf8(&restore_body(&order)).unwrap());
}

fn record(storage: StorageType) -> RestoreSource {
    RestoreSource::Backup { id: "7F0C7D0E-0c55-4f3b-9f38-4a4a0f0d7e11".parse().unwrap(), storage }
}

#[test]
fn a_copy_of_the_history_is_named_by_its_id() {
    check(
        record(StorageType::ThirdpartyDocuments),
        expect![[
            r#"{"backupId":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","storageType":"ThridpartyDocuments","storageParams":[],"notify":false,"dump":false}"#
        ]],
    );
}

#[test]
fn an_unknown_storage_is_written_as_one_that_the_portal_can_read() {
    check(
        record(StorageType::Other(9)),
        expect![[
            r#"{"backupId":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","storageType":"DataStore","storageParams":[],"notify":false,"dump":false}"#
        ]],
    );
}

#[test]
fn each_other_source_has_an_empty_id_and_a_path() {
    check(
        RestoreSource::DocumentsFile { file: 555 },
        expect![[
            r#"{"backupId":"","storageType":"Documents","storageParams":[{"key":"filePath","value":"555"}],"notify":false,"dump":false}"#
        ]],
    );
    check(
        RestoreSource::ThirdpartyFile { file: "sbox-1-|B|x.tar".into() },
        expect![[
            r#"{"backupId":"","storageType":"ThridpartyDocuments","storageParams":[{"key":"filePath","value":"sbox-1-|B|x.tar"}],"notify":false,"dump":false}"#
        ]],
    );
    check(
        RestoreSource::UploadedFile,
        expect![[
            r#"{"backupId":"","storageType":"Local","storageParams":[{"key":"filePath","value":""}],"notify":false,"dump":false}"#
        ]],
    );
    let params = [("bucket", "b"), ("filePath", "other")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let consumer = RestoreSource::ConsumerFile { module: "S3".into(), path: "x.tar".into(), params: params.into() };
    check(
        consumer,
        expect![[
            r#"{"backupId":"","storageType":"ThirdPartyConsumer","storageParams":[{"key":"module","value":"S3"},{"key":"filePath","value":"x.tar"},{"key":"bucket","value":"b"}],"notify":false,"dump":false}"#
        ]],
    );
}

#[test]
fn users_are_told_and_a_dump_is_put_back_only_on_demand() {
    let source = RestoreSource::DocumentsFile { file: 1 };
    let order = StartRestore { source, notify_users: NotifyUsers::Yes, scope: Scope::Server };
    expect![[r#"{"backupId":"","storageType":"Documents","storageParams":[{"key":"filePath","value":"1"}],"notify":true,"dump":true}"#]].assert_eq(std::str::from_utf8(&restore_body(&order)).unwrap());
}
