//! `schedule`: the portal's own schedule is shown, set and removed, and nothing of it is believed that cannot be read back.

mod refusals;

use expect_test::{Expect, expect};
use mock_portal::{Answer, Fault, MockPortal, Operation, Period, Schedule, StorageType};
use serde_json::{Value, json};

use crate::rig::{Finished, Program, Terminal, portal};

/// The schedule that a settings file declares.
const DECLARED: &str = "folder = 123\n[portals.main.schedule]\nweekly = \"mon\"\nat = 4\nkeep = 5\n";

/// A portal somewhere in Berlin, at which a schedule stands.
async fn with_schedule(schedule: Schedule) -> MockPortal {
    let portal = portal().await;
    portal.change(|config| config.time_zone = "Europe/Berlin".into());
    portal.put_schedule(schedule);
    portal
}

fn weekly() -> Schedule {
    Schedule { backups_stored: 5, ..Schedule::new(Period::EveryWeek(2), 4).into_folder("123") }
}

#[track_caller]
fn assert_untouched(portal: &MockPortal, schedules: &[Schedule]) {
    assert_eq!(portal.schedules(), schedules, "{}", portal.log());
    assert_eq!(portal.schedule_writes(), 0, "{}", portal.log());
}

/// Without the times of the next runs, which differ from day to day.
fn without_runs(told: &Finished) -> String {
    let lines = told.stdout.lines().filter(|line| !line.contains("Next run:"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Standard error without what is said only at some hours of the day.
fn compare_talk(told: &Finished, expected: Expect) {
    let lines = told.stderr.lines().filter(|line| !line.contains("the portal makes up for it"));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    expected.assert_eq(&text);
}

fn compare(told: &Finished, expected: Expect) {
    let text = without_runs(told).replace(told.stdout.split("127.0.0.1:").nth(1).unwrap().lines().next().unwrap(), "1");
    expected.assert_eq(&text);
}

#[tokio::test]
async fn it_is_shown_with_zone_and_next_runs() {
    let ran = Schedule { last_backup: Some("2026-07-27T02:00:10Z".parse().unwrap()), ..weekly() };
    let portal = with_schedule(ran).await;
    let program = Program::of(&portal);
    let told = program.run("schedule show").await;
    compare(
        told.exits(0),
        expect![[r#"
            The portal's schedule: http://127.0.0.1:1
              Covers:    this portal
              Runs:      every Monday at 04:00
              Storage:   documents, folder 123
              Keeps:     5 copies
              Time zone: Europe/Berlin
              Last run:  2026-07-27T02:00:10Z
        "#]],
    );
    let runs: Vec<&str> = told.stdout.lines().filter_map(|line| line.trim().strip_prefix("Next run:")).collect();
    assert_eq!(runs.len(), 3, "{told}");
    assert!(runs.iter().all(|run| run.trim().starts_with("Mon 2") && run.contains(" 04:00 (2") && run.ends_with("Z)")));
    let document = program.run("schedule show -o json").await.exits(0).json();
    assert_eq!([&document["kind"], &document["result"]], ["backup_schedule", "shown"]);
    assert_eq!(document["time_zone"], "Europe/Berlin");
    let schedule = json!({
        "period": "weekly", "day": "mon", "hour": 4, "keep": 5, "storage": "documents", "folder": "123", "params": {},
        "dump": false, "last_run": "2026-07-27T02:00:10Z",
    });
    assert_eq!(document["schedule"], schedule);
    assert_eq!(document["next_runs"].as_array().unwrap().len(), 3);
    compare(
        program.run("schedule show -o markdown").await.exits(0),
        expect![[r#"
            The portal's schedule: http://127.0.0.1:1

            - Covers: this portal
            - Runs: every Monday at 04:00
            - Storage: documents, folder 123
            - Keeps: 5 copies
            - Time zone: Europe/Berlin
            - Last run: 2026-07-27T02:00:10Z
        "#]],
    );
}

#[tokio::test]
async fn a_portal_without_one_says_so() {
    let portal = portal().await;
    let program = Program::of(&portal);
    program.run("schedule show").await.shows(expect![[r#"
        $ docspace-backup schedule show
        exit code 0
        --- stdout
        No schedule: http://127.0.0.1:[PORT]
        --- stderr
    "#]]);
    assert_eq!(program.run("schedule show -o json").await.exits(0).json()["schedule"], Value::Null);
    portal.put_schedule(Schedule { dump: true, ..Schedule::new(Period::EveryDay, 1) });
    let dump = program.run("schedule show --dump -o json").await.exits(0).json();
    assert_eq!([&dump["schedule"]["dump"], &dump["time_zone"]], [&json!(true), &json!("UTC")]);
    assert!(dump["notes"].to_string().contains("most likely UTC"), "{dump}");
}

#[tokio::test]
async fn a_declared_one_is_compared() {
    let portal = with_schedule(weekly()).await;
    let program = Program::of(&portal).add_settings(DECLARED);
    let told = program.run("schedule show").await;
    assert_eq!(told.exits(0).fact("Declared"), "as it is");
    assert_eq!(told.stderr, "");
    portal.put_schedule(Schedule { backups_stored: 1, hour: 3, ..weekly().into_folder("7") });
    let told = program.run("schedule show").await;
    told.exits(0).says(expect![[r#"
        warning: not as declared: folder: 7, not 123
        warning: not as declared: time: every Monday at 03:00, not every Monday at 04:00
        warning: not as declared: keep: 1, not 5
    "#]]);
    let document = program.run("schedule show -o json").await.exits(0).json();
    let difference =
        |row: &Value| [&row["setting"], &row["declared"], &row["actual"]].map(|part| part.as_str().unwrap().to_owned());
    let drift: Vec<_> = document["drift"].as_array().unwrap().iter().map(difference).collect();
    let time = ["time", "every Monday at 04:00", "every Monday at 03:00"];
    assert_eq!(drift, [["folder", "123", "7"], time, ["keep", "5", "1"]]);
    portal.drop_schedules();
    let told = program.run("schedule show").await;
    told.exits(0).says(expect![[r#"
        warning: not as declared: the portal has no schedule
    "#]]);
}

#[tokio::test]
async fn one_is_set_and_read_back() {
    let portal = portal().await;
    let told = Program::of(&portal).run("schedule set --weekly mon --at 04 --keep 5 --folder 123").await;
    compare(
        told.exits(0),
        expect![[r#"
            The schedule is set: http://127.0.0.1:1
              Covers:    this portal
              Runs:      every Monday at 04:00
              Storage:   documents, folder 123
              Keeps:     5 copies
              Time zone: UTC
        "#]],
    );
    assert_eq!(portal.schedules(), [weekly()]);
    let calls: Vec<Operation> = portal.calls().iter().map(|call| call.operation).collect();
    assert_eq!(calls, [Operation::Schedule, Operation::Portal, Operation::CreateSchedule, Operation::Schedule]);
}

#[tokio::test]
async fn the_declared_one_is_set_once() {
    let portal = portal().await;
    let program = Program::of(&portal).add_settings(DECLARED);
    let document = program.run("schedule set -o json").await.exits(0).json();
    assert_eq!(document["result"], "set");
    assert_eq!(portal.schedules(), [weekly()]);
    let document = program.run("schedule set -o json").await.exits(0).json();
    assert_eq!(document["result"], "unchanged", "each change makes the portal forget when it last ran");
    assert_eq!(portal.schedule_writes(), 1);
}

#[tokio::test]
async fn every_place_and_time_arrives_as_it_was_meant() {
    let portal = portal().await;
    let program = Program::of(&portal);
    let set = async |flags: &str| {
        program.run(&format!("schedule set --yes {flags}")).await.exits(0);
        portal.schedules().pop().unwrap()
    };
    let daily = set("--daily --at 23:00 --storage temporary").await;
    assert_eq!((daily.period, daily.hour, daily.backups_stored), (Period::EveryDay, 23, 7));
    assert_eq!(set("--weekly Sunday --storage temporary").await.period, Period::EveryWeek(1));
    assert_eq!(set("--monthly 31 --at 0 --storage temporary").await.period, Period::EveryMonth(31));
    let local = set("--daily --storage local --param filePath=/backups").await;
    assert_eq!((local.storage, &local.parameters["filePath"]), (StorageType::Local, &"/backups".to_owned()));
    let drive = set("--daily --storage third-party-documents --folder sbox-1-backups").await;
    assert_eq!(drive.storage, StorageType::ThirdPartyDocuments);
    let bucket = set("--daily --storage third-party-storage --param module=S3 --param bucket=b").await;
    assert_eq!((bucket.storage, &bucket.parameters["bucket"]), (StorageType::ThirdPartyConsumer, &"b".to_owned()));
    assert!(set("--daily --dump --storage temporary").await.dump);
}

#[tokio::test]
async fn what_will_not_be_as_expected_is_said_before() {
    let portal = portal().await;
    let program = Program::of(&portal);
    let dry = async |flags: &str| program.run(&format!("schedule set --dry-run {flags}")).await;
    let told = dry("--monthly 31 --at 23 --folder 123").await;
    told.exits(0).mentions("months without that day are skipped: February, April, June, September, November");
    dry("--daily --storage temporary").await.exits(0).mentions("deleted after 24 hours");
    dry("--daily --at 0 --folder 123").await.exits(0).mentions("the first backup begins within 15 minutes");
    portal.change(|config| config.time_zone = "Europe/Berlin".into());
    let told = dry("--daily --at 2 --folder 123").await;
    told.exits(0).mentions("summer time leaves this hour out").mentions("this hour comes twice");
    portal.inject(
        Fault::on(Operation::Portal)
            .answer(Answer::json(200, r#"{"response":{"tenantId":1,"timeZone":"Moon/Tycho"}}"#)),
    );
    let told = dry("--daily --folder 123").await;
    told.exits(0).mentions("this machine knows no time zone Moon/Tycho");
    portal.inject(Fault::on(Operation::Portal).hang());
    dry("--daily --folder 123").await.exits(0).mentions("the portal does not tell its time zone");
    assert_untouched(&portal, &[]);
}

#[tokio::test]
async fn replacing_one_needs_consent() {
    let portal = with_schedule(weekly()).await;
    let program = Program::of(&portal);
    let set = "schedule set --daily --folder 123";
    compare_talk(
        program.run(set).await.exits(2),
        expect![[r#"
            now:  every Monday at 04:00, to documents, folder 123, 5 copies kept
            then: every day at 03:00, to documents, folder 123, 7 copies kept
            error: this is done only if somebody agrees, and there is no terminal to ask on: nothing was changed
            hint: look at what it would do with --dry-run, then give --yes
        "#]],
    );
    let document = program.run(&format!("{set} -o json")).await.exits(2).json();
    assert_eq!(document["error"]["code"], "consent_needed");
    compare(
        program.run(&format!("{set} --dry-run")).await.exits(0),
        expect![[r#"
            A dry run: nothing was changed. The schedule would be: http://127.0.0.1:1
              Covers:    this portal
              Runs:      every day at 03:00
              Storage:   documents, folder 123
              Keeps:     7 copies
              Time zone: Europe/Berlin
              Before:    every Monday at 04:00, to documents, folder 123, 5 copies kept
        "#]],
    );
    assert_untouched(&portal, &[weekly()]);
    let document = program.run(&format!("{set} --yes -o json")).await.exits(0).json();
    assert_eq!([&document["previous"]["period"], &document["schedule"]["period"]], ["weekly", "daily"]);
    assert_eq!(portal.schedule_writes(), 1);
}

#[tokio::test]
async fn somebody_at_a_terminal_is_asked() {
    let portal = with_schedule(weekly()).await;
    for line in ["schedule set --daily --folder 123", "schedule remove"] {
        for keys in ["n\r", "\u{4}"] {
            let (screen, code) = Terminal::answer(&Program::of(&portal), line, keys).await;
            assert_eq!(code, 1, "{line} {keys:?}: {screen}");
            assert!(screen.contains("every Monday at 04:00, to documents, folder 123, 5 copies kept"), "{screen}");
            assert_untouched(&portal, &[weekly()]);
        }
    }
    let (screen, code) = Terminal::answer(&Program::of(&portal), "schedule set --daily --folder 123", "y\r").await;
    assert_eq!(code, 0, "{screen}");
    assert_eq!(portal.schedules()[0].period, Period::EveryDay);
    let (screen, code) = Terminal::answer(&Program::of(&portal), "schedule remove", "yes\r").await;
    assert_eq!(code, 0, "{screen}");
    assert_eq!(portal.schedules(), []);
}

#[tokio::test]
async fn one_is_removed_and_the_other_kind_stays() {
    let portal = with_schedule(weekly()).await;
    let dump = Schedule { dump: true, ..Schedule::new(Period::EveryDay, 1) };
    portal.put_schedule(dump.clone());
    let program = Program::of(&portal);
    program.run("schedule remove").await.exits(2).mentions("there is no terminal to ask on");
    compare(
        program.run("schedule remove --dry-run").await.exits(0),
        expect![[r#"
        A dry run: nothing was changed. The schedule would be removed: http://127.0.0.1:1
          Before: every Monday at 04:00, to documents, folder 123, 5 copies kept
    "#]],
    );
    assert_untouched(&portal, &[weekly(), dump.clone()]);
    compare(
        program.run("schedule remove --yes").await.exits(0),
        expect![[r#"
        The schedule is removed: http://127.0.0.1:1
          Before: every Monday at 04:00, to documents, folder 123, 5 copies kept
    "#]],
    );
    assert_eq!(portal.schedules(), [dump]);
    let document = program.run("schedule remove --dump --yes -o json").await.exits(0).json();
    assert_eq!([&document["result"], &document["schedule"]], [&json!("removed"), &Value::Null]);
    assert_eq!(portal.schedules(), []);
}

#[tokio::test]
async fn where_there_is_none_removing_is_done() {
    let portal = portal().await;
    Program::of(&portal).run("schedule remove").await.shows(expect![[r#"
        $ docspace-backup schedule remove
        exit code 0
        --- stdout
        No schedule: http://127.0.0.1:[PORT]
        --- stderr
    "#]]);
    assert_eq!(portal.calls_of(Operation::DeleteSchedule), []);
}
