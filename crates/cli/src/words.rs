//! Names, times and durations as people read them and programs rely on them.

use std::{error::Error as _, time::Duration};

use backup_core::{CheckState, Outcome};
use docspace_api::{BackupTarget, JobKind, Scope, StorageType, Weekday};
use jiff::{Timestamp, Unit};
use notify::NotifyError;

/// The storage's name in settings and output.
pub(crate) fn storage(storage: StorageType) -> String {
    match storage {
        StorageType::Documents => "documents".into(),
        StorageType::ThirdpartyDocuments => "third-party-documents".into(),
        StorageType::CustomCloud => "custom-cloud".into(),
        StorageType::Local => "local".into(),
        StorageType::DataStore => "temporary".into(),
        StorageType::ThirdPartyConsumer => "third-party-storage".into(),
        StorageType::Other(number) => format!("unknown ({number})"),
    }
}

/// The folder that a target names, by its id.
pub(crate) fn folder(target: &BackupTarget) -> Option<String> {
    match target {
        BackupTarget::Documents { folder } => Some(folder.to_string()),
        BackupTarget::ThirdpartyDocuments { folder } => Some(folder.clone()),
        BackupTarget::DataStore | BackupTarget::Local { .. } | BackupTarget::ThirdPartyConsumer { .. } => None,
    }
}

/// The value of a storage's parameter, as anybody may read it.
pub(crate) fn param(key: &str, value: &str) -> String {
    if may_be_secret(key) { "(hidden)".to_owned() } else { value.to_owned() }
}

/// Whether a storage provider's parameter sounds like one that nobody should read.
pub(crate) fn may_be_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["secret", "key", "token", "password", "credential"].iter().any(|word| key.contains(word))
}

/// A day of the week, as flags and files have it.
pub(crate) fn weekday(day: Weekday) -> String {
    format!("{day:?}")[..3].to_lowercase()
}

/// The kind of a job.
pub(crate) fn job_kind(kind: JobKind) -> String {
    match kind {
        JobKind::Backup => "backup".into(),
        JobKind::Restore => "restore".into(),
        JobKind::Transfer => "transfer".into(),
        JobKind::Other(number) => format!("unknown ({number})"),
    }
}

/// The slot of a backup, as the journal names it.
pub(crate) fn slot(scope: Scope) -> &'static str {
    match scope {
        Scope::Portal => "portal",
        Scope::Server => "server",
    }
}

/// What a backup covers.
pub(crate) fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Portal => "this portal",
        Scope::Server => "the whole server (dump)",
    }
}

/// The word of the contract for an outcome.
pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::CompletedWithWarnings => "completed_with_warnings",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "cancelled",
        Outcome::StillRunning => "still_running",
        Outcome::Lost => "lost",
        Outcome::Busy => "busy",
        Outcome::NotStarted => "not_started",
    }
}

/// The word for what came of a check.
pub(crate) fn check_state(state: CheckState) -> &'static str {
    match state {
        CheckState::Ok => "ok",
        CheckState::Warning => "warning",
        CheckState::Failed => "failed",
        CheckState::Skipped => "skipped",
    }
}

/// Seconds to the tenth, as documents have them.
pub(crate) fn seconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 10.0).round() / 10.0
}

/// An outcome as the end of a sentence that begins with "Backup".
pub(crate) fn outcome_phrase(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "completed",
        Outcome::CompletedWithWarnings => "completed with warnings",
        Outcome::Failed => "failed",
        Outcome::Cancelled => "cancelled",
        Outcome::StillRunning => "still running",
        Outcome::Lost => "lost, outcome unknown",
        Outcome::Busy => "not started, portal busy",
        Outcome::NotStarted => "not started",
    }
}

/// Why somebody was not told: what failed, and the cause below it, which the channel has cleaned of secrets.
pub(crate) fn why_not_told(error: &NotifyError) -> String {
    error.source().map_or_else(|| error.message().to_owned(), |cause| format!("{}: {cause}", error.message()))
}

/// RFC 3339 in UTC, to the second.
pub(crate) fn time(at: Timestamp) -> String {
    at.round(Unit::Second).unwrap_or(at).to_string()
}

/// `812 B`, `1.5 GiB`: in the unit in which it is below 1024.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    let mut size = bytes as f64;
    let mut unit = "B";
    for larger in UNITS {
        // What would be rounded up to 1024 is one of the next unit.
        if size < 1023.95 {
            break;
        }
        (size, unit) = (size / 1024.0, larger);
    }
    if unit == "B" { format!("{bytes} B") } else { format!("{size:.1} {unit}") }
}

/// `4 s`, `1 min 11 s`, `2 h 5 min`: two units at most, and tenths below ten seconds.
pub(crate) fn duration(duration: Duration) -> String {
    if duration < Duration::from_secs(10) {
        return format!("{:.1} s", duration.as_secs_f64());
    }
    let seconds = (duration.as_secs_f64().round()) as u64;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} s"),
        (0, _) => format!("{minutes} min {seconds} s"),
        (_, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn a_size_is_told_in_the_unit_that_suits_it() {
        let sizes = [0, 1023, 1024, 1536, 1_048_575, 5_000_000_000, u64::MAX].map(size);
        assert_eq!(sizes, ["0 B", "1023 B", "1.0 KiB", "1.5 KiB", "1.0 MiB", "4.7 GiB", "16.0 EiB"]);
    }
}
