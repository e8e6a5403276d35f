//! Every setting in force as a row: name, value, origin. A secret is shown by its place alone.

use std::{path::Path, time::Duration};

use docspace_api::{BackupPeriod, Scope};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    arguments::{LimitArguments, StorageArguments},
    settings::{
        ChannelPlan, DeliveryPlan, Origin, PortalPlan, RunPlan, SchedulePlan, SecretSource, Setting, Settings,
        SettingsError, Shown, StoragePlan,
    },
    words,
};

/// One setting.
#[derive(Debug)]
pub(super) struct Row {
    /// As the settings file spells it, with `portal` for the profile in force.
    pub(super) name: String,
    /// For people.
    pub(super) text: String,
    /// For programs; `null` where nothing is set, and for a secret.
    pub(super) value: Value,
    /// Where a secret is fetched from; `None` for what is no secret.
    pub(super) secret_from: Option<String>,
    pub(super) origin: Origin,
}

/// All settings in force.
///
/// # Errors
///
/// When the profile is unknown, or two settings contradict each other.
pub(super) fn rows(settings: &Settings<'_>) -> Result<Vec<Row>, SettingsError> {
    let run = settings.run_plan(&StorageArguments::default(), None, &LimitArguments::default())?;
    let mut rows = Rows::default();
    rows.portal(&settings.portal_plan()?);
    settings.declared_schedule_plan()?.iter().for_each(|schedule| rows.schedule(schedule));
    rows.run(&run);
    rows.delivery(&settings.delivery());
    rows.templates(settings.template_settings());
    settings.channel_plans()?.iter().for_each(|channel| rows.channel(channel));
    Ok(rows.0)
}

#[derive(Debug, Default)]
struct Rows(Vec<Row>);

impl Rows {
    fn portal(&mut self, plan: &PortalPlan) {
        self.text("portal.name", &plan.name);
        match (&plan.host, plan.address()) {
            (Some(host), Ok(address)) => self.text("portal.host", &host.as_ref().map(|_| address)),
            (Some(host), Err(_)) => self.add("portal.host", "(not an address)".to_owned(), Value::Null, &host.origin),
            (None, _) => self.unset("portal.host"),
        }
        match &plan.api_key {
            Some(source) => self.secret("portal.api_key", source),
            None => self.unset("portal.api_key"),
        }
        self.path("portal.ca_file", plan.ca_file.as_ref());
        self.boolean("portal.allow_http", &plan.allow_http);
        self.duration("portal.connect_timeout", &plan.connect_timeout);
        self.duration("portal.request_timeout", &plan.request_timeout);
        self.duration("portal.retry_for", &plan.retry_for);
    }

    fn run(&mut self, plan: &RunPlan) {
        self.place("run", &plan.storage);
        self.boolean("run.dump", &plan.scope.as_ref().map(|scope| *scope == Scope::Server));
        self.text("run.if_running", &plan.if_running);
        self.boolean("run.allow_paid", &plan.allow_paid);
        self.duration("run.timeout", &plan.limits.timeout);
        self.duration("run.stall_timeout", &plan.limits.stall_timeout);
        self.duration("run.recheck_after", &plan.limits.recheck_after);
    }

    fn delivery(&mut self, plan: &DeliveryPlan) {
        self.duration("delivery.give_up_after", &plan.give_up_after);
        self.duration("delivery.remind_first", &plan.remind_first);
        self.duration("delivery.remind_every", &plan.remind_every);
    }

    fn schedule(&mut self, plan: &SchedulePlan) {
        match plan.period.as_ref().map(Setting::as_ref) {
            Some(Setting { value: BackupPeriod::EveryDay, origin }) => {
                self.boolean("portal.schedule.daily", &Setting { value: true, origin });
            }
            Some(Setting { value: BackupPeriod::EveryWeek(day), origin }) => {
                self.text("portal.schedule.weekly", &Setting { value: words::weekday(*day), origin });
            }
            Some(Setting { value: BackupPeriod::EveryMonth(day), origin }) => {
                self.number("portal.schedule.monthly", Setting { value: day.get(), origin });
            }
            None => self.unset("portal.schedule.daily"),
        }
        self.number("portal.schedule.at", plan.hour.as_ref().map(|hour| hour.get()));
        self.number("portal.schedule.keep", plan.keep.as_ref().map(|keep| keep.get()));
        self.place("portal.schedule", &plan.storage);
        self.boolean("portal.schedule.dump", &plan.scope.as_ref().map(|scope| *scope == Scope::Server));
    }

    fn place(&mut self, table: &str, plan: &StoragePlan) {
        self.text(&format!("{table}.storage"), &plan.word);
        if let Some(folder) = &plan.folder {
            self.text(&format!("{table}.folder"), folder);
        }
        for (key, param) in &plan.params {
            let name = format!("{table}.params.{key}");
            if words::may_be_secret(key) { self.hidden(&name, &param.origin) } else { self.text(&name, param) }
        }
    }

    /// Of a template people see the first line.
    fn templates(&mut self, [subject, text]: [Option<&Setting<String>>; 2]) {
        for (name, template) in [("templates.subject", subject), ("templates.text", text)] {
            let Some(template) = template else { continue };
            let mut lines = template.value.lines();
            let (first, rest) = (lines.next().unwrap_or_default(), if lines.next().is_some() { " …" } else { "" });
            self.add(name, format!("{first}{rest}"), json!(template.value), &template.origin);
        }
    }

    fn channel(&mut self, plan: &ChannelPlan) {
        let kind = plan.kind();
        self.add(&plan.setting("type"), kind.to_owned(), json!(kind), &plan.origin);
        plan.shown().into_iter().for_each(|(key, shown)| self.shown(&plan.setting(key), shown));
    }

    fn shown(&mut self, name: &str, shown: Shown<'_>) {
        match shown {
            Shown::Text(text) => self.text(name, text),
            Shown::Word(word) => self.text(name, word),
            Shown::Texts(texts) => self.list(name, &texts.value, &texts.origin),
            Shown::States(states) => {
                let words: Vec<&str> = states.value.iter().map(|state| state.as_str()).collect();
                self.list(name, &words, &states.origin);
            }
            Shown::Path(path) => self.path(name, Some(path)),
            Shown::Switch(switch) => self.boolean(name, switch),
            Shown::Time(time) => self.duration(name, time),
            Shown::Secret(source) => self.secret(name, source),
            Shown::Hidden(texts) => self.hidden(name, &texts.origin),
        }
    }

    fn list<T: AsRef<str>>(&mut self, name: &str, texts: &[T], origin: &Origin) {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        self.add(name, texts.join(", "), json!(texts), origin);
    }

    fn text(&mut self, name: &str, setting: &Setting<impl ToString>) {
        let text = setting.value.to_string();
        self.add(name, text.clone(), json!(text), &setting.origin);
    }

    fn path(&mut self, name: &str, setting: Option<&Setting<impl AsRef<Path>>>) {
        let Some(setting) = setting else { return };
        let text = setting.value.as_ref().display().to_string();
        self.add(name, text.clone(), json!(text), &setting.origin);
    }

    fn boolean(&mut self, name: &str, setting: &Setting<bool>) {
        self.add(name, setting.value.to_string(), json!(setting.value), &setting.origin);
    }

    fn number(&mut self, name: &str, setting: Setting<u8>) {
        self.add(name, setting.value.to_string(), json!(setting.value), &setting.origin);
    }

    /// In seconds for programs.
    fn duration(&mut self, name: &str, setting: &Setting<Duration>) {
        let text =
            SignedDuration::try_from(setting.value).map_or_else(|_| "ever".to_owned(), |time| format!("{time:#}"));
        self.add(name, text, json!(setting.value.as_secs_f64()), &setting.origin);
    }

    fn secret(&mut self, name: &str, source: &Setting<SecretSource>) {
        let place = source.value.to_string();
        self.0.push(Row {
            name: name.to_owned(),
            text: format!("(secret, from {place})"),
            value: Value::Null,
            secret_from: Some(place),
            origin: source.origin.clone(),
        });
    }

    fn hidden(&mut self, name: &str, origin: &Origin) {
        self.add(name, "(hidden)".to_owned(), Value::Null, origin);
    }

    fn unset(&mut self, name: &str) {
        self.add(name, "(not set)".to_owned(), Value::Null, &Origin::Default);
    }

    fn add(&mut self, name: &str, text: String, value: Value, origin: &Origin) {
        let (name, origin) = (name.to_owned(), origin.clone());
        self.0.push(Row { name, text, value, secret_from: None, origin });
    }
}
