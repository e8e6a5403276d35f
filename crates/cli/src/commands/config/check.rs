//! `config check`: all settings read and every secret fetched, while nothing is sent anywhere.

use std::io::Write;

use docspace_api::Portal;
use notify::one_line;
use serde_json::{Value, json};

use super::show::origin;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::{GlobalArguments, LimitArguments, StorageArguments},
    exit_code::ExitCode,
    markdown::escape as escape_markdown,
    settings::{ChannelPlan, Environment, PortalPlan, Settings, SettingsError, SettingsErrorKind},
    words,
};

/// What was found.
#[derive(Debug, Default)]
struct Checked {
    fine: Vec<String>,
    warnings: Vec<String>,
    mistakes: Vec<SettingsError>,
}

/// Checks the settings file, the portal in force, every other profile, the job, and every channel.
pub(super) async fn check(global: &GlobalArguments, environment: &Environment) -> Answer {
    let (mut settings, mistakes) = Settings::load_with_mistakes(global, environment);
    let mut checked = Checked { mistakes, ..Checked::default() };
    checked.file(&settings);
    if !checked.is_spoiled("portals") && !checked.is_spoiled("default_portal") {
        checked.portals(&mut settings).await;
        checked.schedule(&settings);
    }
    if !checked.is_spoiled("run") {
        checked.run(&settings);
    }
    if !checked.is_spoiled("settings file") {
        checked.channels(&mut settings).await;
    }
    checked.warnings = settings.warnings().to_vec();
    checked.answer()
}

impl Checked {
    fn answer(&self) -> Answer {
        Answer {
            text: self.lines().join("\n"),
            markdown: self.items().join("\n"),
            document: Some(self.document()),
            exit: self.exit(),
        }
    }

    /// A profile that is not there has its own code, if it is all that is wrong.
    fn exit(&self) -> ExitCode {
        let is_usage = |mistake: &SettingsError| mistake.kind() == SettingsErrorKind::Usage;
        match self.mistakes.as_slice() {
            [] => ExitCode::Done,
            mistakes if mistakes.iter().any(is_usage) => ExitCode::Usage,
            _ => ExitCode::NotFound,
        }
    }

    /// Whether a mistake in that part of the file, or in the file as a whole, makes further findings about it worthless.
    fn is_spoiled(&self, part: &str) -> bool {
        self.mistakes.iter().any(|mistake| mistake.spoils(part))
    }

    fn file(&mut self, settings: &Settings<'_>) {
        match settings.path() {
            None => self.fine.push(format!("no settings file; looked for {}", settings.usual_places())),
            Some(path) if self.mistakes.is_empty() => self.fine.push(format!("settings file {}", path.value.display())),
            Some(_) => {}
        }
    }

    async fn portals(&mut self, settings: &mut Settings<'_>) {
        let in_force = settings.portal_plan();
        let name = in_force.as_ref().ok().map(|plan| plan.name.value.clone());
        let found = match in_force {
            Ok(plan) => portal_in_force(&plan, settings).await,
            Err(mistake) => Err(mistake),
        };
        self.note(found);
        for plan in settings.profile_plans().iter().filter(|plan| Some(&plan.name.value) != name.as_ref()) {
            let found = settings.check_profile(plan).await;
            self.note(found.map(|()| format!("portal {}, which is not in force", plan.name.value)));
        }
    }

    /// Nothing is noted where none is declared.
    fn schedule(&mut self, settings: &Settings<'_>) {
        // A profile that is unknown has been noted with the portal.
        let Ok(Some(plan)) = settings.declared_schedule_plan() else { return };
        let found = plan.schedule();
        self.note(found.map(|_| format!("schedule of the portal, storage {}", plan.storage.word.value)));
    }

    fn run(&mut self, settings: &Settings<'_>) {
        let plan = settings.run_plan(&StorageArguments::default(), None, &LimitArguments::default());
        let found = plan.and_then(|plan| Ok((plan.settings()?, plan.storage.word.value)));
        self.note(found.map(|(run, storage)| {
            let scope = words::scope(run.backup.scope);
            format!("backup of {scope}, storage {storage}")
        }));
    }

    async fn channels(&mut self, settings: &mut Settings<'_>) {
        match settings.channel_plans_with_mistakes() {
            Ok((plans, mistakes)) => {
                if !self.is_spoiled("notify") {
                    self.mistakes.extend(mistakes); // else the channel may be there, and unreadable
                }
                for plan in &plans {
                    self.channel(plan, settings).await;
                }
            }
            Err(mistake) => self.mistakes.push(mistake),
        }
    }

    async fn channel(&mut self, plan: &ChannelPlan, settings: &mut Settings<'_>) {
        let built = settings.build_channel(plan, nowhere, &mut self.mistakes).await;
        self.fine.extend(built.map(|_| format!("channel {} ({})", plan.name, plan.kind())));
    }

    fn note(&mut self, found: Result<String, SettingsError>) {
        match found {
            Ok(fine) => self.fine.push(fine),
            Err(mistake) => self.mistakes.push(mistake),
        }
    }

    fn lines(&self) -> Vec<String> {
        let fine = self.fine.iter().map(|text| format!("fine     {}", one_line(text)));
        let warnings = self.warnings.iter().map(|text| format!("warning  {}", one_line(text)));
        let mistakes = self.mistakes.iter().flat_map(|mistake| {
            let hint = mistake.hint().map(|hint| format!("         hint: {}", one_line(hint)));
            std::iter::once(format!("wrong    {}", one_line(&mistake.to_string()))).chain(hint)
        });
        fine.chain(warnings).chain(mistakes).collect()
    }

    fn items(&self) -> Vec<String> {
        let lines = self.lines().into_iter();
        lines.map(|line| format!("- {}", escape_markdown(line.trim()))).collect()
    }

    fn document(&self) -> Value {
        json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "settings_check",
            "exit_code": self.exit().number(),
            "fine": self.fine,
            "warnings": self.warnings,
            "mistakes": self.mistakes.iter().map(mistake).collect::<Vec<_>>(),
        })
    }
}

async fn portal_in_force(plan: &PortalPlan, settings: &mut Settings<'_>) -> Result<String, SettingsError> {
    let portal = settings.resolve_portal().await?;
    let address = portal.address.to_string();
    let unusable = |text: String| {
        let mistake = SettingsError::new("ca_file", text).with_hint("name a file with certificates in PEM form");
        plan.ca_file.as_ref().map_or(mistake.clone(), |file| mistake.at(&file.origin))
    };
    Portal::new(portal.address, portal.credential, portal.options).map_err(|error| unusable(error.to_string()))?;
    let source = plan.api_key.as_ref().map(|key| key.value.to_string()).unwrap_or_default();
    Ok(format!("portal {}: {address}, key from {source}", portal.name))
}

fn mistake(mistake: &SettingsError) -> Value {
    json!({
        "setting": mistake.setting(),
        "message": mistake.to_string(),
        "hint": mistake.hint(),
        "origin": mistake.origin().map(origin),
    })
}

fn nowhere() -> Box<dyn Write + Send> {
    Box::new(std::io::sink())
}
