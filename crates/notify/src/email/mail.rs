//! A notice as the bytes of a mail: headers, text part, HTML part.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::{
    Message,
    message::{
        Mailbox, MessageBuilder, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::html::html;
use crate::{
    Notice,
    foreign_text::one_line,
    notice::identifier,
    plain_body::{PAGE, plain_body},
};

/// The mail as it goes over the wire. Foreign text meets a header only as one line without control characters.
pub(super) fn compose(notice: &Notice, from: &Mailbox, to: &[Mailbox]) -> Result<Vec<u8>, lettre::error::Error> {
    let domain = from.email.domain();
    let cut = PAGE.apply(notice);
    let addressed = to.iter().fold(Message::builder().from(from.clone()), |mail, to| mail.to(to.clone()));
    let mail = addressed
        .date(date(notice.at))
        .subject(one_line(&cut.subject))
        .message_id(Some(format!("<{}@{domain}>", notice.key())))
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("List-Id", &format!("<notices.{domain}>")));
    let body = MultiPart::alternative_plain_html(plain_body(&cut), html(&cut));
    Ok(threaded(mail, notice, domain).multipart(body)?.formatted())
}

/// Ties the mail to the root of its thread, a message that need not exist.
fn threaded(mail: MessageBuilder, notice: &Notice, domain: &str) -> MessageBuilder {
    let Some(thread) = &notice.thread else { return mail };
    let root = format!("<thread_{}@{domain}>", identifier(thread));
    mail.in_reply_to(root.clone()).references(root)
}

/// Mail knows no time before 1970.
fn date(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at.as_second()).unwrap_or_default())
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
