//! What is to be checked, as far as the settings tell it; what they do not tell is a finding itself.

use std::{io::Write, sync::Arc};

use docspace_api::{NewSchedule, Portal};
use notify::Notifier;

use super::{Row, channel};
use crate::{
    arguments::DoctorArguments,
    commands::portal::connect,
    problem::Problem,
    report::PortalFacts,
    settings::{RunSettings, Settings, SettingsError},
};

const SETTINGS: &str = "settings";

/// What the settings give.
#[derive(Default)]
pub(super) struct Subject {
    /// The portal with its key, where both are known.
    pub(super) client: Option<Portal>,
    pub(super) facts: PortalFacts,
    pub(super) job: Option<RunSettings>,
    /// The schedule that the file declares for the portal.
    pub(super) schedule: Option<NewSchedule>,
    pub(super) channels: Vec<Arc<dyn Notifier>>,
    /// What was found of the settings themselves.
    pub(super) rows: Vec<Row>,
}

impl Subject {
    /// Reads what can be read. A part of the file with a mistake in it is left aside: what it gives would not be what was meant.
    pub(super) async fn read(
        arguments: &DoctorArguments,
        settings: &mut Settings<'_>,
        mistakes: Vec<SettingsError>,
    ) -> Self {
        let is_sound = |part: &str| !mistakes.iter().any(|mistake| mistake.spoils(part));
        let mut subject = Self::default();
        if mistakes.is_empty() {
            subject.rows.push(Row::ok(SETTINGS, file(settings)));
        }
        if is_sound("run") {
            subject.job = subject.noting(settings.resolve_doctor(arguments));
        }
        if is_sound("portals") && is_sound("default_portal") {
            subject.read_portal(settings).await;
        }
        if is_sound("settings file") && !arguments.no_notify {
            subject.read_channels(settings).await;
        }
        let found = mistakes.into_iter().map(|mistake| row(mistake.into()));
        subject.rows.splice(0..0, found);
        subject.rows.extend(settings.warnings().iter().map(|warning| Row::warning(SETTINGS, warning)));
        subject
    }

    async fn read_portal(&mut self, settings: &mut Settings<'_>) {
        let address = settings.portal_plan().ok().and_then(|plan| plan.address().ok());
        self.facts.host = address.map(|address| address.to_string()).unwrap_or_default();
        self.schedule = self.noting(settings.declared_schedule()).flatten();
        if let Some((client, facts)) = self.noting(connect(settings).await) {
            (self.client, self.facts) = (Some(client), facts);
        }
    }

    async fn read_channels(&mut self, settings: &mut Settings<'_>) {
        let plans = self.noting(settings.channel_plans()).unwrap_or_default();
        for plan in &plans {
            let mut mistakes = Vec::new();
            self.channels.extend(settings.build_channel(plan, nowhere, &mut mistakes).await);
            let found = mistakes.into_iter().map(|mistake| Row { check: channel(&plan.name), ..row(mistake.into()) });
            self.rows.extend(found);
        }
    }

    fn noting<T, E: Into<Problem>>(&mut self, read: Result<T, E>) -> Option<T> {
        read.map_err(|mistake| self.rows.push(row(mistake.into()))).ok()
    }
}

fn file(settings: &Settings<'_>) -> String {
    match settings.path() {
        Some(path) => format!("settings file {}", path.value.display()),
        None => format!("no settings file; looked for {}", settings.usual_places()),
    }
}

fn row(problem: Problem) -> Row {
    let row = Row::failed(SETTINGS, problem.exit, problem.message);
    match problem.hint {
        Some(hint) => row.mend(hint),
        None => row,
    }
}

/// Nothing is written to a channel that is only looked at.
fn nowhere() -> Box<dyn Write + Send> {
    Box::new(std::io::sink())
}
