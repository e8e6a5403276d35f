//! `notify digest`: several runs in one message, the failures first.

use jiff::Timestamp;
use journal::{RunFilter, RunRecord};
use notify::{Fact, Notice, Severity, State};

use super::answer;
use crate::{
    answer::Answer,
    arguments::DigestArguments,
    commands::audience::{Audience, new_id},
    console::Console,
    exit_code::ExitCode,
    logbook::{Logbook, Outbox},
    problem::Problem,
    report::Notification,
    settings::Settings,
    words,
};

/// Tells the people of all runs since then; machines were told of each, and a heartbeat must not beat for a summary.
pub(super) async fn digest(
    arguments: &DigestArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let logbook = Logbook::required(settings.environment(), console)?;
    let (outbox, now) = (Outbox::of(&logbook), Timestamp::now());
    let since = arguments.since.moment(now);
    let mut runs = Logbook::runs(settings.environment(), &RunFilter::default())?;
    runs.retain(|run| run.begun_at >= since);
    let audience = Audience::ready(&mut settings, console).await?.of_people();
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let notice = notice(&runs, since, now);
    audience.keep(&notice, portal(&runs), &outbox);
    let sending = audience.send(&outbox, console, None).await;
    drop(audience.give_up(&outbox, console));
    let waiting = outbox.waiting();
    let tried = sending.tried.iter().map(|tried| &tried.message);
    let left = waiting.iter().filter(|message| tried.clone().all(|tried| tried.number != message.number));
    let ours = tried.clone().chain(left).filter(|message| message.message.key == notice.key());
    let told: Vec<Notification> = ours.map(|message| sending.notification(message)).collect();
    Ok(shown(&told))
}

fn shown(told: &[Notification]) -> Answer {
    let exit = if told.iter().all(Notification::is_told) { ExitCode::Done } else { ExitCode::NotTold };
    let facts: Vec<Fact> = told.iter().map(|told| Fact::new(&told.name, outcome(told))).collect();
    let documents = told.iter().map(Notification::document).collect();
    answer("notification_digest", "notifications", documents, &facts, exit)
}

fn outcome(told: &Notification) -> String {
    if told.is_told() { "delivered".to_owned() } else { format!("NOT TOLD: {}", told.why_not()) }
}

/// The portal that all runs are of; none where there are several.
fn portal(runs: &[RunRecord]) -> &str {
    let first = runs.first().map_or("", |run| run.portal.as_str());
    if runs.iter().all(|run| run.portal == first) { first } else { "" }
}

/// How a run ended, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Failed,
    Doubtful,
    GoingOn,
    Good,
}

fn grade(run: &RunRecord) -> Grade {
    match run.outcome.as_deref() {
        Some("completed") => Grade::Good,
        Some("completed_with_warnings" | "cancelled" | "busy") => Grade::Doubtful,
        Some("still_running") | None => Grade::GoingOn,
        Some(_) => Grade::Failed,
    }
}

fn notice(runs: &[RunRecord], since: Timestamp, now: Timestamp) -> Notice {
    let mut sorted: Vec<&RunRecord> = runs.iter().collect();
    sorted.sort_by_key(|run| grade(run));
    let (severity, state) = match sorted.first().map(|run| grade(run)) {
        Some(Grade::Failed) => (Severity::Error, State::Failed),
        Some(Grade::Doubtful) | None => (Severity::Warning, State::Warning),
        Some(Grade::GoingOn | Grade::Good) => (Severity::Success, State::Completed),
    };
    let id = new_id();
    Notice {
        thread: Some(id.clone()),
        id,
        incident: None,
        severity,
        state,
        outcome: Some("digest".to_owned()),
        subject: subject(runs),
        message: message(runs, since),
        facts: sorted.into_iter().map(fact).collect(),
        next_step: None,
        link: Some(portal(runs).to_owned()).filter(|portal| !portal.is_empty()),
        exit_code: None,
        at: now,
    }
}

fn subject(runs: &[RunRecord]) -> String {
    let count = |grade_of: Grade| runs.iter().filter(|run| grade(run) == grade_of).count();
    match (runs.len(), count(Grade::Failed), count(Grade::Good)) {
        (0, _, _) => "Backup digest: no run".to_owned(),
        (all, 0, good) => format!("Backup digest: {good} of {all} completed"),
        (all, failed, _) => format!("Backup digest: {failed} of {all} FAILED"),
    }
}

fn message(runs: &[RunRecord], since: Timestamp) -> String {
    let since = words::time(since);
    match runs.len() {
        0 => format!("No backup was run from this machine since {since}."),
        1 => format!("One backup was run from this machine since {since}."),
        count => format!("{count} backups were run from this machine since {since}."),
    }
}

fn fact(run: &RunRecord) -> Fact {
    let outcome = run.outcome.as_deref().unwrap_or("going on, or cut off");
    let reason = reason(run).map(|reason| format!(": {reason}")).unwrap_or_default();
    Fact::new(words::time(run.begun_at), format!("{outcome} ({}){reason}", run.portal))
}

fn reason(run: &RunRecord) -> Option<String> {
    let report: serde_json::Value = serde_json::from_str(run.report.as_deref()?).ok()?;
    Some(report["error"]["message"].as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::fixture::run_record;

    #[test]
    fn failures_stand_first_and_nothing_at_all_is_a_warning() {
        let run = |minute: u8, outcome: Option<&str>, report: &str| RunRecord {
            begun_at: format!("2026-07-29T10:{minute:02}:00Z").parse().unwrap(),
            outcome: outcome.map(str::to_owned),
            report: Some(report.to_owned()),
            ..run_record("a")
        };
        let (since, now) = ("2026-07-28T12:00:00Z".parse().unwrap(), "2026-07-29T12:00:00Z".parse().unwrap());
        let shown = |runs: &[RunRecord]| {
            let notice = notice(runs, since, now);
            let facts = notice.facts.iter().map(|fact| format!("{}: {}\n", fact.label, fact.value)).collect::<String>();
            format!("{} ({}, {})\n{}\n{facts}\n", notice.subject, notice.severity, notice.state, notice.message)
        };
        let good = || run(30, Some("completed"), "{}");
        let bad = run(10, Some("failed"), r#"{"error":{"message":"the portal reports: no space"}}"#);
        let runs = [good(), run(20, None, ""), run(15, Some("busy"), "{}"), bad];
        expect![[r#"
            Backup digest: 1 of 4 FAILED (error, failed)
            4 backups were run from this machine since 2026-07-28T12:00:00Z.
            2026-07-29T10:10:00Z: failed (https://portal.example.com): the portal reports: no space
            2026-07-29T10:15:00Z: busy (https://portal.example.com)
            2026-07-29T10:20:00Z: going on, or cut off (https://portal.example.com)
            2026-07-29T10:30:00Z: completed (https://portal.example.com)

            Backup digest: 1 of 1 completed (success, completed)
            One backup was run from this machine since 2026-07-28T12:00:00Z.
            2026-07-29T10:30:00Z: completed (https://portal.example.com)

            Backup digest: no run (warning, warning)
            No backup was run from this machine since 2026-07-28T12:00:00Z.

        "#]]
        .assert_eq(&(shown(&runs) + &shown(&[good()]) + &shown(&[])));
    }
}
