//! `status`: one look at the portal's slot.

use backup_core::Order;
use docspace_api::{JobState, Progress};
use serde_json::{Value, json};

use super::{backup::follow, portal::connect};
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::StatusArguments,
    console::Console,
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    problem::Problem,
    report::{Fact, PortalFacts, fact_lines},
    settings::Settings,
    words,
};

/// Shows the job in the slot, or follows it with `--watch`.
pub(crate) async fn status(
    arguments: &StatusArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let scope = settings.resolve_scope(arguments.dump);
    if arguments.watch {
        return follow(Order::Attach { task: None, scope }, settings, console).await;
    }
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let slot = client.backup_progress(scope).await.map_err(|error| Problem::from(&error))?;
    let text = text(slot.as_ref());
    let (markdown, document) = (escape_lines(&text), document(&portal, slot.as_ref()));
    Ok(Answer { text, markdown, document: Some(document), exit: ExitCode::Done })
}

fn escape_lines(text: &str) -> String {
    text.lines().map(|line| format!("- {}\n", escape_markdown(line))).collect()
}

fn text(slot: Option<&Progress>) -> String {
    let Some(progress) = slot else {
        return "No backup is running, and none ended within the last 24 hours.".to_owned();
    };
    let mut facts = vec![
        Fact::new("Backup ID", progress.task.to_string()),
        Fact::new("Progress", format!("{}%", progress.percent)),
        Fact::new("Completed", if progress.state.is_over() { "yes" } else { "no" }),
        Fact::new("State", state(&progress.state)),
        Fact::new("Type", words::job_kind(progress.kind)),
        Fact::new("Download link", progress.link.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string)),
    ];
    facts.extend(remark(&progress.state));
    fact_lines(&facts)
}

fn state(state: &JobState) -> &'static str {
    match state {
        JobState::Created => "accepted, and not taken by a worker yet",
        JobState::Running => "running",
        JobState::Completed { .. } => "completed",
        JobState::Failed { .. } => "failed",
        JobState::Cancelled => "cancelled",
    }
}

fn remark(state: &JobState) -> Option<Fact> {
    match state {
        JobState::Completed { warning: Some(warning) } => Some(Fact::new("Warning", warning.clone())),
        JobState::Failed { reason } => Some(Fact::new("Reason", reason.clone())),
        JobState::Created | JobState::Running | JobState::Completed { warning: None } | JobState::Cancelled => None,
    }
}

fn document(portal: &PortalFacts, slot: Option<&Progress>) -> Value {
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "backup_status",
        "exit_code": ExitCode::Done.number(),
        "portal": { "name": portal.name, "host": portal.host },
        "backup": slot.map(job),
    })
}

fn job(progress: &Progress) -> Value {
    let (state, error, warning) = match &progress.state {
        JobState::Created => ("created", None, None),
        JobState::Running => ("running", None, None),
        JobState::Completed { warning } => ("completed", None, warning.as_ref()),
        JobState::Failed { reason } => ("failed", Some(reason), None),
        JobState::Cancelled => ("cancelled", None, None),
    };
    json!({
        "id": progress.task,
        "type": words::job_kind(progress.kind),
        "progress": progress.percent,
        "completed": progress.state.is_over(),
        "state": state,
        "link": progress.link.as_ref().map(ToString::to_string),
        "error": error,
        "warning": warning,
    })
}
