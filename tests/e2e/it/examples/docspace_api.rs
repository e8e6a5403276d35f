//! The examples of `docspace-api`.

use std::{fs, time::Duration};

use expect_test::expect;
use jiff::Timestamp;
use mock_portal::{Config, DEMO_KEY, Fault, JobPlan, MockPortal, Operation, Record, SlotJob, StorageType};

use crate::rig::{Finished, Program, portal};

const FIND_COPY: &str = env!("CARGO_BIN_EXE_docspace-api-find_copy");
const THIN_HISTORY: &str = env!("CARGO_BIN_EXE_docspace-api-thin_history");
const WATCH_BACKUP: &str = env!("CARGO_BIN_EXE_docspace-api-watch_backup");

/// A copy in folder 123, made at that hour.
fn copy(hour: i64) -> Record {
    let made = Timestamp::from_second(1_784_000_000 + 3600 * hour).unwrap();
    let id = format!("00000000-0000-0000-0000-{hour:012}");
    Record { id, folder: Some("123".to_owned()), ..Record::new(format!("acme_{hour}.tar.gz"), made) }
}

/// A portal whose copies are of these hours, in the order in which it lists them.
async fn portal_with(hours: &[i64]) -> MockPortal {
    let portal = MockPortal::start(Config { archive_padding: 10_000, ..Config::default() }).await;
    hours.iter().for_each(|hour| portal.add_record(copy(*hour)));
    portal
}

#[tokio::test]
async fn a_running_job_is_watched_to_its_end() {
    let portal = portal().await;
    portal.put_in_slot(SlotJob::running_for(Duration::from_millis(400)));
    let watched = Program::of(&portal).example(WATCH_BACKUP).run("0.05").await;
    watched.exits(0);
    let lines: Vec<&str> = watched.stdout.lines().collect();
    assert!(lines[0].contains(" is at ") && lines.last() == Some(&"completed"), "{watched}");
    assert!(portal.calls_of(Operation::Progress).len() > 2 && portal.starts() == 0, "{watched}");
}

/// What the example tells of a job with this fate.
async fn watched(plan: JobPlan) -> Finished {
    let portal = portal().await;
    portal.put_in_slot(SlotJob::new(plan, Duration::ZERO));
    Program::of(&portal).example(WATCH_BACKUP).run("0.05").await
}

#[tokio::test]
async fn each_end_of_a_job_is_told() {
    let quick = |plan: JobPlan| plan.lasting(Duration::from_millis(200));
    watched(quick(JobPlan::fail("disk full"))).await.exits(1).mentions("error: it failed: disk full\n");
    // A job that is cancelled is not in the slot for a while, so the look has to begin before.
    watched(JobPlan::cancelled(40).lasting(Duration::from_secs(6))).await.exits(1).mentions("error: ");
    let incomplete = watched(quick(JobPlan::succeed().warning("2 files"))).await;
    assert!(incomplete.exits(0).stdout.ends_with("completed, but some files are missing: 2 files\n"), "{incomplete}");
}

#[tokio::test]
async fn a_portal_without_a_job_is_told() {
    Program::of(&portal().await).example(WATCH_BACKUP).run("").await.shows(expect![[r#"
        $ docspace-api-watch_backup
        exit code 0
        --- stdout
        nothing runs, and nothing ended within the last 24 hours
        --- stderr
    "#]]);
}

#[tokio::test]
async fn what_is_too_much_is_shown_and_stays() {
    let portal = portal_with(&[2, 4, 1, 3]).await;
    let expires_on = "2199-01-01T00:00:00Z".parse().ok();
    portal.add_record(Record { storage: StorageType::DataStore, expires_on, ..copy(9) });
    let shown = Program::of(&portal).example(THIN_HISTORY).run("2").await;
    shown.prints(expect![[r#"
        keep    [ID]  acme_9.tar.gz
        keep    [ID]  acme_4.tar.gz
        keep    [ID]  acme_3.tar.gz
        remove  [ID]  acme_2.tar.gz
        remove  [ID]  acme_1.tar.gz
        nothing was removed; with --yes, it would be 2
    "#]]);
    shown.exits(0);
    assert!(portal.deleted().is_empty(), "{shown}");
}

#[tokio::test]
async fn what_is_too_much_is_removed_on_demand() {
    let portal = portal_with(&[2, 4, 1, 3]).await;
    let thinned = Program::of(&portal).example(THIN_HISTORY).run("2 --yes").await;
    thinned.prints(expect![[r#"
        keep    [ID]  acme_4.tar.gz
        keep    [ID]  acme_3.tar.gz
        remove  [ID]  acme_2.tar.gz
        remove  [ID]  acme_1.tar.gz
        2 removed
    "#]]);
    thinned.exits(0);
    let left: Vec<String> = portal.records().into_iter().map(|record| record.file_name).collect();
    assert_eq!(left, ["acme_4.tar.gz", "acme_3.tar.gz"], "{thinned}");
}

#[tokio::test]
async fn the_newest_copy_is_saved() {
    let portal = portal_with(&[1, 3, 2]).await;
    let program = Program::of(&portal).example(FIND_COPY);
    let saved = program.run("123").await;
    saved.exits(0);
    let bytes = fs::read(program.path("acme_3.tar.gz")).unwrap();
    assert_eq!(saved.stdout, format!("saved as acme_3.tar.gz: {} bytes, 0 of them were here before\n", bytes.len()));
    assert!(bytes.starts_with(b"\x1f\x8b") && !program.path("acme_3.tar.gz.part").exists(), "{saved}");
}

#[tokio::test]
async fn a_broken_download_goes_on_where_it_broke() {
    let portal = portal_with(&[3]).await;
    let whole = Program::of(&portal).example(FIND_COPY);
    whole.run("123").await.exits(0);
    portal.inject(Fault::on(Operation::Download).cut_body_after(1000));
    let broken = Program::of(&portal).example(FIND_COPY);
    broken.run("123").await.exits(1).mentions("error: cannot download the file: the connection broke");
    assert_eq!(fs::read(broken.path("acme_3.tar.gz.part")).unwrap().len(), 1000);
    let resumed = broken.run("123").await;
    assert!(resumed.exits(0).stdout.ends_with("1000 of them were here before\n"), "{resumed}");
    let name = "acme_3.tar.gz";
    assert_eq!(fs::read(broken.path(name)).unwrap(), fs::read(whole.path(name)).unwrap());
}

#[tokio::test]
async fn a_copy_that_lies_elsewhere_is_not_guessed() {
    let portal = portal_with(&[3]).await;
    let sought = Program::of(&portal).example(FIND_COPY).run("1").await;
    sought.exits(1).mentions("error: acme_3.tar.gz is not in that folder\n");
}

#[tokio::test]
async fn every_example_connects_alike() {
    let portal = portal().await;
    let key_file = Program::of(&portal).without("DOCSPACE_API_KEY").file("key", DEMO_KEY);
    let told = [
        Program::of(&portal).without("DOCSPACE_API_HOST"),
        Program::of(&portal).without("DOCSPACE_API_KEY"),
        Program::of(&portal).env("DOCSPACE_API_HOST", "http://portal.example.com"),
        Program::of(&portal).env("DOCSPACE_API_KEY", "two words"),
        Program::of(&portal).env("DOCSPACE_API_KEY", "sk-of-somebody-else"),
        key_file.env("DOCSPACE_API_KEY_FILE", "key"),
        Program::of(&portal).env("DOCSPACE_API_KEY_FILE", "missing"),
    ];
    let mut table = String::new();
    for program in told {
        let finished = program.example(WATCH_BACKUP).run("").await;
        table += &format!("{}: {}{}", finished.code, finished.stdout, finished.stderr);
    }
    expect![[r#"
        1: error: DOCSPACE_API_HOST is not set: give the portal's address
        1: error: neither DOCSPACE_API_KEY_FILE nor DOCSPACE_API_KEY is set
        1: error: http:// would send the key to portal.example.com unencrypted: use https://, or allow plain http expressly
        1: error: the key holds white space: give the key alone, on one line
        1: error: cannot read the backup's progress: the key is not accepted (401)
        0: nothing runs, and nothing ended within the last 24 hours
        1: error: cannot read the key from missing: No such file or directory (os error 2)
    "#]].assert_eq(&table);
}
