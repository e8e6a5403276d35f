//! The account of a run as the program gives it: one value, shown as text, JSON or Markdown.

mod document;
mod facts;
mod human;
mod markdown;
mod notification;

use backup_core::{Outcome, Reason, Report, Warning};
use docspace_api::BackupTarget;
use journal::Ending;
use serde_json::Value;

pub(crate) use facts::{Fact, headline, host_name, portal_line, report_facts};
pub(crate) use human::fact_lines;
pub(crate) use notification::{Notification, Status};

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

/// The answer of a run that another process saw to its end: the document that it left, and for people its notice.
pub(crate) fn answer_of_notice(notice: Option<&notify::Notice>, document: Value, exit: ExitCode) -> Answer {
    let text = notice.map(|notice| format!("{}\n{}", notify::one_line(&notice.subject), fact_lines(&notice.facts)));
    let text = text.unwrap_or_default();
    Answer { markdown: text.clone(), text, document: Some(document), exit }
}

/// All that is known when a run is over.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) purpose: Purpose,
    pub(crate) portal: PortalFacts,
    /// `None` where a mistake in the settings came first.
    pub(crate) report: Option<Report>,
    /// What was asked for; `None` when waiting for a job that somebody else started.
    pub(crate) ordered: Option<BackupTarget>,
    pub(crate) problem: Option<Problem>,
    /// What was noticed before the start: a key that expires soon, a backup that costs money.
    pub(crate) foreseen: Vec<String>,
    pub(crate) notifications: Vec<Notification>,
    /// Messages that waited too long, and that nobody will ever be told.
    pub(crate) given_up: Vec<String>,
    /// Whether what could not be told is kept for the next command.
    pub(crate) is_kept: bool,
    /// Whether the notice, with all the facts, has just been written to the same standard output.
    pub(crate) is_told_here: bool,
    pub(crate) interrupted_by: Option<Signal>,
    /// Whether an earlier command of this machine stopped waiting for the job, so that its end is news to everybody.
    pub(crate) was_left: bool,
}

impl Account {
    /// The account of a run that is over and of which nobody has been told yet.
    pub(crate) fn of_report(purpose: Purpose, portal: PortalFacts, report: Report) -> Self {
        Self {
            purpose,
            portal,
            ordered: None,
            problem: Problem::of_verdict(&report.verdict),
            foreseen: Vec::new(),
            report: Some(report),
            notifications: Vec::new(),
            given_up: Vec::new(),
            is_kept: false,
            is_told_here: false,
            interrupted_by: None,
            was_left: false,
        }
    }

    /// The account of a run that a mistake kept from beginning.
    pub(crate) fn of_mistake(purpose: Purpose, problem: Problem) -> Self {
        Self {
            purpose,
            portal: PortalFacts::default(),
            report: None,
            ordered: None,
            problem: Some(problem),
            foreseen: Vec::new(),
            notifications: Vec::new(),
            given_up: Vec::new(),
            is_kept: false,
            is_told_here: false,
            interrupted_by: None,
            was_left: false,
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

    /// Whether the job ran before this run came.
    pub(crate) fn has_joined(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.verdict.joined)
    }

    /// Whether the portal could not be asked, so that the verdict is none about the job.
    pub(crate) fn says_nothing_of_the_job(&self) -> bool {
        let reason = self.report.as_ref().and_then(|report| report.verdict.reason.as_ref());
        matches!(
            reason,
            Some(
                Reason::Portal(_)
                    | Reason::StartUnknown(_)
                    | Reason::Vanished { history: Some(_) }
                    | Reason::Interrupted
            )
        )
    }

    /// Whether the job had ended before this run came.
    pub(crate) fn had_ended(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.verdict.had_ended)
    }

    /// Whether there was a job whose beginning this run saw, or joined.
    pub(crate) fn saw_start(&self) -> bool {
        self.report.as_ref().is_some_and(|report| report.verdict.task.is_some() && !report.verdict.had_ended)
    }

    /// Whether this run saw the job end, so that its clock says when.
    pub(crate) fn saw_end(&self) -> bool {
        let is_over = matches!(
            self.outcome(),
            Outcome::Completed | Outcome::CompletedWithWarnings | Outcome::Failed | Outcome::Cancelled
        );
        is_over && self.saw_start() && !self.notes().any(|note| *note == Warning::EndNotSeen)
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match (&self.interrupted_by, &self.problem) {
            (Some(signal), Some(_)) => signal.exit_code(),
            (None, Some(problem)) => problem.exit,
            (_, None) if self.outcome() == Outcome::CompletedWithWarnings => ExitCode::DoneWithWarnings,
            (_, None) if !self.is_everybody_told() => ExitCode::NotTold,
            (_, None) => ExitCode::Done,
        }
    }

    fn is_everybody_told(&self) -> bool {
        self.given_up.is_empty() && self.notifications.iter().all(Notification::is_told)
    }

    /// The verdict as the journal keeps it.
    pub(crate) fn ending(&self) -> Ending {
        let answer = self.answer();
        Ending {
            outcome: words::outcome(self.outcome()).to_owned(),
            exit_code: answer.exit.number(),
            report: answer.document.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// What makes the copy less than was asked for.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = &Warning> {
        self.remarks().filter(|warning| warning.casts_doubt())
    }

    /// What else to know; none of it is a reason to look into the matter.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &Warning> {
        self.remarks().filter(|warning| !warning.casts_doubt())
    }

    /// The notes as they are told, those from before the start first.
    pub(crate) fn notes_told(&self) -> impl Iterator<Item = String> {
        self.foreseen.iter().cloned().chain(self.notes().map(ToString::to_string))
    }

    fn remarks(&self) -> impl Iterator<Item = &Warning> {
        self.report.iter().flat_map(|report| &report.verdict.warnings)
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
        for note in self.notes() {
            console.talk(&format!("note: {}", notify::one_line(&note.to_string())));
        }
        self.say_who_was_not_told(console);
        if let Some(problem) = &self.problem {
            console.error(&problem.message, problem.hint.as_deref());
        }
    }

    fn say_who_was_not_told(&self, console: &Console) {
        let mut untold = self.notifications.iter().filter(|told| !told.is_told()).peekable();
        let is_somebody_untold = untold.peek().is_some();
        for told in untold {
            console.warn(&format!("{} was not told: {}", told.name, told.why_not()));
        }
        if is_somebody_untold && self.is_kept {
            console.talk("note: it is kept, and told by the next run or by `docspace-backup notify retry`");
        }
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod properties;
