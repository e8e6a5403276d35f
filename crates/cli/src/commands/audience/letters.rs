//! What a verdict gives to tell, and to whom: decided as a value.

use jiff::Timestamp;
use journal::{IncidentRecord, NewMessage, RunId};
use notify::{Attention, Chapter, Notice, OpenIncident, Reminders, State, Subscription};

use crate::logbook::{INCIDENT_KIND, Letters, Past};

/// What happened, as far as it decides who is told what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Happening<'a> {
    pub(super) portal: &'a str,
    pub(super) run: Option<&'a RunId>,
    pub(super) state: State,
    pub(super) at: Timestamp,
    /// The id of the incident that this opens, if it opens one.
    pub(super) new_incident: &'a str,
    pub(super) reminders: Reminders,
}

impl Happening<'_> {
    /// The messages, and what becomes of the portal's trouble.
    pub(super) fn letters(
        &self,
        past: &Past,
        subscriptions: &[Subscription],
        notice: impl FnOnce(&Chapter) -> Notice,
    ) -> Letters {
        let chapter = self.chapter(past);
        let messages = self.messages(&notice(&chapter), chapter.attention, subscriptions);
        Letters { messages, incident: self.incident(&chapter, past) }
    }

    /// The notice for each channel that takes it.
    pub(super) fn messages(
        &self,
        notice: &Notice,
        attention: Attention,
        subscriptions: &[Subscription],
    ) -> Vec<NewMessage> {
        let takes = |to: &&Subscription| to.takes(notice.state, attention);
        subscriptions.iter().filter(takes).map(|to| self.message(to.channel.name(), notice)).collect()
    }

    /// Without a journal nobody knows whether this is the first word of a trouble: it stands on its own.
    fn chapter(&self, past: &Past) -> Chapter {
        let open = match past {
            Past::Unknown => {
                let (state, attention) = (self.state, Attention::Everybody);
                return Chapter { incident: None, state, attention, open: None };
            }
            Past::Quiet => None,
            Past::Open(record) => Some(open_incident(record)),
        };
        Chapter::new(open.as_ref(), self.state, self.at, self.new_incident, self.reminders)
    }

    pub(super) fn message(&self, channel: &str, notice: &Notice) -> NewMessage {
        NewMessage {
            channel: channel.to_owned(),
            key: notice.key(),
            portal: self.portal.to_owned(),
            run: self.run.cloned(),
            incident: notice.incident.as_ref().map(|incident| incident.id.clone()),
            notice: serde_json::to_string(notice).expect("a notice is made of texts, numbers and times"),
        }
    }

    /// The incident as it is to be kept: open, or closed by this.
    fn incident(&self, chapter: &Chapter, past: &Past) -> Option<IncidentRecord> {
        match (&chapter.open, past) {
            (Some(open), _) => Some(IncidentRecord {
                id: open.id.clone(),
                portal: self.portal.to_owned(),
                kind: INCIDENT_KIND.to_owned(),
                opened_at: open.since,
                closed_at: None,
                failures: open.failures,
                told_at: open.told_at,
                times_told: open.times_told,
            }),
            (None, Past::Open(record)) => Some(IncidentRecord { closed_at: Some(self.at), ..record.clone() }),
            (None, Past::Unknown | Past::Quiet) => None,
        }
    }
}

fn open_incident(record: &IncidentRecord) -> OpenIncident {
    OpenIncident {
        id: record.id.clone(),
        since: record.opened_at,
        failures: record.failures,
        told_at: record.told_at,
        times_told: record.times_told,
    }
}

#[cfg(test)]
mod tests;
