//! Foreign words made fit to show: one line, no control characters, not too long.

/// The longest text, in characters.
const LONGEST: usize = 500;

/// How much of a text is looked at, in characters; it may be 16 MiB of nothing.
const LOOKED_AT: usize = 8 * LONGEST;

/// The text on one line, without control and direction characters and without a stack trace, at most 500 characters.
/// `None` if nothing is left.
pub(crate) fn one_line(text: &str) -> Option<String> {
    let visible: String = without_colours(head(text))
        .lines()
        .enumerate()
        .take_while(|(at, line)| *at == 0 || !is_stack_frame(line))
        .flat_map(|(_, line)| line.chars().chain([' ']))
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !is_invisible(*c))
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    (!words.is_empty()).then(|| shorten(&words.join(" ")))
}

/// The same for the words of a refusal, which may be meant for a browser.
pub(crate) fn message(text: &str) -> Option<String> {
    // First what cannot be seen: a mark inside a tag would hide the tag.
    let visible: String = head(text).chars().filter(|c| !is_invisible(*c)).collect();
    one_line(&without_markup(&visible))
}

/// The text without the sequences that colour a terminal; of any other sequence the control character alone goes, later.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| {
        let rest = piece.trim_start_matches(|c| matches!(c, ' '..='?'));
        kept + rest.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(rest)
    })
}

fn head(text: &str) -> &str {
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// The text without tags: `<b>no</b>` is `no`, and `1 < 2` stays.
fn without_markup(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        kept.push_str(before);
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        match tag.find('>') {
            Some(end) if is_tag => {
                kept.push(' ');
                rest = &tag[end + 1..];
            }
            Some(_) | None => {
                kept.push('<');
                rest = &tag[1..];
            }
        }
    }
    kept + rest
}

fn is_stack_frame(line: &str) -> bool {
    let line = line.trim_start();
    (line.starts_with("at ") && line.contains('(')) || line.starts_with("--- End of")
}

/// Marks that change the direction or the look of what stands around them.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
