//! What a rule found.

use std::fmt;

/// A place that breaks a rule, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The path from the root of the workspace, with `/`.
    pub(crate) file: String,
    /// Counted from 1.
    pub(crate) line: usize,
    pub(crate) rule: &'static str,
    pub(crate) mend: String,
}

impl Finding {
    pub(crate) fn new(file: &str, line: usize, rule: &'static str, mend: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, rule, mend: mend.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.rule, self.mend)
    }
}

/// The number of the first line that starts with the word; the first line if none does.
pub(crate) fn line_of(text: &str, word: &str) -> usize {
    text.lines().position(|line| line.strip_prefix(word).is_some_and(ends_word)).map_or(1, |index| index + 1)
}

fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '-' | '_'))
}

/// Compares findings with a snapshot, one line each.
#[cfg(test)]
pub(crate) fn check(findings: &[Finding], expected: expect_test::Expect) {
    let shown: String = findings.iter().map(|finding| format!("{finding}\n")).collect();
    expected.assert_eq(&shown);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_by_its_whole_first_word() {
        let text = "hyper-util.workspace = true\nhyper.workspace = true\n";
        assert_eq!(line_of(text, "hyper"), 2);
        assert_eq!(line_of(text, "axum"), 1);
    }
}
