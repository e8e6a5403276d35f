//! The account for people at a terminal.

use notify::one_line;

use super::{Account, Fact, Notification, headline, report_facts};

/// The verdict, and the rows that the reader has not just seen in a notice.
pub(super) fn text(account: &Account) -> String {
    if account.report.is_none() {
        return String::new(); // The mistake itself has been told; there is no run to tell of.
    }
    let gap = if account.is_told_here { "\n" } else { "" };
    format!("{gap}{}\n{}", one_line(&headline(account)), fact_lines(&facts(account)))
}

fn facts(account: &Account) -> Vec<Fact> {
    let mut facts = if account.is_told_here { Vec::new() } else { all_facts(account) };
    if !account.notifications.is_empty() {
        facts.push(Fact::new("Told", told(account)));
    }
    facts
}

fn all_facts(account: &Account) -> Vec<Fact> {
    let mut facts = report_facts(account);
    facts.extend(account.problem.iter().map(|problem| Fact::new("Reason", &problem.message)));
    facts.extend(account.warnings().map(|warning| Fact::new("Warning", warning.to_string())));
    facts.extend(account.notes_told().map(|note| Fact::new("Note", note)));
    facts
}

fn told(account: &Account) -> String {
    let channel = |told: &Notification| match told.is_told() {
        true => told.name.clone(),
        false => format!("NOT {}", told.name),
    };
    account.notifications.iter().map(channel).collect::<Vec<_>>().join(", ")
}

/// Rows, indented and aligned, foreign text made harmless.
pub(crate) fn fact_lines(facts: &[Fact]) -> String {
    let width = facts.iter().map(|fact| fact.label.len() + 1).max().unwrap_or_default();
    let line = |fact: &Fact| format!("  {:<width$} {}\n", format!("{}:", fact.label), one_line(&fact.value));
    facts.iter().map(line).collect()
}
