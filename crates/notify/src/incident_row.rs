//! Since when a trouble lasts, as one row among the facts.

use std::fmt;

use jiff::Timestamp;

use crate::{Fact, Incident, IncidentPhase};

/// The row that tells how long the trouble lasts or has lasted, for a notice of the time `at`.
pub(crate) fn incident_row(incident: &Incident, at: Timestamp) -> Fact {
    let (since, failures) = (shown(incident.since), Failures(incident.failures));
    match incident.phase {
        IncidentPhase::Opened => Fact::new("Failing since", since),
        IncidentPhase::Ongoing => Fact::new("Failing since", format!("{since} ({failures})")),
        IncidentPhase::Resolved => Fact::new("Had failed", format!("from {since} until {} ({failures})", shown(at))),
    }
}

fn shown(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// `1 failure`, `3 failures`.
struct Failures(u32);

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("1 failure"),
            many => write!(f, "{many} failures"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phase: IncidentPhase, failures: u32, expected: &str) {
        let since = "2026-07-28T22:15:00Z".parse().unwrap();
        let incident = Incident { id: "i-17".into(), phase, since, failures };
        let row = incident_row(&incident, "2026-07-29T10:17:02Z".parse().unwrap());
        assert_eq!(format!("{}: {}", row.label, row.value), expected);
    }

    #[test]
    fn a_row_tells_since_when_and_at_the_end_until_when() {
        check(IncidentPhase::Opened, 1, "Failing since: 2026-07-28 22:15 UTC");
        check(IncidentPhase::Ongoing, 3, "Failing since: 2026-07-28 22:15 UTC (3 failures)");
        check(
            IncidentPhase::Resolved,
            1,
            "Had failed: from 2026-07-28 22:15 UTC until 2026-07-29 10:17 UTC (1 failure)",
        );
    }
}
