//! Foreign text in Markdown.

use notify::one_line;

/// Foreign text as Markdown shows it: on one line, without HTML, links, mentions, formulas, lists or table cells of its
/// own.
pub(crate) fn escape(text: &str) -> String {
    let line = one_line(text);
    let mark = list_mark(&line);
    line.char_indices().fold(String::new(), |mut escaped, (at, c)| {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => escaped.extend(['\\', c]),
            c if mark == Some(at) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
        escaped
    })
}

/// Where the mark is by which a line begins a list or is a rule: `- x`, `1. x`, `---`.
fn list_mark(line: &str) -> Option<usize> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let marks = if digits == 0 { ['-', '+'] } else { ['.', ')'] };
    let after = rest.strip_prefix(marks)?;
    (!after.starts_with(char::is_alphanumeric)).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn foreign_text_is_no_formula() {
        assert_eq!(escape("$x$ costs $5"), "\\$x\\$ costs \\$5");
    }

    #[test]
    fn foreign_text_begins_no_list_and_no_rule() {
        assert_eq!(escape("- a"), "\\- a");
        assert_eq!(escape("12. a"), "12\\. a");
        assert_eq!(escape("---"), "\\---");
        assert_eq!(escape("-5 or 1.5 GB - all"), "-5 or 1.5 GB - all");
        assert_eq!(escape("1.5 GB"), "1.5 GB");
    }

    #[test]
    fn foreign_text_stays_text() {
        assert_eq!(escape("a|b\n# c"), "a\\|b \\# c");
        assert_eq!(escape("<img src=x> [x](http://y) @all"), "&lt;img src=x&gt; \\[x\\](http://y) &#64;all");
        assert_eq!(escape("\u{1b}[31mred"), "red");
    }
}
