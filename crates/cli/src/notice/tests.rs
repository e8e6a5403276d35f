//! What people read, for every ending.

use std::fmt::Write as _;

use backup_core::{Outcome, Reason, Warning};
use docspace_api::ApiErrorKind;
use expect_test::expect;
use notify::{Chapter, Notice, OpenIncident, Reminders};

use super::{notice, started, state};
use crate::fixture::{account, completed, ended, failure, id, with_warning};
use crate::report::Account;

/// The notice of a run that ends now, while that trouble is open.
fn notice_of(account: &Account, open: Option<&OpenIncident>) -> Notice {
    let now = "2026-07-29T10:15:31Z".parse().unwrap();
    let chapter = Chapter::new(open, state(account), now, "trouble-1", Reminders::default());
    notice(account, "run-1", &chapter, now)
}

#[test]
fn each_ending_has_its_subject_severity_and_message() {
    let verdicts = [
        completed(),
        with_warning(Warning::Incomplete("2 files".into())),
        ended(Outcome::Failed, Reason::BackupFailed("No space left".into())),
        ended(Outcome::Cancelled, Reason::Cancelled),
        ended(Outcome::StillRunning, Reason::TimedOut),
        ended(Outcome::Lost, Reason::Vanished { history: None }),
        ended(Outcome::Busy, Reason::Busy(id())),
        ended(Outcome::NotStarted, Reason::Portal(failure(ApiErrorKind::Unauthenticated))),
    ];
    let mut told = String::new();
    for verdict in verdicts {
        let notice = notice_of(&account(verdict), None);
        let next = notice.next_step.unwrap_or_else(|| "nothing".into());
        let _ = writeln!(
            told,
            "{} ({}, {}: {})\n{}\nNext: {next}\n",
            notice.subject,
            notice.severity,
            notice.state,
            notice.outcome.unwrap_or_default(),
            notice.message
        );
    }
    expect![[r#"
        Backup completed after 1 min 11 s: portal.example.com (success, completed: completed)
        The backup completed successfully.
        Next: nothing

        Backup completed with warnings after 1 min 11 s: portal.example.com (warning, warning: completed_with_warnings)
        The backup exists, but something is not as it should be.
        Warning: the portal left files out: 2 files.
        Next: nothing

        Backup failed after 1 min 11 s: portal.example.com (error, failed: failed)
        The backup failed.
        Reason: the portal reports: No space left.
        Next: Mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs.

        Backup cancelled after 1 min 11 s: portal.example.com (warning, warning: cancelled)
        The backup was cancelled.
        Reason: the backup was cancelled at the portal.
        Next: Run the backup again when it suits.

        Backup still running: portal.example.com (warning, still_running: still_running)
        The backup had not ended when the waiting did.
        Reason: the time to wait is over.
        Next: The backup goes on at the portal; take it up again with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`.

        Backup lost, outcome unknown: portal.example.com (error, failed: lost)
        Nobody knows how the backup ended.
        Reason: the backup vanished from the portal, and the history does not list it.
        Next: Its worker was perhaps restarted, or somebody cancelled it: look later with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`, and start another backup if it stays away.

        Backup not started, portal busy: portal.example.com (info, warning: busy)
        The backup was not started, because the portal is busy.
        Reason: another job holds the portal: 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11.
        Next: Try again when it is over, or take it for yours with --if-running join; `run --if-running wait` waits for its end.

        Backup not started: portal.example.com (error, failed: not_started)
        The backup could not be started.
        Reason: cannot start the backup: the key is not accepted (401).
        Next: The key is wrong, expired, switched off, or of another portal: make a new one in Developer Tools, API keys.

    "#]].assert_eq(&told);
}

#[test]
fn the_facts_are_those_of_the_report() {
    let facts = notice_of(&account(completed()), None).facts;
    let facts: String = facts.iter().map(|fact| format!("{}: {}\n", fact.label, fact.value)).collect();
    expect![[r#"
        Portal: https://portal.example.com (DocSpace 3.7.2)
        Backup ID: 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
        Covers: this portal
        Started at: 2026-07-29T10:14:20Z
        Finished at: 2026-07-29T10:15:31Z
        Duration: 1 min 11 s
        Storage: documents
        File: acme_2026-07-29_13-15-30.tar.gz
        Saved at: 2026-07-29T10:15:31Z
        Expires: never
    "#]]
    .assert_eq(&facts);
}

#[test]
fn a_failure_opens_a_thread_of_its_own_and_a_good_backup_is_told_there_with_how_long_it_took() {
    let failed = notice_of(&account(ended(Outcome::Failed, Reason::BackupFailed("no".into()))), None);
    assert_eq!((failed.thread.as_deref(), failed.id.as_str()), (Some("trouble-1"), "run-1"));
    let open = OpenIncident {
        id: "trouble-1".into(),
        since: "2026-07-29T08:10:31Z".parse().unwrap(),
        failures: 3,
        told_at: "2026-07-29T08:10:31Z".parse().unwrap(),
        times_told: 1,
    };
    let good = notice_of(&account(completed()), Some(&open));
    assert_eq!(good.thread.as_deref(), Some("trouble-1"));
    expect![[r#"
        Backup recovered after 2 h 5 min and 3 failures: portal.example.com (success, recovered)
        The backup completed successfully.
        All is well again after 2 h 5 min and 3 failures."#]]
    .assert_eq(&format!("{} ({}, {})\n{}", good.subject, good.severity, good.state, good.message));
    let one = notice_of(&account(completed()), Some(&OpenIncident { failures: 1, ..open }));
    assert!(one.subject.contains("2 h 5 min and 1 failure:"), "{}", one.subject);
    assert_eq!(notice_of(&account(completed()), None).thread.as_deref(), Some("run-1"));
}

#[test]
fn a_beginning_is_told_with_what_is_known_of_it() {
    let portal = account(completed()).portal;
    let notice = started(&portal, "run-1", "task-1");
    expect![[r#"
        Backup started: portal.example.com (info, started)
        The backup started successfully.
        Portal: https://portal.example.com (DocSpace 3.7.2)
        Backup ID: task-1
    "#]]
    .assert_eq(&format!(
        "{} ({}, {})\n{}\n{}",
        notice.subject,
        notice.severity,
        notice.state,
        notice.message,
        notice.facts.iter().map(|fact| format!("{}: {}\n", fact.label, fact.value)).collect::<String>()
    ));
}
