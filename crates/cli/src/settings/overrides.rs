//! What flags and environment say about the portal.

use super::{Environment, Origin, SecretSource, Setting, SettingsError, portal::Overrides};
use crate::arguments::GlobalArguments;

/// Reads flags, then the environment.
///
/// # Errors
///
/// When two environment variables contradict each other and no flag decides between them.
pub(super) fn read_overrides(global: &GlobalArguments, environment: &Environment) -> Result<Overrides, SettingsError> {
    Ok(Overrides {
        host: host(global, environment)?,
        api_key: api_key(global, environment)?,
        ca_file: global.ca_file.clone().map(|path| Setting::flag("--ca-file", path)),
        allow_http: global.allow_http.then(|| Setting::flag("--allow-http", true)),
    })
}

fn host(global: &GlobalArguments, environment: &Environment) -> Result<Option<Setting<String>>, SettingsError> {
    if let Some(host) = &global.host {
        return Ok(Some(Setting::flag("--host", host.clone())));
    }
    match (environment.text("DOCSPACE_API_HOST")?, environment.text("DOCSPACE_BASE_URL")?) {
        (Some(host), Some(base)) if !is_same(&host.value, &base.value) => {
            let problem = "contradicts DOCSPACE_BASE_URL, which names another portal";
            let mistake = SettingsError::new("portal address", problem).at(&host.origin);
            Err(mistake.with_hint("unset one of the two, or decide with --host"))
        }
        (host, base) => Ok(host.or(base)),
    }
}

fn is_same(left: &str, right: &str) -> bool {
    left.trim_end_matches('/') == right.trim_end_matches('/')
}

fn api_key(
    global: &GlobalArguments,
    environment: &Environment,
) -> Result<Option<Setting<SecretSource>>, SettingsError> {
    if let Some(path) = &global.api_key_file {
        return Ok(Some(Setting::flag("--api-key-file", SecretSource::from_path(path))));
    }
    let key = environment.raw("DOCSPACE_API_KEY").map(|_| Setting {
        value: SecretSource::Environment("DOCSPACE_API_KEY".to_owned()),
        origin: Origin::environment("DOCSPACE_API_KEY"),
    });
    let file = environment.path("DOCSPACE_API_KEY_FILE");
    match (key, file) {
        (Some(key), Some(_)) => {
            let mistake = SettingsError::new("API key", "contradicts DOCSPACE_API_KEY_FILE, which is set too");
            Err(mistake.at(&key.origin).with_hint("unset one of the two"))
        }
        (Some(key), None) => Ok(Some(key)),
        (None, Some(file)) => Ok(Some(file.map(|path| SecretSource::from_path(&path)))),
        (None, None) => Ok(systemd_credential(environment)),
    }
}

/// The credential of a systemd unit with `LoadCredential=docspace-api-key:…`.
fn systemd_credential(environment: &Environment) -> Option<Setting<SecretSource>> {
    let folder = environment.path("CREDENTIALS_DIRECTORY")?;
    let file = folder.map(|folder| folder.join("docspace-api-key"));
    file.value.exists().then(|| file.map(SecretSource::File))
}
