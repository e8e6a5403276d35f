//! Files with the certificates of authorities to trust.

use std::path::PathBuf;

use super::{Setting, SettingsError, small_file::read_bytes};

/// The most a file of certificates may be long: 1 MiB.
const LIMIT: u64 = 1024 * 1024;

/// The certificates in the file of that setting, if there is one; what stands between them is carried along.
///
/// # Errors
///
/// When it cannot be read, or holds no certificate in PEM form.
pub(super) fn read_ca(setting: &str, file: Option<&Setting<PathBuf>>) -> Result<Option<String>, SettingsError> {
    let Some(file) = file else { return Ok(None) };
    let mistake = |problem: String| {
        let hint = "name a file with certificates in PEM form";
        SettingsError::new(setting, problem).at(&file.origin).with_hint(hint)
    };
    let bytes = read_bytes(&file.value, LIMIT).map_err(|fault| mistake(fault.to_string()))?;
    let pem = String::from_utf8_lossy(&bytes).into_owned();
    match pem.contains("-----BEGIN CERTIFICATE-----") {
        true => Ok(Some(pem)),
        false => Err(mistake(format!("{} holds no certificate in PEM form", file.value.display()))),
    }
}
