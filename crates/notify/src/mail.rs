//! A notice as the bytes of a mail: headers, text part, HTML part.

mod address;
#[cfg(all(any(test, fuzzing), feature = "slack", feature = "stdout"))]
pub(crate) mod fuzzing;
mod html;

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    Message,
    message::{
        Mailbox, MessageBuilder, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use crate::{
    Fact, Notice,
    foreign_text::one_line,
    incident_row::incident_row,
    notice::identifier,
    plain_body::{PAGE, plain_body},
};
use html::html;

/// From whom to whom.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) from: Mailbox,
    pub(crate) to: Vec<Mailbox>,
}

impl Envelope {
    /// Reads the addresses; the error names the one that is none.
    pub(crate) fn new(from: &str, to: &[String]) -> Result<Self, String> {
        Ok(Self { from: address::mailbox(from)?, to: address::recipients(to)? })
    }
}

/// The mail as it goes over the wire. Foreign text meets a header only as one line without control characters.
pub(crate) fn compose(notice: &Notice, envelope: &Envelope) -> Result<Vec<u8>, String> {
    let Envelope { from, to } = envelope;
    let domain = from.email.domain();
    let shown = shown(notice);
    let addressed = to.iter().fold(Message::builder().from(from.clone()), |mail, to| mail.to(to.clone()));
    let mail = addressed
        .date(date(notice.at))
        .subject(one_line(&shown.subject))
        .message_id(Some(format!("<{}@{domain}>", notice.key())))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("List-Id", &format!("<notices.{domain}>")));
    let body = MultiPart::alternative_plain_html(plain_body(&shown), html(&shown));
    let mail = threaded(mail, notice, domain).multipart(body).map_err(|error| error.to_string())?;
    Ok(mail.formatted())
}

/// The notice cut for reading, with incident and link as rows after the facts.
fn shown(notice: &Notice) -> Notice {
    let mut shown = PAGE.apply(notice);
    let incident = notice.incident.as_ref().map(|incident| incident_row(incident, notice.at));
    let link = shown.link.take().map(|link| Fact::new("Link", link));
    shown.facts.extend(incident.into_iter().chain(link));
    shown
}

/// Ties the mail to the root of its incident, or else of its thread; that message need not exist.
fn threaded(mail: MessageBuilder, notice: &Notice, domain: &str) -> MessageBuilder {
    let root = match (&notice.incident, &notice.thread) {
        (Some(incident), _) => format!("incident_{}", identifier(&incident.id)),
        (None, Some(thread)) => format!("thread_{}", identifier(thread)),
        (None, None) => return mail,
    };
    let root = format!("<{root}@{domain}>");
    mail.in_reply_to(root.clone()).references(root)
}

/// Mail knows no time before 1970.
fn date(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at.as_second()).unwrap_or_default())
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
