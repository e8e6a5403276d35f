//! What went wrong, as people and programs are told: code, message, hint, and the exit code that goes with it.

use backup_core::{Failure, Outcome, Reason, Verdict};
use docspace_api::{ApiError, ApiErrorKind, Denial};
use notify::one_line;
use serde::Serialize;
use serde_json::json;

use crate::{
    answer::{Answer, SCHEMA_VERSION},
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    settings::{SettingsError, SettingsErrorKind},
};

/// One problem. `code` is a word for programs and never changes; the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    /// The HTTP status, where the portal answered with one.
    pub(crate) status: Option<u16>,
    #[serde(skip)]
    pub(crate) exit: ExitCode,
}

impl Problem {
    /// A problem without hint and status.
    pub(crate) fn new(code: &'static str, exit: ExitCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, status: None, exit }
    }

    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The document for a command that came to nothing; people have been told on standard error.
    pub(crate) fn answer(&self) -> Answer {
        let document = json!({
            "schema_version": SCHEMA_VERSION, "kind": "error", "exit_code": self.exit.number(), "error": self,
        });
        let hint = self.hint.as_ref().map(|hint| format!("\nHint: {}\n", escape_markdown(hint))).unwrap_or_default();
        let markdown = format!("**{}**\n{hint}", escape_markdown(&self.message));
        Answer { text: String::new(), markdown, document: Some(document), exit: self.exit }
    }

    /// Why a run did not end well; `None` where it did.
    pub(crate) fn of_verdict(verdict: &Verdict) -> Option<Self> {
        verdict.reason.as_ref().map(|reason| of_reason(reason, verdict))
    }
}

impl From<&ApiError> for Problem {
    fn from(error: &ApiError) -> Self {
        of_failure(&Failure::from(error))
    }
}

impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        of_failure(failure)
    }
}

impl From<SettingsError> for Problem {
    fn from(error: SettingsError) -> Self {
        let (code, exit) = match error.kind() {
            SettingsErrorKind::Usage => ("settings", ExitCode::Usage),
            SettingsErrorKind::NoSuchProfile => ("no_such_profile", ExitCode::NotFound),
        };
        let hint = error.hint().map(str::to_owned);
        Self { hint, ..Self::new(code, exit, error.to_string()) }
    }
}

fn of_reason(reason: &Reason, verdict: &Verdict) -> Problem {
    let id = verdict.task.as_ref().map_or_else(|| "ID".to_owned(), ToString::to_string);
    let take_up = format!("the backup goes on at the portal; take it up again with `docspace-backup wait {id}`");
    match reason {
        Reason::Portal(failure) if verdict.outcome == Outcome::StillRunning => {
            with_take_up(of_failure(failure), &take_up)
        }
        Reason::Portal(failure) => of_failure(failure),
        Reason::BackupFailed(words) => backup_failed(&one_line(words)),
        Reason::Cancelled => Problem::new("cancelled", ExitCode::Failed, "the backup was cancelled at the portal")
            .with_hint("run the backup again when it suits"),
        Reason::Busy(task) => Problem::new("busy", ExitCode::Busy, format!("another job holds the portal: {task}"))
            .with_hint("try again when it is over, or take it for yours with --if-running join; `run --if-running wait` waits for its end"),
        Reason::Stalled { percent } => {
            let message = format!("nothing moves any more: the backup stopped at {percent} %");
            Problem::new("stalled", ExitCode::StillRunning, message).with_hint(format!(
                "its worker is perhaps dead, and then it blocks new backups for up to 24 hours: look at the server, \
                 cancel it with `docspace-backup cancel {id}`, or wait on with `docspace-backup wait {id}`"
            ))
        }
        Reason::TimedOut if verdict.outcome == Outcome::Busy => {
            let message = "the time to wait is over, and another job still holds the portal";
            Problem::new("busy", ExitCode::Busy, message).with_hint("no backup was started; wait longer with --timeout")
        }
        Reason::TimedOut if verdict.outcome == Outcome::NotStarted => {
            let message = "the portal gave no answer until the time to wait was over";
            Problem::new("no_answer", ExitCode::Unreachable, message).with_hint(hint(ApiErrorKind::TimedOut))
        }
        Reason::TimedOut => {
            Problem::new("timed_out", ExitCode::StillRunning, "the time to wait is over").with_hint(take_up)
        }
        Reason::Interrupted => interrupted(verdict, take_up),
        Reason::Vanished { history } => vanished(history.as_ref(), &id),
        Reason::StartRefusedInDoubt(failure) => {
            let problem = of_failure(failure);
            Problem { message: format!("{}, and no backup began", problem.message), ..problem }
        }
        Reason::StartUnknown(failure) => {
            let problem = of_failure(failure);
            Problem {
                code: "start_unknown",
                message: format!("{}, and the portal did not say since whether a backup began", problem.message),
                exit: ExitCode::Unknown,
                ..problem
            }
            .with_hint("look with `docspace-backup status` before you start another one")
        }
        Reason::NoSuchTask(Some(task)) => {
            let message = format!("the portal knows no backup {task}");
            Problem::new("no_such_task", ExitCode::NotFound, message).with_hint(
                "`docspace-backup history` lists the backups that exist, `docspace-backup status` shows what runs",
            )
        }
        Reason::NoSuchTask(None) => {
            let message = "no backup is running, and none ended within the last 24 hours";
            Problem::new("no_such_task", ExitCode::NotFound, message).with_hint("start one with `docspace-backup run`")
        }
    }
}

fn backup_failed(words: &str) -> Problem {
    let message = match words {
        "" => "the backup failed, and the portal gives no reason".to_owned(),
        words => format!("the portal reports: {words}"),
    };
    Problem::new("backup_failed", ExitCode::Failed, message).with_hint(
        "mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs",
    )
}

fn with_take_up(problem: Problem, take_up: &str) -> Problem {
    let hint = problem.hint.as_ref().map_or_else(|| take_up.to_owned(), |hint| format!("{hint}; {take_up}"));
    Problem { hint: Some(hint), ..problem }
}

fn interrupted(verdict: &Verdict, take_up: String) -> Problem {
    let problem = Problem::new("interrupted", ExitCode::Interrupted, "the waiting was stopped");
    match verdict.outcome {
        Outcome::StillRunning => problem.with_hint(take_up),
        Outcome::Lost => problem.with_hint("look with `docspace-backup status` whether a backup began"),
        Outcome::NotStarted | Outcome::Busy => problem.with_hint("no backup was started"),
        Outcome::Completed | Outcome::CompletedWithWarnings | Outcome::Failed | Outcome::Cancelled => problem,
    }
}

fn vanished(history: Option<&Failure>, id: &str) -> Problem {
    let message = match history {
        None => "the backup vanished from the portal, and the history does not list it".to_owned(),
        Some(failure) => {
            format!("the backup vanished from the portal, and the history cannot be read: {}", failure.message)
        }
    };
    Problem::new("vanished", ExitCode::Unknown, message).with_hint(format!(
        "its worker was perhaps restarted, or somebody cancelled it: look later with `docspace-backup wait {id}`, \
         and start another backup if it stays away"
    ))
}

fn of_failure(failure: &Failure) -> Problem {
    let (code, exit, status) = classify(failure);
    let message = match &failure.portal_message {
        Some(words) => format!("{}; the portal says: {}", one_line(&failure.message), one_line(words)),
        None => one_line(&failure.message),
    };
    Problem { code, message, hint: Some(hint(failure.kind).to_owned()), status, exit }
}

fn classify(failure: &Failure) -> (&'static str, ExitCode, Option<u16>) {
    let unreachable = ExitCode::Unreachable;
    match failure.kind {
        ApiErrorKind::Unresolved => ("unresolved", unreachable, None),
        ApiErrorKind::Unreachable => ("unreachable", unreachable, None),
        ApiErrorKind::Untrusted => ("untrusted", unreachable, None),
        ApiErrorKind::TimedOut => ("no_answer", unreachable, None),
        ApiErrorKind::Interrupted => ("connection_broken", unreachable, None),
        ApiErrorKind::Throttled { .. } => ("throttled", unreachable, Some(429)),
        ApiErrorKind::Unauthenticated => ("unauthenticated", ExitCode::NotAllowed, Some(401)),
        ApiErrorKind::Forbidden(_) => ("forbidden", ExitCode::NotAllowed, Some(403)),
        ApiErrorKind::PaymentRequired => ("payment_required", ExitCode::PaymentRequired, Some(402)),
        ApiErrorKind::NotFound => ("not_found", ExitCode::NotFound, Some(404)),
        ApiErrorKind::Unsupported { .. } => ("unsupported", ExitCode::Failed, None),
        ApiErrorKind::Status(code) if is_temporary(code, failure) => ("portal_error", unreachable, Some(code)),
        ApiErrorKind::Status(code) => ("refused", ExitCode::Failed, Some(code)),
        ApiErrorKind::NotAPortal => ("not_a_portal", unreachable, None),
        ApiErrorKind::Redirected => ("redirected", unreachable, None),
        ApiErrorKind::Garbled => ("garbled", unreachable, None),
        ApiErrorKind::TooLarge => ("too_large", unreachable, None),
    }
}

/// A 500 in the portal's own words is most often its way to refuse (contract §1.6); without words, something in front of it is down.
fn is_temporary(code: u16, failure: &Failure) -> bool {
    code == 408 || code > 500 || (code == 500 && failure.portal_message.is_none())
}

fn hint(kind: ApiErrorKind) -> &'static str {
    match kind {
        ApiErrorKind::Unresolved => "check the host name in the portal address, and this machine's DNS",
        ApiErrorKind::Unreachable => {
            "check the portal address, that the portal is up, and firewalls and proxies on the way"
        }
        ApiErrorKind::Untrusted => {
            "name your own authority's certificate with --ca-file PATH, or mend the portal's certificate; it is never ignored"
        }
        ApiErrorKind::TimedOut => {
            "the portal is overloaded or hangs: try again later, and look at the server if it stays so"
        }
        ApiErrorKind::Interrupted => "the portal or something in front of it cut the connection: try again later",
        ApiErrorKind::Throttled { .. } => {
            "another client uses up the portal's limit of requests: try again in a minute"
        }
        ApiErrorKind::Unauthenticated => {
            "the key is wrong, expired, switched off, or of another portal: make a new one in Developer Tools, API keys"
        }
        ApiErrorKind::Forbidden(denial) => hint_when_forbidden(denial),
        ApiErrorKind::PaymentRequired => {
            "the plan's free backups or its storage are used up, or the plan is not paid: see Payments at the portal"
        }
        ApiErrorKind::NotFound => {
            "check the folder, and that the address is the portal's own; a suspended portal answers so too"
        }
        ApiErrorKind::Unsupported { .. } => "update the portal, or do this at the portal's web page",
        ApiErrorKind::Status(408 | 500..) => {
            "try again later; an administrator of the server finds the cause in its logs"
        }
        ApiErrorKind::Status(_) => "check storage, folder and parameters against what the portal says",
        ApiErrorKind::NotAPortal => {
            "a web page answers at this address: check the portal address, and a login or captive portal in front of it"
        }
        ApiErrorKind::Redirected => "give the address that the portal redirects to, most often the same with https://",
        ApiErrorKind::Garbled => {
            "check the portal address; if it is right, something on the way alters the portal's answers"
        }
        ApiErrorKind::TooLarge => "no portal answers so much: check the portal address",
    }
}

fn hint_when_forbidden(denial: Denial) -> &'static str {
    match denial {
        Denial::Scope => {
            "backups need a key with all permissions, or with `*:write`: make a new one in Developer Tools, API keys"
        }
        Denial::Role => {
            "the key's owner must be the owner or an administrator of the DocSpace; a dump needs a self-hosted server"
        }
        Denial::PortalState => "it is being restored, migrated or encrypted: try again when that is over",
        Denial::Address => "add this machine's address at the portal: Security, IP Security",
        Denial::Unknown => "something in front of the portal refuses the request: ask who runs the proxy or firewall",
    }
}

#[cfg(test)]
mod tests;
