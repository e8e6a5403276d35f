//! The features of `notify`, as its manifest lists them: a new one is built alone, and counted, without anybody's thinking of it.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use crate::cargo;
use crate::trouble::Trouble;

/// The part of a manifest that names the features.
#[derive(Deserialize)]
struct Manifest {
    features: BTreeMap<String, Vec<String>>,
}

/// Those that somebody would ask for by name, in the order of the alphabet.
///
/// # Errors
///
/// The manifest cannot be read.
pub(crate) fn of_notify() -> Result<Vec<String>, Trouble> {
    let path = cargo::root().join("crates/notify/Cargo.toml");
    let text = fs::read_to_string(&path).map_err(Trouble::with(format!("cannot read {}", path.display())))?;
    named(&text).map_err(Trouble::with("the manifest of notify"))
}

/// `default` is no feature to ask for, and what begins with `_` is a part of others.
fn named(manifest: &str) -> Result<Vec<String>, toml::de::Error> {
    let Manifest { features } = toml::from_str(manifest)?;
    Ok(features.into_keys().filter(|name| name != "default" && !name.starts_with('_')).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_that_nobody_asks_for_are_left_out() {
        let manifest = "[features]\ndefault = ['slack']\nslack = ['_http']\nemail = []\n_http = []\n";
        assert_eq!(named(manifest).unwrap(), ["email", "slack"]);
    }

    #[test]
    fn every_channel_is_a_feature() {
        let features = of_notify().unwrap();
        for channel in ["command", "email", "pagerduty", "slack", "webhook"] {
            assert!(features.iter().any(|feature| feature == channel), "{features:?}");
        }
    }
}
