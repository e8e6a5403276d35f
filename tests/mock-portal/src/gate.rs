//! What every call has to pass before the operation itself looks at it (contract §2.1, rows 0a to 0e).

use crate::answer::Answer;
use crate::caller::{Caller, Scope, Trouble};
use crate::credentials::Credentials;
use crate::operation::Operation;
use crate::request::Request;
use crate::state::State;

/// The paths that still answer while a restore runs end in one of these (contract §8).
const OPEN_WHILE_RESTORING: [&str; 11] = [
    "preparation-portal",
    "portal",
    "getrestoreprogress",
    "cancelrestore",
    "settings",
    "settings.json",
    "logos",
    "build",
    "build.json",
    "@self",
    "@self.json",
];

/// Refuses the call, or lets it through.
pub(crate) fn pass(state: &State, request: &Request, operation: Operation) -> Result<(), Answer> {
    match operation {
        Operation::Version | Operation::RestoreProgress | Operation::Settings => anonymous(state, request.credentials)?,
        Operation::Folder | Operation::FolderContents => files_for_everybody(state, request.credentials)?,
        Operation::MyDocuments | Operation::Sections => authenticated(state, request.credentials)?,
        // They are no part of the API, and look for themselves.
        Operation::Download | Operation::Storage | Operation::Object => return Ok(()),
        Operation::Key => authenticated(state, request.credentials)?,
        Operation::Start
        | Operation::Cancel
        | Operation::DeleteBackup
        | Operation::DeleteHistory
        | Operation::CreateSchedule
        | Operation::DeleteSchedule
        | Operation::StartRestore => within_scope(state, request.credentials, &[Scope::Everything])?,
        Operation::Progress
        | Operation::History
        | Operation::Schedule
        | Operation::BackupsCount
        | Operation::ServiceState
        | Operation::Quota
        | Operation::UsedSpace
        | Operation::Portal
        | Operation::Person
        | Operation::Rooms
        | Operation::StorageProviders
        | Operation::Other => {
            within_scope(state, request.credentials, &[Scope::Everything, Scope::ReadOnly])?;
        }
    }
    tenant_answers(state, request)?;
    paid_for(state, operation)?;
    address_allowed(state, request)
}

/// Backups are for the portal's administrators (contract §10.3).
pub(crate) fn administrator(caller: &Caller) -> Result<(), Answer> {
    if caller.role.manages_portal() { Ok(()) } else { Err(Answer::denied()) }
}

/// The administrator's call about dumps or portal backups.
pub(crate) fn dump_call(state: &State, dump: bool) -> Result<(), Answer> {
    administrator(&state.caller)?;
    if dump { dumps_allowed(state) } else { Ok(()) }
}

/// Dumps need a server of one's own whose spaces are open (contract §2.1, row 2).
pub(crate) fn dumps_allowed(state: &State) -> Result<(), Answer> {
    let allowed = state.config.standalone && !state.has(Trouble::SpacesLimited);
    if allowed { Ok(()) } else { Err(Answer::denied()) }
}

pub(crate) fn queue_unlocked(state: &State) -> Result<(), Answer> {
    if state.has(Trouble::QueueLocked) { Err(Answer::lock_error()) } else { Ok(()) }
}

pub(crate) fn authenticated(state: &State, credentials: Credentials) -> Result<(), Answer> {
    match credentials {
        Credentials::Key if !state.key_is_dead() => Ok(()),
        Credentials::Basic => Err(Answer::empty(401).header("www-authenticate", "Basic")),
        Credentials::Key
        | Credentials::WrongKey
        | Credentials::BareKey
        | Credentials::LowerCaseBearer
        | Credentials::ApiKeyBearerHeader
        | Credentials::Unknown
        | Credentials::Absent => Err(Answer::empty(401)),
    }
}

/// A key that is bad or too narrow is worse than none on an endpoint for everybody, from 3.7.1 on.
fn anonymous(state: &State, credentials: Credentials) -> Result<(), Answer> {
    let good = match credentials {
        Credentials::Key => !state.key_is_dead() && state.caller.scope != Scope::Narrow,
        Credentials::WrongKey => false,
        Credentials::BareKey
        | Credentials::LowerCaseBearer
        | Credentials::ApiKeyBearerHeader
        | Credentials::Basic
        | Credentials::Unknown
        | Credentials::Absent => true,
    };
    if good || !state.config.is_at_least([3, 7, 1]) { Ok(()) } else { Err(Answer::problem(403)) }
}

/// The endpoints of files are for everybody, and every scope here allows them; but whoever is nobody sees nothing.
fn files_for_everybody(state: &State, credentials: Credentials) -> Result<(), Answer> {
    if authenticated(state, credentials).is_ok() {
        return Ok(());
    }
    anonymous(state, credentials)?;
    Err(Answer::denied())
}

fn within_scope(state: &State, credentials: Credentials, enough: &[Scope]) -> Result<(), Answer> {
    authenticated(state, credentials)?;
    if enough.contains(&state.caller.scope) { Ok(()) } else { Err(Answer::empty(403)) }
}

fn tenant_answers(state: &State, request: &Request) -> Result<(), Answer> {
    if state.has(Trouble::NoSuchPortal) || state.has(Trouble::Suspended) {
        return Err(Answer::problem(404));
    }
    let path = request.path.to_ascii_lowercase();
    let open = OPEN_WHILE_RESTORING.iter().any(|end| path.ends_with(end));
    if state.is_restoring() && !open { Err(Answer::problem(403)) } else { Ok(()) }
}

fn paid_for(state: &State, operation: Operation) -> Result<(), Answer> {
    let for_payers = [
        Operation::History,
        Operation::DeleteBackup,
        Operation::DeleteHistory,
        Operation::Schedule,
        Operation::CreateSchedule,
        Operation::DeleteSchedule,
        Operation::StartRestore,
        Operation::UsedSpace,
    ];
    let unpaid = for_payers.contains(&operation) && state.has(Trouble::Unpaid);
    if unpaid { Err(Answer::problem(402)) } else { Ok(()) }
}

fn address_allowed(state: &State, request: &Request) -> Result<(), Answer> {
    let known = request.credentials == Credentials::Key;
    if known && state.has(Trouble::AddressRefused) { Err(Answer::address_refused()) } else { Ok(()) }
}
