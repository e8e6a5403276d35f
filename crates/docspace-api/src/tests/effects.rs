//! What each call does at the portal, and so how often it may be sent.

use expect_test::expect;

use super::{
    changes::schedule,
    order, portal, restores,
    retries::faults,
    scripted::{Scripted, Turn},
    told,
};
use crate::{ApiError, ApiErrorKind, BackupsCount, Effect, Payment, Portal, RetryPolicy, Scope, TaskId};

#[tokio::test(start_paused = true)]
async fn a_change_is_sent_again_only_where_nobody_read_it() {
    let mut table = String::new();
    for (name, fault) in faults() {
        let answers = if name == "429" { 2 } else { 1 };
        let server = Scripted::start([fault, Turn::response("true")].into_iter().take(answers)).await;
        let result = portal(server.base()).create_backup_schedule(&schedule(Scope::Portal)).await;
        table += &format!("{name}: {}\n", told(&result));
        server.finish();
    }
    expect![[r#"
        500: Status(500) after 1
        501: Status(501) after 1
        502 with a page: Status(502) after 1
        503: Status(503) after 1
        408: Status(408) after 1
        429: ()
        closed before the answer: Interrupted after 1
        reset before the answer: Interrupted after 1
        closed in the headers: Interrupted after 1
        closed in the body: Interrupted after 1
        reset in the body: Interrupted after 1
        closed between chunks: Interrupted after 1
        closed in the gzip: Interrupted after 1
        half of the JSON: Interrupted after 1
        silent: TimedOut after 1
        silent in the body: TimedOut after 1
    "#]]
    .assert_eq(&table);
}

/// Where nothing was sent at all.
#[test]
fn what_never_left_is_sent_again() {
    let table = [ApiErrorKind::Unreachable, ApiErrorKind::Unresolved, ApiErrorKind::Untrusted].map(|kind| {
        let again = [Effect::Reads, Effect::Changes, Effect::Starts].map(|effect| kind.is_retryable(effect));
        format!("{kind:?}: {again:?}")
    });
    expect![[r#"
        Unreachable: [true, true, true]
        Unresolved: [true, true, false]
        Untrusted: [false, false, false]"#]]
    .assert_eq(&table.join("\n"));
}

/// Makes a call at a portal that asks to slow down, and at one that fails: it is sent a second time where its effect allows.
async fn check<T: std::fmt::Debug>(effect: Effect, call: impl AsyncFn(Portal) -> Result<T, ApiError>) {
    for (status, kind) in [(429, ApiErrorKind::Throttled { retry_after: None }), (500, ApiErrorKind::Status(500))] {
        let sent = if kind.is_retryable(effect) { 2 } else { 1 };
        let server = Scripted::start(vec![Turn::answer(status, ""); sent]).await;
        let twice = RetryPolicy { tries: 2, ..RetryPolicy::default() };
        let error = call(portal(server.base()).with_retry(twice)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts() as usize), (kind, sent), "{error}");
        server.finish();
    }
}

#[tokio::test(start_paused = true)]
async fn what_reads_is_repeated() {
    let reads = Effect::Reads;
    let count = BackupsCount { payment: Payment::Free, from: None, to: None };
    check(reads, async |portal| portal.backup_progress(Scope::Portal).await).await;
    check(reads, async |portal| portal.backup_history(Scope::Portal).await).await;
    check(reads, async |portal| portal.backup_schedule(Scope::Portal).await).await;
    check(reads, async |portal| portal.restore_progress(Scope::Portal).await).await;
    check(reads, async |portal| portal.backups_count(&count).await).await;
    check(reads, async |portal| portal.service_state().await).await;
    check(reads, async |portal| portal.storage_providers(Scope::Portal).await).await;
    check(reads, async |portal| portal.quota().await).await;
    check(reads, async |portal| portal.used_space().await).await;
    check(reads, async |portal| portal.settings().await).await;
    check(reads, async |portal| portal.tenant().await).await;
    check(reads, async |portal| portal.key().await).await;
    check(reads, async |portal| portal.user().await).await;
    check(reads, async |portal| portal.version().await).await;
}

#[tokio::test(start_paused = true)]
async fn what_changes_is_repeated_where_the_portal_did_not_look_at_it() {
    let id: TaskId = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11".parse().unwrap();
    check(Effect::Changes, async |portal| portal.create_backup_schedule(&schedule(Scope::Portal)).await).await;
    check(Effect::Changes, async |portal| portal.delete_backup_schedule(Scope::Portal).await).await;
    check(Effect::Changes, async |portal| portal.delete_backup(&id).await).await;
}

#[tokio::test(start_paused = true)]
async fn what_hits_whatever_is_there_is_never_repeated() {
    check(Effect::Starts, async |portal| portal.start_backup(&order()).await).await;
    check(Effect::Starts, async |portal| portal.start_restore(&restores::order()).await).await;
    check(Effect::Starts, async |portal| portal.cancel_backup().await).await;
    check(Effect::Starts, async |portal| portal.delete_backup_history(Scope::Portal).await).await;
}
