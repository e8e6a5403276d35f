//! The report of a checkup, in each form, and the exit code that goes with it.

use backup_core::CheckState;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};
use docspace_api::Scope;
use serde_json::{Value, json};

use super::Row;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::OutputFormat,
    commands::plan::place,
    console::Console,
    exit_code::ExitCode,
    report::{Fact, PortalFacts, fact_lines},
    settings::RunSettings,
    table::markdown_table,
    words,
};

const INDENT: usize = 2;
const GAP: u16 = 2;
/// A longer name of a channel is broken too, so that there is room beside it.
const NAME: u16 = 20;

/// What to mend first.
const WORST_FIRST: [ExitCode; 7] = [
    ExitCode::NotAllowed,
    ExitCode::Unreachable,
    ExitCode::PaymentRequired,
    ExitCode::NotFound,
    ExitCode::Usage,
    ExitCode::Failed,
    ExitCode::DoneWithWarnings,
];

/// What was checked, and what was found.
pub(super) struct Report {
    pub(super) portal: PortalFacts,
    /// `None` where the settings do not tell.
    pub(super) job: Option<RunSettings>,
    pub(super) rows: Vec<Row>,
}

impl Report {
    pub(super) fn answer(&self, console: &Console) -> Answer {
        Answer {
            text: self.text(console),
            markdown: self.markdown(),
            document: Some(self.document()),
            exit: self.exit_code(),
        }
    }

    /// The worst of all rows.
    fn exit_code(&self) -> ExitCode {
        let worst = WORST_FIRST.into_iter().find(|exit| self.rows.iter().any(|row| row.exit == *exit));
        worst.unwrap_or(ExitCode::Done)
    }

    /// For whoever reads a document, or none: what is wrong also stands on standard error.
    pub(super) fn say_what_is_wrong(&self, console: &Console) {
        if console.format == OutputFormat::Human {
            return;
        }
        for row in &self.rows {
            let text = format!("{}: {}", row.check, row.found);
            match row.state {
                CheckState::Failed => console.error(&text, row.mend.as_deref()),
                CheckState::Warning => console.warn(&text),
                CheckState::Ok | CheckState::Skipped => {}
            }
        }
    }

    fn text(&self, console: &Console) -> String {
        format!("{}\n{}\n{}", fact_lines(&self.facts()), self.table(console), self.sum())
    }

    /// What was checked.
    fn facts(&self) -> Vec<Fact> {
        let host = Some(&self.portal.host).filter(|host| !host.is_empty());
        let portal = Fact::new("Portal", host.map_or("not known", String::as_str));
        let job = self.job.iter().flat_map(|job| {
            let target = &job.backup.target;
            let storage = format!("{}{}", words::storage(target.storage()), place(target));
            [Fact::new("Covers", words::scope(job.backup.scope)), Fact::new("Storage", storage)]
        });
        [portal].into_iter().chain(job).collect()
    }

    /// As wide as the terminal, and without end where there is none.
    fn table(&self, console: &Console) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).add_rows(self.rows.iter().map(cells));
        for (column, gap) in table.column_iter_mut().zip([GAP, GAP, 0]) {
            column.set_padding((0, gap));
        }
        if let Some(width) = console.width {
            fit(&mut table, width);
        }
        table.trim_fmt().lines().map(|line| format!("{:INDENT$}{}\n", "", painted(line, console))).collect()
    }

    /// How many checks ended how.
    fn sum(&self) -> String {
        let count = |state: CheckState| self.rows.iter().filter(|row| row.state == state).count();
        let warnings = count(CheckState::Warning);
        let counted = [
            (count(CheckState::Failed), "failed"),
            (warnings, if warnings == 1 { "warning" } else { "warnings" }),
            (count(CheckState::Skipped), "skipped"),
            (count(CheckState::Ok), "ok"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        counted.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
    }

    fn markdown(&self) -> String {
        let row = |row: &Row| {
            let mend = row.mend.clone().unwrap_or_default();
            [label(row.state).to_owned(), row.check.clone(), row.found.clone(), mend]
        };
        let table = markdown_table(&["State", "Check", "Found", "Mend"], self.rows.iter().map(row));
        format!("{table}\n{}\n", self.sum())
    }

    fn document(&self) -> Value {
        let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let backup = self.job.as_ref().map(|job| &job.backup);
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "doctor_report",
            "exit_code": self.exit_code().number(),
            "portal": {
                "name": known(&self.portal.name), "host": known(&self.portal.host), "version": self.portal.version,
            },
            "storage": backup.map(|backup| words::storage(backup.target.storage())),
            "dump": backup.map(|backup| backup.scope == Scope::Server),
            "checks": self.rows.iter().map(Row::document).collect::<Vec<_>>(),
        })
    }
}

/// Breaks what is found into the lines of a terminal.
fn fit(table: &mut Table, columns: usize) {
    let width = u16::try_from(columns.saturating_sub(INDENT)).unwrap_or(u16::MAX);
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let constraints = [ColumnConstraint::ContentWidth, ColumnConstraint::UpperBoundary(Width::Fixed(NAME))];
    for (column, constraint) in table.column_iter_mut().zip(constraints) {
        column.set_constraint(constraint);
    }
}

fn cells(row: &Row) -> [String; 3] {
    let found = match &row.mend {
        Some(mend) => format!("{}\nmend: {mend}", row.found),
        None => row.found.clone(),
    };
    [label(row.state).to_owned(), row.check.clone(), found]
}

fn label(state: CheckState) -> &'static str {
    match state {
        CheckState::Failed => "FAILED",
        CheckState::Ok | CheckState::Warning | CheckState::Skipped => words::check_state(state),
    }
}

/// The line with the state at its beginning, if there is one, in that state's colour.
fn painted(line: &str, console: &Console) -> String {
    let styles = [
        (CheckState::Ok, "32"),
        (CheckState::Warning, "33;1"),
        (CheckState::Failed, "31;1"),
        (CheckState::Skipped, "2"),
    ];
    let styled = styles.into_iter().find_map(|(state, style)| {
        let rest = line.strip_prefix(label(state)).filter(|rest| rest.starts_with(' '))?;
        Some(format!("{}{rest}", console.paint_data(label(state), style)))
    });
    styled.unwrap_or_else(|| line.to_owned())
}

#[cfg(test)]
mod tests;
