//! What a restore would do, before anybody agrees to it.

use std::fmt;

use docspace_api::{BackupRecord, NotifyUsers, Portal, RestoreSource, Scope, StartRestore, TaskId, Tenant};
use jiff::Timestamp;

use crate::{Failure, calls::finish};

/// The restore that somebody has in mind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreWish {
    /// What to put back.
    pub copy: RestoreCopy,
    /// Whether it is a copy of this portal or of the whole server.
    pub scope: Scope,
    /// Whether the portal's users are told by e-mail.
    pub notify_users: NotifyUsers,
}

/// What to put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RestoreCopy {
    /// A record of the history, by its id.
    Record(TaskId),
    /// Something else. Of a file nothing is known before the portal opens it.
    File(RestoreSource),
}

/// What will happen: to be shown before anybody is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestorePlan {
    /// The order, for [`RestoreOrder::Start`](crate::RestoreOrder::Start).
    pub order: StartRestore,
    /// The record that is put back, where it is one.
    pub record: Option<BackupRecord>,
    /// The portal that is replaced.
    pub portal: Tenant,
    /// What it costs, the worst first.
    pub consequences: Vec<Consequence>,
}

/// Something that a restore does besides what it is wanted for (contract §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// All that was made or changed after the copy is lost.
    LosesChanges {
        /// When the copy was made, if that is known.
        since: Option<Timestamp>,
    },
    /// Every portal of the server is replaced, not only this one.
    ReplacesAllPortals,
    /// Nobody can use the portal meanwhile.
    StopsService,
    /// All API keys are deleted, the one in use among them.
    DeletesKeys,
    /// The API keys are those of the time of the copy; the one in use is perhaps not among them.
    ReplacesKeys,
    /// Everybody has to log in again.
    EndsSessions,
    /// The settings of two-factor authentication are cleared.
    ClearsTwoFactor,
    /// The portal's number and the ids of all backups change.
    RenumbersIds,
    /// All users get a mail.
    TellsUsers,
}

impl fmt::Display for Consequence {
    /// A sentence without its full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LosesChanges { since: Some(since) } => {
                write!(f, "everything that was made or changed after {since} is lost")
            }
            Self::LosesChanges { since: None } => {
                f.write_str("everything that was made or changed after the copy was made is lost")
            }
            Self::ReplacesAllPortals => f.write_str("every portal of the server is replaced, not only this one"),
            Self::StopsService => f.write_str("nobody can use the portal until the restore has ended"),
            Self::DeletesKeys => f.write_str("all API keys are deleted, the one in use now among them"),
            Self::ReplacesKeys => f.write_str("the API keys become those of the time of the copy"),
            Self::EndsSessions => f.write_str("everybody is logged out"),
            Self::ClearsTwoFactor => f.write_str("the settings of two-factor authentication are cleared"),
            Self::RenumbersIds => f.write_str("the ids of all backups change, and so does the number of the portal"),
            Self::TellsUsers => f.write_str("all users get a mail from the portal"),
        }
    }
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestorePlanError {
    /// The portal could not be asked.
    #[error("{}", .0.message)]
    Portal(Failure),
    /// No history lists the record. It was deleted, it expired, or it was there before an earlier restore, which gave every
    /// record a new id.
    #[error("the portal has no backup {0}")]
    NotListed(TaskId),
    /// The record is of the other kind.
    #[error("backup {id} is {}", kind(*.actual))]
    OtherKind {
        /// The record.
        id: TaskId,
        /// What it is a copy of.
        actual: Scope,
    },
    /// The copy is temporary, and its time is over.
    #[error("backup {id} was temporary and expired at {at}")]
    Expired {
        /// The record.
        id: TaskId,
        /// When it expired.
        at: Timestamp,
    },
}

fn kind(scope: Scope) -> &'static str {
    match scope {
        Scope::Portal => "a copy of this portal, not of the whole server",
        Scope::Server => "a copy of the whole server, not of this portal",
    }
}

/// Finds out what a restore would do. Nothing is changed.
///
/// # Errors
///
/// When the record is not there, or is not what was asked for; when the portal cannot be asked.
pub async fn plan_restore(
    portal: &Portal,
    wish: &RestoreWish,
    now: Timestamp,
) -> Result<RestorePlan, RestorePlanError> {
    let tenant = finish(portal.tenant()).await.map_err(RestorePlanError::Portal)?;
    let (source, record) = match &wish.copy {
        RestoreCopy::File(source) => (source.clone(), None),
        RestoreCopy::Record(id) => {
            let record = find(portal, id, wish.scope, now).await?;
            (RestoreSource::Backup { id: id.clone(), storage: record.storage }, Some(record))
        }
    };
    let order = StartRestore { source, notify_users: wish.notify_users, scope: wish.scope };
    Ok(RestorePlan { consequences: consequences(&order, record.as_ref()), order, record, portal: tenant })
}

async fn find(portal: &Portal, id: &TaskId, scope: Scope, now: Timestamp) -> Result<BackupRecord, RestorePlanError> {
    let records = finish(portal.backup_history(scope)).await.map_err(RestorePlanError::Portal)?;
    if let Some(record) = records.into_iter().find(|record| record.id == *id) {
        return unexpired(record, now);
    }
    let actual = match scope {
        Scope::Portal => Scope::Server,
        Scope::Server => Scope::Portal,
    };
    // Where the other history may not be read, the record is simply not there.
    let others = finish(portal.backup_history(actual)).await.unwrap_or_default();
    let id = id.clone();
    let is_other = others.iter().any(|record| record.id == id);
    Err(if is_other { RestorePlanError::OtherKind { id, actual } } else { RestorePlanError::NotListed(id) })
}

fn unexpired(record: BackupRecord, now: Timestamp) -> Result<BackupRecord, RestorePlanError> {
    match record.expires_on {
        Some(at) if at <= now => Err(RestorePlanError::Expired { id: record.id, at }),
        Some(_) | None => Ok(record),
    }
}

fn consequences(order: &StartRestore, record: Option<&BackupRecord>) -> Vec<Consequence> {
    use Consequence::{
        ClearsTwoFactor, DeletesKeys, EndsSessions, LosesChanges, RenumbersIds, ReplacesAllPortals, ReplacesKeys,
        StopsService, TellsUsers,
    };
    let since = record.and_then(|record| record.created_on);
    let mut consequences = match order.scope {
        Scope::Portal => {
            vec![LosesChanges { since }, StopsService, DeletesKeys, EndsSessions, ClearsTwoFactor, RenumbersIds]
        }
        Scope::Server => vec![LosesChanges { since }, ReplacesAllPortals, StopsService, ReplacesKeys, EndsSessions],
    };
    consequences.extend((order.notify_users == NotifyUsers::Yes).then_some(TellsUsers));
    consequences
}
