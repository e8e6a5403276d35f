//! One check and what came of it, as people and programs are told.

use backup_core::{Check, CheckState, Fault, Finding};
use notify::one_line;
use serde_json::{Value, json};

use crate::{exit_code::ExitCode, words};

const ALLOW_IT: &str =
    "give --allow-paid, write allow_paid = true under [run] in the settings file, or wait for the next month, by UTC";

const SET_IT: &str = "`docspace-backup schedule set` sets it as it is declared";

/// One check. Its texts are one line each, and harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// A word for programs: the check, or the table of the settings file.
    pub(super) check: String,
    pub(super) state: CheckState,
    pub(crate) found: String,
    pub(crate) mend: Option<String>,
    /// What the program ends with if nothing worse is found.
    pub(super) exit: ExitCode,
}

impl Row {
    pub(super) fn ok(check: impl Into<String>, found: impl AsRef<str>) -> Self {
        Self::new(check, CheckState::Ok, ExitCode::Done, found)
    }

    pub(super) fn warning(check: impl Into<String>, found: impl AsRef<str>) -> Self {
        Self::new(check, CheckState::Warning, ExitCode::DoneWithWarnings, found)
    }

    /// Whoever could not look cannot say that all is well.
    pub(super) fn skipped(check: impl Into<String>, found: impl AsRef<str>) -> Self {
        Self::new(check, CheckState::Skipped, ExitCode::DoneWithWarnings, found)
    }

    pub(super) fn failed(check: impl Into<String>, exit: ExitCode, found: impl AsRef<str>) -> Self {
        Self::new(check, CheckState::Failed, exit, found)
    }

    pub(super) fn mend(self, mend: impl AsRef<str>) -> Self {
        Self { mend: Some(one_line(mend.as_ref())), ..self }
    }

    fn new(check: impl Into<String>, state: CheckState, exit: ExitCode, found: impl AsRef<str>) -> Self {
        Self { check: check.into(), state, found: one_line(found.as_ref()), mend: None, exit }
    }

    /// A finding, with its mend in the words of this program.
    pub(crate) fn of_finding(finding: &Finding) -> Self {
        let exit = match (finding.state, finding.fault) {
            (CheckState::Ok, _) => ExitCode::Done,
            (CheckState::Warning | CheckState::Skipped, _) => ExitCode::DoneWithWarnings,
            (CheckState::Failed, fault) => fault.map_or(ExitCode::Failed, exit_code),
        };
        let row = Self::new(finding.check.id(), finding.state, exit, &finding.found);
        match mend(finding) {
            Some(text) => row.mend(text),
            None => row,
        }
    }

    pub(crate) fn document(&self) -> Value {
        json!({
            "check": self.check,
            "state": words::check_state(self.state),
            "found": self.found,
            "mend": self.mend,
        })
    }
}

/// The core knows what helps, but not by which flags and commands it is done.
fn mend(finding: &Finding) -> Option<String> {
    match (finding.check, finding.state, finding.fault) {
        (_, _, Some(Fault::CostsMoney)) => Some(ALLOW_IT.to_owned()),
        (Check::Schedule, CheckState::Failed, _) => Some(SET_IT.to_owned()),
        (Check::Schedule, CheckState::Warning, _) => Some(format!("{SET_IT}; or mend what the file declares")),
        (_, _, _) => finding.mend.clone(),
    }
}

fn exit_code(fault: Fault) -> ExitCode {
    match fault {
        Fault::Unreachable => ExitCode::Unreachable,
        Fault::NotAllowed => ExitCode::NotAllowed,
        Fault::NotFound => ExitCode::NotFound,
        Fault::Payment | Fault::CostsMoney => ExitCode::PaymentRequired,
        Fault::Unfit | Fault::Order => ExitCode::Failed,
    }
}
