//! A notice as plain text, below its subject.

use crate::{
    Fact, Notice,
    foreign_text::{one_line, terminal_text},
    limits::Limits,
};

/// What a person reads at once; it keeps a mail under the 100 kB above which mail programs clip it.
pub(crate) const PAGE: Limits =
    Limits { subject: 200, message: 8_000, label: 80, value: 1_000, facts: 30, next_step: 2_000 };

/// Message, facts and next step as paragraphs, cleaned of what would harm a terminal; ends with a line end.
pub(crate) fn plain_body(notice: &Notice) -> String {
    let next_step = notice.next_step.as_deref().map(|step| format!("Next step: {}", terminal_text(step).trim()));
    let paragraphs =
        [terminal_text(&notice.message).trim().to_owned(), rows(&notice.facts), next_step.unwrap_or_default()];
    let filled: Vec<_> = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect();
    format!("{}\n", filled.join("\n\n"))
}

/// The facts with their values in one column.
fn rows(facts: &[Fact]) -> String {
    let labels: Vec<_> = facts.iter().map(|fact| format!("{}:", one_line(&fact.label))).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
    let row = |(label, fact): (&String, &Fact)| {
        let value = terminal_text(&fact.value).trim().replace('\n', &format!("\n{:width$} ", ""));
        format!("{label:width$} {value}").trim_end().to_owned()
    };
    labels.iter().zip(facts).map(row).collect::<Vec<_>>().join("\n")
}
