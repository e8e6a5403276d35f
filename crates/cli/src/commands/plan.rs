//! `--dry-run`: the same checks and the same first look as a run, and nothing is started.

use backup_core::{IfRunning, Until};
use docspace_api::{BackupTarget, JobKind, Progress};
use serde_json::json;

use super::{audience::Audience, portal::connect};
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    report::{Fact, PortalFacts, fact_lines},
    settings::{RunSettings, Settings},
    words,
};

/// What a run would do.
struct Plan {
    portal: PortalFacts,
    wanted: RunSettings,
    until: Until,
    slot: Option<Progress>,
    told: Vec<String>,
}

/// Shows what a run would do. Whether the portal would take the order, it tells only when it is given: folder, rights and
/// quota stay unproven.
pub(super) async fn plan(job: PlannedJob, mut settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let PlannedJob { wanted, until, is_told } = job;
    let (client, portal) = connect(&mut settings).await?;
    let audience = if is_told { Audience::ready(&mut settings, console).await? } else { Audience::nobody() };
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    audience.check(console).await?;
    let slot = client.backup_progress(wanted.backup.scope).await.map_err(|error| Problem::from(&error))?;
    let slot = slot.filter(|progress| !progress.state.is_over());
    Ok(Plan { portal, wanted, until, slot, told: audience.names() }.answer())
}

/// The job of a dry run.
pub(super) struct PlannedJob {
    pub(super) wanted: RunSettings,
    pub(super) until: Until,
    pub(super) is_told: bool,
}

impl Plan {
    fn exit_code(&self) -> ExitCode {
        if self.fate() == Fate::Refused { ExitCode::Busy } else { ExitCode::Done }
    }

    fn fate(&self) -> Fate {
        match (&self.slot, self.wanted.if_running) {
            (None, _) => Fate::Started,
            (Some(job), IfRunning::Join) if job.kind == JobKind::Backup => Fate::Joined,
            (Some(_), IfRunning::Wait) => Fate::StartedLater,
            (Some(_), IfRunning::Fail | IfRunning::Join) => Fate::Refused,
        }
    }

    fn answer(&self) -> Answer {
        let text = format!("A dry run: nothing was started.\n{}", fact_lines(&self.facts()));
        Answer { markdown: text.clone(), text, document: Some(self.document()), exit: self.exit_code() }
    }

    fn facts(&self) -> Vec<Fact> {
        let backup = &self.wanted.backup;
        let limits = self.wanted.limits;
        let told = if self.told.is_empty() { "nobody".to_owned() } else { self.told.join(", ") };
        let mut facts = vec![
            Fact::new("Portal", self.portal.host.clone()),
            Fact::new("Covers", words::scope(backup.scope)),
            Fact::new("Storage", format!("{}{}", words::storage(backup.target.storage()), place(&backup.target))),
            Fact::new("Slot", self.slot.as_ref().map_or_else(|| "free".to_owned(), taken)),
            Fact::new("Would", self.would()),
            Fact::new("Tells", told),
        ];
        if self.until == Until::Ended {
            facts.push(Fact::new("Waits", format!("{} at most", words::duration(limits.timeout))));
        }
        facts
    }

    fn would(&self) -> &'static str {
        match self.fate() {
            Fate::Started => "start a backup",
            Fate::Joined => "join the backup that runs",
            Fate::StartedLater => "start a backup when the other job is over",
            Fate::Refused => "start nothing, because another job runs",
        }
    }

    fn document(&self) -> serde_json::Value {
        let backup = &self.wanted.backup;
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "backup_plan",
            "exit_code": self.exit_code().number(),
            "portal": { "name": self.portal.name, "host": self.portal.host },
            "storage": words::storage(backup.target.storage()),
            "dump": backup.scope == docspace_api::Scope::Server,
            "running": self.slot.as_ref().map(|progress| &progress.task),
            "would": self.would(),
            "timeout_seconds": self.wanted.limits.timeout.as_secs_f64(),
            "stall_timeout_seconds": self.wanted.limits.stall_timeout.as_secs_f64(),
            "notifications": self.told,
        })
    }
}

/// What would become of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Started,
    Joined,
    StartedLater,
    Refused,
}

fn taken(progress: &Progress) -> String {
    format!("taken by {} {}, {} %", words::job_kind(progress.kind), progress.task, progress.percent)
}

fn place(target: &BackupTarget) -> String {
    match target {
        BackupTarget::DataStore => " (the portal deletes the copy after 24 hours)".to_owned(),
        BackupTarget::Documents { folder } => format!(", folder {folder}"),
        BackupTarget::ThirdpartyDocuments { folder } => format!(", folder {folder}"),
        BackupTarget::Local { directory } => format!(", directory {directory}"),
        BackupTarget::ThirdPartyConsumer { module, .. } => format!(", {module}"),
    }
}
