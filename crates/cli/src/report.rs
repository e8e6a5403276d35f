//! The account of a run as the program gives it: one value, shown as text, JSON or Markdown.

mod document;
mod facts;
mod human;
mod markdown;

use backup_core::{Outcome, Report, Warning};
use docspace_api::StorageType;
use notify::Delivery;

pub(crate) use document::{SCHEMA_VERSION, delivery as delivery_document};
pub(crate) use facts::{Fact, headline, report_facts};
pub(crate) use human::fact_lines;
pub(crate) use markdown::escape as escape_markdown;

use crate::{answer::Answer, console::Console, exit_code::ExitCode, problem::Problem, signal::Signal, words};

/// Which portal a run was about, as far as it is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct PortalFacts {
    pub(crate) name: String,
    pub(crate) host: String,
    pub(crate) version: Option<String>,
}

/// What a command was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To start a backup and see it through to its end.
    Run,
    /// To start one, and not to wait.
    Start,
    /// To see one through that runs already.
    Wait,
}

/// All that is known when a run is over.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) purpose: Purpose,
    pub(crate) portal: PortalFacts,
    /// `None` where a mistake in the settings came first.
    pub(crate) report: Option<Report>,
    /// What was asked for; `None` when waiting for a job that somebody else started.
    pub(crate) ordered: Option<StorageType>,
    pub(crate) problem: Option<Problem>,
    pub(crate) deliveries: Vec<Delivery>,
    /// Whether the notice, with all the facts, has just been written to the same standard output.
    pub(crate) is_told_here: bool,
    pub(crate) interrupted_by: Option<Signal>,
}

impl Account {
    /// The account of a run that a mistake kept from beginning.
    pub(crate) fn of_mistake(purpose: Purpose, problem: Problem) -> Self {
        Self {
            purpose,
            portal: PortalFacts::default(),
            report: None,
            ordered: None,
            problem: Some(problem),
            deliveries: Vec::new(),
            is_told_here: false,
            interrupted_by: None,
        }
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.report.as_ref().map_or(Outcome::NotStarted, |report| report.verdict.outcome)
    }

    /// Whether the command did what it was for, warnings or not.
    pub(crate) fn is_done(&self) -> bool {
        match self.outcome() {
            Outcome::Completed | Outcome::CompletedWithWarnings => true,
            Outcome::StillRunning => self.purpose == Purpose::Start && self.problem.is_none(),
            Outcome::Failed | Outcome::Cancelled | Outcome::Lost | Outcome::Busy | Outcome::NotStarted => false,
        }
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match (&self.interrupted_by, &self.problem) {
            (Some(signal), Some(_)) => signal.exit_code(),
            (None, Some(problem)) => problem.exit,
            (_, None) if self.outcome() == Outcome::CompletedWithWarnings => ExitCode::DoneWithWarnings,
            (_, None) if self.deliveries.iter().any(|delivery| delivery.result.is_err()) => ExitCode::NotTold,
            (_, None) => ExitCode::Done,
        }
    }

    pub(crate) fn warnings(&self) -> &[Warning] {
        self.report.as_ref().map_or(&[], |report| &report.verdict.warnings)
    }

    /// The account in each form.
    pub(crate) fn answer(&self) -> Answer {
        Answer {
            text: human::text(self),
            markdown: markdown::page(self),
            document: Some(document::document(self)),
            exit: self.exit_code(),
        }
    }

    /// Says on standard error what went wrong, and what was not quite right.
    pub(crate) fn say_what_went_wrong(&self, console: &Console) {
        for warning in self.warnings() {
            console.warn(&notify::one_line(&warning.to_string()));
        }
        for delivery in &self.deliveries {
            if let Err(error) = &delivery.result {
                console.warn(&format!("{} was not told: {}", delivery.name, words::why_not_told(error)));
            }
        }
        if let Some(problem) = &self.problem {
            console.error(&problem.message, problem.hint.as_deref());
        }
    }
}

#[cfg(test)]
mod tests;
