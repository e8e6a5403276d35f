//! The durable record of runs, as a run uses it: where it cannot be kept, the run goes on and says so once.

mod gate;
mod outbox;
mod record;

use std::{path::PathBuf, sync::Arc};

use journal::{Journal, JournalError, NewRun, RunFilter, RunId, RunRecord};

pub(crate) use gate::Gate;
pub(crate) use outbox::{Hold, INCIDENT_KIND, Letters, Outbox, Past};
pub(crate) use record::Record;

use crate::{console::Console, exit_code::ExitCode, problem::Problem, settings::Environment};

/// The journal of this user, if there is one.
#[derive(Debug, Clone)]
pub(crate) struct Logbook {
    journal: Option<Arc<Journal>>,
    folder: Option<PathBuf>,
    console: Console,
}

impl Logbook {
    /// Opens the journal; warns where that cannot be done.
    pub(crate) fn open(environment: &Environment, console: &Console) -> Self {
        let logbook = Self { journal: None, folder: environment.state_folder(), console: console.clone() };
        match open(environment) {
            Ok(journal) => Self { journal: Some(Arc::new(journal)), ..logbook },
            Err(why) => {
                logbook.warn(&why);
                logbook
            }
        }
    }

    /// The same for those who can do nothing without it.
    ///
    /// # Errors
    ///
    /// When there is no journal to be read.
    pub(crate) fn required(environment: &Environment, console: &Console) -> Result<Self, Problem> {
        let journal = Some(Arc::new(open(environment).map_err(|why| unreadable(&why))?));
        Ok(Self { journal, folder: environment.state_folder(), console: console.clone() })
    }

    /// A logbook in which nothing is kept.
    pub(crate) fn none(console: &Console) -> Self {
        Self { journal: None, folder: None, console: console.clone() }
    }

    /// The logbook over a journal that is open.
    #[cfg(test)]
    pub(crate) fn of_journal(journal: Journal, console: &Console) -> Self {
        Self { journal: Some(Arc::new(journal)), folder: None, console: console.clone() }
    }

    /// The runs of this portal and scope that no process sees through any more, oldest first.
    pub(crate) fn unfinished(&self, portal: &str, scope: &str) -> Vec<RunRecord> {
        self.ask(|journal| journal.unfinished(portal, scope)).unwrap_or_default()
    }

    /// Runs, newest first.
    ///
    /// # Errors
    ///
    /// When there is no journal to be read.
    pub(crate) fn runs(environment: &Environment, filter: &RunFilter) -> Result<Vec<RunRecord>, Problem> {
        let runs = open(environment).and_then(|journal| journal.runs(filter).map_err(|error| describe(&error)));
        runs.map_err(|why| unreadable(&why))
    }

    /// The newest runs of a portal, for those who can do without: none where there is no journal.
    pub(crate) fn of_portal(environment: &Environment, portal: &str) -> Vec<RunRecord> {
        Self::runs(environment, &newest_of(portal)).unwrap_or_default()
    }

    /// Waits until no other run of this user is about to start a backup there.
    pub(crate) async fn gate(&self, portal: &str, slot: &str) -> Gate {
        match &self.folder {
            Some(folder) => Gate::pass(folder, portal, slot).await,
            None => Gate::default(),
        }
    }

    /// The newest runs of a portal.
    pub(crate) fn recent(&self, portal: &str) -> Vec<RunRecord> {
        self.ask(|journal| journal.runs(&newest_of(portal))).unwrap_or_default()
    }

    /// Begins the record of a new run.
    pub(crate) fn begin(&self, run: &NewRun) -> Record {
        let lock = self.ask(|journal| journal.begin(run));
        Record::new(self.clone(), run.id.clone(), lock)
    }

    /// Takes over the record of a run whose process is gone; `None` if another process was quicker.
    pub(crate) fn claim(&self, run: &RunId) -> Option<(Record, RunRecord)> {
        let lock = self.ask(|journal| journal.claim(run)).flatten()?;
        let found = self.ask(|journal| journal.run(run)).flatten()?;
        Some((Record::new(self.clone(), run.clone(), Some(lock)), found))
    }

    /// Asks the journal something; `None` where there is none, or where it does not answer.
    fn ask<T>(&self, question: impl FnOnce(&Journal) -> Result<T, JournalError>) -> Option<T> {
        let journal = self.journal.as_ref()?;
        match question(journal) {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.warn(&describe(&error));
                None
            }
        }
    }

    fn warn(&self, why: &str) {
        self.console.warn(&format!("{why}; the run goes on, but after a crash it would not be found again"));
    }
}

fn unreadable(why: &str) -> Problem {
    Problem::new("journal", ExitCode::Failed, why).with_hint("XDG_STATE_HOME says where the journal is kept")
}

fn newest_of(portal: &str) -> RunFilter {
    RunFilter { portal: Some(portal.to_owned()), limit: Some(20) }
}

fn open(environment: &Environment) -> Result<Journal, String> {
    let folder = environment.state_folder().ok_or_else(|| "there is no home to keep a journal in".to_owned())?;
    Journal::open(&folder).map_err(|error| describe(&error))
}

fn describe(error: &JournalError) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    format!("{error}{cause}")
}
