//! The notices by which templates are checked.

use jiff::Timestamp;
use notify::{Fact, Incident, IncidentPhase, Notice, Severity, State};

/// What is told of a backup that failed.
const FAILED: [(&str, &str); 8] = [
    ("Portal", "https://portal.example.com (DocSpace 3.7.2)"),
    ("Backup ID", "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11"),
    ("Covers", "this portal"),
    ("Progress", "90 %"),
    ("Started at", "2026-07-29T10:14:20Z"),
    ("Finished at", "2026-07-29T10:15:31Z"),
    ("Duration", "1 min 11 s"),
    ("Storage", "documents"),
];

/// What is told of others beside that.
const OTHERS: [(&str, &str); 6] = [
    ("Joined at", "2026-07-29T10:14:20Z"),
    ("Watched for", "1 min 11 s"),
    ("File", "portal_2026-07-29_10-14-20.tar.gz"),
    ("Saved at", "2026-07-29T10:15:31Z"),
    ("Expires", "never"),
    ("Download link", "https://portal.example.com/portal_2026-07-29_10-14-20.tar.gz"),
];

/// A notice that has everything, and one that has nothing.
pub(super) fn notices() -> [Notice; 2] {
    let all = FAILED.iter().chain(&OTHERS).map(fact).collect();
    [Notice { facts: all, ..failed() }, empty()]
}

fn fact((label, value): &(&str, &str)) -> Fact {
    Fact::new(*label, *value)
}

/// A backup that failed, for the third time.
pub(super) fn failed() -> Notice {
    let incident = Incident { id: "sample".to_owned(), phase: IncidentPhase::Ongoing, since: at(), failures: 3 };
    Notice {
        incident: Some(incident),
        severity: Severity::Error,
        state: State::Failed,
        outcome: Some("failed".to_owned()),
        subject: "Backup failed after 1 min 11 s: portal.example.com".to_owned(),
        message: "The backup failed.\nReason: the portal reports: The disk is full.".to_owned(),
        facts: FAILED.iter().map(fact).collect(),
        next_step: Some("Free some space, then run the backup again.".to_owned()),
        link: Some("https://portal.example.com".to_owned()),
        exit_code: Some(1),
        ..empty()
    }
}

fn empty() -> Notice {
    Notice {
        id: "sample".to_owned(),
        thread: None,
        incident: None,
        severity: Severity::Info,
        state: State::Test,
        outcome: None,
        subject: "Sample".to_owned(),
        message: "This is a sample.".to_owned(),
        facts: Vec::new(),
        next_step: None,
        link: None,
        exit_code: None,
        at: at(),
    }
}

/// 2026-07-29T10:15:31Z, as the facts say.
fn at() -> Timestamp {
    Timestamp::constant(1_785_320_131, 0)
}
