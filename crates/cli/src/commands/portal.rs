//! From settings to a portal that can be called.

use docspace_api::Portal;

use crate::{
    exit_code::ExitCode,
    problem::Problem,
    report::PortalFacts,
    settings::{PortalSettings, Settings},
};

/// A client for the portal that the settings name. Nothing is sent yet.
pub(crate) async fn connect(settings: &mut Settings<'_>) -> Result<(Portal, PortalFacts), Problem> {
    let PortalSettings { name, address, credential, options } = settings.resolve_portal().await?;
    let facts = PortalFacts { name, host: address.to_string(), version: None };
    let portal = Portal::new(address, credential, options)
        .map_err(|error| Problem::new("settings", ExitCode::Usage, error.to_string()))?;
    Ok((portal, facts))
}
