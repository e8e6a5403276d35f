//! `keys/@self`, `people/@self`, `portal`, `settings/version/build` (contract §10.4), `settings` and
//! `settings/storage/backup`.

use serde_json::Value;

use super::{Field, Misfit, names, object, shown};
use crate::{KeyInfo, PortalSettings, StorageProvider, Tenant, User, Version};

pub(crate) fn key(response: &Value) -> Result<KeyInfo, Misfit> {
    let key = object(response)?;
    let permissions = key.get("permissions").list()?;
    let permissions: Result<Vec<_>, _> = permissions.iter().map(Field::text).collect();
    Ok(KeyInfo {
        name: shown(&key.get("name"))?.unwrap_or_default(),
        postfix: shown(&key.get("keyPostfix"))?.unwrap_or_default(),
        permissions: permissions?.into_iter().flatten().collect(),
        expires_at: key.get("expiresAt").time(),
        is_active: key.get("isActive").flag()?.unwrap_or(true),
    })
}

pub(crate) fn user(response: &Value) -> Result<User, Misfit> {
    let user = object(response)?;
    Ok(User {
        display_name: shown(&user.get("displayName"))?.unwrap_or_default(),
        email: shown(&user.get("email"))?,
        is_admin: user.get("isAdmin").flag()?.unwrap_or(false),
        is_owner: user.get("isOwner").flag()?.unwrap_or(false),
    })
}

pub(crate) fn tenant(response: &Value) -> Result<Tenant, Misfit> {
    let tenant = object(response)?;
    let id = tenant.get("tenantId");
    Ok(Tenant {
        id: id.integer()?.ok_or_else(|| id.misfit("a number"))?,
        name: shown(&tenant.get("name"))?,
        alias: shown(&tenant.get("tenantAlias"))?,
        time_zone: shown(&tenant.get("timeZone"))?,
        status: names::tenant_status(&tenant.get("status"))?,
        owner_id: shown(&tenant.get("ownerId"))?,
    })
}

pub(crate) fn version(response: &Value) -> Result<Version, Misfit> {
    let version = object(response)?.get("docSpace");
    let text = shown(&version)?;
    text.and_then(|text| text.parse().ok()).ok_or_else(|| version.misfit("a version"))
}

pub(crate) fn settings(response: &Value) -> Result<PortalSettings, Misfit> {
    let settings = object(response)?;
    Ok(PortalSettings { standalone: settings.get("standalone").flag()?, time_zone: shown(&settings.get("timezone"))? })
}

/// Reads the list; null is an empty one. A provider that cannot be read is left out with a warning.
pub(crate) fn storage_providers(response: &Value) -> Result<Vec<StorageProvider>, Misfit> {
    let providers = Field::new("response", Some(response)).list()?;
    let told = |misfit: &Misfit| tracing::warn!(%misfit, "a storage provider of the portal is left out");
    Ok(providers.iter().filter_map(|provider| storage_provider(provider).inspect_err(told).ok()).collect())
}

fn storage_provider(provider: &Field<'_>) -> Result<StorageProvider, Misfit> {
    let id = provider.get("id");
    let name = shown(&id)?.ok_or_else(|| id.misfit("a name"))?;
    let properties = provider.get("properties").list()?;
    let properties: Result<Vec<_>, _> = properties.iter().map(|property| shown(&property.get("name"))).collect();
    Ok(StorageProvider {
        title: shown(&provider.get("title"))?.unwrap_or_else(|| name.clone()),
        id: name,
        is_set: provider.get("isSet").flag()?.unwrap_or(false),
        is_current: provider.get("current").flag()?.unwrap_or(false),
        properties: properties?.into_iter().flatten().collect(),
    })
}
