//! What each operation sends.

use expect_test::expect;
use serde_json::json;

use super::{
    chain, order, portal,
    request::{check, lines},
    scripted::{Scripted, Turn},
    told,
};
use crate::{Method, RawCall, Scope};

const JOB: &str = r#"{"taskId":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","progress":0,"status":0,"link":"/storage/x"}"#;

#[tokio::test]
async fn a_start_is_posted() {
    let progress = check(
        JOB,
        async |portal| portal.start_backup(&order()).await,
        expect![[r#"
        POST /api/2.0/backup/startbackup HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        content-type: application/json
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST
        content-length: 59

        {"storageType":"DataStore","storageParams":[],"dump":false}"#]],
    )
    .await
    .unwrap()
    .unwrap();
    assert!(progress.link.unwrap().as_str().ends_with("/storage/x"));
}

#[tokio::test]
async fn progress_is_read() {
    check(
        JOB,
        async |portal| portal.backup_progress(Scope::Portal).await.unwrap().unwrap(),
        expect![[r#"
        GET /api/2.0/backup/getbackupprogress HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]],
    )
    .await;
}

#[tokio::test]
async fn a_dump_has_its_own_slot_and_history() {
    let server = Scripted::start([Turn::response("null"), Turn::response("[]")]).await;
    assert_eq!(portal(server.base()).backup_progress(Scope::Server).await.unwrap(), None);
    assert_eq!(portal(server.base()).backup_history(Scope::Server).await.unwrap(), []);
    let lines = lines(&server.finish());
    expect![[r#"
        GET /api/2.0/backup/getbackupprogress?dump=true HTTP/1.1
        GET /api/2.0/backup/getbackuphistory?dump=true HTTP/1.1"#]]
    .assert_eq(&lines);
}

#[tokio::test]
async fn the_version_is_asked_for_without_the_key() {
    let version = check(
        r#"{"docSpace":"3.7.2.4321"}"#,
        async |portal| portal.version().await,
        expect![[r#"
        GET /api/2.0/settings/version/build HTTP/1.1
        accept: application/json
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]],
    )
    .await;
    assert_eq!(version.unwrap().to_string(), "3.7.2.4321");
}

#[tokio::test]
async fn the_account_is_looked_up() {
    let server = Scripted::start(["{}", r#"{"isAdmin":true}"#, r#"{"tenantId":1}"#].map(Turn::response)).await;
    let portal = portal(server.base());
    portal.key().await.unwrap();
    assert!(portal.user().await.unwrap().is_admin);
    assert_eq!(portal.tenant().await.unwrap().id, 1);
    let lines = lines(&server.finish());
    expect![[r#"
        GET /api/2.0/keys/@self HTTP/1.1
        GET /api/2.0/people/@self HTTP/1.1
        GET /api/2.0/portal HTTP/1.1"#]]
    .assert_eq(&lines);
}

#[tokio::test]
async fn any_other_operation_can_be_called() {
    let call = RawCall::new(Method::PUT, "api/2.0/files/folder/1", crate::Effect::Starts)
        .query("a b", "ü&=")
        .body(json!({"title": "x"}));
    let result = check(
        "[1]",
        async |portal| portal.raw(&call).await,
        expect![[r#"
        PUT /api/2.0/files/folder/1?a+b=%C3%BC%26%3D HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        content-type: application/json
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST
        content-length: 13

        {"title":"x"}"#]],
    )
    .await;
    assert_eq!(result.unwrap(), json!([1]));
}

#[tokio::test]
async fn the_prefix_of_the_address_is_kept() {
    let server = Scripted::start([Turn::response("null")]).await;
    portal(&format!("{}/docs/", server.base())).backup_progress(Scope::Portal).await.unwrap();
    let call = server.finish().remove(0);
    assert!(call.starts_with("GET /docs/api/2.0/backup/getbackupprogress HTTP/1.1"), "{call}");
}

#[tokio::test]
async fn an_answer_that_is_none_is_told() {
    for (body, expected) in [
        (
            "<html>Please log in</html>",
            expect![[r#"
                NotAPortal
                cannot read the backup's progress: a web page came instead of an answer: is this the address of a DocSpace portal?
                None"#]],
        ),
        (
            r#"{"response":{"progress":1}}"#,
            expect![[r#"
            Garbled
            cannot read the backup's progress: the answer cannot be understood: response.taskId: a backup id is expected, and there is nothing
            None"#]],
        ),
        (
            r#"{"error":{"message":"No sk-0123456789abcdef"},"status":1}"#,
            expect![[r#"
            Garbled
            cannot read the backup's progress: the answer cannot be understood: the body holds an error although its status is 200
            Some("No [key]")"#]],
        ),
        (
            "It works!",
            expect![[r#"
            Garbled
            cannot read the backup's progress: the answer cannot be understood: the body is not JSON: expected value at line 1 column 1
            None"#]],
        ),
    ] {
        let server = Scripted::start([Turn::answer(200, body)]).await;
        let error = portal(server.base()).backup_progress(Scope::Portal).await.unwrap_err();
        expected.assert_eq(&format!("{:?}\n{}\n{:?}", error.kind(), chain(&error), error.portal_message()));
        server.finish();
    }
}

#[tokio::test]
async fn each_refusal_is_told() {
    for (status, body, expected) in [
        (
            400,
            r#"{"error":{"message":"Wrong folder","stack":"at X()"}}"#,
            expect![[r#"
            Status(400) after 1
            cannot start the backup: status 400 Some("Wrong folder")"#]],
        ),
        (
            401,
            "",
            expect![[r#"
            Unauthenticated after 1
            cannot start the backup: the key is not accepted (401) None"#]],
        ),
        (
            402,
            r#"{"status":402,"traceId":"1"}"#,
            expect![[r#"
            PaymentRequired after 1
            cannot start the backup: payment or quota (402) None"#]],
        ),
        (
            403,
            "",
            expect![[r#"
            Forbidden(Scope) after 1
            cannot start the backup: not allowed (403): the key's scope is too narrow None"#]],
        ),
        (
            403,
            r#"{"error":{"message":"Access denied"}}"#,
            expect![[r#"
            Forbidden(Role) after 1
            cannot start the backup: not allowed (403): the role of the key's owner does not allow it, or the portal forbids it Some("Access denied")"#]],
        ),
        (
            403,
            r#"{"title":"Forbidden","status":403}"#,
            expect![[r#"
            Forbidden(PortalState) after 1
            cannot start the backup: not allowed (403): the portal is not in service Some("Forbidden")"#]],
        ),
        (
            403,
            "Not from here",
            expect![[r#"
            Forbidden(Address) after 1
            cannot start the backup: not allowed (403): this network address is not on the portal's list Some("Not from here")"#]],
        ),
        (
            403,
            "<html>Blocked</html>",
            expect![[r#"
            Forbidden(Unknown) after 1
            cannot start the backup: not allowed (403): no reason is given None"#]],
        ),
        (
            404,
            "",
            expect![[r#"
            NotFound after 1
            cannot start the backup: not found (404) None"#]],
        ),
        (
            405,
            "",
            expect![[r#"
            Status(405) after 1
            cannot start the backup: status 405 None"#]],
        ),
        (
            429,
            "",
            expect![[r#"
            Throttled { retry_after: None } after 1
            cannot start the backup: the portal asks to slow down (429) None"#]],
        ),
        (
            302,
            "",
            expect![[r#"
            Redirected after 1
            cannot start the backup: the address leads elsewhere None"#]],
        ),
        (
            500,
            r#"{"error":{"message":"No key sk-0123456789abcdef"}}"#,
            expect![[r#"
            Status(500) after 1
            cannot start the backup: status 500 Some("No key [key]")"#]],
        ),
    ] {
        let server = Scripted::start([Turn::answer(status, body)]).await;
        let result = portal(server.base()).start_backup(&order()).await;
        let error = result.as_ref().unwrap_err();
        expected.assert_eq(&format!("{}\n{} {:?}", told(&result), chain(error), error.portal_message()));
        server.finish();
    }
}
