//! Which portal profile of the settings file is meant.

use std::path::PathBuf;

use super::{
    Environment, Setting, SettingsError, SettingsErrorKind,
    file::{FileSettings, top_of, usual_places},
};
use crate::arguments::GlobalArguments;

/// The profile's name where nobody gives one.
const USUAL_NAME: &str = "main";

/// The profile that was asked for; else the file's default; else its only one; else "main", in the file or not.
///
/// # Errors
///
/// When the profile that was asked for is not there, or nothing tells which of several is meant.
pub(super) fn choose(
    global: &GlobalArguments,
    environment: &Environment,
    path: Option<&Setting<PathBuf>>,
    file: &FileSettings,
) -> Result<Setting<String>, SettingsError> {
    let flag = global.portal.clone().map(|name| Setting::flag("--portal", name));
    match (flag.or(environment.text("DOCSPACE_PORTAL")?), path) {
        (Some(name), Some(path)) => asked_for(name, path, file),
        (Some(name), None) => Err(no_file(&name, environment)),
        (None, Some(path)) => unasked(path, file),
        (None, None) => Ok(Setting::by_default(USUAL_NAME.to_owned())),
    }
}

fn asked_for(
    name: Setting<String>,
    path: &Setting<PathBuf>,
    file: &FileSettings,
) -> Result<Setting<String>, SettingsError> {
    if file.portals.contains_key(&name.value) {
        return Ok(name);
    }
    let problem = format!("there is no profile {} in {}", name.value, path.value.display());
    let mistake = SettingsError::new("portal profile", problem).at(&name.origin);
    Err(mistake.with_hint(known_profiles(file)).with_kind(SettingsErrorKind::NoSuchProfile))
}

fn no_file(name: &Setting<String>, environment: &Environment) -> SettingsError {
    let problem = format!("there is no settings file that could hold the profile {}", name.value);
    let hint = format!("give --config PATH, or write one of {}", usual_places(environment));
    let mistake = SettingsError::new("portal profile", problem).at(&name.origin).with_hint(hint);
    mistake.with_kind(SettingsErrorKind::NoSuchProfile)
}

fn unasked(path: &Setting<PathBuf>, file: &FileSettings) -> Result<Setting<String>, SettingsError> {
    let names = file.profile_names();
    match (&file.default_portal, names.as_slice()) {
        (Some(name), _) => Ok(name.clone()),
        (None, [only]) => Ok(Setting::by_default((*only).to_owned())),
        (None, names) if names.is_empty() || names.contains(&USUAL_NAME) => {
            Ok(Setting::by_default(USUAL_NAME.to_owned()))
        }
        (None, _) => {
            let mistake = SettingsError::new("portal profile", "nothing tells which of several is meant");
            let hint = format!("give --portal NAME, or write default_portal = \"NAME\"; {}", known_profiles(file));
            Err(mistake.at(&top_of(path)).with_hint(hint))
        }
    }
}

fn known_profiles(file: &FileSettings) -> String {
    match file.profile_names().as_slice() {
        [] => "the file has no table [portals.NAME]".to_owned(),
        names => format!("known are: {}", names.join(", ")),
    }
}
