//! Which portal, by which key, called how.

use std::{path::PathBuf, time::Duration};

use docspace_api::{Address, ClientOptions, Credential, PlainHttp};
use secrecy::ExposeSecret;

use super::{Environment, SecretSource, Setting, SettingsError, certificates::read_ca, file::Profile};

/// One portal as the settings describe it, before the key is fetched.
#[derive(Debug)]
pub(crate) struct PortalPlan {
    /// The profile's name.
    pub(crate) name: Setting<String>,
    /// The address, not yet looked at.
    pub(crate) host: Option<Setting<String>>,
    /// Where the key is.
    pub(crate) api_key: Option<Setting<SecretSource>>,
    /// Certificates to trust beside the system's.
    pub(crate) ca_file: Option<Setting<PathBuf>>,
    /// Whether `http://` is accepted to other machines.
    pub(crate) allow_http: Setting<bool>,
    /// How long a connection may take to come about.
    pub(crate) connect_timeout: Setting<Duration>,
    /// How long the portal may be silent.
    pub(crate) request_timeout: Setting<Duration>,
    /// How long one call may take with all its tries.
    pub(crate) retry_for: Setting<Duration>,
    /// Where a setting that is missing may be added, for hints.
    pub(super) file_hint: String,
}

/// One portal, ready to be called.
#[derive(Debug)]
pub(crate) struct PortalSettings {
    /// The profile's name, for reports.
    pub(crate) name: String,
    /// The address.
    pub(crate) address: Address,
    /// The key.
    pub(crate) credential: Credential,
    /// Limits of time, trust.
    pub(crate) options: ClientOptions,
}

/// What flags and environment say about the portal; they win over any profile.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    pub(super) host: Option<Setting<String>>,
    pub(super) api_key: Option<Setting<SecretSource>>,
    pub(super) ca_file: Option<Setting<PathBuf>>,
    pub(super) allow_http: Option<Setting<bool>>,
}

impl PortalPlan {
    pub(super) fn new(name: Setting<String>, over: Overrides, profile: Option<&Profile>, file_hint: String) -> Self {
        let nothing = Profile::default();
        let profile = profile.unwrap_or(&nothing);
        let usual = ClientOptions::default();
        Self {
            name,
            host: over.host.or_else(|| profile.host.clone()),
            api_key: over.api_key.or_else(|| profile.api_key.clone()),
            ca_file: over.ca_file.or_else(|| profile.ca_file.clone()),
            allow_http: or_default(over.allow_http.as_ref().or(profile.allow_http.as_ref()), false),
            connect_timeout: or_default(profile.connect_timeout.as_ref(), usual.connect_timeout),
            request_timeout: or_default(profile.request_timeout.as_ref(), usual.idle_timeout),
            retry_for: or_default(profile.retry_for.as_ref(), usual.total_timeout),
            file_hint,
        }
    }

    /// The address, checked.
    ///
    /// # Errors
    ///
    /// When it is missing, malformed, or would send the key readable to another machine.
    pub(crate) fn address(&self) -> Result<Address, SettingsError> {
        let host = self.host.as_ref().ok_or_else(|| {
            let hint = format!("give --host URL, set DOCSPACE_API_HOST, or write host = \"URL\" {}", self.file_hint);
            SettingsError::new("portal address", "not set").with_hint(hint)
        })?;
        let plain_http = match self.allow_http.value {
            true => PlainHttp::Allowed,
            false => PlainHttp::LoopbackOnly,
        };
        Address::parse(&host.value, plain_http).map_err(|error| {
            let mistake = SettingsError::new("portal address", error.to_string()).at(&host.origin);
            mistake.with_hint("an address looks like https://portal.example.com; plain http needs --allow-http")
        })
    }

    /// Fetches the key and reads the certificates; adds to `warnings` where a secret lies open.
    ///
    /// # Errors
    ///
    /// The first setting that is missing or cannot be used.
    pub(super) async fn resolve(
        &self,
        environment: &Environment,
        warnings: &mut Vec<String>,
    ) -> Result<PortalSettings, SettingsError> {
        let address = self.address()?;
        let options = self.options()?;
        let credential = self.credential(environment, warnings).await?;
        Ok(PortalSettings { name: self.name.value.clone(), address, credential, options })
    }

    /// Checks what is set, and does not mind what is not.
    pub(super) async fn check(
        &self,
        environment: &Environment,
        warnings: &mut Vec<String>,
    ) -> Result<(), SettingsError> {
        if self.host.is_some() {
            self.address()?;
        }
        if self.api_key.is_some() {
            self.credential(environment, warnings).await?;
        }
        self.options().map(drop)
    }

    async fn credential(
        &self,
        environment: &Environment,
        warnings: &mut Vec<String>,
    ) -> Result<Credential, SettingsError> {
        let source = self.api_key.as_ref().ok_or_else(|| {
            let place = format!("write api_key = {{ file = \"PATH\" }} {}", self.file_hint);
            let hint = format!("set DOCSPACE_API_KEY, give --api-key-file PATH (\"-\" for stdin), or {place}");
            SettingsError::new("API key", "not set").with_hint(hint)
        })?;
        let secret = source.fetch("API key", environment, warnings).await?;
        Credential::parse(secret.expose_secret()).map_err(|error| {
            let mistake = SettingsError::new("API key", error.to_string()).at(&source.origin);
            mistake.with_hint("copy the key again from the portal: Developer Tools, API keys")
        })
    }

    fn options(&self) -> Result<ClientOptions, SettingsError> {
        Ok(ClientOptions {
            connect_timeout: self.connect_timeout.value,
            idle_timeout: self.request_timeout.value,
            total_timeout: self.retry_for.value,
            ca_pem: read_ca("ca_file", self.ca_file.as_ref())?.map(String::into_bytes),
            ..ClientOptions::default()
        })
    }
}

fn or_default<T: Clone>(setting: Option<&Setting<T>>, value: T) -> Setting<T> {
    setting.cloned().unwrap_or_else(|| Setting::by_default(value))
}
