//! Operations that came later: a portal that lacks one is told from a portal that refuses.

use expect_test::expect;

use super::{
    chain, portal,
    request::lines,
    scripted::{Scripted, Turn},
    told,
};
use crate::{ApiErrorKind, BackupsCount, Payment, Portal, RetryPolicy};

fn version(text: &str) -> Turn {
    Turn::response(&format!(r#"{{"docSpace":"{text}"}}"#))
}

/// Cancels at a portal with these answers, and tells how it went and how many of them it took.
async fn cancel(turns: impl IntoIterator<Item = Turn>) -> String {
    let server = Scripted::start(turns).await;
    let result = portal(server.base()).with_retry(RetryPolicy::NEVER).cancel_backup().await;
    format!("{}, {} asked", told(&result), server.finish().len())
}

#[tokio::test]
async fn an_older_portal_is_told_by_its_version() {
    let told = [
        cancel([Turn::answer(404, ""), version("3.6.1.77")]).await,
        cancel([Turn::answer(405, ""), version("3.1.0")]).await,
    ];
    expect![[r#"
        Unsupported { needs: "3.7.1" } after 1, 2 asked
        Unsupported { needs: "3.7.1" } after 1, 2 asked"#]]
    .assert_eq(&told.join("\n"));
}

#[tokio::test]
async fn the_version_is_asked_for_after_the_refusal() {
    let server = Scripted::start([Turn::answer(404, ""), version("3.6.1")]).await;
    portal(server.base()).cancel_backup().await.unwrap_err();
    expect![[r#"
        POST /api/2.0/backup/cancelbackup HTTP/1.1
        GET /api/2.0/settings/version/build HTTP/1.1"#]]
    .assert_eq(&lines(&server.finish()));
}

#[tokio::test]
async fn a_portal_that_is_new_enough_refuses_for_another_reason() {
    let told = [
        cancel([Turn::answer(404, ""), version("3.7.1")]).await,
        cancel([Turn::answer(405, ""), version("3.7.2.4321")]).await,
    ];
    expect![[r#"
        NotFound after 1, 2 asked
        Status(405) after 1, 2 asked"#]]
    .assert_eq(&told.join("\n"));
}

#[tokio::test]
async fn a_portal_that_does_not_tell_its_version_is_not_called_old() {
    let told = [
        cancel([Turn::answer(404, ""), Turn::answer(503, "")]).await,
        cancel([Turn::answer(404, ""), version("latest")]).await,
        cancel([Turn::answer(405, ""), Turn::answer(200, "<html>")]).await,
    ];
    expect![[r#"
        NotFound after 1, 2 asked
        NotFound after 1, 2 asked
        Status(405) after 1, 2 asked"#]]
    .assert_eq(&told.join("\n"));
}

#[tokio::test]
async fn a_refusal_with_words_is_no_missing_operation() {
    let told = [
        cancel([Turn::answer(404, r#"{"title":"Not Found","status":404,"traceId":"00-1"}"#)]).await,
        cancel([Turn::answer(404, r#"{"error":{"message":"No such thing"}}"#)]).await,
        cancel([Turn::answer(404, "<html>")]).await,
        cancel([Turn::answer(403, "")]).await,
        cancel([Turn::answer(500, "")]).await,
    ];
    expect![[r#"
        NotFound after 1, 1 asked
        NotFound after 1, 1 asked
        NotFound after 1, 1 asked
        Forbidden(Scope) after 1, 1 asked
        Status(500) after 1, 1 asked"#]]
    .assert_eq(&told.join("\n"));
}

/// What a call that needs a later portal comes to at 3.1.0.
async fn at_an_old_portal<T: std::fmt::Debug>(call: impl AsyncFn(Portal) -> Result<T, crate::ApiError>) -> String {
    let server = Scripted::start([Turn::answer(404, ""), version("3.1.0")]).await;
    let error = call(portal(server.base())).await.unwrap_err();
    server.finish();
    assert!(!error.kind().leaves_doubt(), "nothing was done");
    chain(&error)
}

#[tokio::test]
async fn each_operation_that_came_later_says_with_what() {
    let count = BackupsCount { payment: Payment::Free, from: None, to: None };
    let told = [
        at_an_old_portal(async |portal| portal.cancel_backup().await).await,
        at_an_old_portal(async |portal| portal.backups_count(&count).await).await,
        at_an_old_portal(async |portal| portal.service_state().await).await,
    ];
    expect![[r#"
        cannot cancel the backup: the portal is too old: this needs DocSpace 3.7.1 or newer
        cannot count the backups: the portal is too old: this needs DocSpace 3.5.0 or newer
        cannot read the state of the backup service: the portal is too old: this needs DocSpace 3.5.0 or newer"#]]
    .assert_eq(&told.join("\n"));
}

#[tokio::test]
async fn an_operation_that_every_portal_has_asks_for_no_version() {
    let server = Scripted::start([Turn::answer(404, "")]).await;
    let error = portal(server.base()).start_backup(&super::order()).await.unwrap_err();
    assert_eq!(error.kind(), ApiErrorKind::NotFound);
    server.finish();
}
