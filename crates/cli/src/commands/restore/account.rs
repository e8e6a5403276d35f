//! How a restore ended, as text, JSON and Markdown.

use backup_core::{KeyFate, Outcome, RestoreReport};
use docspace_api::{Scope, TenantStatus};
use notify::one_line;
use serde_json::{Value, json};

use super::{is_done, problem};
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    console::Console,
    exit_code::ExitCode,
    markdown::escape,
    problem::Problem,
    report::{Fact, PortalFacts, fact_lines},
    signal::Signal,
    words,
};

/// All that is known when a restore is over.
pub(super) struct RestoreAccount {
    portal: PortalFacts,
    report: RestoreReport,
    /// The fresh backup, as the report of a run has it.
    fresh_backup: Option<Value>,
    problem: Option<Problem>,
    interrupted_by: Option<Signal>,
}

impl RestoreAccount {
    pub(super) fn new(
        portal: PortalFacts,
        report: RestoreReport,
        fresh_backup: Option<Value>,
        signal: Option<Signal>,
    ) -> Self {
        let problem = problem::of_verdict(&report.verdict);
        let was_stopped = problem.as_ref().is_some_and(|problem| problem.exit == ExitCode::Interrupted);
        Self { portal, report, fresh_backup, problem, interrupted_by: signal.filter(|_| was_stopped) }
    }

    fn exit_code(&self) -> ExitCode {
        match (&self.interrupted_by, &self.problem) {
            (Some(signal), _) => signal.exit_code(),
            (None, Some(problem)) => problem.exit,
            (None, None) if self.report.verdict.outcome == Outcome::CompletedWithWarnings => ExitCode::DoneWithWarnings,
            (None, None) => ExitCode::Done,
        }
    }

    /// The account in each form.
    pub(super) fn answer(&self) -> Answer {
        let item = |fact: &Fact| format!("| {} | {} |\n", escape(&fact.label), escape(&fact.value));
        let rows: String = self.facts().iter().map(item).collect();
        let problem = self.problem.as_ref().map(|problem| format!("\n**{}**\n", escape(&problem.message)));
        let headline = self.headline();
        Answer {
            text: format!("{}\n{}", one_line(&headline), fact_lines(&self.facts())),
            markdown: format!("## {}\n{}\n| | |\n|---|---|\n{rows}", escape(&headline), problem.unwrap_or_default()),
            document: Some(self.document()),
            exit: self.exit_code(),
        }
    }

    /// Says on standard error what went wrong, what was not quite right, and what is left to do.
    pub(super) fn say_what_went_wrong(&self, console: &Console) {
        let verdict = &self.report.verdict;
        verdict.warnings.iter().for_each(|warning| console.warn(&one_line(&warning.to_string())));
        if let Some(problem) = &self.problem {
            console.error(&problem.message, problem.hint.as_deref());
        }
        if verdict.key == KeyFate::Dead {
            console.warn(
                "the API key is gone with the restore: log in, make a new one in Developer Tools, API keys, and put it \
                 where this program reads it",
            );
        }
        if is_done(verdict.outcome) && verdict.status == Some(TenantStatus::Restoring) {
            console.warn("the portal still says that it is being restored: an administrator of the server has to look");
        }
    }

    fn headline(&self) -> String {
        let host = self.portal.host.split_once("://").map_or(&*self.portal.host, |(_, host)| host);
        let phrase = words::outcome_phrase(self.report.verdict.outcome);
        match self.duration() {
            Some(duration) => format!("Restore {phrase} after {}: {host}", words::duration(duration)),
            None => format!("Restore {phrase}: {host}"),
        }
    }

    /// How long it took, where its end was seen.
    fn duration(&self) -> Option<std::time::Duration> {
        let verdict = &self.report.verdict;
        let is_over = is_done(verdict.outcome) || verdict.outcome == Outcome::Failed;
        (is_over && verdict.task.is_some() && !verdict.joined).then_some(self.report.duration)
    }

    fn facts(&self) -> Vec<Fact> {
        let (report, verdict) = (&self.report, &self.report.verdict);
        let mut facts = vec![Fact::new("Portal", self.portal.host.clone())];
        facts.extend(verdict.task.as_ref().map(|task| Fact::new("Restore ID", task.to_string())));
        facts.extend(verdict.record.as_ref().map(|record| Fact::new("Backup ID", record.id.to_string())));
        facts.extend(verdict.record.as_ref().map(|record| Fact::new("File", record.file_name.clone())));
        facts.push(Fact::new("Covers", words::scope(report.scope)));
        if verdict.task.is_some() {
            facts.push(Fact::new(
                if verdict.joined { "Joined at" } else { "Started at" },
                words::time(report.started_at),
            ));
        }
        facts.extend(self.duration().map(|_| Fact::new("Finished at", words::time(report.finished_at))));
        facts.extend(
            self.fresh_id().map(|id| Fact::new("Fresh backup", format!("{id} (its id changes with a restore)"))),
        );
        facts.push(Fact::new("API key", key_words(verdict.key)));
        facts.extend(self.problem.as_ref().map(|problem| Fact::new("Reason", &problem.message)));
        facts
    }

    fn fresh_id(&self) -> Option<&str> {
        self.fresh_backup.as_ref()?["id"].as_str()
    }

    fn document(&self) -> Value {
        let (report, verdict) = (&self.report, &self.report.verdict);
        let is_known = verdict.task.is_some();
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "restore_report",
            "outcome": words::outcome(verdict.outcome),
            "exit_code": self.exit_code().number(),
            "joined": verdict.joined,
            "portal": { "name": self.portal.name, "host": self.portal.host, "version": self.portal.version },
            "restore": { "id": verdict.task, "dump": report.scope == Scope::Server },
            "backup": verdict.record.as_ref().map(|record| json!({
                "id": record.id, "file_name": record.file_name, "storage": words::storage(record.storage),
                "created_on": record.created_on,
            })),
            "fresh_backup": self.fresh_backup,
            "started_at": is_known.then(|| words::time(report.started_at)),
            "finished_at": self.duration().map(|_| words::time(report.finished_at)),
            "duration_seconds": self.duration().map(words::seconds),
            "progress": verdict.progress.as_ref().map(|progress| progress.percent),
            "polls": report.looks,
            "api_key": key_word(verdict.key),
            "error": self.problem,
            "warnings": verdict.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }
}

fn key_word(key: KeyFate) -> &'static str {
    match key {
        KeyFate::Alive => "alive",
        KeyFate::Dead => "dead",
        KeyFate::Unknown => "unknown",
    }
}

fn key_words(key: KeyFate) -> &'static str {
    match key {
        KeyFate::Alive => "still works",
        KeyFate::Dead => "dead: make a new one at the portal",
        KeyFate::Unknown => "not known whether it still works",
    }
}
