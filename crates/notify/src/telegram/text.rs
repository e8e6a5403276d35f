//! A notice as the HTML that Telegram takes, within the length of one message.

use crate::{
    Fact, Notice,
    escapes::{Escapes, html},
    foreign_text::{one_line, terminal_text},
    headline::headline,
    rows::Room,
    web_address::web_address,
};

/// In UTF-16 of what is shown, tags and escapes not counted: together below the 4096 of a message.
const SUBJECT: usize = 200;
const MESSAGE: usize = 1_500;
const LABEL: usize = 80;
const VALUE: usize = 500;
const FACTS: Room = Room { rows: 30, width: 1_300 };
const NEXT_STEP: usize = 500;
const LINK: usize = 300;

/// The paragraphs of the message. Telegram shows at most a hundred bold or linked pieces.
pub(super) fn text(notice: &Notice) -> String {
    let rows: Vec<_> = FACTS.fill(notice, Row::new, |row| row.width).into_iter().map(|row| row.html).collect();
    let next_step = notice.next_step.as_deref().map(|step| labelled("Next step", &shown(step, NEXT_STEP)));
    let link = notice.link.as_deref().and_then(|link| linked(link, LINK));
    let parts = [
        format!("<b>{}</b>", headline(notice, &escaped(&one_line(&notice.subject), SUBJECT))),
        shown(&notice.message, MESSAGE),
        rows.join("\n"),
        next_step.unwrap_or_default(),
        link.unwrap_or_default(),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// A fact as a line, and how much of the message's length it takes.
struct Row {
    html: String,
    width: usize,
}

impl Row {
    fn new(fact: &Fact) -> Self {
        let (label, value) = (one_line(&fact.label), terminal_text(&fact.value));
        let width = width(&label).min(LABEL) + width(&value).min(VALUE) + ": \n".len();
        let value = linked(&value, VALUE).unwrap_or_else(|| escaped(&value, VALUE));
        Self { html: labelled(&escaped(&label, LABEL), &value), width }
    }
}

fn width(text: &str) -> usize {
    text.chars().map(TELEGRAM.width).sum()
}

fn labelled(label: &str, text: &str) -> String {
    format!("<b>{label}:</b> {text}")
}

/// An address as a link that shows it.
fn linked(text: &str, limit: usize) -> Option<String> {
    let address = web_address(text, limit)?;
    Some(format!("<a href=\"{}\">{}</a>", address.replace('&', "&amp;"), shown(text, limit)))
}

fn shown(text: &str, limit: usize) -> String {
    escaped(&terminal_text(text), limit)
}

/// Besides what HTML means, Telegram finds names in plain text and tells those who bear them; a word joiner, which nobody
/// sees, keeps `@` from beginning a name.
const TELEGRAM: Escapes = Escapes { escape, width: |c| c.len_utf16() + usize::from(c == '@') };

fn escape(c: char) -> Option<&'static str> {
    if c == '@' { Some("@\u{2060}") } else { html(c) }
}

fn escaped(text: &str, limit: usize) -> String {
    TELEGRAM.apply(text, limit)
}
