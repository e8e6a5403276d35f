//! `restore`: nothing without consent, a fresh backup first, started once, followed without the key.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{Answer, Config, Credentials, Fault, JobPlan, MockPortal, Operation, Record, Role, SlotJob};

use crate::rig::{Program, Signal, Terminal};

const COPY: &str = "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11";

/// A portal called "Acme" whose history lists one copy, and whose jobs take that long.
async fn acme(takes: Duration) -> MockPortal {
    let config = Config { name: "Acme".to_owned(), backup_duration: takes, ..Config::default() };
    let portal = MockPortal::start(config).await;
    let record = Record::new("acme_old.tar.gz", "2026-07-01T10:00:00Z".parse().unwrap());
    portal.add_record(Record { id: COPY.to_owned(), ..record });
    portal
}

async fn quick() -> MockPortal {
    acme(Duration::from_millis(300)).await
}

fn line(rest: &str) -> String {
    format!("restore {COPY} {rest}")
}

const AGREED: &str = "--no-backup --yes --portal-name Acme";

/// The calls that change something.
fn changes(portal: &MockPortal) -> usize {
    [Operation::Start, Operation::StartRestore, Operation::Cancel].map(|it| portal.calls_of(it).len()).iter().sum()
}

#[tokio::test]
async fn a_dry_run_shows_what_would_come_of_it_and_changes_nothing() {
    let portal = quick().await;
    let program = Program::of(&portal);
    program.run(&line("--folder 123 --dry-run")).await.shows(expect![[r#"
        $ docspace-backup restore [ID] --folder 123 --dry-run
        exit code 0
        --- stdout
        A dry run: nothing was changed.
        This will be done:
          Portal:       Acme (http://127.0.0.1:[PORT])
          Puts back:    this portal
          Backup ID:    [ID]
          File:         acme_old.tar.gz
          Made at:      [TIME]
          Storage:      documents
          Fresh backup: documents
        And this comes of it:
          - everything that was made or changed after [TIME] is lost
          - nobody can use the portal until the restore has ended
          - all API keys are deleted, the one in use now among them
          - everybody is logged out
          - the settings of two-factor authentication are cleared
          - the ids of all backups change, and so does the number of the portal
        --- stderr
    "#]]);
    let plan = program.run(&line("--no-backup --dry-run --output json")).await.exits(0).json();
    assert_eq!([&plan["kind"], &plan["portal"]["title"]], ["restore_plan", "Acme"]);
    assert_eq!(plan["backup"]["id"], COPY);
    assert!(plan["fresh_backup"].is_null() && plan["consequences"].as_array().unwrap().len() > 3, "{plan}");
    program.run(&line("--no-backup --dry-run --output markdown")).await.exits(0).prints(expect![[r#"
        A dry run: nothing was changed.

        - Portal: Acme (http://127.0.0.1:[PORT])
        - Puts back: this portal
        - Backup ID: [ID]
        - File: acme\_old.tar.gz
        - Made at: [TIME]
        - Storage: documents
        - Fresh backup: none, as asked
        - everything that was made or changed after [TIME] is lost
        - nobody can use the portal until the restore has ended
        - all API keys are deleted, the one in use now among them
        - everybody is logged out
        - the settings of two-factor authentication are cleared
        - the ids of all backups change, and so does the number of the portal
    "#]]);
    assert_eq!(changes(&portal), 0);
}

#[tokio::test]
async fn a_copy_is_put_back_once_and_the_dead_key_is_told() {
    let portal = quick().await;
    Program::of(&portal).run(&line(AGREED)).await.shows(expect![[r#"
        $ docspace-backup restore [ID] --no-backup --yes --portal-name Acme
        exit code 0
        --- stdout
        Restore completed after [DURATION]: 127.0.0.1:[PORT]
          Portal:      http://127.0.0.1:[PORT]
          Restore ID:  [ID]
          Backup ID:   [ID]
          File:        acme_old.tar.gz
          Covers:      this portal
          Started at:  [TIME]
          Finished at: [TIME]
          API key:     dead: make a new one at the portal
        --- stderr
        starting the restore
        restore [ID] started
        warning: the API key is gone with the restore: log in, make a new one in Developer Tools, API keys, and put it where this program reads it
    "#]]);
    assert_eq!((portal.restores(), portal.calls_of(Operation::StartRestore).len()), (1, 1));
    let looks = portal.calls_of(Operation::RestoreProgress);
    assert!(!looks.is_empty() && looks.iter().all(|call| call.credentials == Credentials::Absent), "{looks:?}");
}

#[tokio::test]
async fn the_report_is_a_document_with_the_words_of_a_run() {
    let portal = quick().await;
    let report = Program::of(&portal).run(&line(&format!("{AGREED} --output json"))).await.exits(0).json();
    assert_eq!([&report["kind"], &report["outcome"], &report["api_key"]], ["restore_report", "completed", "dead"]);
    assert_eq!(report["backup"]["id"], COPY);
    assert!(report["error"].is_null() && report["restore"]["id"].is_string(), "{report}");
}

#[tokio::test]
async fn a_fresh_backup_comes_first_and_without_it_nothing_is_restored() {
    let portal = quick().await;
    let agreed = "--folder 123 --yes --portal-name Acme --output json";
    let report = Program::of(&portal).run(&line(agreed)).await.exits(0).json();
    assert_eq!(report["fresh_backup"]["storage"], "documents");
    let order: Vec<Operation> = portal.calls().iter().map(|call| call.operation).collect();
    let at = |operation| order.iter().position(|it| *it == operation).unwrap();
    assert!(at(Operation::Start) < at(Operation::StartRestore), "{order:?}");

    for plan in [JobPlan::fail("disk full"), JobPlan::succeed().warning("3 files")] {
        let portal = quick().await;
        portal.plan_next_job(plan);
        let failed = Program::of(&portal).run(&line(agreed)).await.exits(1).json();
        assert_eq!(failed["error"]["code"], "no_fresh_backup");
        assert_eq!(portal.calls_of(Operation::StartRestore), []);
    }
}

#[tokio::test]
async fn a_fresh_backup_that_would_be_lost_is_refused() {
    let portal = quick().await;
    let run = Program::of(&portal).run(&line("--yes --portal-name Acme")).await;
    run.exits(2).mentions("would not outlive the restore");
    assert_eq!(changes(&portal), 0);
}

#[tokio::test]
async fn without_consent_nothing_is_changed() {
    let portal = quick().await;
    let program = Program::of(&portal);
    program.run(&line("--no-backup")).await.exits(2).mentions("--yes --portal-name NAME");
    program.run(&line("--no-backup --yes")).await.exits(2).mentions("no terminal");
    program.run(&line("--no-backup --portal-name Acme")).await.exits(2).mentions("--yes");
    let other = program.run(&line("--no-backup --yes --portal-name Beta")).await;
    other.exits(2).mentions("the portal is called Acme, not Beta");
    assert_eq!(changes(&portal), 0);
}

#[tokio::test]
async fn at_a_terminal_the_name_is_asked_for_and_must_be_right() {
    for (typed, code) in [("Acme\r", 0), ("acme\r", 1), ("\r", 1), ("\u{4}", 1)] {
        let portal = quick().await;
        let mut terminal = Terminal::start(&Program::of(&portal), &line("--no-backup"));
        terminal.shows("Type the portal's name to go on: ").await;
        terminal.types(typed);
        let (screen, ended) = terminal.finish().await;
        assert_eq!(ended, code, "{screen}");
        assert!(screen.contains("everything that was made or changed after"), "{screen}");
        assert_eq!(portal.restores(), usize::from(code == 0), "{screen}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_restored() {
    let portal = quick().await;
    let program = Program::of(&portal);
    let unknown = "11111111-0c55-4f3b-9f38-4a4a0f0d7e11";
    program.run(&format!("restore {unknown} {AGREED}")).await.shows(expect![[r#"
        $ docspace-backup restore [ID] --no-backup --yes --portal-name Acme
        exit code 10
        --- stdout
        --- stderr
        error: the portal has no backup [ID]
        hint: `docspace-backup history` lists what there is; every restore gives all backups new ids
    "#]]);
    program.run(&format!("restore not-an-id {AGREED}")).await.exits(2).mentions("not a backup id");
    program.run(&line(&format!("{AGREED} --dump"))).await.exits(10).mentions("not of the whole server");
    program.run(&format!("restore {AGREED}")).await.exits(2);
    assert_eq!(changes(&portal), 0);
}

#[tokio::test]
async fn who_may_not_restore_is_told_so() {
    let portal = quick().await;
    portal.set_caller(mock_portal::Caller { role: Role::RoomAdmin, ..mock_portal::Caller::default() });
    Program::of(&portal).run(&line(AGREED)).await.exits(4);
    assert_eq!(portal.restores(), 0);
}

#[tokio::test]
async fn a_running_backup_is_not_restored_over() {
    let portal = quick().await;
    let id = portal.put_in_slot(SlotJob::running_for(Duration::from_secs(600)));
    Program::of(&portal).run(&line(AGREED)).await.exits(11).mentions(&id);
    assert_eq!(portal.restores(), 0);
}

#[tokio::test]
async fn a_failed_restore_is_1_with_the_portals_words() {
    let portal = quick().await;
    portal.plan_next_restore(JobPlan::fail("backup file is invalid"));
    let report = Program::of(&portal).run(&line(&format!("{AGREED} --output json"))).await.exits(1).json();
    assert_eq!([&report["outcome"], &report["error"]["code"]], ["failed", "restore_failed"]);
    assert_eq!(report["error"]["message"], "the portal reports: backup file is invalid");
}

#[tokio::test]
async fn a_start_whose_answer_is_lost_is_sent_once() {
    let portal = quick().await;
    portal.inject(Fault::on(Operation::StartRestore).answer(Answer::gateway(502)).after_effect());
    Program::of(&portal).run(&line(AGREED)).await.exits(0);
    assert_eq!((portal.restores(), portal.calls_of(Operation::StartRestore).len()), (1, 1));
}

#[tokio::test]
async fn a_wait_that_ends_says_how_to_take_the_restore_up() {
    let portal = acme(Duration::from_secs(600)).await;
    let program = Program::of(&portal);
    let run = program.run(&line(&format!("{AGREED} --timeout 1s"))).await;
    run.exits(8).mentions("restore --follow");
    let follow = program.run("restore --follow --timeout 1s --output json").await.exits(8).json();
    assert_eq!([&follow["joined"].to_string(), &follow["outcome"].to_string()], ["true", "\"still_running\""]);
    assert_eq!(portal.restores(), 1);
}

#[tokio::test]
async fn following_nothing_is_not_found() {
    let portal = quick().await;
    Program::of(&portal).run("restore --follow").await.exits(10).mentions("no restore is running");
}

#[tokio::test]
async fn a_signal_ends_the_waiting_and_not_the_restore() {
    let portal = acme(Duration::from_secs(600)).await;
    let mut running = Program::of(&portal).start(&line(AGREED));
    running.says("restore").await;
    portal.wait_for(|snapshot| snapshot.restores == 1).await;
    running.signal(Signal::Interrupt).await;
    running.finish().await.exits(130).mentions("restore --follow");
}
