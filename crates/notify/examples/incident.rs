//! Follows something that fails and recovers, so that people are told of a trouble when it begins, now and then while it
//! lasts, and when it is over: `… | cargo run -p notify --example incident -- NAME`.
//!
//! Each line on standard input says what happened: `failed`, `stale`, `completed` and the other states. Machines are told of
//! every one. Who is told comes from the environment: `SMTP_URL` is the server of a mail from `MAIL_FROM` to `MAIL_TO`,
//! `SLACK_WEBHOOK_URL` the address of a Slack channel, `WEBHOOK_URL` that of a program, signed with `WEBHOOK_SECRET`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod channels;

use std::{env, io, process::ExitCode, sync::Arc};

use channels::Failure;
use jiff::Timestamp;
use notify::{
    Chapter, DeliveryPolicy, Fact, Incident, IncidentPhase, Notice, Reminders, Severity, State, Subscription,
    deliver_all,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    channels::exit_code(follow().await)
}

async fn follow() -> Result<(), Failure> {
    let name = env::args().nth(1).ok_or("say what this is about")?;
    let subscriptions = channels::from_environment()?;
    // All that has to be kept between two notices; a program that ends in between writes it down.
    let mut open = None;
    for line in io::stdin().lines() {
        let state: State = line?.trim().parse()?;
        let now = Timestamp::now();
        let id = now.as_nanosecond().to_string();
        let chapter = Chapter::new(open.as_ref(), state, now, &format!("incident-{id}"), Reminders::default());
        tell(&subscriptions, &chapter, &notice(&name, id, &chapter, now)).await;
        open = chapter.open;
    }
    Ok(())
}

/// Tells those who chose the state, and of them only machines where people know already.
async fn tell(subscriptions: &[Subscription], chapter: &Chapter, notice: &Notice) {
    let concerned = subscriptions.iter().filter(|subscription| subscription.takes(chapter.state, chapter.attention));
    let channels: Vec<_> = concerned.map(|subscription| Arc::clone(&subscription.channel)).collect();
    println!("{}", notice.subject);
    for delivery in deliver_all(&channels, notice, &DeliveryPolicy::default()).await {
        println!(
            "  {}: {}",
            delivery.name,
            delivery.result.as_ref().map_or_else(channels::words, |()| "told".to_owned())
        );
    }
}

fn notice(name: &str, id: String, chapter: &Chapter, now: Timestamp) -> Notice {
    Notice {
        id,
        // Without an incident, what concerns the same thing still stands together.
        thread: Some(name.to_owned()),
        incident: chapter.incident.clone(),
        severity: severity(chapter.state),
        state: chapter.state,
        outcome: None,
        subject: format!("{name}: {}", chapter.state),
        message: chapter.incident.as_ref().map_or_else(|| "No trouble is known.".to_owned(), story),
        facts: vec![Fact::new("At", now.to_string())],
        next_step: None,
        link: None,
        exit_code: None,
        at: now,
    }
}

fn story(incident: &Incident) -> String {
    match incident.phase {
        IncidentPhase::Opened => "A trouble has begun.".to_owned(),
        IncidentPhase::Ongoing => format!("The trouble goes on, with {} failures so far.", incident.failures),
        IncidentPhase::Resolved => format!("The trouble is over, after {} failures.", incident.failures),
    }
}

fn severity(state: State) -> Severity {
    match state {
        State::Failed | State::Stale => Severity::Error,
        State::Warning | State::StillRunning => Severity::Warning,
        State::Completed | State::Recovered => Severity::Success,
        State::Started | State::Test => Severity::Info,
    }
}
