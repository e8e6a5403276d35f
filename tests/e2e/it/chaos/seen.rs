//! What came of a scenario, and how it differs from what must come of it.

use std::{fmt::Display, time::Duration};

use serde_json::Value;

use super::expected::Expected;

/// What came of a scenario.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Seen {
    pub(super) outcome: String,
    pub(super) exit: i32,
    pub(super) starts: usize,
    pub(super) sent: usize,
    /// What else calls changed.
    pub(super) changed: String,
    /// The last answer of the program.
    pub(super) document: Value,
    pub(super) told: String,
    pub(super) notices: usize,
    pub(super) runs: String,
    pub(super) secrets: usize,
    pub(super) took: Duration,
    /// What is wrong whatever is expected: a panic, a document that is none, an exit code that lies.
    pub(super) faults: Vec<String>,
    /// All that the calls of the program wrote to standard error.
    pub(super) stderr: String,
    /// All calls of the program, and the portal's log.
    pub(super) transcript: String,
}

impl Seen {
    /// Every way in which this is not what was expected.
    pub(super) fn differences(&self, expected: &Expected) -> Vec<String> {
        let mut all = self.faults.clone();
        all.extend(differs("outcome", &*expected.outcome, self.outcome.as_str()));
        all.extend(differs("exit code", expected.exit, self.exit));
        all.extend(differs("starts", expected.starts, self.starts));
        if !expected.sent.contains(&self.sent) {
            all.push(format!("starts sent: expected {:?}, came {}", expected.sent, self.sent));
        }
        all.extend(differs("changes", expected.changed, self.changed.as_str()));
        all.extend(
            expected.tells.iter().filter_map(|(pointer, text)| differs(pointer, *text, &*self.text_at(pointer))),
        );
        all.extend(expected.told.and_then(|told| differs("told", told, self.told.as_str())));
        all.extend(expected.notices.and_then(|notices| differs("notices", notices, self.notices)));
        all.extend(expected.runs.and_then(|runs| differs("runs", runs, self.runs.as_str())));
        all.extend(differs("secrets", 0, self.secrets));
        all.extend(expected.says.filter(|text| !self.stderr.contains(text)).map(|text| format!("never said: {text}")));
        all
    }

    /// What the document says there: a text without its quotes, or JSON.
    fn text_at(&self, pointer: &str) -> String {
        let found = self.document.pointer(pointer).unwrap_or(&Value::Null);
        found.as_str().map_or_else(|| found.to_string(), str::to_owned)
    }
}

fn differs<T: Display + PartialEq>(what: &str, expected: T, came: T) -> Option<String> {
    (expected != came).then(|| format!("{what}: expected {expected}, came {came}"))
}
