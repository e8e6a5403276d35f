//! The notice that the tests tell.

use crate::{Fact, Notice, Severity, State};

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
