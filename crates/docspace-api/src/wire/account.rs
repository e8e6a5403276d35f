//! `keys/@self`, `people/@self`, `portal` and `settings/version/build` (contract §10.4).

use serde_json::Value;

use super::{Field, Misfit};
use crate::{KeyInfo, Tenant, User, Version, transport::one_line};

pub(crate) fn key(response: &Value) -> Result<KeyInfo, Misfit> {
    let key = present(response)?;
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
    let user = present(response)?;
    Ok(User {
        display_name: shown(&user.get("displayName"))?.unwrap_or_default(),
        email: shown(&user.get("email"))?,
        is_admin: user.get("isAdmin").flag()?.unwrap_or(false),
        is_owner: user.get("isOwner").flag()?.unwrap_or(false),
    })
}

pub(crate) fn tenant(response: &Value) -> Result<Tenant, Misfit> {
    let tenant = present(response)?;
    let id = tenant.get("tenantId");
    Ok(Tenant {
        id: id.integer()?.ok_or_else(|| id.misfit("a number"))?,
        name: shown(&tenant.get("name"))?,
        alias: shown(&tenant.get("tenantAlias"))?,
        time_zone: shown(&tenant.get("timeZone"))?,
    })
}

pub(crate) fn version(response: &Value) -> Result<Version, Misfit> {
    let version = present(response)?.get("docSpace");
    let text = shown(&version)?;
    text.and_then(|text| text.parse().ok()).ok_or_else(|| version.misfit("a version"))
}

fn present(response: &Value) -> Result<Field<'_>, Misfit> {
    let field = Field::new("response", Some(response));
    if response.is_object() { Ok(field) } else { Err(field.misfit("an object")) }
}

fn shown(field: &Field<'_>) -> Result<Option<String>, Misfit> {
    Ok(field.text()?.and_then(|text| one_line(&text)))
}
