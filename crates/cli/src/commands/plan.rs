//! `--dry-run`: the same checks and the same first look as a run, and nothing is started.

use backup_core::{Check, IfRunning, Until};
use docspace_api::{BackupTarget, JobKind, Progress};
use serde_json::{Value, json};

use super::{
    audience::Audience,
    before_start::{Prospect, prospect_of},
    doctor::Row,
    portal::connect,
};
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
    prospect: Prospect,
    told: Vec<String>,
}

/// Shows what a run would do. Whether the portal would take the order, it tells only when it is given: folder and quota stay
/// unproven.
pub(super) async fn plan(job: PlannedJob, mut settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let PlannedJob { wanted, until, is_told } = job;
    let (client, portal) = connect(&mut settings).await?;
    let audience = if is_told { Audience::ready(&mut settings, console).await? } else { Audience::nobody() };
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    audience.check(console).await?;
    let slot = client.backup_progress(wanted.backup.scope).await.map_err(|error| Problem::from(&error))?;
    let slot = slot.filter(|progress| !progress.state.is_over());
    let prospect = match Fate::of(slot.as_ref(), wanted.if_running) {
        Fate::Started | Fate::StartedLater => prospect_of(&client, &wanted.backup, wanted.spending).await,
        Fate::Joined | Fate::Busy => Prospect::default(),
    };
    let plan = Plan { portal, wanted, until, slot, prospect, told: audience.names() };
    plan.say_what_is_wrong(console);
    Ok(plan.answer())
}

/// The job of a dry run.
pub(super) struct PlannedJob {
    pub(super) wanted: RunSettings,
    pub(super) until: Until,
    pub(super) is_told: bool,
}

impl Plan {
    fn exit_code(&self) -> ExitCode {
        match (&self.prospect.refusal, self.fate()) {
            (Some(problem), _) => problem.exit,
            (None, Fate::Busy) => ExitCode::Busy,
            (None, Fate::Started | Fate::Joined | Fate::StartedLater) => ExitCode::Done,
        }
    }

    fn fate(&self) -> Fate {
        Fate::of(self.slot.as_ref(), self.wanted.if_running)
    }

    fn say_what_is_wrong(&self, console: &Console) {
        self.prospect.foreseen().for_each(|text| console.warn(&text));
        if let Some(problem) = &self.prospect.refusal {
            console.error(&problem.message, problem.hint.as_deref());
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
            Fact::new("Costs", self.costs()),
            Fact::new("Tells", told),
        ];
        if self.until == Until::Ended {
            facts.push(Fact::new("Waits", format!("{} at most", words::duration(limits.timeout))));
        }
        facts
    }

    fn would(&self) -> &'static str {
        match self.fate() {
            Fate::Started | Fate::StartedLater if self.prospect.refusal.is_some() => {
                "start nothing, because something forbids it"
            }
            Fate::Started => "start a backup",
            Fate::Joined => "join the backup that runs",
            Fate::StartedLater => "start a backup when the other job is over",
            Fate::Busy => "start nothing, because another job runs",
        }
    }

    fn checks(&self) -> Vec<Value> {
        self.prospect.findings.iter().map(|finding| Row::of_finding(finding).document()).collect()
    }

    fn costs(&self) -> String {
        let finding = self.prospect.findings.iter().find(|finding| finding.check == Check::Cost);
        finding.map_or_else(|| "nothing is started".to_owned(), |finding| finding.found.clone())
    }

    fn document(&self) -> Value {
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
            "checks": self.checks(),
            "error": self.prospect.refusal,
        })
    }
}

/// What would become of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Started,
    Joined,
    StartedLater,
    Busy,
}

impl Fate {
    fn of(slot: Option<&Progress>, if_running: IfRunning) -> Self {
        match (slot, if_running) {
            (None, _) => Self::Started,
            (Some(job), IfRunning::Join) if job.kind == JobKind::Backup => Self::Joined,
            (Some(_), IfRunning::Wait) => Self::StartedLater,
            (Some(_), IfRunning::Fail | IfRunning::Join) => Self::Busy,
        }
    }
}

fn taken(progress: &Progress) -> String {
    format!("taken by {} {}, {} %", words::job_kind(progress.kind), progress.task, progress.percent)
}

/// The rest of a sentence that begins with the storage.
pub(super) fn place(target: &BackupTarget) -> String {
    match target {
        BackupTarget::DataStore => " (the portal deletes the copy after 24 hours)".to_owned(),
        BackupTarget::Documents { folder } => format!(", folder {folder}"),
        BackupTarget::ThirdpartyDocuments { folder } => format!(", folder {folder}"),
        BackupTarget::Local { directory } => format!(", directory {directory}"),
        BackupTarget::ThirdPartyConsumer { module, .. } => format!(", {module}"),
    }
}
