//! Limits, settings and storage providers.

use expect_test::expect;

use super::{
    portal,
    request::{check, lines},
    scripted::{Scripted, Turn},
};
use crate::{BackupsCount, Payment, Scope, ServiceState};

#[tokio::test]
async fn backups_are_counted_between_two_moments() {
    let (from, to) = ("2026-07-01T00:00:00Z".parse().ok(), "2026-07-31T22:00:00.5Z".parse().ok());
    let count = BackupsCount { payment: Payment::Paid, from, to };
    let number = check("3", async |portal| portal.backups_count(&count).await.unwrap(), expect![[r#"
        GET /api/2.0/backup/getbackupscount?paid=true&from=2026-07-01T00%3A00%3A00Z&to=2026-07-31T22%3A00%3A00.5Z HTTP/1.1
        accept: application/json
        authorization: Bearer sk-0123456789abcdef
        user-agent: docspace-backup/VERSION
        accept-encoding: gzip
        host: HOST"#]]).await;
    assert_eq!(number, 3);
}

#[tokio::test]
async fn what_the_portal_uses_up_is_asked_for() {
    let answers = ["0", r#"{"enabled":true}"#, r#"{"countFreeBackup":2}"#, "0.5"];
    let server = Scripted::start(answers.map(Turn::response)).await;
    let portal = portal(server.base());
    let free = BackupsCount { payment: Payment::Free, from: None, to: None };
    assert_eq!(portal.backups_count(&free).await.unwrap(), 0);
    assert_eq!(portal.service_state().await.unwrap(), ServiceState::Enabled);
    assert_eq!(portal.quota().await.unwrap().free_backups, Some(2));
    assert_eq!(portal.used_space().await.unwrap(), 512 * 1024 * 1024);
    expect![[r#"
        GET /api/2.0/backup/getbackupscount?paid=false HTTP/1.1
        GET /api/2.0/backup/getservicestate HTTP/1.1
        GET /api/2.0/portal/quota HTTP/1.1
        GET /api/2.0/portal/usedspace HTTP/1.1"#]]
    .assert_eq(&lines(&server.finish()));
}

#[tokio::test]
async fn the_portals_set_up_is_asked_for() {
    let answers = [r#"{"standalone":true}"#, r#"[{"id":"S3","isSet":true}]"#, "[]"];
    let server = Scripted::start(answers.map(Turn::response)).await;
    let portal = portal(server.base());
    assert_eq!(portal.settings().await.unwrap().standalone, Some(true));
    assert!(portal.storage_providers(Scope::Portal).await.unwrap()[0].is_set);
    assert_eq!(portal.storage_providers(Scope::Server).await.unwrap(), []);
    expect![[r#"
        GET /api/2.0/settings HTTP/1.1
        GET /api/2.0/settings/storage/backup HTTP/1.1
        GET /api/2.0/settings/storage/backup?dump=true HTTP/1.1"#]]
    .assert_eq(&lines(&server.finish()));
}
