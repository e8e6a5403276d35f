//! The account for the summary page of a CI run.

use super::{Account, Fact, Notification, headline, report_facts};
use crate::markdown::escape;

pub(super) fn page(account: &Account) -> String {
    let mut page = format!("## {}\n", escape(&headline(account)));
    if let Some(problem) = &account.problem {
        page += &format!("\n**{}**\n", escape(&problem.message));
        page += &problem.hint.as_ref().map(|hint| format!("\nHint: {}\n", escape(hint))).unwrap_or_default();
    }
    if account.report.is_some() {
        page += &format!("\n| | |\n|---|---|\n{}", rows(&report_facts(account)));
    }
    page += &warnings(account);
    page + &notifications(account)
}

fn rows(facts: &[Fact]) -> String {
    facts.iter().map(|fact| format!("| {} | {} |\n", escape(&fact.label), escape(&fact.value))).collect()
}

fn warnings(account: &Account) -> String {
    let line = |text: &dyn std::fmt::Display| format!("- {}\n", escape(&text.to_string()));
    let warnings = account.warnings().map(|warning| line(warning));
    let warnings: String = warnings.chain(account.given_up.iter().map(|lost| line(lost))).collect();
    let notes: String = account.notes_told().map(|note| line(&note)).collect();
    let list = |name: &str, lines: String| if lines.is_empty() { lines } else { format!("\n{name}:\n\n{lines}") };
    list("Warnings", warnings) + &list("Notes", notes)
}

fn notifications(account: &Account) -> String {
    let line = |told: &Notification| match told.is_told() {
        true => format!("- {}: delivered\n", escape(&told.name)),
        false => format!("- {}: **not told**: {}\n", escape(&told.name), escape(told.why_not())),
    };
    let lines: String = account.notifications.iter().map(line).collect();
    if lines.is_empty() { lines } else { format!("\nNotices:\n\n{lines}") }
}
