//! `--dry-run`: the same checks and the same first look as a run, and nothing is started.

use backup_core::IfRunning;
use docspace_api::{BackupTarget, Progress};
use serde_json::json;

use super::{audience::stdout_for, portal::connect};
use crate::{
    answer::Answer,
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    report::{Fact, PortalFacts, SCHEMA_VERSION, fact_lines},
    settings::{RunSettings, Settings},
    words,
};

/// What a run would do.
struct Plan {
    portal: PortalFacts,
    wanted: RunSettings,
    slot: Option<Progress>,
    told: Vec<String>,
}

pub(super) async fn plan(
    wanted: &RunSettings,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let (client, portal) = connect(&mut settings).await?;
    let channels = settings.resolve_channels(&[], stdout_for(console.format)).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let slot = client.backup_progress(wanted.backup.scope).await.map_err(|error| Problem::from(&error))?;
    let slot = slot.filter(|progress| !progress.state.is_over());
    let told = channels.iter().map(|channel| channel.name().to_owned()).collect();
    let plan = Plan { portal, wanted: wanted.clone(), slot, told };
    Ok(plan.answer())
}

impl Plan {
    fn exit_code(&self) -> ExitCode {
        match (&self.slot, self.wanted.if_running) {
            (Some(_), IfRunning::Fail) => ExitCode::Busy,
            (Some(_), IfRunning::Join | IfRunning::Wait) | (None, _) => ExitCode::Done,
        }
    }

    fn answer(&self) -> Answer {
        let text = format!("A dry run: nothing was started.\n{}", fact_lines(&self.facts()));
        Answer { markdown: text.clone(), text, document: Some(self.document()), exit: self.exit_code() }
    }

    fn facts(&self) -> Vec<Fact> {
        let backup = &self.wanted.backup;
        let limits = self.wanted.limits;
        vec![
            Fact::new("Portal", self.portal.host.clone()),
            Fact::new("Covers", words::scope(backup.scope)),
            Fact::new("Storage", format!("{}{}", words::storage(backup.target.storage()), place(&backup.target))),
            Fact::new("Slot", self.slot.as_ref().map_or_else(|| "free".to_owned(), taken)),
            Fact::new("Would", self.would()),
            Fact::new("Waits", format!("{} at most", words::duration(limits.timeout))),
            Fact::new("Tells", self.told.join(", ")),
        ]
    }

    fn would(&self) -> &'static str {
        match (&self.slot, self.wanted.if_running) {
            (None, _) => "start a backup",
            (Some(_), IfRunning::Fail) => "start nothing, because another job runs",
            (Some(_), IfRunning::Join) => "join the backup that runs",
            (Some(_), IfRunning::Wait) => "start a backup when the other job is over",
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
