//! `config init`: a commented settings file to start from.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::{GlobalArguments, InitArguments},
    exit_code::ExitCode,
    settings::{Environment, SAMPLE, Setting, SettingsError},
};

/// Writes the file, readable by its owner alone.
///
/// # Errors
///
/// When no place is named and there is no home, when the file exists and `--force` is not given, or when it cannot be
/// written.
pub(super) fn init(
    arguments: &InitArguments,
    global: &GlobalArguments,
    environment: &Environment,
) -> Result<Answer, SettingsError> {
    let path = place(arguments, global, environment)?;
    write_sample(&path.value, arguments.force).map_err(|error| mistake(&path, &error))?;
    Ok(answer(&path.value))
}

fn place(
    arguments: &InitArguments,
    global: &GlobalArguments,
    environment: &Environment,
) -> Result<Setting<PathBuf>, SettingsError> {
    let argument = arguments.path.clone().map(|path| Setting::flag("PATH", path));
    let flag = global.config.clone().map(|path| Setting::flag("--config", path));
    let named = argument.or(flag).or_else(|| environment.path("DOCSPACE_BACKUP_CONFIG"));
    let user_file = || environment.user_file().map(Setting::by_default);
    named.or_else(user_file).ok_or_else(|| {
        let mistake = SettingsError::new("settings file", "there is no home to write it to");
        mistake.with_hint("name a place: docspace-backup config init PATH")
    })
}

fn write_sample(path: &Path, force: bool) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    match path.parent() {
        Some(folder) if folder.is_file() => return Err(io::ErrorKind::NotADirectory.into()),
        Some(folder) => fs::create_dir_all(folder)?,
        None => {}
    }
    let mut file = private_file(force).open(path)?;
    restrict(&file)?;
    file.write_all(SAMPLE.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn private_file(force: bool) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).create_new(!force).create(force).truncate(force).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_file(force: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(!force).create(force).truncate(force);
    options
}

/// A file that was there before keeps its rights when it is opened, so they are set here.
#[cfg(unix)]
fn restrict(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn restrict(_: &fs::File) -> io::Result<()> {
    Ok(())
}

fn mistake(path: &Setting<PathBuf>, error: &io::Error) -> SettingsError {
    let shown = path.value.display();
    let kind = error.kind();
    let (problem, hint) = if kind == io::ErrorKind::AlreadyExists {
        (format!("{shown} exists already"), "--force replaces it; its content is lost")
    } else if kind == io::ErrorKind::IsADirectory {
        (format!("{shown} is a directory"), "name the file itself: …/config.toml")
    } else {
        (format!("{shown} cannot be written: {kind}"), "name a place that you may write to")
    };
    SettingsError::new("settings file", problem).at(&path.origin).with_hint(hint)
}

fn answer(path: &Path) -> Answer {
    let shown = path.display().to_string();
    let next = "fill in host and api_key, then run `docspace-backup config check`";
    Answer {
        text: format!("wrote {shown}\nnext: {next}"),
        markdown: format!("Wrote `{shown}`. Next: {next}."),
        document: Some(json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "config_init",
            "exit_code": ExitCode::Done.number(),
            "path": shown,
        })),
        exit: ExitCode::Done,
    }
}
