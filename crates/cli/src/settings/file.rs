//! The settings file: which one, and what stands in it.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use docspace_api::{BackupPeriod, BackupsStored, Hour};

use super::{
    ChannelPlan, Environment, Origin, SecretSource, Setting, SettingsError, document::Document, small_file::read_text,
    storage_layer::StorageLayer, table::Table,
};
use crate::{
    arguments::{GlobalArguments, IfRunningWord, WeekdayWord, parse_hour, parse_keep, parse_month_day},
    template,
};

/// The most a settings file may be long: 1 MiB.
const LIMIT: u64 = 1024 * 1024;

/// What stands in a settings file; each value was checked by itself.
#[derive(Debug, Default)]
pub(super) struct FileSettings {
    pub(super) default_portal: Option<Setting<String>>,
    pub(super) portals: BTreeMap<String, Profile>,
    pub(super) run: RunTable,
    pub(super) delivery: DeliveryTable,
    pub(super) templates: TemplatesTable,
    /// In the order of the file; `None` without any table `[notify.…]`.
    pub(super) channels: Option<Vec<ChannelPlan>>,
}

/// A table `[portals.NAME]`.
#[derive(Debug, Default)]
pub(super) struct Profile {
    pub(super) host: Option<Setting<String>>,
    pub(super) api_key: Option<Setting<SecretSource>>,
    pub(super) ca_file: Option<Setting<PathBuf>>,
    pub(super) allow_http: Option<Setting<bool>>,
    pub(super) connect_timeout: Option<Setting<Duration>>,
    pub(super) request_timeout: Option<Setting<Duration>>,
    pub(super) retry_for: Option<Setting<Duration>>,
    pub(super) schedule: Option<ScheduleTable>,
}

/// A table `[portals.NAME.schedule]`.
#[derive(Debug, Default)]
pub(super) struct ScheduleTable {
    pub(super) period: Option<Setting<BackupPeriod>>,
    pub(super) hour: Option<Setting<Hour>>,
    pub(super) keep: Option<Setting<BackupsStored>>,
    pub(super) place: StorageLayer,
    pub(super) dump: Option<Setting<bool>>,
}

/// The table `[run]`.
#[derive(Debug, Default)]
pub(super) struct RunTable {
    pub(super) place: StorageLayer,
    pub(super) dump: Option<Setting<bool>>,
    pub(super) if_running: Option<Setting<IfRunningWord>>,
    pub(super) allow_paid: Option<Setting<bool>>,
    pub(super) timeout: Option<Setting<Duration>>,
    pub(super) stall_timeout: Option<Setting<Duration>>,
    pub(super) recheck_after: Option<Setting<Duration>>,
}

/// The table `[delivery]`.
#[derive(Debug, Default)]
pub(super) struct DeliveryTable {
    pub(super) give_up_after: Option<Setting<Duration>>,
    pub(super) remind_first: Option<Setting<Duration>>,
    pub(super) remind_every: Option<Setting<Duration>>,
}

/// The table `[templates]`; each template can be rendered.
#[derive(Debug, Default)]
pub(super) struct TemplatesTable {
    pub(super) subject: Option<Setting<String>>,
    pub(super) text: Option<Setting<String>>,
}

/// The settings file that is in force: one that was named, or the first of the usual ones that exists.
pub(super) fn find(global: &GlobalArguments, environment: &Environment) -> Option<Setting<PathBuf>> {
    let flag = global.config.clone().map(|path| Setting::flag("--config", path));
    let named = flag.or_else(|| environment.path("DOCSPACE_BACKUP_CONFIG"));
    named.or_else(|| places(environment).find(|path| path.exists()).map(Setting::by_default))
}

/// Where a settings file is looked for when none is named, as people read it.
pub(super) fn usual_places(environment: &Environment) -> String {
    let places: Vec<String> = places(environment).map(|path| path.display().to_string()).collect();
    places.join(", ")
}

fn places(environment: &Environment) -> impl Iterator<Item = PathBuf> {
    environment.user_file().into_iter().chain([environment.system_file()])
}

/// Reads a file as far as it can be read, and returns everything that is wrong with it.
pub(super) fn read(path: &Setting<PathBuf>, environment: &Environment) -> (FileSettings, Vec<SettingsError>) {
    match read_text(&path.value, LIMIT) {
        Ok(text) => parse(path.value.clone(), text, environment),
        Err(fault) => {
            let mistake = SettingsError::new("settings file", fault.to_string()).at(&path.origin);
            let hint = "name a file that can be read; `docspace-backup config init PATH` writes one to start from";
            (FileSettings::default(), vec![mistake.with_hint(hint)])
        }
    }
}

/// The same for a text that was read from there.
pub(super) fn parse(path: PathBuf, text: String, environment: &Environment) -> (FileSettings, Vec<SettingsError>) {
    let document = Document::new(path, text, environment);
    let settings = document.root().map(read_root).unwrap_or_default();
    (settings, document.into_mistakes())
}

fn read_root(mut root: Table<'_>) -> FileSettings {
    let portals = root.tables("portals").into_iter().map(|(name, table)| (name, read_profile(table)));
    let settings = FileSettings {
        portals: portals.collect(),
        default_portal: root.text("default_portal"),
        run: root.table("run").map(read_run).unwrap_or_default(),
        delivery: root.table("delivery").map(read_delivery).unwrap_or_default(),
        templates: root.table("templates").map(read_templates).unwrap_or_default(),
        channels: read_channels(&mut root),
    };
    check_default(&root, &settings);
    root.finish();
    settings
}

fn check_default(root: &Table<'_>, settings: &FileSettings) {
    let Some(default) = &settings.default_portal else { return };
    if !settings.portals.contains_key(&default.value) {
        let hint = format!("add the table [portals.{}], or name another profile", default.value);
        root.refuse("default_portal", &default.origin, "there is no such profile", &hint);
    }
}

fn read_profile(mut table: Table<'_>) -> Profile {
    let profile = Profile {
        host: table.text("host"),
        api_key: table.secret("api_key"),
        ca_file: table.path("ca_file"),
        allow_http: table.boolean("allow_http"),
        connect_timeout: table.duration("connect_timeout"),
        request_timeout: table.duration("request_timeout"),
        retry_for: table.duration("retry_for"),
        schedule: table.table("schedule").map(read_schedule),
    };
    table.finish();
    profile
}

fn read_run(mut table: Table<'_>) -> RunTable {
    let run = RunTable {
        place: read_place(&mut table),
        dump: table.boolean("dump"),
        if_running: table.word("if_running"),
        allow_paid: table.boolean("allow_paid"),
        timeout: table.duration("timeout"),
        stall_timeout: table.duration("stall_timeout"),
        recheck_after: table.duration("recheck_after"),
    };
    table.finish();
    run
}

fn read_delivery(mut table: Table<'_>) -> DeliveryTable {
    let delivery = DeliveryTable {
        give_up_after: table.duration("give_up_after"),
        remind_first: table.duration("remind_first"),
        remind_every: table.duration("remind_every"),
    };
    table.finish();
    delivery
}

fn read_place(table: &mut Table<'_>) -> StorageLayer {
    StorageLayer {
        storage: table.word("storage"),
        folder: table.text_or_number("folder"),
        params: table.pairs("params").into_iter().collect(),
    }
}

fn read_schedule(mut table: Table<'_>) -> ScheduleTable {
    let schedule = ScheduleTable {
        period: read_period(&mut table),
        hour: table.parsed("at", parse_hour),
        keep: table.parsed("keep", parse_keep),
        place: read_place(&mut table),
        dump: table.boolean("dump"),
    };
    table.finish();
    schedule
}

const WHICH_DAYS: &str = r#"write daily = true, weekly = "mon" or monthly = 15"#;

/// One of three keys.
fn read_period(table: &mut Table<'_>) -> Option<Setting<BackupPeriod>> {
    let daily = table.boolean("daily").filter(|daily| daily.value).map(|daily| daily.map(|_| BackupPeriod::EveryDay));
    let weekly = table.word::<WeekdayWord>("weekly").map(|day| day.map(|day| BackupPeriod::EveryWeek(day.into())));
    let monthly = table.parsed("monthly", parse_month_day).map(|day| day.map(BackupPeriod::EveryMonth));
    let keys = [("daily", daily), ("weekly", weekly), ("monthly", monthly)];
    let mut given = keys.into_iter().filter_map(|(key, period)| Some((key, period?)));
    let Some((first, period)) = given.next() else {
        let is_refused = ["daily", "weekly", "monthly"].iter().any(|key| table.is_refused(key));
        if !is_refused {
            table.refuse("daily", table.origin(), "nothing says on which days it runs", WHICH_DAYS);
        }
        return None;
    };
    for (key, other) in given {
        table.refuse(key, &other.origin, &format!("contradicts {}", table.name_of(first)), "leave one of the two out");
    }
    Some(period)
}

fn read_templates(mut table: Table<'_>) -> TemplatesTable {
    let templates =
        TemplatesTable { subject: read_template("subject", &mut table), text: read_template("text", &mut table) };
    table.finish();
    templates
}

fn read_template(key: &'static str, table: &mut Table<'_>) -> Option<Setting<String>> {
    let template = table.text(key)?;
    let fault = template::check(&template.value).err();
    if let Some(fault) = &fault {
        let hint = r#"known are portal, state, outcome, severity, duration, reason, next_step, link, subject, text, exit_code, failures, since, and facts["File"] | default("none")"#;
        table.refuse(key, &template.origin, &fault.to_string(), hint);
    }
    fault.is_none().then_some(template)
}

/// A channel that cannot be read is left out; its mistakes are noted.
fn read_channels(root: &mut Table<'_>) -> Option<Vec<ChannelPlan>> {
    let tables = root.tables("notify");
    let any = !tables.is_empty();
    let channels = tables.into_iter().filter_map(|(name, table)| ChannelPlan::read(name, table));
    let channels = channels.collect();
    any.then_some(channels)
}

impl FileSettings {
    /// The profile's names, for people who mistyped one.
    pub(super) fn profile_names(&self) -> Vec<&str> {
        self.portals.keys().map(String::as_str).collect()
    }
}

/// Where the first line of a file is, for mistakes about something that is not in it.
pub(super) fn top_of(path: &Setting<PathBuf>) -> Origin {
    Origin::File { path: path.value.clone(), line: 1 }
}
