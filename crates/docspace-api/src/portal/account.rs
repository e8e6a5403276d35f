//! Who is asking, and whom: version, key, owner, portal, its settings.

use super::{Portal, scoped};
use crate::{
    ApiError, KeyInfo, PortalSettings, Scope, StorageProvider, Tenant, User, Version,
    transport::{Auth, Call},
    wire,
};

impl Portal {
    /// Asks for the server's version, without the credential: a narrow key would be refused here (contract §10.4).
    ///
    /// # Errors
    ///
    /// `NotAPortal` or `Garbled` when something else than a portal answers at this address.
    pub async fn version(&self) -> Result<Version, ApiError> {
        let call =
            Call { auth: Auth::Anonymous, ..self.get("read the portal's version", "api/2.0/settings/version/build") };
        self.ask(call, |response| wire::version(&response)).await
    }

    /// Asks what the portal knows of the key in use. It needs no scope, so it is the best test of a key.
    ///
    /// # Errors
    ///
    /// `Unauthenticated` for a key that is unknown, expired or disabled; `Status(400)` or `Status(500)` when the
    /// credential is a login token and no key.
    pub async fn key(&self) -> Result<KeyInfo, ApiError> {
        self.ask(self.get("look up the key", "api/2.0/keys/@self"), |response| wire::key(&response)).await
    }

    /// Asks whose credential this is.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope does not cover its own account.
    pub async fn user(&self) -> Result<User, ApiError> {
        self.ask(self.get("look up the key's owner", "api/2.0/people/@self"), |response| wire::user(&response)).await
    }

    /// Asks about the portal itself; who is no admin learns only its number.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope is too narrow.
    pub async fn tenant(&self) -> Result<Tenant, ApiError> {
        self.ask(self.get("look up the portal", "api/2.0/portal"), |response| wire::tenant(&response)).await
    }

    /// Asks how the portal is set up.
    ///
    /// # Errors
    ///
    /// `Forbidden` when the key's scope is too narrow.
    pub async fn settings(&self) -> Result<PortalSettings, ApiError> {
        let call = self.get("read the portal's settings", "api/2.0/settings");
        self.ask(call, |response| wire::settings(&response)).await
    }

    /// Lists the storage providers that a backup can go to, whether they are set up or not. `scope` says whose schedule
    /// decides [`StorageProvider::is_current`].
    ///
    /// # Errors
    ///
    /// `Forbidden` for who is no admin.
    pub async fn storage_providers(&self, scope: Scope) -> Result<Vec<StorageProvider>, ApiError> {
        let call = self.get("list the storage providers", "api/2.0/settings/storage/backup");
        self.ask(scoped(call, scope), |response| wire::storage_providers(&response)).await
    }
}
