//! The account of a schedule: what stands at the portal, what stood there, what should stand there.

use backup_core::Difference;
use jiff::{Zoned, tz::TimeZone};
use serde_json::{Value, json};

use super::{Shown, Zone, difference};
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    console::Console,
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    problem::Problem,
    report::{Fact, PortalFacts, fact_lines},
    words,
};

/// What a command has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Looked.
    Shown,
    /// Found that everything is as it was to be, and sent nothing.
    Unchanged,
    /// Said what it would do.
    Planned,
    /// Set the schedule, and found it there.
    Set,
    /// Removed it, and found it gone.
    Removed,
    /// Sent the change, which the portal has not kept.
    NotKept,
    /// Sent the change, and could not see what became of it.
    Unconfirmed,
}

/// All that is known when a command about the schedule is over.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) deed: Deed,
    pub(super) portal: PortalFacts,
    pub(super) zone: Zone,
    /// As it stands at the portal; with [`Deed::Planned`], as it would.
    pub(super) schedule: Option<Shown>,
    /// As it stood there before, where that is another one.
    pub(super) previous: Option<Shown>,
    /// As the settings declare it.
    pub(super) declared: Option<Shown>,
    /// In which ways the one at the portal is not the one that was wanted.
    pub(super) drift: Vec<Difference>,
    pub(super) notes: Vec<String>,
    pub(super) problem: Option<Problem>,
}

impl Account {
    /// Of a portal without a schedule.
    pub(super) fn of(deed: Deed, portal: PortalFacts, zone: Zone) -> Self {
        Self {
            deed,
            portal,
            zone,
            schedule: None,
            previous: None,
            declared: None,
            drift: Vec::new(),
            notes: Vec::new(),
            problem: None,
        }
    }

    /// Says on standard error what to know.
    pub(super) fn remark(&self, console: &Console) {
        for note in &self.notes {
            console.warn(note);
        }
        for difference in self.drift.iter().filter(|_| self.deed == Deed::Shown) {
            console.warn(&format!("not as declared: {}", difference::sentence(difference)));
        }
    }

    /// Says on standard error what went wrong.
    pub(super) fn say_what_went_wrong(&self, console: &Console) {
        if let Some(problem) = &self.problem {
            console.error(&problem.message, problem.hint.as_deref());
        }
    }

    /// The account in each form.
    pub(super) fn answer(&self) -> Answer {
        let facts = self.facts();
        let item = |fact: &Fact| format!("- {}: {}\n", escape_markdown(&fact.label), escape_markdown(&fact.value));
        let items: String = facts.iter().map(item).collect();
        Answer {
            text: format!("{}\n{}", self.headline(), fact_lines(&facts)),
            markdown: format!("{}\n\n{items}", escape_markdown(&self.headline())),
            document: Some(self.document()),
            exit: self.exit(),
        }
    }

    fn exit(&self) -> ExitCode {
        match &self.problem {
            Some(problem) => problem.exit,
            None if self.deed == Deed::Unconfirmed => ExitCode::DoneWithWarnings,
            None => ExitCode::Done,
        }
    }

    fn headline(&self) -> String {
        let phrase = match (self.deed, &self.schedule) {
            (Deed::Shown, Some(_)) => "The portal's schedule",
            (Deed::Shown | Deed::Unchanged, None) => "No schedule",
            (Deed::Unchanged, Some(_)) => "The schedule is as it should be, so nothing was changed",
            (Deed::Planned, Some(_)) => "A dry run: nothing was changed. The schedule would be",
            (Deed::Planned, None) => "A dry run: nothing was changed. The schedule would be removed",
            (Deed::Set, _) => "The schedule is set",
            (Deed::Removed, _) => "The schedule is removed",
            (Deed::NotKept, _) => "The portal has NOT kept the change",
            (Deed::Unconfirmed, _) => "The change was sent, and could not be looked at since",
        };
        format!("{phrase}: {}", self.portal.host)
    }

    fn facts(&self) -> Vec<Fact> {
        let mut facts = self.schedule.as_ref().map(|schedule| self.facts_of(schedule)).unwrap_or_default();
        facts.extend(self.previous.as_ref().map(|previous| Fact::new("Before", previous.line())));
        facts.extend(self.declared.as_ref().map(|declared| Fact::new("Declared", self.beside(declared))));
        facts
    }

    fn facts_of(&self, schedule: &Shown) -> Vec<Fact> {
        let mut facts = schedule.facts();
        facts.extend(self.zone.name.as_ref().map(|name| Fact::new("Time zone", name)));
        facts.extend(self.zone.next_runs(&schedule.cron).iter().map(|run| Fact::new("Next run", moment(run))));
        if self.deed == Deed::Shown {
            facts.push(schedule.last_run());
        }
        facts
    }

    fn beside(&self, declared: &Shown) -> String {
        if self.drift.is_empty() { "as it is".to_owned() } else { format!("otherwise: {}", declared.line()) }
    }

    fn document(&self) -> Value {
        let cron = self.schedule.as_ref().map(|schedule| schedule.cron);
        let runs = cron.map(|cron| self.zone.next_runs(&cron)).unwrap_or_default();
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "backup_schedule",
            "exit_code": self.exit().number(),
            "portal": { "name": self.portal.name, "host": self.portal.host },
            "result": word(self.deed),
            "time_zone": self.zone.name,
            "schedule": self.schedule.as_ref().map(Shown::document),
            "next_runs": runs.iter().map(|run| words::time(run.timestamp())).collect::<Vec<_>>(),
            "previous": self.previous.as_ref().map(Shown::document),
            "declared": self.declared.as_ref().map(Shown::document),
            "drift": self.drift.iter().map(difference::document).collect::<Vec<_>>(),
            "notes": self.notes,
            "error": self.problem,
        })
    }
}

fn word(deed: Deed) -> &'static str {
    match deed {
        Deed::Shown => "shown",
        Deed::Unchanged => "unchanged",
        Deed::Planned => "planned",
        Deed::Set => "set",
        Deed::Removed => "removed",
        Deed::NotKept => "not_kept",
        Deed::Unconfirmed => "unconfirmed",
    }
}

/// By the portal's clock, and in UTC where that is another one.
fn moment(run: &Zoned) -> String {
    let there = run.strftime("%a %Y-%m-%d %H:%M");
    match run.time_zone() == &TimeZone::UTC {
        true => there.to_string(),
        false => format!("{there} ({})", words::time(run.timestamp())),
    }
}
