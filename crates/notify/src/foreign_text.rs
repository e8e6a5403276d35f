//! Text from elsewhere, made fit for a terminal.

/// `text` without escape sequences, control characters and bidirectional overrides; line ends and tabs stay.
///
/// Whatever else a line holds is shown as it is, so that nothing is silently lost but what cannot be seen. An escape
/// sequence goes as a whole, its parameters included.
pub fn terminal_text(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut strings = Strings::MayEnd;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\u{1b}' => rest = after_escape(rest, &mut strings),
            '\u{9b}' => rest = after_control_sequence(rest),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => rest = after_string(rest, &mut strings),
            '\r' if rest.starts_with('\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push('\t'),
            c if c.is_control() || overrides_direction(c) => {}
            c => kept.push(c),
        }
    }
    kept
}

/// [`terminal_text`] on one line: line ends and runs of white space become one space.
pub fn one_line(text: &str) -> String {
    let clean = terminal_text(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What follows an escape sequence whose ESC has just been read.
fn after_escape<'a>(rest: &'a str, strings: &mut Strings) -> &'a str {
    let Some(introducer) = rest.chars().next() else {
        return rest;
    };
    match introducer {
        '[' => after_control_sequence(&rest[1..]),
        ']' | 'P' | 'X' | '^' | '_' => after_string(&rest[1..], strings),
        _ => {
            let rest = rest.trim_start_matches(|c| matches!(c, ' '..='/'));
            rest.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(rest)
        }
    }
}

/// What follows the parameters and the final byte of a control sequence.
fn after_control_sequence(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c| matches!(c, ' '..='?'));
    rest.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(rest)
}

/// Whether a control string may have an end ahead. Where one has none, none after it has: thus a text is looked through
/// once, however many it opens.
enum Strings {
    MayEnd,
    NeverEnd,
}

/// What follows a control string, or all of it where it has no end.
fn after_string<'a>(rest: &'a str, strings: &mut Strings) -> &'a str {
    let end = match strings {
        Strings::MayEnd => end_of_string(rest),
        Strings::NeverEnd => None,
    };
    if end.is_none() {
        *strings = Strings::NeverEnd;
    }
    end.map_or(rest, |end| &rest[end..])
}

fn end_of_string(rest: &str) -> Option<usize> {
    rest.char_indices().find_map(|(at, c)| match c {
        '\u{7}' | '\u{9c}' => Some(at + c.len_utf8()),
        '\u{1b}' if rest[at..].starts_with("\u{1b}\\") => Some(at + 2),
        _ => None,
    })
}

fn overrides_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(foreign: &str, shown: &str) {
        assert_eq!(terminal_text(foreign), shown, "{foreign:?}");
    }

    #[test]
    fn escape_sequences_go_as_a_whole() {
        check("a\u{1b}[31;1mred\u{1b}[0m b", "ared b");
        check("\u{1b}]0;new title\u{7}text", "text");
        check("\u{1b}]8;;http://evil\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link");
        check("\u{9b}2Jx\u{90}q\u{9c}y", "xy");
        check("\u{1b}(Bz\u{1b}cw", "zw");
    }

    #[test]
    fn sequences_without_an_end_swallow_no_text() {
        check("\u{1b}", "");
        check("\u{1b}[", "");
        check("\u{1b}]0;the reason", "0;the reason");
        check("\u{1b}[31", "");
        check("\u{1b}ж", "ж");
    }

    #[test]
    fn a_megabyte_of_openings_is_read_in_one_go() {
        check(&"\u{1b}]\u{9d}".repeat(250_000), "");
    }

    #[test]
    fn controls_and_overrides_go_and_line_ends_and_tabs_stay() {
        check("a\u{0}\u{8}\u{7f}b\tc\nd", "ab\tc\nd");
        check("one\r\ntwo\rthree\u{2028}four", "one\ntwo\nthree\nfour");
        check("gpj\u{202e}exe.\u{2066}x\u{2069}\u{200f}", "gpjexe.x");
    }

    #[test]
    fn other_scripts_and_joined_emoji_stay_whole() {
        check("Резервная копия 备份 👩‍🚒", "Резервная копия 备份 👩‍🚒");
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("  Bcc:\r\n x \t y\u{85}z "), "Bcc: x y z");
    }
}
