//! `doctor`: whether this key can do this job, on this portal, with these settings. Nothing is started, changed or sent.

mod report;
mod row;
mod subject;

use std::{sync::Arc, time::Duration};

use backup_core::{Check, CheckState, Evidence, Finding, Spending, Wanted, drift, findings, gather_evidence};
use docspace_api::{BackupTarget, Portal, RetryPolicy, Scope, StartBackup};
use jiff::Timestamp;
use notify::{Notifier, NotifyError, NotifyErrorKind, preflight_all};

use super::schedule::difference_sentence as schedule_difference;
use crate::{
    answer::Answer,
    arguments::{DoctorArguments, GlobalArguments},
    console::Console,
    exit_code::ExitCode,
    report::PortalFacts,
    settings::{Environment, RunSettings, Settings},
    words,
};
use report::Report;
pub(super) use row::Row;
use subject::Subject;

/// The longest that a channel may take to prove its settings.
const PREFLIGHT: Duration = Duration::from_secs(10);

/// Who waits for a diagnosis does not want to wait for long, but a single lost packet is none.
const RETRY: RetryPolicy =
    RetryPolicy { tries: 2, first_delay: Duration::from_millis(500), longest_delay: Duration::from_secs(1) };

/// Checks the settings, the portal and the channels; a mistake in one of them keeps the others from nothing.
pub(crate) async fn doctor(
    arguments: &DoctorArguments,
    global: &GlobalArguments,
    environment: &Environment,
    console: &Console,
) -> Answer {
    let (mut settings, mistakes) = Settings::load_with_mistakes(global, environment);
    let scope = settings.resolve_scope(arguments.storage.dump);
    let subject = Subject::read(arguments, &mut settings, mistakes).await;
    let Subject { client, facts, job, schedule, channels, mut rows } = subject;
    let wanted = Wanted { backup: backup(job.as_ref(), scope), spending: spending(job.as_ref()), schedule };
    let ((version, found), told) = tokio::join!(check_portal(client.as_ref(), &wanted), check_channels(&channels));
    let portal = PortalFacts { version, ..facts };
    rows.extend(if job.is_some() { found } else { without_place(found) });
    rows.extend(told);
    let report = Report { portal, job, rows };
    report.say_what_is_wrong(console);
    report.answer(console)
}

/// The portal's version, if it tells it, and what was found.
async fn check_portal(client: Option<&Portal>, wanted: &Wanted) -> (Option<String>, Vec<Row>) {
    let Some(client) = client else {
        let found = "the portal was not asked, since its settings cannot be used";
        return (None, vec![Row::skipped(Check::Reachable.id(), found)]);
    };
    let evidence = gather_evidence(&client.with_retry(RETRY), wanted).await;
    let version = evidence.version.as_ref().and_then(|version| version.as_ref().ok()).map(ToString::to_string);
    let found = findings(&evidence, wanted, Timestamp::now());
    let rows = found.iter().map(|finding| match drifted(&evidence, wanted).filter(|_| is_drift(finding)) {
        Some(found) => Row::of_finding(&Finding { found, ..finding.clone() }),
        None => Row::of_finding(finding),
    });
    (version, without_echoes(rows.collect()))
}

/// The backup to be checked for; where the settings of the job are wrong, the one that asks the portal for nothing special.
fn backup(job: Option<&RunSettings>, scope: Scope) -> StartBackup {
    let usual = StartBackup { target: BackupTarget::DataStore, scope };
    job.map_or(usual, |job| job.backup.clone())
}

fn spending(job: Option<&RunSettings>) -> Spending {
    job.map(|job| job.spending).unwrap_or_default()
}

fn is_drift(finding: &Finding) -> bool {
    finding.check == Check::Schedule && finding.state == CheckState::Warning
}

/// How the portal's schedule differs from the declared one, without what nobody should read: the core tells every value.
fn drifted(evidence: &Evidence, wanted: &Wanted) -> Option<String> {
    let actual = evidence.schedule.as_ref()?.as_ref().ok()?;
    let differences = drift(wanted.schedule.as_ref()?, actual.as_ref());
    Some(differences.iter().map(schedule_difference).collect::<Vec<_>>().join("; "))
}

/// Where the settings do not tell the place, nothing is said of the one that stands in for it.
fn without_place(mut rows: Vec<Row>) -> Vec<Row> {
    let is_asked = rows.iter().any(|row| row.check == Check::Version.id());
    rows.retain(|row| row.check != Check::Storage.id());
    if is_asked {
        rows.push(Row::skipped(Check::Storage.id(), "the settings do not say what is to go where"));
    }
    rows
}

/// A key that the portal does not take is told once. What the portal answers to all the other calls is no news.
fn without_echoes(rows: Vec<Row>) -> Vec<Row> {
    let is_refused = |row: &Row| row.check == Check::Key.id() && row.state == CheckState::Failed;
    if !rows.iter().any(is_refused) {
        return rows;
    }
    let rows = rows.into_iter().map(|row| match row.state {
        CheckState::Skipped => Row::skipped(row.check, "not known, since the portal does not take the key"),
        CheckState::Ok | CheckState::Warning | CheckState::Failed => row,
    });
    rows.collect()
}

async fn check_channels(channels: &[Arc<dyn Notifier>]) -> Vec<Row> {
    let results = preflight_all(channels, PREFLIGHT).await.into_iter();
    let rows = results.map(|(name, result)| match result {
        Ok(()) => Row::ok(channel(&name), "the channel is ready"),
        Err(error) => untold(&name, &error),
    });
    rows.collect()
}

/// A server that is down may be up in time; a refusal stays one.
fn untold(name: &str, error: &NotifyError) -> Row {
    let why = words::why_not_told(error);
    match error.kind() {
        NotifyErrorKind::Settings | NotifyErrorKind::Permanent | NotifyErrorKind::PartlyDelivered => {
            Row::failed(channel(name), ExitCode::Usage, why)
                .mend("mend the channel's address, login or certificates; `docspace-backup notify test` tries them")
        }
        NotifyErrorKind::Transient { .. } | NotifyErrorKind::TimedOut => Row::warning(channel(name), why)
            .mend("look whether the service is up, and whether this machine gets through to it"),
    }
}

/// A channel's check is named as its table in the settings file is.
fn channel(name: &str) -> String {
    format!("notify.{name}")
}
