//! Runs as tests need them: every ending, with the times of the contract's example.

use std::time::Duration;

use backup_core::{Failure, Outcome, Reason, Report, Verdict, Warning};
use docspace_api::{ApiErrorKind, BackupRecord, BackupTarget, JobKind, JobState, Progress, Scope, StorageType, TaskId};
use journal::{Phase, RunId, RunRecord};

use crate::{
    problem::Problem,
    report::{Account, PortalFacts, Purpose},
};

pub(crate) fn id() -> TaskId {
    "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11".parse().unwrap()
}

pub(crate) fn failure(kind: ApiErrorKind) -> Failure {
    Failure { kind, message: format!("cannot start the backup: {kind}"), portal_message: None }
}

pub(crate) fn record(file_name: &str) -> BackupRecord {
    BackupRecord {
        id: id(),
        file_name: file_name.into(),
        storage: StorageType::Documents,
        created_on: Some("2026-07-29T10:15:31Z".parse().unwrap()),
        expires_on: None,
    }
}

pub(crate) fn completed() -> Verdict {
    let state = JobState::Completed { warning: None };
    Verdict {
        outcome: Outcome::Completed,
        reason: None,
        warnings: Vec::new(),
        task: Some(id()),
        progress: Some(Progress { task: id(), kind: JobKind::Backup, percent: 100, state, link: None }),
        record: Some(record("acme_2026-07-29_13-15-30.tar.gz")),
        joined: false,
        had_ended: false,
    }
}

pub(crate) fn with_warning(warning: Warning) -> Verdict {
    Verdict { outcome: Outcome::CompletedWithWarnings, warnings: vec![warning], ..completed() }
}

/// An ending without a copy, and without a job where nothing was started.
pub(crate) fn ended(outcome: Outcome, reason: Reason) -> Verdict {
    let has_job = !matches!(outcome, Outcome::NotStarted | Outcome::Busy);
    let verdict = Verdict { outcome, reason: Some(reason), record: None, progress: None, ..completed() };
    if has_job { verdict } else { Verdict { task: None, ..verdict } }
}

pub(crate) fn account(verdict: Verdict) -> Account {
    let report = Report {
        scope: Scope::Portal,
        started_at: "2026-07-29T10:14:20Z".parse().unwrap(),
        finished_at: "2026-07-29T10:15:31.4Z".parse().unwrap(),
        duration: Duration::from_millis(71_400),
        looks: 23,
        verdict,
    };
    Account {
        purpose: Purpose::Run,
        portal: PortalFacts {
            name: "main".into(),
            host: "https://portal.example.com".into(),
            version: Some("3.7.2".into()),
        },
        problem: Problem::of_verdict(&report.verdict),
        report: Some(report),
        foreseen: Vec::new(),
        ordered: Some(BackupTarget::Documents { folder: 123 }),
        notifications: Vec::new(),
        given_up: Vec::new(),
        is_kept: false,
        is_told_here: false,
        interrupted_by: None,
        was_left: false,
    }
}

/// A run as the journal keeps it.
pub(crate) fn run_record(id: &str) -> RunRecord {
    let at = "2026-07-29T10:00:00Z".parse().unwrap();
    RunRecord {
        id: RunId::parse(id).unwrap(),
        portal: "https://portal.example.com".into(),
        profile: "main".into(),
        scope: "portal".into(),
        order: "documents 123".into(),
        phase: Phase::Closed,
        previous_task: None,
        task: None,
        joined: false,
        progress: None,
        outcome: None,
        exit_code: None,
        report: None,
        begun_at: at,
        started_at: None,
        alive_at: at,
        ended_at: None,
        messages: Vec::new(),
    }
}
