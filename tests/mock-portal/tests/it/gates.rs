//! Who gets in: each operation about backups against each thing that can stand in its way.

use expect_test::expect;
use mock_portal::{Caller, Record, Role, Scope, Trouble};

use crate::client::{
    Answer, COUNT, CREATE_SCHEDULE, Client, DELETE, DELETE_HISTORY, DELETE_SCHEDULE, QUOTA, RESTORE_PROGRESS, SCHEDULE,
    SERVICE_STATE, SETTINGS, START_RESTORE, USED_SPACE,
};

const ID: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";
const DAILY: &str = r#"{"storageType": 4, "cronParams": {"hour": 3}}"#;

type SetUp = fn(&Client);

const CALLS: [(&str, &str); 12] = [
    ("DELETE", DELETE),
    ("DELETE", DELETE_HISTORY),
    ("GET", SCHEDULE),
    ("POST", CREATE_SCHEDULE),
    ("DELETE", DELETE_SCHEDULE),
    ("POST", START_RESTORE),
    ("GET", RESTORE_PROGRESS),
    ("GET", COUNT),
    ("GET", SERVICE_STATE),
    ("GET", QUOTA),
    ("GET", USED_SPACE),
    ("GET", SETTINGS),
];

const WAYS: [(&str, SetUp); 8] = [
    ("owner", |_| ()),
    ("reading", |client| caller(client, Role::Owner, Scope::ReadOnly)),
    ("narrow", |client| caller(client, Role::Owner, Scope::Narrow)),
    ("user", |client| caller(client, Role::User, Scope::Everything)),
    ("dead key", |client| client.portal.set_troubles([Trouble::KeyRefused])),
    ("closed", |client| client.portal.set_troubles([Trouble::Restoring])),
    ("unpaid", |client| client.portal.set_troubles([Trouble::Unpaid])),
    ("locked", |client| client.portal.set_troubles([Trouble::QueueLocked])),
];

fn caller(client: &Client, role: Role, scope: Scope) {
    client.portal.set_caller(Caller { role, scope, ..Caller::default() });
}

async fn call(client: &Client, method: &str, path: &str) -> Answer {
    match method {
        "DELETE" if path == DELETE => client.delete(&format!("{DELETE}/{ID}")).await,
        "DELETE" => client.delete(path).await,
        "POST" if path == CREATE_SCHEDULE => client.post(path, DAILY).await,
        "POST" => client.post(path, &format!(r#"{{"backupId": "{ID}"}}"#)).await,
        _ => client.get(path).await,
    }
}

/// How each call ends when this stands in its way.
async fn column(set_up: SetUp) -> Vec<String> {
    let client = Client::new().await;
    set_up(&client);
    let mut column = Vec::new();
    for (method, path) in CALLS {
        let time = "2026-07-29T10:15:30Z".parse().unwrap();
        client.portal.add_record(Record { id: ID.into(), ..Record::new("acme.tar.gz", time) });
        let told = call(&client, method, path).await.shape_or_ok();
        column.push(told.split(' ').take(2).collect::<Vec<_>>().join(" "));
    }
    column
}

#[tokio::test]
async fn each_operation_is_opened_by_the_right_key_alone() {
    let names = CALLS.iter().map(|(_, path)| path.rsplit('/').next().unwrap());
    let mut lines: Vec<_> = [""].into_iter().chain(names).map(|name| format!("{name:<21}")).collect();
    for (way, set_up) in WAYS {
        let cells = [way.to_owned()].into_iter().chain(column(set_up).await);
        for (line, cell) in lines.iter_mut().zip(cells) {
            line.push_str(&format!("{cell:<9}"));
        }
    }
    let table: Vec<_> = lines.iter().map(|line| line.trim_end()).collect();
    expect![[r#"
                             owner    reading  narrow   user     dead key closed   unpaid   locked
        deletebackup         200      403 D    403 D    403 A    401 D    403 B    402 B    200
        deletebackuphistory  200      403 D    403 D    403 A    401 D    403 B    402 B    200
        getbackupschedule    200      200      403 D    403 A    401 D    403 B    402 B    200
        createbackupschedule 200      403 D    403 D    403 A    401 D    403 B    402 B    200
        deletebackupschedule 200      403 D    403 D    403 A    401 D    403 B    402 B    200
        startrestore         200      403 D    403 D    403 A    401 D    403 B    402 B    500 A
        getrestoreprogress   200      200      403 B    200      403 B    200      200      500 A
        getbackupscount      200      200      403 D    403 A    401 D    403 B    200      200
        getservicestate      200      200      403 D    403 A    401 D    403 B    200      200
        quota                200      200      403 D    403 A    401 D    403 B    200      200
        usedspace            200      200      403 D    403 A    401 D    403 B    402 B    200
        settings             200      200      403 B    200      403 B    200      200      200"#]]
    .assert_eq(&table.join("\n"));
}
