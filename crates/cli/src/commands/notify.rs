//! `notify`: who is told, a try of it, and what could not be told yet.

mod digest;
mod list;
mod preview;
mod retry;

use std::time::Duration;

use jiff::Timestamp;
use notify::{Delivery, DeliveryPolicy, Fact, Notice, Severity, State, deliver_all, preflight_all};
use serde_json::{Value, json};

use super::audience::stdout_for;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::{NotifyCommand, TestArguments},
    console::Console,
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    problem::Problem,
    report::{Notification, fact_lines},
    settings::Settings,
    words,
};

/// Carries one of the subcommands out.
pub(crate) async fn notify(
    command: &NotifyCommand,
    settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    match command {
        NotifyCommand::List => list::list(&settings, console),
        NotifyCommand::Test(arguments) if arguments.dry_run => preview::preview(arguments, settings, console).await,
        NotifyCommand::Test(arguments) => test(arguments, settings, console).await,
        NotifyCommand::Retry(arguments) => retry::retry(arguments, settings, console).await,
        NotifyCommand::Digest(arguments) => digest::digest(arguments, settings, console).await,
    }
}

async fn test(arguments: &TestArguments, mut settings: Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let subscriptions = settings.resolve_subscriptions(&arguments.channels, stdout_for(console.format)).await?;
    let channels: Vec<_> = subscriptions.into_iter().map(|subscription| subscription.channel).collect();
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    for (name, result) in preflight_all(&channels, Duration::from_secs(10)).await {
        if let Err(error) = result {
            console.warn(&format!("{name}: {}", words::why_not_told(&error)));
        }
    }
    let deliveries = deliver_all(&channels, &test_notice(), &DeliveryPolicy::default()).await;
    let exit =
        if deliveries.iter().all(|delivery| delivery.result.is_ok()) { ExitCode::Done } else { ExitCode::Failed };
    let facts: Vec<Fact> = deliveries.iter().map(|delivery| Fact::new(&delivery.name, outcome(delivery))).collect();
    let documents = deliveries.iter().map(|delivery| Notification::of_delivery(delivery).document()).collect();
    Ok(answer("notification_test", "notifications", documents, &facts, exit))
}

fn outcome(delivery: &Delivery) -> String {
    match &delivery.result {
        Ok(()) => "delivered".to_owned(),
        Err(error) => format!("FAILED: {}", words::why_not_told(error)),
    }
}

fn test_notice() -> Notice {
    Notice {
        id: uuid::Uuid::new_v4().to_string(),
        thread: None,
        incident: None,
        severity: Severity::Info,
        state: State::Test,
        outcome: None,
        subject: "A test of docspace-backup".to_owned(),
        message: "This is a test: whoever reads it will be told about backups here.".to_owned(),
        facts: vec![Fact::new("Sent by", "docspace-backup notify test")],
        next_step: None,
        link: None,
        exit_code: None,
        at: Timestamp::now(),
    }
}

fn answer(kind: &str, key: &str, rows: Vec<Value>, facts: &[Fact], exit: ExitCode) -> Answer {
    let item = |fact: &Fact| format!("- {}: {}\n", escape_markdown(&fact.label), escape_markdown(&fact.value));
    Answer {
        text: fact_lines(facts),
        markdown: facts.iter().map(item).collect(),
        document: Some(
            json!({ "schema_version": SCHEMA_VERSION, "kind": kind, "exit_code": exit.number(), key: rows }),
        ),
        exit,
    }
}
