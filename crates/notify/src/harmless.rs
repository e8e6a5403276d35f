//! What no text may hold that people see, in whichever medium.

/// No character moves a cursor, opens an escape sequence or turns text around; line ends and tabs are text.
pub(crate) fn assert_harmless(text: &str) {
    assert_eq!(text.chars().find(|c| !is_harmless(*c)), None, "{text:?}");
}

pub(crate) fn is_harmless(c: char) -> bool {
    let turns_around =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_text = matches!(c, '\n' | '\t') || !c.is_control();
    is_text && !turns_around && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}
