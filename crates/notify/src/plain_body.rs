//! A notice as plain text, below its subject.

use crate::{
    Fact, Notice,
    foreign_text::{one_line, terminal_text},
    limits::Limits,
};

/// What a person reads at once, in bytes of HTML; it keeps that part of a mail under the 100 kB above which mail programs
/// clip it.
pub(crate) const PAGE: Limits =
    Limits { width: html_width, subject: 200, message: 16_000, label: 80, value: 1_000, facts: 30, next_step: 4_000 };

/// The column that a value's second line begins at, at most: a long label must not stretch every line of every value.
const INDENT: usize = 24;

/// How many bytes a character becomes in HTML; a line end becomes `<br>` and one.
fn html_width(c: char) -> usize {
    match c {
        '&' | '\'' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => 5,
        '<' | '>' => 4,
        '"' => 6,
        c => c.len_utf8(),
    }
}

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
        let indent = width.min(INDENT);
        let value = terminal_text(&fact.value).trim().replace('\n', &format!("\n{:indent$} ", ""));
        format!("{label:width$} {value}").trim_end().to_owned()
    };
    labels.iter().zip(facts).map(row).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::notice;

    #[test]
    fn a_long_label_does_not_stretch_every_line_of_a_value() {
        let long = Fact::new("a label as long as it may be ".repeat(3), "one\ntwo");
        let body = plain_body(&Notice { facts: vec![long], ..notice() });
        assert!(body.contains(&format!("one\n{} two\n", " ".repeat(INDENT))), "{body}");
    }

    #[test]
    fn a_page_of_line_ends_is_still_a_page() {
        let fact = Fact::new("label ".repeat(13), ".\n".repeat(500));
        let body = plain_body(&PAGE.apply(&Notice { facts: vec![fact; 30], ..notice() }));
        assert!(body.len() < 200_000, "{}", body.len());
    }
}
