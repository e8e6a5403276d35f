//! Events as JSON Lines on standard output, each a document of its own.

use backup_core::Event;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::View;
use crate::{answer::SCHEMA_VERSION, console::Console, words};

pub(super) struct JsonLines {
    console: Console,
}

impl JsonLines {
    pub(super) fn new(console: &Console) -> Self {
        Self { console: console.clone() }
    }
}

impl View for JsonLines {
    fn show(&mut self, event: &Event) {
        let mut document =
            json!({ "schema_version": SCHEMA_VERSION, "kind": "event", "at": words::time(Timestamp::now()) });
        if let (Value::Object(document), Value::Object(fields)) = (&mut document, fields(event)) {
            document.extend(fields);
        }
        // The document at the end will meet the same trouble, and tell of it.
        let _ = self.console.data(&document.to_string());
    }
}

fn fields(event: &Event) -> Value {
    match event {
        Event::SlotTaken { task, percent } => json!({ "event": "slot_taken", "id": task, "progress": percent }),
        Event::Starting { .. } => json!({ "event": "starting" }),
        Event::PerhapsStarted => json!({ "event": "perhaps_started" }),
        Event::StartInDoubt(failure) => json!({ "event": "start_in_doubt", "message": failure.message }),
        Event::Bound { task, joined } => json!({ "event": "bound", "id": task, "joined": joined }),
        Event::Progress { percent, elapsed, .. } => {
            json!({ "event": "progress", "progress": percent, "elapsed_seconds": words::seconds(*elapsed) })
        }
        Event::LookFailed { failure, next_in } => {
            json!({ "event": "poll_failed", "message": failure.message, "next_in_seconds": words::seconds(*next_in) })
        }
        Event::Missing(task) => json!({ "event": "missing", "id": task }),
        Event::Confirming(task) => json!({ "event": "confirming", "id": task }),
    }
}
