//! The account of a cancel.

use backup_core::{CancelOutcome, CancelReport, CancelVerdict};
use docspace_api::{JobState, Progress, Scope};
use notify::one_line;
use serde_json::{Value, json};

use super::{problem, unsent};
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    console::Console,
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    problem::Problem,
    report::{Fact, PortalFacts, fact_lines},
    signal::Signal,
    words,
};

/// What is known before a cancel, or after it.
#[derive(Debug)]
pub(super) struct Account {
    portal: PortalFacts,
    scope: Scope,
    verdict: CancelVerdict,
    /// `None` where nothing was sent.
    report: Option<Times>,
    is_planned: bool,
    interrupted_by: Option<Signal>,
}

/// How long it was looked after, and how often.
#[derive(Debug)]
struct Times {
    waited: std::time::Duration,
    looks: u32,
}

impl Account {
    /// Nothing runs.
    pub(super) fn of_idle(portal: PortalFacts, scope: Scope) -> Self {
        let verdict = unsent(CancelOutcome::NothingToCancel, None);
        Self { portal, scope, verdict, report: None, is_planned: false, interrupted_by: None }
    }

    /// What would be cancelled.
    pub(super) fn planned(portal: PortalFacts, scope: Scope, job: Progress) -> Self {
        let verdict = unsent(CancelOutcome::Stopped, Some(job));
        Self { portal, scope, verdict, report: None, is_planned: true, interrupted_by: None }
    }

    /// The same when it has been tried.
    pub(super) fn carried_out(self, report: CancelReport, interrupted_by: Option<Signal>) -> Self {
        let times = Times { waited: report.duration, looks: report.looks };
        Self { verdict: report.verdict, report: Some(times), is_planned: false, interrupted_by, ..self }
    }

    /// The question that all of this comes down to.
    pub(super) fn question(&self) -> String {
        let job = self.verdict.progress.as_ref();
        let which = job.map(|job| format!("{}, at {} %,", job.task, job.percent)).unwrap_or_default();
        format!("Cancel the backup {which} of {}?", self.portal.host)
    }

    /// Says on standard error what went wrong, and what was not quite right.
    pub(super) fn say_what_went_wrong(&self, console: &Console) {
        self.notes().iter().for_each(|note| console.warn(&one_line(note)));
        if let Some(problem) = self.problem() {
            console.error(&problem.message, problem.hint.as_deref());
        }
    }

    /// The account in each form.
    pub(super) fn answer(&self) -> Answer {
        let (headline, facts) = (self.headline(), self.facts());
        let item = |fact: &Fact| format!("- {}: {}\n", escape_markdown(&fact.label), escape_markdown(&fact.value));
        let items: String = facts.iter().map(item).collect();
        Answer {
            text: format!("{headline}\n{}", fact_lines(&facts)),
            markdown: format!("{}\n\n{items}", escape_markdown(&headline)),
            document: Some(self.document()),
            exit: self.exit(),
        }
    }

    fn problem(&self) -> Option<Problem> {
        if self.is_planned { None } else { problem::of_verdict(&self.verdict, self.interrupted_by) }
    }

    /// A backup that ended by itself is no failure of the cancel, but not what was asked for either; nor is one that may run yet.
    fn exit(&self) -> ExitCode {
        match (&self.verdict.outcome, self.problem()) {
            (_, Some(problem)) => problem.exit,
            (CancelOutcome::CompletedAnyway | CancelOutcome::FailedAnyway(_), None) => ExitCode::DoneWithWarnings,
            (CancelOutcome::Cancelled, None) if self.late_bloomer().is_some() => ExitCode::DoneWithWarnings,
            (_, None) => ExitCode::Done,
        }
    }

    fn headline(&self) -> String {
        let phrase = match &self.verdict.outcome {
            CancelOutcome::Stopped if self.is_planned => "A dry run: nothing was cancelled",
            CancelOutcome::NothingToCancel => "Nothing to cancel, for no backup runs",
            CancelOutcome::OtherJob(_) | CancelOutcome::Refused(_) | CancelOutcome::Stopped => "Nothing was cancelled",
            CancelOutcome::Cancelled => "Backup cancelled",
            CancelOutcome::CompletedAnyway => "NOT cancelled: the backup completed all the same",
            CancelOutcome::FailedAnyway(_) => "NOT cancelled: the backup had failed already",
            CancelOutcome::StillRunning => "Backup NOT cancelled: it runs on",
            CancelOutcome::Unknown(_) => "Backup perhaps cancelled",
        };
        format!("{phrase}: {}", self.portal.host)
    }

    fn facts(&self) -> Vec<Fact> {
        let verdict = &self.verdict;
        let mut facts = Vec::new();
        if let Some(job) = &verdict.progress {
            facts.push(Fact::new("Backup ID", job.task.to_string()));
            facts.push(Fact::new("Covers", words::scope(self.scope)));
            facts.push(Fact::new("Progress", format!("{} %", job.percent)));
        }
        facts.extend(verdict.record.as_ref().map(|record| Fact::new("File", &record.file_name)));
        facts.extend(self.report.as_ref().map(|times| Fact::new("Waited", words::duration(times.waited))));
        facts
    }

    /// What to know although nothing went wrong.
    fn notes(&self) -> Vec<String> {
        let verdict = &self.verdict;
        let ending = match &verdict.outcome {
            CancelOutcome::CompletedAnyway => verdict
                .record
                .as_ref()
                .map(|record| format!("the copy exists; `docspace-backup delete {}` removes it", record.id)),
            CancelOutcome::FailedAnyway(reason) => Some(format!("the portal reports: {reason}")),
            CancelOutcome::Cancelled => self.late_bloomer(),
            CancelOutcome::NothingToCancel
            | CancelOutcome::OtherJob(_)
            | CancelOutcome::Refused(_)
            | CancelOutcome::Stopped
            | CancelOutcome::StillRunning
            | CancelOutcome::Unknown(_) => None,
        };
        let doubt = verdict.doubt.as_ref().map(|failure| format!("the portal's answer was lost: {}", failure.message));
        ending.into_iter().chain(doubt).collect()
    }

    /// The portal loses the cancel of a job that no worker has begun, and may run it unseen (contract §4).
    fn late_bloomer(&self) -> Option<String> {
        let job = self.verdict.progress.as_ref().filter(|job| job.state == JobState::Created)?;
        Some(format!("no worker had begun backup {}, so it may still turn up in the history", job.task))
    }

    fn document(&self) -> Value {
        let verdict = &self.verdict;
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "backup_cancellation",
            "exit_code": self.exit().number(),
            "portal": { "name": self.portal.name, "host": self.portal.host },
            "outcome": self.word(),
            "dry_run": self.is_planned,
            "confirmed": verdict.is_confirmed,
            "backup": verdict.progress.as_ref().map(|job| json!({
                "id": job.task,
                "progress": job.percent,
                "dump": self.scope == Scope::Server,
                "file_name": verdict.record.as_ref().map(|record| &record.file_name),
            })),
            "waited_seconds": self.report.as_ref().map(|times| words::seconds(times.waited)),
            "polls": self.report.as_ref().map_or(0, |times| times.looks),
            "notes": self.notes(),
            "error": self.problem(),
        })
    }

    fn word(&self) -> &'static str {
        match &self.verdict.outcome {
            CancelOutcome::Stopped if self.is_planned => "planned",
            CancelOutcome::NothingToCancel => "nothing_to_cancel",
            CancelOutcome::OtherJob(_) => "other_job",
            CancelOutcome::Refused(_) => "refused",
            CancelOutcome::Stopped => "stopped",
            CancelOutcome::Cancelled => "cancelled",
            CancelOutcome::CompletedAnyway => "completed_anyway",
            CancelOutcome::FailedAnyway(_) => "failed_anyway",
            CancelOutcome::StillRunning => "still_running",
            CancelOutcome::Unknown(_) => "unknown",
        }
    }
}
