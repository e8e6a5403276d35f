//! `notify retry`: what could not be delivered is sent again, and shown.

use journal::{Message, MessageState};
use serde_json::{Value, json};

use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::RetryArguments,
    commands::audience::{Audience, Sending, subject},
    console::Console,
    exit_code::ExitCode,
    logbook::{Logbook, Outbox},
    problem::Problem,
    report::{Notification, Status},
    settings::Settings,
    table::{markdown_table, plain_table},
    words,
};

const HEADER: [&str; 6] = ["Channel", "Notice", "Since", "Status", "Tries", "Error"];

/// Sends whatever waits; with `--dry-run` it is shown alone, and no secret is fetched.
pub(super) async fn retry(
    arguments: &RetryArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let outbox = Outbox::of(&Logbook::required(settings.environment(), console)?);
    if arguments.dry_run {
        let names: Vec<String> = settings.channel_plans()?.into_iter().map(|plan| plan.name).collect();
        return Ok(waiting(&outbox, &names));
    }
    let audience = Audience::ready(&mut settings, console).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    Ok(answer(&sent(&audience, &outbox, console).await, false))
}

/// What waits, and what keeps it from being told.
fn waiting(outbox: &Outbox, names: &[String]) -> Answer {
    let entry = |message: Message| Entry::new(Notification::of_message(&message), message, names);
    answer(&outbox.waiting().into_iter().map(entry).collect::<Vec<_>>(), true)
}

/// Sends everything, and gives up what is too old even then.
async fn sent(audience: &Audience, outbox: &Outbox, console: &Console) -> Vec<Entry> {
    let before = outbox.waiting();
    let sending = Sending::of(outbox, &audience.subscriptions).await;
    let given_up: Vec<i64> = audience.give_up(outbox, console).iter().map(|message| message.number).collect();
    let moved = sending.tried.iter().map(|tried| &tried.message);
    let moved = moved.filter(|message| before.iter().all(|known| known.number != message.number));
    let names = audience.names();
    let entry = |message: &Message| {
        let told = sending.notification(message);
        let is_given_up = given_up.contains(&message.number);
        let status = if is_given_up { Status::GivenUp } else { told.status };
        Entry::new(Notification { status, ..told }, message.clone(), &names)
    };
    before.iter().chain(moved).map(entry).collect()
}

/// A message, and what became of it.
struct Entry {
    told: Notification,
    message: Message,
}

impl Entry {
    fn new(told: Notification, message: Message, names: &[String]) -> Self {
        let is_absent = message.state == MessageState::Waiting && !names.contains(&told.name);
        let error = if is_absent { Some("the settings name no such channel".to_owned()) } else { told.error };
        Self { told: Notification { error, ..told }, message }
    }

    fn row(&self) -> [String; 6] {
        let told = &self.told;
        [
            told.name.clone(),
            subject(&self.message),
            words::time(self.message.kept_at),
            told.status.as_str().to_owned(),
            told.attempts.to_string(),
            told.error.as_deref().map(notify::one_line).unwrap_or_default(),
        ]
    }

    fn document(&self) -> Value {
        let mut document = self.told.document();
        document["subject"] = subject(&self.message).into();
        document["kept_at"] = words::time(self.message.kept_at).into();
        document["run"] = self.message.message.run.as_ref().map(ToString::to_string).into();
        document
    }
}

fn answer(entries: &[Entry], is_dry_run: bool) -> Answer {
    let is_all_told = entries.iter().all(|entry| entry.told.is_told());
    let exit = if is_all_told || is_dry_run { ExitCode::Done } else { ExitCode::NotTold };
    let rows = || entries.iter().map(Entry::row);
    let nothing = entries.is_empty();
    Answer {
        text: if nothing { "Nothing waits.".to_owned() } else { plain_table(&HEADER, rows()).trim_fmt() },
        markdown: markdown_table(&HEADER, rows()),
        document: Some(json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "notification_retry",
            "exit_code": exit.number(),
            "dry_run": is_dry_run,
            "notifications": entries.iter().map(Entry::document).collect::<Vec<_>>(),
        })),
        exit,
    }
}
