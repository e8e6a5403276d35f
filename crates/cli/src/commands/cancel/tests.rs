//! Every ending of a cancel: what is told, and by which exit code.

use std::time::Duration;

use backup_core::{CancelOutcome, CancelReport, CancelVerdict};
use docspace_api::{ApiErrorKind, JobKind, JobState, Progress, Scope};
use expect_test::expect;

use super::{Account, running, unsent};
use crate::{
    fixture::{failure, id, record},
    report::PortalFacts,
    signal::Signal,
};

fn job(kind: JobKind, state: JobState) -> Progress {
    Progress { task: id(), kind, percent: 40, state, link: None }
}

fn account(verdict: CancelVerdict, interrupted_by: Option<Signal>) -> Account {
    let portal = PortalFacts { name: "main".into(), host: "https://portal.example.com".into(), version: None };
    let at = "2026-07-29T10:15:31Z".parse().unwrap();
    let duration = Duration::from_secs(16);
    let report = CancelReport { verdict, scope: Scope::Portal, started_at: at, finished_at: at, duration, looks: 8 };
    Account::planned(portal, Scope::Portal, job(JobKind::Backup, JobState::Running)).carried_out(report, interrupted_by)
}

fn told(account: &Account) -> String {
    let document = account.answer().document.unwrap();
    let error = document["error"]["message"].as_str().map(|message| format!("\n    error: {message}"));
    let hint = document["error"]["hint"].as_str().map(|hint| format!("\n    hint: {hint}"));
    let notes =
        document["notes"].as_array().unwrap().iter().map(|note| format!("\n    note: {}", note.as_str().unwrap()));
    let headline = account.answer().text.lines().next().unwrap_or_default().to_owned();
    let code = document["exit_code"].as_u64().unwrap();
    let outcome = document["outcome"].as_str().unwrap();
    format!(
        "{code} {outcome}: {headline}{}{}{}\n",
        notes.collect::<String>(),
        error.unwrap_or_default(),
        hint.unwrap_or_default(),
    )
}

#[test]
fn each_ending_has_its_words_and_its_exit_code() {
    let running = || job(JobKind::Backup, JobState::Running);
    let ended = |outcome| unsent(outcome, Some(running()));
    let complete = CancelVerdict { record: Some(record("a.tar.gz")), ..ended(CancelOutcome::CompletedAnyway) };
    let early = unsent(CancelOutcome::Cancelled, Some(job(JobKind::Backup, JobState::Created)));
    let gateway = || failure(ApiErrorKind::Status(502));
    let doubtful = CancelVerdict { doubt: Some(gateway()), ..ended(CancelOutcome::Cancelled) };
    let accounts = [
        account(ended(CancelOutcome::Cancelled), None),
        account(doubtful, None),
        account(early, None),
        account(complete, None),
        account(ended(CancelOutcome::CompletedAnyway), None),
        account(ended(CancelOutcome::FailedAnyway("Disk full".into())), None),
        account(unsent(CancelOutcome::NothingToCancel, None), None),
        account(unsent(CancelOutcome::OtherJob(id()), None), None),
        account(ended(CancelOutcome::Refused(failure(ApiErrorKind::Unsupported { needs: "3.7.1" }))), None),
        account(ended(CancelOutcome::StillRunning), None),
        account(ended(CancelOutcome::Unknown(Some(gateway()))), None),
        account(ended(CancelOutcome::Unknown(None)), Some(Signal::Terminate)),
        account(unsent(CancelOutcome::Stopped, None), Some(Signal::Interrupt)),
    ];
    expect![[r#"
        0 cancelled: Backup cancelled: https://portal.example.com
        0 cancelled: Backup cancelled: https://portal.example.com
            note: the portal's answer was lost: cannot start the backup: status 502
        3 cancelled: Backup cancelled: https://portal.example.com
            note: no worker had begun backup 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11, so it may still turn up in the history
        3 completed_anyway: NOT cancelled: the backup completed all the same: https://portal.example.com
            note: the copy exists; `docspace-backup delete 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11` removes it
        3 completed_anyway: NOT cancelled: the backup completed all the same: https://portal.example.com
        3 failed_anyway: NOT cancelled: the backup had failed already: https://portal.example.com
            note: the portal reports: Disk full
        0 nothing_to_cancel: Nothing to cancel, for no backup runs: https://portal.example.com
        11 other_job: Nothing was cancelled: https://portal.example.com
            error: another job runs, 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11, and a cancel would hit it too; nothing was sent
            hint: portals cancel backups and dumps together: look at both with `docspace-backup status` and `status --dump`
        1 refused: Nothing was cancelled: https://portal.example.com
            error: cannot start the backup: the portal is too old: this needs DocSpace 3.7.1 or newer
            hint: update the portal, or do this at the portal's web page
        8 still_running: Backup NOT cancelled: it runs on: https://portal.example.com
            error: the cancel was sent, and the backup runs on, at 40 %
            hint: portals lose the cancel of a backup that no worker has begun: cancel it again, or wait longer with --timeout
        17 unknown: Backup perhaps cancelled: https://portal.example.com
            error: the cancel was sent, and what became of the backup is not known: cannot start the backup: status 502
            hint: look with `docspace-backup status` and `docspace-backup history`
        143 unknown: Backup perhaps cancelled: https://portal.example.com
            error: the cancel was sent, and its end not waited for
            hint: look with `docspace-backup status` whether the backup is gone
        130 stopped: Nothing was cancelled: https://portal.example.com
            error: nothing was cancelled
    "#]].assert_eq(&accounts.iter().map(told).collect::<String>());
}

#[test]
fn only_the_backup_that_is_meant_is_cancelled() {
    let other = "00000000-0000-4000-8000-000000000001".parse().unwrap();
    let backup = || Some(job(JobKind::Backup, JobState::Running));
    let over = Some(job(JobKind::Backup, JobState::Completed { warning: None }));
    assert_eq!(running(None, None).unwrap(), None);
    assert_eq!(running(over.clone(), None).unwrap(), None);
    assert_eq!(running(backup(), None).unwrap(), backup());
    assert_eq!(running(backup(), Some(&id())).unwrap(), backup());
    let problems = [
        running(backup(), Some(&other)),
        running(None, Some(&id())),
        running(over, Some(&id())),
        running(Some(job(JobKind::Restore, JobState::Running)), None),
    ];
    let lines = problems.into_iter().map(|found| {
        let problem = found.unwrap_err();
        format!(
            "{} {}: {}\n    hint: {}\n",
            problem.exit.number(),
            problem.code,
            problem.message,
            problem.hint.unwrap()
        )
    });
    expect![[r#"
        10 not_running: backup 00000000-0000-4000-8000-000000000001 does not run, but 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 does; nothing was sent
            hint: if that is the one you mean: `docspace-backup cancel 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`
        10 not_running: backup 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 does not run; nothing was sent
            hint: `docspace-backup history` lists the backups that exist; `docspace-backup delete ID` removes one
        10 not_running: backup 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11 does not run; nothing was sent
            hint: `docspace-backup history` lists the backups that exist; `docspace-backup delete ID` removes one
        11 not_a_backup: a restore runs, 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11, and portals cancel backups alone; nothing was sent
            hint: wait for its end: `docspace-backup status`
    "#]].assert_eq(&lines.collect::<String>());
}
