//! What is kept of a verdict when another process has a part in it.

use std::path::Path;

use journal::{NewRun, RunFilter};

use super::*;
use crate::{arguments::OutputFormat, console::Console};

const PORTAL: &str = "https://portal.example.com";

fn logbook(folder: &Path) -> Logbook {
    Logbook::of_journal(Journal::open(folder).unwrap(), &Console::plain(OutputFormat::Human))
}

fn begun(logbook: &Logbook, id: &str) -> Record {
    let (portal, profile, scope, order) = (PORTAL.into(), "main".into(), "portal".into(), "{}".into());
    logbook.begin(&NewRun { id: RunId::parse(id).unwrap(), portal, profile, scope, order, at: Timestamp::now() })
}

fn ending() -> Ending {
    Ending { outcome: "failed".into(), exit_code: 1, report: "{}".into() }
}

fn incident(id: &str) -> IncidentRecord {
    let (at, portal, kind) = (Timestamp::UNIX_EPOCH, PORTAL.to_owned(), INCIDENT_KIND.to_owned());
    let (opened_at, told_at) = (at, at);
    IncidentRecord { id: id.into(), portal, kind, opened_at, closed_at: None, failures: 1, told_at, times_told: 1 }
}

fn letters(incident: IncidentRecord) -> Letters {
    let message = NewMessage {
        channel: "mail".into(),
        key: "a_failed".into(),
        portal: PORTAL.into(),
        run: Some(RunId::parse("a").unwrap()),
        incident: Some(incident.id.clone()),
        notice: "{}".into(),
    };
    Letters { messages: vec![message], incident: Some(incident) }
}

#[test]
fn a_trouble_that_another_process_opens_meanwhile_is_the_trouble_of_both() {
    let folder = tempfile::tempdir().unwrap();
    let logbook = logbook(folder.path());
    let (outbox, record) = (Outbox::of(&logbook), begun(&logbook, "a"));
    let other = Journal::open(folder.path()).unwrap();
    outbox.conclude(&record, &ending(), PORTAL, |past| match past {
        Past::Open(theirs) => letters(IncidentRecord { failures: 2, ..theirs.clone() }),
        Past::Quiet | Past::Unknown => {
            other.keep_with_incident(&[], Some(&incident("theirs"))).unwrap();
            letters(incident("ours"))
        }
    });
    let open = other.open_incident(PORTAL, INCIDENT_KIND).unwrap().unwrap();
    assert_eq!((open.id.as_str(), open.failures), ("theirs", 2));
    let waiting = other.waiting().unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].message.incident.as_deref(), Some("theirs"));
    assert_eq!(other.runs(&RunFilter::default()).unwrap()[0].outcome.as_deref(), Some("failed"));
    assert!(outbox.is_durable());
}

#[test]
fn a_run_that_is_not_in_the_journal_is_told_of_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let logbook = logbook(folder.path());
    let record = Record::new(logbook.clone(), RunId::parse("a").unwrap(), None);
    Outbox::of(&logbook).conclude(&record, &ending(), PORTAL, |_| letters(incident("ours")));
    assert_eq!(Outbox::of(&logbook).waiting().len(), 1, "kept for the next process too");
}
