//! The published OpenAPI of the backup part: every operation answers as it says, or as the contract says otherwise.

mod published;
mod schema;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use mock_portal::{Config, JobPlan, Record, SlotJob, StorageType, Wallet};
use serde_json::{Value, json};

use crate::client::{
    CANCEL, COUNT, CREATE_SCHEDULE, Client, DELETE, DELETE_HISTORY, DELETE_SCHEDULE, HISTORY, LONG, PROGRESS,
    RESTORE_PROGRESS, SCHEDULE, SERVICE_STATE, START, START_RESTORE, TEMPORARY,
};
use published::Published;
use schema::Violation;

/// Where an answer differs from what is published, because the contract knows better.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    ("BackupHistoryRecord.createdOn", "is no date-time", "§1.4: times of backups have no zone"),
    ("BackupHistoryRecord.expiresOn", "is no date-time", "§1.4: times of backups have no zone, and never is year 1"),
    ("ScheduleDto.lastBackupTime", "is no date-time", "§1.4: times of backups have no zone, and never is year 1"),
];

/// The portal, and what its answers were found to be.
struct Check {
    published: Published,
    answered: BTreeSet<String>,
    violations: BTreeSet<Violation>,
}

impl Check {
    /// Takes the answer to one call into account, which has to be a good one.
    fn take(&mut self, method: &str, path: &str, answer: &crate::client::Answer) {
        assert_eq!(answer.status, 200, "{method} {path}: {answer:?}");
        let operation =
            self.published.operation(method, path).unwrap_or_else(|| panic!("{method} {path} is not published"));
        self.violations.extend(self.published.check(&operation, &answer.json()));
        self.answered.insert(operation);
    }

    async fn get(&mut self, client: &Client, path: &str) -> Value {
        let answer = client.get(path).await;
        self.take("get", path, &answer);
        answer.json()["response"].clone()
    }

    async fn post(&mut self, client: &Client, path: &str, body: &Value) -> Value {
        let answer = client.post(path, &body.to_string()).await;
        self.take("post", path, &answer);
        answer.json()["response"].clone()
    }

    async fn delete(&mut self, client: &Client, path: &str) {
        let answer = client.delete(path).await;
        self.take("delete", path, &answer);
    }

    /// Every violation has its exception, every exception its violation, and no operation was left out.
    fn end(self) {
        let known = EXCEPTIONS.map(|(place, what, _)| Violation { place: place.to_owned(), what: what.to_owned() });
        assert_eq!(self.violations, BTreeSet::from(known));
        assert_eq!(self.answered, self.published.operations());
    }
}

#[tokio::test(start_paused = true)]
async fn every_operation_answers_as_published_or_as_the_contract_says_otherwise() {
    let published = match Published::open(&published::path()) {
        Ok(published) => published,
        Err(missing) => return writeln!(std::io::stderr(), "{missing}").unwrap(),
    };
    let mut check = Check { published, answered: BTreeSet::new(), violations: BTreeSet::new() };
    backups(&mut check).await;
    endings(&mut check).await;
    schedules(&mut check).await;
    payments(&mut check).await;
    restores(&mut check).await;
    check.end();
}

/// A backup from its start to its deletion, and what is cancelled on the way.
async fn backups(check: &mut Check) {
    let client = Client::new().await;
    check.get(&client, PROGRESS).await;
    check.post(&client, START, &serde_json::from_str(TEMPORARY).unwrap()).await;
    for _ in 0..5 {
        check.get(&client, PROGRESS).await;
        tokio::time::advance(LONG / 4).await;
    }
    let documents = json!({"storageParams": [{"key": "folderId", "value": 123}]});
    check.post(&client, START, &documents).await;
    tokio::time::advance(LONG * 2).await;
    for storage in [StorageType::ThirdPartyDocuments, StorageType::Local, StorageType::ThirdPartyConsumer] {
        client.portal.add_record(Record { storage, ..Record::new("acme.tar.gz", client.portal.now()) });
    }
    check.post(&client, START, &json!({"storageType": 4, "dump": true})).await;
    check.get(&client, &format!("{PROGRESS}?Dump=true")).await;
    let history = check.get(&client, HISTORY).await;
    check.get(&client, &format!("{HISTORY}?Dump=true")).await;
    check.delete(&client, &format!("{DELETE}/{}", history[0]["id"].as_str().unwrap())).await;
    check.post(&client, CANCEL, &Value::Null).await;
    check.post(&client, CANCEL, &Value::Null).await;
    check.delete(&client, DELETE_HISTORY).await;
}

/// How a job can look when it is over.
async fn endings(check: &mut Check) {
    let warned = JobPlan::succeed().warning("3 files were skipped");
    for plan in
        [JobPlan::fail("disk full"), JobPlan::cancelled(30), JobPlan::die_early(), JobPlan::late_error("x"), warned]
    {
        let client = Client::new().await;
        client.portal.put_in_slot(SlotJob::new(plan, LONG * 2));
        let item = check.get(&client, PROGRESS).await;
        assert!(item.is_object(), "there is nothing to check");
    }
}

async fn schedules(check: &mut Check) {
    let client = Client::new().await;
    check.get(&client, SCHEDULE).await;
    let folder = json!([{"key": "folderId", "value": "123"}]);
    let provider = json!([{"key": "module", "value": "S3"}]);
    for (storage, params, cron) in [
        (0, &folder, json!({"period": 1, "hour": 3, "day": 2})),
        (4, &Value::Null, json!({"period": "EveryDay", "hour": 0})),
        (5, &provider, json!({"period": 2, "hour": 23, "day": 31})),
    ] {
        let body = json!({"storageType": storage, "storageParams": params, "cronParams": cron, "backupsStored": 7});
        check.post(&client, CREATE_SCHEDULE, &body).await;
        check.get(&client, SCHEDULE).await;
    }
    let dump = json!({"storageType": 4, "cronParams": {"period": 0, "hour": 1}, "dump": true});
    check.post(&client, CREATE_SCHEDULE, &dump).await;
    check.get(&client, &format!("{SCHEDULE}?Dump=true")).await;
    check.delete(&client, DELETE_SCHEDULE).await;
    check.delete(&client, DELETE_SCHEDULE).await;
}

async fn payments(check: &mut Check) {
    for wallet in [Wallet::Off, Wallet::On] {
        let client = Client::of(Config { standalone: false, wallet, ..Config::default() }).await;
        check.get(&client, SERVICE_STATE).await;
        check.get(&client, &format!("{COUNT}?paid=true&from=2026-01-01T00:00:00Z")).await;
    }
}

async fn restores(check: &mut Check) {
    let client = Client::new().await;
    check.get(&client, RESTORE_PROGRESS).await;
    let record = Record::new("acme.tar.gz", client.portal.now());
    let order = json!({"backupId": record.id, "storageType": 0});
    client.portal.add_record(record);
    check.post(&client, START_RESTORE, &order).await;
    for _ in 0..6 {
        let answer = client.get_anonymously(RESTORE_PROGRESS).await;
        check.take("get", RESTORE_PROGRESS, &answer);
        tokio::time::advance(LONG / 4).await;
    }
}

#[test]
fn a_document_that_is_not_there_is_said() {
    let missing = Published::open(Path::new("/nowhere/openapi.json")).unwrap_err();
    assert!(missing.starts_with("nothing was checked") && missing.contains("DOCSPACE_OPENAPI"), "{missing}");
}
