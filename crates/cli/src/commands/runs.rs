//! `runs`: what this machine remembers of its runs, failed ones too.

use journal::{MessageState, Phase, RunFilter, RunRecord};
use notify::one_line;
use serde_json::{Value, json};

use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::RunsArguments,
    exit_code::ExitCode,
    logbook::Logbook,
    problem::Problem,
    report::Notification,
    settings::Environment,
    table::{markdown_table, plain_table},
    words,
};

const HEADER: [&str; 6] = ["Begun", "Portal", "Outcome", "Duration", "Backup ID", "Told"];

/// Lists them, newest first. Neither portal nor settings are needed.
pub(crate) fn runs(arguments: &RunsArguments, environment: &Environment) -> Result<Answer, Problem> {
    let limit = arguments.limit.map(std::num::NonZero::get);
    let runs = Logbook::runs(environment, &RunFilter { portal: None, limit })?;
    let text =
        if runs.is_empty() { "No runs.".to_owned() } else { plain_table(&HEADER, runs.iter().map(row)).trim_fmt() };
    let document = json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "runs",
        "exit_code": ExitCode::Done.number(),
        "runs": runs.iter().map(entry).collect::<Vec<_>>(),
    });
    Ok(Answer {
        text,
        markdown: markdown_table(&HEADER, runs.iter().map(row)),
        document: Some(document),
        exit: ExitCode::Done,
    })
}

fn row(run: &RunRecord) -> [String; 6] {
    [
        words::time(run.begun_at),
        one_line(&run.portal),
        outcome(run),
        duration(run).unwrap_or_default(),
        run.task.clone().unwrap_or_default(),
        told(run),
    ]
}

fn outcome(run: &RunRecord) -> String {
    match (&run.outcome, run.phase) {
        (Some(outcome), _) => outcome.clone(),
        (None, Phase::Begun) => "begun".to_owned(),
        (None, phase) => format!("cut off or going on ({phase}, {} %)", run.progress.unwrap_or_default()),
    }
}

/// As the report has it, which no clock that was set meanwhile disturbs.
fn duration(run: &RunRecord) -> Option<String> {
    let seconds = report(run)?.get("duration_seconds")?.as_f64()?;
    std::time::Duration::try_from_secs_f64(seconds).ok().map(words::duration)
}

fn report(run: &RunRecord) -> Option<Value> {
    serde_json::from_str(run.report.as_deref()?).ok()
}

fn told(run: &RunRecord) -> String {
    let channel = |message: &journal::Message| match message.state {
        MessageState::Delivered => message.message.channel.clone(),
        MessageState::Waiting | MessageState::GivenUp => format!("NOT {}", message.message.channel),
    };
    run.messages.iter().map(channel).collect::<Vec<_>>().join(", ")
}

fn entry(run: &RunRecord) -> Value {
    json!({
        "id": run.id.as_str(),
        "portal": { "name": run.profile, "host": run.portal },
        "slot": run.scope,
        "phase": run.phase.as_str(),
        "backup_id": run.task,
        "joined": run.joined,
        "outcome": run.outcome,
        "exit_code": run.exit_code,
        "progress": run.progress,
        "begun_at": words::time(run.begun_at),
        "started_at": run.started_at.map(words::time),
        "alive_at": words::time(run.alive_at),
        "ended_at": run.ended_at.map(words::time),
        "report": report(run),
        "notifications": run.messages.iter().map(|message| Notification::of_message(message).document()).collect::<Vec<_>>(),
    })
}
