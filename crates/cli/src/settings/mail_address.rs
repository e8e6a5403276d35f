//! Mail addresses, looked at early so that a mistake is told with its place; the channel looks closer.

/// How a mail address is written.
pub(super) const HINT: &str = "write name@example.com or Name <name@example.com>";

/// Whether the text can be `name@example.com` or `Name <name@example.com>`.
pub(super) fn is_mail_address(text: &str) -> bool {
    let strange = |letter: char| letter.is_whitespace() || letter.is_control() || "<>,;".contains(letter);
    match bare(text).rsplit_once('@') {
        Some((name, domain)) => !name.is_empty() && !domain.is_empty() && !bare(text).contains(strange),
        None => false,
    }
}

/// What is said of a text that is none.
pub(super) fn not_an_address(text: &str) -> String {
    format!("{text:?} is no mail address")
}

/// The sender where none is set: the login's name if it is a mail address, else one at the domain of the recipient.
pub(super) fn usual_sender(login: Option<&str>, recipient: &str) -> String {
    match login.filter(|login| is_mail_address(login)) {
        Some(login) => login.to_owned(),
        None => {
            let domain = bare(recipient).rsplit_once('@').map_or("localhost", |(_, domain)| domain);
            format!("docspace-backup@{domain}")
        }
    }
}

/// The address without the name before it.
fn bare(text: &str) -> &str {
    let text = text.trim();
    match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((_, address)) => address,
        None => text,
    }
}
