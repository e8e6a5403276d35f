//! The account of a deletion: what is to be deleted, and what became of it.

use docspace_api::BackupRecord;
use notify::one_line;
use serde_json::{Value, json};

use super::Fate;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    console::Console,
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    problem::Problem,
    report::PortalFacts,
    signal::Signal,
    table::{markdown_table, plain_table},
    words,
};

const PLAN: [&str; 4] = ["Backup ID", "File", "Storage", "Created"];
const ACCOUNT: [&str; 5] = ["Backup ID", "File", "Storage", "Created", "Result"];

/// Backups that are to be deleted, or were.
#[derive(Debug)]
pub(super) struct Deletion {
    portal: PortalFacts,
    records: Vec<BackupRecord>,
    fates: Vec<Fate>,
    notes: Vec<String>,
    interrupted_by: Option<Signal>,
}

impl Deletion {
    /// What would be deleted.
    pub(super) fn planned(portal: PortalFacts, records: Vec<BackupRecord>, notes: Vec<String>) -> Self {
        let fates = vec![Fate::Planned; records.len()];
        Self { portal, records, fates, notes, interrupted_by: None }
    }

    /// The same when it has been tried; there is a fate for each backup.
    pub(super) fn carried_out(self, fates: Vec<Fate>, interrupted_by: Option<Signal>) -> Self {
        Self { fates, interrupted_by, ..self }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub(super) fn records(&self) -> &[BackupRecord] {
        &self.records
    }

    /// Shows on standard error what somebody is about to agree to; who has agreed already reads it in the account.
    pub(super) fn show(&self, is_agreed: bool, console: &Console) {
        if !is_agreed {
            console.talk(&plain_table(&PLAN, self.records.iter().map(cells)).trim_fmt());
        }
        self.remark(console);
    }

    /// Says what to know before.
    pub(super) fn remark(&self, console: &Console) {
        self.notes.iter().for_each(|note| console.warn(note));
    }

    /// The question that all of this comes down to.
    pub(super) fn question(&self) -> String {
        let what = match self.records.len() {
            1 => "this backup".to_owned(),
            count => format!("these {count} backups"),
        };
        format!("Delete {what} from {} for good?", self.portal.host)
    }

    /// Says on standard error what is not gone, and why.
    pub(super) fn say_what_went_wrong(&self, console: &Console) {
        if self.fates.contains(&Fate::Unconfirmed) {
            console.warn("the history could not be read since: look with `docspace-backup history` what is left");
        }
        if let Some(problem) = self.problem() {
            console.error(&problem.message, problem.hint.as_deref());
        }
    }

    /// The account in each form.
    pub(super) fn answer(&self) -> Answer {
        Answer { text: self.text(), markdown: self.markdown(), document: Some(self.document()), exit: self.exit() }
    }

    fn count(&self, is_meant: impl Fn(&Fate) -> bool) -> usize {
        self.fates.iter().filter(|fate| is_meant(fate)).count()
    }

    fn deleted(&self) -> usize {
        self.count(|fate| matches!(fate, Fate::Deleted | Fate::Unconfirmed))
    }

    /// Why not all of them are gone: the reason itself where all share one, else that there are several.
    fn problem(&self) -> Option<Problem> {
        let mut problems = self.fates.iter().filter_map(Fate::problem);
        let first = problems.next();
        match (first, self.deleted()) {
            (None, _) if self.count(|fate| *fate == Fate::Deleted) == self.records.len() => None,
            (None, _) => self.interrupted_by.map(|signal| self.stopped(signal)),
            (Some(first), 0) if problems.all(|problem| problem == first) => Some(first.clone()),
            (Some(first), _) => Some(self.partial(first)),
        }
    }

    fn stopped(&self, signal: Signal) -> Problem {
        let message = format!("stopped: {} of {} backups deleted", self.deleted(), self.records.len());
        Problem::new("interrupted", signal.exit_code(), message)
    }

    fn partial(&self, first: &Problem) -> Problem {
        let left = self.records.len() - self.deleted();
        let message = format!("{left} of {} backups not deleted for sure: {}", self.records.len(), first.message);
        Problem { hint: first.hint.clone(), ..Problem::new("not_all_deleted", ExitCode::Failed, message) }
    }

    fn exit(&self) -> ExitCode {
        match (self.interrupted_by, self.problem()) {
            (Some(signal), Some(_)) => signal.exit_code(),
            (None, Some(problem)) => problem.exit,
            (_, None) if self.fates.contains(&Fate::Unconfirmed) => ExitCode::DoneWithWarnings,
            (_, None) => ExitCode::Done,
        }
    }

    fn headline(&self) -> String {
        match (self.records.len(), self.count(|fate| *fate == Fate::Planned)) {
            (0, _) => "No backups.".to_owned(),
            (_, 0) => format!("{} of {} backups deleted: {}", self.deleted(), self.records.len(), self.portal.host),
            (_, _) => "A dry run: nothing was deleted.".to_owned(),
        }
    }

    fn text(&self) -> String {
        let head = self.headline();
        if self.is_empty() { head } else { format!("{head}\n{}", plain_table(&ACCOUNT, self.rows()).trim_fmt()) }
    }

    fn markdown(&self) -> String {
        let head = format!("{}\n", escape_markdown(&self.headline()));
        if self.is_empty() { head } else { format!("{head}\n{}", markdown_table(&ACCOUNT, self.rows())) }
    }

    fn rows(&self) -> impl Iterator<Item = [String; 5]> {
        self.records.iter().zip(&self.fates).map(|(record, fate)| {
            let [id, file, storage, created] = cells(record);
            [id, file, storage, created, one_line(&fate.phrase())]
        })
    }

    fn document(&self) -> Value {
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "backup_deletion",
            "exit_code": self.exit().number(),
            "portal": { "name": self.portal.name, "host": self.portal.host },
            "dry_run": self.fates.contains(&Fate::Planned),
            "deleted": self.deleted(),
            "backups": self.records.iter().zip(&self.fates).map(entry).collect::<Vec<_>>(),
            "error": self.problem(),
            "notes": self.notes,
        })
    }
}

fn cells(record: &BackupRecord) -> [String; 4] {
    [
        record.id.to_string(),
        one_line(&record.file_name),
        words::storage(record.storage),
        record.created_on.map_or_else(|| "unknown".to_owned(), words::time),
    ]
}

fn entry((record, fate): (&BackupRecord, &Fate)) -> Value {
    json!({
        "id": record.id,
        "file_name": record.file_name,
        "storage": words::storage(record.storage),
        "created_on": record.created_on,
        "expires_on": record.expires_on,
        "result": fate.word(),
        "error": fate.problem(),
    })
}

#[cfg(test)]
mod tests;
