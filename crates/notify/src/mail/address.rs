//! Mail addresses, as people write them in settings.

use lettre::message::Mailbox;

use crate::foreign_text::one_line;

/// Reads `a@example.com` or `Name <a@example.com>`; the error names what was found instead.
pub(super) fn mailbox(text: &str) -> Result<Mailbox, String> {
    let refused = |why: &str| Err(format!("{:?} is no mail address: {why}", one_line(text)));
    let mailbox: Mailbox = match text.trim().parse() {
        Ok(mailbox) => mailbox,
        Err(_) => return refused("write name@example.com or Name <name@example.com>"),
    };
    if !AsRef::<str>::as_ref(&mailbox.email).is_ascii() {
        return refused("only ASCII reaches every server; write the domain in its xn-- form");
    }
    if text.chars().any(char::is_control) {
        return refused("it holds control characters");
    }
    Ok(mailbox)
}

/// Reads the recipients; who is there twice is told once.
pub(super) fn recipients(texts: &[String]) -> Result<Vec<Mailbox>, String> {
    let mut mailboxes: Vec<Mailbox> = Vec::new();
    for text in texts {
        let mailbox = mailbox(text)?;
        if mailboxes.iter().all(|known| known.email != mailbox.email) {
            mailboxes.push(mailbox);
        }
    }
    if mailboxes.is_empty() {
        return Err("there is no recipient".into());
    }
    Ok(mailboxes)
}
