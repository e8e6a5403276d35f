//! Tells one notice over every channel that the environment names, and says what became of it in each:
//! `cargo run -p notify --example tell_all -- SUBJECT [MESSAGE]`.
//!
//! `SMTP_URL` is the server of a mail from `MAIL_FROM` to `MAIL_TO` (several with commas), `SLACK_WEBHOOK_URL` the address
//! of a Slack channel, `WEBHOOK_URL` that of a program, signed with `WEBHOOK_SECRET` if there is one.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod channels;

use std::{env, process::ExitCode, sync::Arc, time::Duration};

use channels::Failure;
use jiff::Timestamp;
use notify::{Delivery, DeliveryPolicy, Fact, Notice, Notifier, Severity, State, deliver_all, preflight_all};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    channels::exit_code(tell().await)
}

async fn tell() -> Result<(), Failure> {
    let subject = env::args().nth(1).ok_or("say what happened: SUBJECT [MESSAGE]")?;
    let notice = notice(subject, env::args().nth(2).unwrap_or_default(), Timestamp::now());
    // Wrong settings end here, before anybody is told anything.
    let subscriptions = channels::from_environment()?;
    let channels: Vec<Arc<dyn Notifier>> = subscriptions.into_iter().map(|subscription| subscription.channel).collect();

    // This proves what can be proven without a message, and a program would do it long before there is something to tell.
    for (name, result) in preflight_all(&channels, Duration::from_secs(10)).await {
        println!("{name}: {}", result.as_ref().map_or_else(channels::words, |()| "ready".to_owned()));
    }
    let deliveries = deliver_all(&channels, &notice, &DeliveryPolicy::default()).await;
    deliveries.iter().for_each(|delivery| println!("{}", fate(delivery)));
    match deliveries.iter().filter(|delivery| delivery.result.is_err()).count() {
        0 => Ok(()),
        untold => Err(format!("{untold} of {} channels could not be told", deliveries.len()).into()),
    }
}

fn notice(subject: String, message: String, now: Timestamp) -> Notice {
    Notice {
        // Of one happening alone: by it a receiver recognises what is told twice.
        id: now.as_nanosecond().to_string(),
        thread: None,
        incident: None,
        severity: Severity::Warning,
        state: State::Warning,
        outcome: None,
        subject,
        message,
        facts: vec![Fact::new("Told by", "tell_all")],
        next_step: None,
        link: None,
        exit_code: None,
        at: now,
    }
}

fn fate(delivery: &Delivery) -> String {
    let why = delivery.result.as_ref().err().map(|error| format!(": {}", channels::words(error))).unwrap_or_default();
    format!("{}: {} at try {}{why}", delivery.name, delivery.status(), delivery.attempts)
}
