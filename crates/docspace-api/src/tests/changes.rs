//! What cancels, removes and schedules.

use expect_test::expect;

use super::{
    portal,
    request::{check, lines},
    scripted::{Scripted, Turn},
};
use crate::{
    BackupPeriod, BackupTarget, BackupsStored, CancelReply, CronParams, Hour, NewSchedule, Scope, TaskId, Weekday,
};

fn task() -> TaskId {
    "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11".parse().unwrap()
}

pub(super) fn schedule(scope: Scope) -> NewSchedule {
    let period = BackupPeriod::EveryWeek(Weekday::Monday);
    let cron = CronParams { period, hour: Hour::new(3).unwrap() };
    let target = BackupTarget::Documents { folder: 123 };
    NewSchedule { target, scope, cron, backups_stored: BackupsStored::new(7).unwrap() }
}

#[tokio::test]
async fn a_cancel_is_posted_without_a_body() {
    let reply = check(
        "true",
        async |portal| portal.cancel_backup().await,
        expect![[r#"
            POST /api/2.0/backup/cancelbackup HTTP/1.1
            accept: application/json
            authorization: Bearer sk-0123456789abcdef
            content-length: 0
            user-agent: docspace-backup/VERSION
            accept-encoding: gzip
            host: HOST"#]],
    )
    .await;
    assert_eq!(reply.unwrap(), CancelReply::Emptied);
}

#[tokio::test]
async fn a_cancel_of_nothing_is_told() {
    let server = Scripted::start([Turn::response("false")]).await;
    assert_eq!(portal(server.base()).cancel_backup().await.unwrap(), CancelReply::WasEmpty);
    server.finish();
}

#[tokio::test]
async fn a_backup_is_deleted_by_its_id() {
    check(
        "true",
        async |portal| portal.delete_backup(&task()).await.unwrap(),
        expect![[r#"
        DELETE /api/2.0/backup/deletebackup/7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]],
    )
    .await;
}

#[tokio::test]
async fn all_backups_are_deleted() {
    check(
        "true",
        async |portal| portal.delete_backup_history(Scope::Portal).await.unwrap(),
        expect![[r#"
        DELETE /api/2.0/backup/deletebackuphistory HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]],
    )
    .await;
}

#[tokio::test]
async fn a_schedule_is_read() {
    let told = r#"{"storageType":4,"cronParams":{"period":0,"hour":5,"day":0}}"#;
    let schedule = check(
        told,
        async |portal| portal.backup_schedule(Scope::Portal).await.unwrap().unwrap(),
        expect![[r#"
            GET /api/2.0/backup/getbackupschedule HTTP/1.1
            accept: application/json
            authorization: Bearer sk-0123456789abcdef
            user-agent: docspace-backup/VERSION
            accept-encoding: gzip
            host: HOST"#]],
    )
    .await;
    assert_eq!((schedule.cron.period, schedule.cron.hour.get()), (BackupPeriod::EveryDay, 5));
}

#[tokio::test]
async fn a_schedule_is_posted() {
    let order = schedule(Scope::Portal);
    check("true", async |portal| portal.create_backup_schedule(&order).await.unwrap(), expect![[r#"
        POST /api/2.0/backup/createbackupschedule HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        content-type: application/json
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST
        content-length: 162

        {"storageType":"Documents","storageParams":[{"key":"folderId","value":"123"}],"backupsStored":7,"cronParams":{"period":"EveryWeek","hour":3,"day":2},"dump":false}"#]]).await;
}

#[tokio::test]
async fn a_schedule_is_removed() {
    check(
        "true",
        async |portal| portal.delete_backup_schedule(Scope::Portal).await.unwrap(),
        expect![[r#"
        DELETE /api/2.0/backup/deletebackupschedule HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]],
    )
    .await;
}

#[tokio::test]
async fn dumps_have_their_own_schedule_and_history() {
    let server = Scripted::start(["null", "true", "true", "true"].map(Turn::response)).await;
    let portal = portal(server.base());
    assert_eq!(portal.backup_schedule(Scope::Server).await.unwrap(), None);
    portal.delete_backup_schedule(Scope::Server).await.unwrap();
    portal.delete_backup_history(Scope::Server).await.unwrap();
    portal.create_backup_schedule(&schedule(Scope::Server)).await.unwrap();
    let requests = server.finish();
    expect![[r#"
        GET /api/2.0/backup/getbackupschedule?dump=true HTTP/1.1
        DELETE /api/2.0/backup/deletebackupschedule?dump=true HTTP/1.1
        DELETE /api/2.0/backup/deletebackuphistory?dump=true HTTP/1.1
        POST /api/2.0/backup/createbackupschedule HTTP/1.1"#]]
    .assert_eq(&lines(&requests));
    assert!(requests[3].ends_with(r#""dump":true}"#), "{}", requests[3]);
}

#[tokio::test]
async fn what_does_not_say_that_it_is_done_is_not_done() {
    for response in ["false", "null", r#"{"success":true}"#] {
        let server = Scripted::start([Turn::response(response)]).await;
        let error = portal(server.base()).delete_backup(&task()).await.unwrap_err();
        assert!(error.kind().leaves_doubt(), "{error}");
        server.finish();
    }
}
