//! Foreign text in Markdown.

use notify::one_line;

/// Foreign text as Markdown shows it: on one line, without HTML, links, mentions or table cells of its own.
pub(crate) fn escape(text: &str) -> String {
    one_line(text).chars().fold(String::new(), |mut escaped, c| {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn foreign_text_is_no_formula() {
        assert_eq!(escape("$x$ costs $5"), "\\$x\\$ costs \\$5");
    }

    #[test]
    fn foreign_text_stays_text() {
        assert_eq!(escape("a|b\n# c"), "a\\|b \\# c");
        assert_eq!(escape("<img src=x> [x](http://y) @all"), "&lt;img src=x&gt; \\[x\\](http://y) &#64;all");
        assert_eq!(escape("\u{1b}[31mred"), "red");
    }
}
