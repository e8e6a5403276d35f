//! What puts a copy back, and follows it.

use expect_test::expect;

use super::{
    KEY, portal,
    request::{check, lines},
    scripted::{Scripted, Turn},
};
use crate::{JobKind, JobState, NotifyUsers, Portal, RestoreSource, Scope, StartRestore, StorageType};

const RESTORE: &str =
    r#"{"taskId":"00000000-0000-0000-0000-000000000009","progress":10,"status":1,"backupProgressEnum":1}"#;

pub(super) fn order() -> StartRestore {
    let id = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11".parse().unwrap();
    let source = RestoreSource::Backup { id, storage: StorageType::Documents };
    StartRestore { source, notify_users: NotifyUsers::No, scope: Scope::Portal }
}

#[tokio::test]
async fn a_restore_is_posted() {
    let job =
        check(RESTORE, async |portal| portal.start_restore(&order()).await.unwrap().unwrap(), expect![[r#"
            POST /api/2.0/backup/startrestore HTTP/1.1
            accept: application/json
            authorization: Bearer sk-0123456789abcdef
            content-type: application/json
            user-agent: docspace-backup/VERSION
            accept-encoding: gzip
            host: HOST
            content-length: 124

            {"backupId":"7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11","storageType":"Documents","storageParams":[],"notify":false,"dump":false}"#]]).await;
    assert_eq!((job.kind, job.percent, job.state), (JobKind::Restore, 10, JobState::Running));
}

#[tokio::test]
async fn a_restore_is_followed_without_the_key() {
    let look = async |portal: Portal| portal.restore_progress(Scope::Portal).await.unwrap();
    let job = check(
        "null",
        look,
        expect![[r#"
        GET /api/2.0/backup/getrestoreprogress?dump=false HTTP/1.1
        accept: application/json
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]],
    )
    .await;
    assert_eq!(job, None);
}

#[tokio::test]
async fn each_look_at_a_restore_says_which_kind_is_meant() {
    let server = Scripted::start(["null", "null"].map(Turn::response)).await;
    let portal = portal(server.base());
    for scope in [Scope::Portal, Scope::Server] {
        assert_eq!(portal.restore_progress(scope).await.unwrap(), None);
    }
    let requests = server.finish();
    expect![[r#"
        GET /api/2.0/backup/getrestoreprogress?dump=false HTTP/1.1
        GET /api/2.0/backup/getrestoreprogress?dump=true HTTP/1.1"#]]
    .assert_eq(&lines(&requests));
    assert!(requests.iter().all(|request| !request.contains(KEY) && !request.contains("uthorization")), "{requests:?}");
}

#[tokio::test]
async fn a_restore_is_one_also_where_the_portal_names_no_kind() {
    let job = r#"{"taskId":"00000000-0000-0000-0000-000000000009","isCompleted":true}"#;
    let server = Scripted::start([Turn::response(job)]).await;
    let job = portal(server.base()).restore_progress(Scope::Portal).await.unwrap().unwrap();
    assert_eq!((job.kind, job.state), (JobKind::Restore, JobState::Completed { warning: None }));
    server.finish();
}
