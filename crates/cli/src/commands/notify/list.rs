//! `notify list`: the channels, what each is told, and what waits for it.

use journal::Message;
use notify::{Readers, State};
use serde_json::{Value, json};

use crate::{
    answer::{Answer, SCHEMA_VERSION},
    console::Console,
    exit_code::ExitCode,
    logbook::{Logbook, Outbox},
    problem::Problem,
    settings::{ChannelPlan, Settings},
    table::{markdown_table, plain_table},
};

const HEADER: [&str; 7] = ["Channel", "Type", "Read by", "Told of", "Fallback", "Waiting", "Set in"];

/// Lists the channels. No secret is fetched; where there is no journal, what waits is left out.
pub(super) fn list(settings: &Settings<'_>, console: &Console) -> Result<Answer, Problem> {
    let plans = settings.channel_plans()?;
    let outbox = Outbox::of(&Logbook::open(settings.environment(), console));
    let waiting = outbox.is_durable().then(|| outbox.waiting());
    let entries: Vec<Entry<'_>> = plans.iter().map(|plan| Entry::new(plan, waiting.as_deref())).collect();
    let rows = || entries.iter().map(Entry::row);
    Ok(Answer {
        text: plain_table(&HEADER, rows()).trim_fmt(),
        markdown: markdown_table(&HEADER, rows()),
        document: Some(json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "notification_channels",
            "exit_code": ExitCode::Done.number(),
            "channels": entries.iter().map(Entry::document).collect::<Vec<_>>(),
        })),
        exit: ExitCode::Done,
    })
}

/// A channel, and how many messages wait for it.
struct Entry<'a> {
    plan: &'a ChannelPlan,
    waiting: Option<usize>,
}

impl<'a> Entry<'a> {
    fn new(plan: &'a ChannelPlan, waiting: Option<&[Message]>) -> Self {
        let of_channel =
            |messages: &[Message]| messages.iter().filter(|message| message.message.channel == plan.name).count();
        Self { plan, waiting: waiting.map(of_channel) }
    }

    fn row(&self) -> [String; 7] {
        [
            self.plan.name.clone(),
            self.plan.kind().to_owned(),
            self.readers().to_owned(),
            self.told_of(),
            self.fallback().unwrap_or_default().to_owned(),
            self.waiting.map(|count| count.to_string()).unwrap_or_default(),
            self.plan.origin.to_string(),
        ]
    }

    fn document(&self) -> Value {
        json!({
            "name": self.plan.name,
            "type": self.plan.kind(),
            "readers": self.readers(),
            "states": self.plan.states(),
            "fallback": self.fallback(),
            "waiting": self.waiting,
            "origin": self.plan.origin.to_string(),
        })
    }

    fn readers(&self) -> &'static str {
        match self.plan.readers() {
            Readers::People => "people",
            Readers::Machines => "machines",
        }
    }

    fn told_of(&self) -> String {
        let states = self.plan.states();
        match states.len() == State::ALL.len() {
            true => "everything".to_owned(),
            false => states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", "),
        }
    }

    fn fallback(&self) -> Option<&str> {
        self.plan.terms.fallback.as_ref().map(|fallback| fallback.value.as_str())
    }
}
