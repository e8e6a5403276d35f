//! A channel's address on the web, which is a secret, and the way there.

use std::path::PathBuf;

use notify::{HttpSettings, PlainHttp};
use secrecy::SecretString;

use super::{Ingredients, Made, Place, Shown};
use crate::settings::{SecretSource, Setting, table::Table};

/// An address that is a secret as a whole: whoever knows it can post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddressPlan {
    /// The key under which it stands.
    key: &'static str,
    url: Setting<SecretSource>,
    way: WayPlan,
}

/// How a server on the web is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WayPlan {
    /// Certificates to trust for the server, beside the system's.
    ca_file: Option<Setting<PathBuf>>,
    /// Whether `http://` is accepted to other machines.
    allow_http: Setting<bool>,
}

impl AddressPlan {
    /// An address on the usual way.
    pub(crate) fn new(key: &'static str, url: Setting<SecretSource>) -> Self {
        Self { key, url, way: WayPlan { ca_file: None, allow_http: Setting::by_default(false) } }
    }

    /// Reads an address that must be there. `None` where it is missing or malformed, which is noted.
    pub(super) fn read(key: &'static str, table: &mut Table<'_>) -> Option<Self> {
        let (url, way) = (table.secret(key), WayPlan::read(table));
        Some(Self { key, url: table.require(key, url)?, way })
    }

    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        [(self.key, Shown::Secret(&self.url))].into_iter().chain(self.way.shown()).collect()
    }

    /// Where a mistake in the address is.
    pub(super) fn place(&self) -> Place<'_> {
        Place::Setting(self.key, &self.url.origin)
    }

    /// The address, and the way there.
    pub(super) async fn fetch(&self, ingredients: &mut Ingredients<'_>) -> Made<(SecretString, HttpSettings)> {
        let (url, http) = (ingredients.fetch(self.key, &self.url).await, self.way.fetch(ingredients));
        Ok((url?, http?))
    }
}

impl WayPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Self {
        let allow_http = table.boolean("allow_http").unwrap_or_else(|| Setting::by_default(false));
        Self { ca_file: table.path("ca_file"), allow_http }
    }

    pub(super) fn shown(&self) -> impl Iterator<Item = (&'static str, Shown<'_>)> {
        let ca_file = self.ca_file.iter().map(|file| ("ca_file", Shown::Path(file)));
        ca_file.chain([("allow_http", Shown::Switch(&self.allow_http))])
    }

    pub(super) fn fetch(&self, ingredients: &mut Ingredients<'_>) -> Made<HttpSettings> {
        let plain_http = match self.allow_http.value {
            true => PlainHttp::Allowed,
            false => PlainHttp::LoopbackOnly,
        };
        let ca_pem = ingredients.certificates(self.ca_file.as_ref())?;
        Ok(HttpSettings { ca_pem, plain_http, ..HttpSettings::default() })
    }
}

/// Reads the address of a service's own interface. `None` where the usual one is meant, and where it was refused.
pub(super) fn read_api(table: &mut Table<'_>) -> Option<Setting<String>> {
    let api = table.text("api_url")?;
    is_without_login("api_url", &api, "write the address without a login", table).then_some(api)
}

/// Whether an address that stands in the file and is shown holds no login; one that does is noted.
pub(super) fn is_without_login(key: &str, address: &Setting<String>, hint: &str, table: &Table<'_>) -> bool {
    let has_login = address.value.contains('@');
    if has_login {
        table.refuse(key, &address.origin, "a login in the address: a secret is never written into the file", hint);
    }
    !has_login
}
