//! The body that starts a backup.

use expect_test::{Expect, expect};

use crate::{BackupTarget, Scope, StartBackup, wire::start_body};

fn check(target: BackupTarget, scope: Scope, expected: Expect) {
    expected.assert_eq(std::str::from_utf8(&start_body(&StartBackup { target, scope })).unwrap());
}

#[test]
fn each_target_is_written_as_the_portal_takes_it() {
    check(
        BackupTarget::DataStore,
        Scope::Portal,
        expect![[r#"{"storageType":"DataStore","storageParams":[],"dump":false}"#]],
    );
    check(
        BackupTarget::Documents { folder: 123 },
        Scope::Server,
        expect![[r#"{"storageType":"Documents","storageParams":[{"key":"folderId","value":"123"}],"dump":true}"#]],
    );
    check(
        BackupTarget::ThirdpartyDocuments { folder: "sbox-1-|B".into() },
        Scope::Portal,
        expect![[
            r#"{"storageType":"ThridpartyDocuments","storageParams":[{"key":"folderId","value":"sbox-1-|B"}],"dump":false}"#
        ]],
    );
    check(
        BackupTarget::Local { directory: "/srv/\"b\"".into() },
        Scope::Portal,
        expect![[r#"{"storageType":"Local","storageParams":[{"key":"filePath","value":"/srv/\"b\""}],"dump":false}"#]],
    );
    let params = [("bucket", "b"), ("module", "other")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    let consumer = BackupTarget::ThirdPartyConsumer { module: "S3".into(), params: params.into() };
    check(
        consumer,
        Scope::Portal,
        expect![[
            r#"{"storageType":"ThirdPartyConsumer","storageParams":[{"key":"module","value":"S3"},{"key":"bucket","value":"b"}],"dump":false}"#
        ]],
    );
}
