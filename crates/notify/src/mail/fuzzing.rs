//! What a mail is, whatever the notice says: headers of ours alone, and HTML whose every tag is ours.

use super::{Envelope, compose, html::html, shown};
use crate::{Notice, harmless::assert_harmless};

/// Every header there is, each once.
const HEADERS: [&str; 12] = [
    "From",
    "To",
    "Date",
    "Subject",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-Id",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
];

/// What may follow a `<`.
const TAGS: [&str; 28] = [
    "!DOCTYPE html>",
    "html>",
    "/html>",
    "head>",
    "/head>",
    "meta charset=\"utf-8\">",
    "meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    "meta name=\"color-scheme\" content=\"light dark\">",
    "title>",
    "/title>",
    "body style=\"",
    "/body>",
    "div style=\"",
    "/div>",
    "h1 style=\"",
    "/h1>",
    "p style=\"",
    "/p>",
    "b>",
    "/b>",
    "br>",
    "table style=\"",
    "/table>",
    "tr>",
    "/tr>",
    "th scope=\"row\" style=\"",
    "/th>",
    "td style=\"",
];

/// The most that mail programs show of the HTML part.
const SHOWN: usize = 100_000;

pub(crate) fn check(notice: &Notice) {
    check_html(&html(&shown(notice)));
    let mailbox = "Backup <backup@example.com>";
    let envelope = Envelope::new(mailbox, &[mailbox.to_owned()]).expect("this is a mail address");
    let mail = compose(notice, &envelope).expect("a mail can be made of any notice");
    check_source(&mail);
}

fn check_html(page: &str) {
    assert_harmless(page);
    assert!(page.len() <= SHOWN, "{} bytes of HTML", page.len());
    for after in page.split('<').skip(1) {
        let is_ours = TAGS.iter().any(|tag| after.starts_with(tag)) || after.starts_with("/td>");
        assert!(is_ours || is_link(after), "a tag of others: <{after}");
    }
    for after in page.split('&').skip(1) {
        let is_escape = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|escape| after.starts_with(escape));
        assert!(is_escape, "an escape of others: &{after}");
    }
}

/// A link leads to http or https, and its address ends where ours ends it.
fn is_link(tag: &str) -> bool {
    let address = tag.strip_prefix("a href=\"").and_then(|rest| rest.split_once("\">"));
    let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    tag.starts_with("/a>") || address.is_some_and(|(url, _)| is_web(url) && !url.contains(['"', '\'', ' ', '\n']))
}

fn check_source(mail: &[u8]) {
    let mail = std::str::from_utf8(mail).expect("a mail is ASCII");
    assert!(mail.is_ascii());
    let lines: Vec<&str> = mail.split("\r\n").collect();
    assert!(lines.iter().all(|line| !line.contains(['\r', '\n'])), "half a line end");
    assert_eq!(lines.iter().find(|line| line.len() > 998), None, "a line that no server need take");
    let headers = lines.iter().take_while(|line| !line.is_empty());
    let names: Vec<&str> = headers.filter(|line| !line.starts_with([' ', '\t'])).map(|line| name(line)).collect();
    assert_eq!(names, HEADERS);
}

fn name(header: &str) -> &str {
    header.split(':').next().unwrap_or_default()
}
