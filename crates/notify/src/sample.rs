//! The notice that the tests tell.

use crate::{Fact, Incident, IncidentPhase, Notice, Severity, State};

pub(crate) fn notice() -> Notice {
    Notice {
        id: "0198f2c4".into(),
        thread: Some("portal.example.com".into()),
        incident: None,
        severity: Severity::Error,
        state: State::Failed,
        outcome: Some("failed".into()),
        subject: "portal.example.com: backup failed".into(),
        message: "The portal ran out of disk space.".into(),
        facts: vec![
            Fact::new("Started", "2026-07-29 10:15 UTC"),
            Fact::new("Portal", "https://portal.example.com/?a=1&b=2"),
        ],
        next_step: Some("Free some space, then start the backup again.".into()),
        link: None,
        exit_code: Some(1),
        at: "2026-07-29T10:17:02Z".parse().unwrap(),
    }
}

/// A trouble that the notice may belong to.
pub(crate) fn incident() -> Incident {
    let since = "2026-07-28T22:15:00Z".parse().unwrap();
    Incident { id: "i-17".into(), phase: IncidentPhase::Ongoing, since, failures: 3 }
}

/// The sample of a trouble with `text` in every part, and this many facts.
pub(crate) fn full_of(text: &str, facts: usize) -> Notice {
    Notice {
        incident: Some(incident()),
        subject: text.into(),
        message: text.into(),
        facts: vec![Fact::new(text, text); facts],
        next_step: Some(text.into()),
        ..notice()
    }
}

/// Text that mentions, links and formats in one medium or another, and would disturb a terminal in all of them.
pub(crate) const EVIL: &str = concat!(
    "@everyone <!channel> <@U1> <at>you</at> <b>x</b> ",
    "[y](http://evil) *z* _w_ ~v~ `u` \\ \u{1b}[31m\u{202e}"
);

/// The text with word joiners that can be seen.
pub(crate) fn visible(text: &str) -> String {
    text.replace('\u{2060}', "{U+2060}")
}

/// Texts that find the limits of a medium, with a number of facts for each.
pub(crate) fn endless() -> [(String, usize); 7] {
    [
        ("&".repeat(100_000), 3),
        ("\"\\\n*_".repeat(20_000), 3),
        ("👩‍🚒<".repeat(20_000), 20),
        ("я@".repeat(50_000), 3),
        (".\n".repeat(200), 1_000),
        ("fact".into(), 1_000),
        ("a".into(), 10_000),
    ]
}
