//! Which portal, by which key, called how.

use std::{path::PathBuf, time::Duration};

use docspace_api::{Address, AddressError, ClientOptions, Credential, PlainHttp};
use secrecy::ExposeSecret;

use super::{Environment, Origin, SecretSource, Setting, SettingsError, certificates::read_ca, file::Profile};

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
    /// The profile's own address, in force or not.
    own_host: Option<Setting<String>>,
    /// Where a setting that is missing may be added, for hints.
    file_hint: String,
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
            own_host: profile.host.clone(),
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
            SettingsError::new("portal address", error.to_string()).at(&host.origin).with_hint(hint_for(&error))
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
        warnings.extend(self.warning_of_another_portal(&address));
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

    /// A key from a profile, and an address that is not the profile's: perhaps a variable that was forgotten.
    fn warning_of_another_portal(&self, address: &Address) -> Option<String> {
        let (host, key, own) = (self.host.as_ref()?, self.api_key.as_ref()?, self.own_host.as_ref()?);
        let is_own = Address::parse(&own.value, PlainHttp::Allowed).is_ok_and(|own| own == *address);
        let is_mixed = matches!(key.origin, Origin::File { .. }) && !is_own;
        is_mixed.then(|| {
            let (name, host, key) = (&self.name.value, &host.origin, &key.origin);
            format!(
                "the key of the profile {name} ({key}) goes to another address than the profile's: {address} ({host})"
            )
        })
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

fn hint_for(error: &AddressError) -> &'static str {
    match error {
        AddressError::PlainHttp { .. } => "--allow-http allows it, or allow_http = true in the portal's profile",
        AddressError::Empty | AddressError::Unreadable | AddressError::NoHost | AddressError::Scheme(_) => {
            "copy the portal's address from the browser, up to the first single slash"
        }
        AddressError::UserInfo => "the API key has a setting of its own: DOCSPACE_API_KEY or --api-key-file",
        AddressError::Query | AddressError::Fragment => "give the portal's address, not that of one of its pages",
    }
}

fn or_default<T: Clone>(setting: Option<&Setting<T>>, value: T) -> Setting<T> {
    setting.cloned().unwrap_or_else(|| Setting::by_default(value))
}
