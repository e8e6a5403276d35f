//! What ties the notices of one trouble together, from the first failure to the recovery.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::State;

/// The trouble that a notice belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// The same for all notices of this trouble, and for no other: a pager's deduplication key is made of it.
    pub id: String,
    /// Where it stands.
    pub phase: IncidentPhase,
    /// When it was opened.
    pub since: Timestamp,
    /// How many failures it has seen, this one included; at least 1.
    pub failures: u32,
}

/// Where a trouble stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentPhase {
    /// This notice opens it.
    Opened,
    /// It was open before.
    Ongoing,
    /// This notice closes it.
    Resolved,
}

/// What is kept of an incident between two notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenIncident {
    /// Its id.
    pub id: String,
    /// When it was opened.
    pub since: Timestamp,
    /// How many failures it has seen.
    pub failures: u32,
    /// When people were last told of it.
    pub told_at: Timestamp,
    /// How often people were told of it.
    pub times_told: u32,
}

/// How often people are told again of a failure that lasts. Machines are told of each one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminders {
    /// From the first word to the second; 1 h.
    pub first_after: Duration,
    /// Between all later ones; 20 h, so that of a nightly failure people hear each morning, although no two nights are alike.
    pub then_every: Duration,
}

impl Default for Reminders {
    fn default() -> Self {
        Self { first_after: Duration::from_secs(60 * 60), then_every: Duration::from_secs(20 * 60 * 60) }
    }
}

/// Who is worth disturbing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// People and machines.
    Everybody,
    /// Machines alone: people know already.
    MachinesOnly,
}

/// What one happening means for the incident that is open, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// What the notice says of its incident.
    pub incident: Option<Incident>,
    /// What the notice's state is: what ends well ends an incident as [`State::Recovered`].
    pub state: State,
    /// Who is told.
    pub attention: Attention,
    /// What is open from now on; `None` where nothing is.
    pub open: Option<OpenIncident>,
}

impl Chapter {
    /// Decides what a happening at `now` means while `open` is what is known. A failure opens an incident, called `new_id`,
    /// or is one more of it; what ends well closes it; everything else belongs to it and changes nothing.
    ///
    /// ```
    /// use notify::{Attention, Chapter, Reminders, State};
    ///
    /// let now = "2026-07-29T10:00:00Z".parse()?;
    /// let opened = Chapter::new(None, State::Failed, now, "trouble-1", Reminders::default());
    /// let later = "2026-07-29T10:30:00Z".parse()?;
    /// let again = Chapter::new(opened.open.as_ref(), State::Failed, later, "trouble-2", Reminders::default());
    /// assert_eq!(again.attention, Attention::MachinesOnly); // the people were told half an hour ago
    /// let good = Chapter::new(again.open.as_ref(), State::Completed, later, "trouble-2", Reminders::default());
    /// assert_eq!((good.state, good.open), (State::Recovered, None));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn new(open: Option<&OpenIncident>, state: State, now: Timestamp, new_id: &str, reminders: Reminders) -> Self {
        match (state, open) {
            (State::Failed | State::Stale, None) => Self::opened(state, now, new_id),
            (State::Failed | State::Stale, Some(open)) => Self::one_more(open, state, now, reminders),
            (State::Completed | State::Recovered, Some(open)) => Self::resolved(open),
            (_, open) => Self::beside(open, state),
        }
    }

    fn opened(state: State, now: Timestamp, id: &str) -> Self {
        let open = OpenIncident { id: id.to_owned(), since: now, failures: 1, told_at: now, times_told: 1 };
        let incident = Some(open.mark(IncidentPhase::Opened));
        Self { incident, state, attention: Attention::Everybody, open: Some(open) }
    }

    fn one_more(open: &OpenIncident, state: State, now: Timestamp, reminders: Reminders) -> Self {
        let open = OpenIncident { failures: open.failures.saturating_add(1), ..open.clone() };
        let incident = Some(open.mark(IncidentPhase::Ongoing));
        if !open.is_reminder_due(now, reminders) {
            return Self { incident, state, attention: Attention::MachinesOnly, open: Some(open) };
        }
        let open = OpenIncident { told_at: now, times_told: open.times_told.saturating_add(1), ..open };
        Self { incident, state, attention: Attention::Everybody, open: Some(open) }
    }

    fn resolved(open: &OpenIncident) -> Self {
        let incident = Some(open.mark(IncidentPhase::Resolved));
        Self { incident, state: State::Recovered, attention: Attention::Everybody, open: None }
    }

    fn beside(open: Option<&OpenIncident>, state: State) -> Self {
        let incident = open.map(|open| open.mark(IncidentPhase::Ongoing));
        Self { incident, state, attention: Attention::Everybody, open: open.cloned() }
    }
}

impl OpenIncident {
    fn mark(&self, phase: IncidentPhase) -> Incident {
        Incident { id: self.id.clone(), phase, since: self.since, failures: self.failures }
    }

    /// A clock that was set back makes a reminder due: better once too often than never.
    fn is_reminder_due(&self, now: Timestamp, reminders: Reminders) -> bool {
        let pause = if self.times_told <= 1 { reminders.first_after } else { reminders.then_every };
        Duration::try_from(now.duration_since(self.told_at)).map_or(true, |since| since >= pause)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;

    /// Plays happenings, minutes after the first, and writes down who is told what.
    fn check(happenings: &[(i64, State)], expected: Expect) {
        let (mut open, mut told) = (None, String::new());
        for (minute, state) in happenings {
            let now = Timestamp::from_second(minute * 60).unwrap();
            let chapter = Chapter::new(open.as_ref(), *state, now, &format!("id{minute}"), Reminders::default());
            let incident = chapter.incident.map_or_else(
                || "no incident".to_owned(),
                |mark| format!("{} {:?} failures={}", mark.id, mark.phase, mark.failures),
            );
            let _ = writeln!(told, "{minute} min: {} {:?} {incident}", chapter.state, chapter.attention);
            open = chapter.open;
        }
        expected.assert_eq(&told);
    }

    #[test]
    fn a_failure_is_told_at_once_again_after_an_hour_and_then_every_day_until_it_is_over() {
        let failures =
            [0, 15, 59, 60, 120, 20 * 60, 21 * 60, 45 * 60 - 10, 69 * 60 - 20].map(|minute| (minute, State::Failed));
        let end = [(70 * 60, State::Completed), (71 * 60, State::Completed), (72 * 60, State::Failed)];
        check(
            &[&failures[..], &end].concat(),
            expect![[r#"
                0 min: failed Everybody id0 Opened failures=1
                15 min: failed MachinesOnly id0 Ongoing failures=2
                59 min: failed MachinesOnly id0 Ongoing failures=3
                60 min: failed Everybody id0 Ongoing failures=4
                120 min: failed MachinesOnly id0 Ongoing failures=5
                1200 min: failed MachinesOnly id0 Ongoing failures=6
                1260 min: failed Everybody id0 Ongoing failures=7
                2690 min: failed Everybody id0 Ongoing failures=8
                4120 min: failed Everybody id0 Ongoing failures=9
                4200 min: recovered Everybody id0 Resolved failures=9
                4260 min: completed Everybody no incident
                4320 min: failed Everybody id4320 Opened failures=1
            "#]],
        );
    }

    #[test]
    fn what_is_neither_good_nor_a_failure_opens_and_closes_nothing() {
        check(
            &[
                (0, State::Warning),
                (1, State::Started),
                (2, State::Stale),
                (3, State::StillRunning),
                (4, State::Warning),
                (5, State::Test),
                (6, State::Recovered),
                (7, State::Recovered),
            ],
            expect![[r#"
                0 min: warning Everybody no incident
                1 min: started Everybody no incident
                2 min: stale Everybody id2 Opened failures=1
                3 min: still_running Everybody id2 Ongoing failures=1
                4 min: warning Everybody id2 Ongoing failures=1
                5 min: test Everybody id2 Ongoing failures=1
                6 min: recovered Everybody id2 Resolved failures=1
                7 min: recovered Everybody no incident
            "#]],
        );
    }

    #[test]
    fn a_clock_that_was_set_back_silences_nobody() {
        check(
            &[(600, State::Failed), (0, State::Failed), (10, State::Failed)],
            expect![[r#"
                600 min: failed Everybody id600 Opened failures=1
                0 min: failed Everybody id600 Ongoing failures=2
                10 min: failed MachinesOnly id600 Ongoing failures=3
            "#]],
        );
    }
}
