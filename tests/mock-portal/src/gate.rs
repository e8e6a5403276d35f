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
        Operation::Version => anonymous(state, request.credentials)?,
        Operation::Key => authenticated(state, request.credentials)?,
        Operation::Start | Operation::Cancel => within_scope(state, request.credentials, &[Scope::Everything])?,
        Operation::Progress | Operation::History | Operation::Portal | Operation::Person | Operation::Other => {
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

/// Dumps need a server of one's own whose spaces are open (contract §2.1, row 2).
pub(crate) fn dumps_allowed(state: &State) -> Result<(), Answer> {
    let allowed = state.config.standalone && !state.has(Trouble::SpacesLimited);
    if allowed { Ok(()) } else { Err(Answer::denied()) }
}

pub(crate) fn queue_unlocked(state: &State) -> Result<(), Answer> {
    if state.has(Trouble::QueueLocked) { Err(Answer::lock_error()) } else { Ok(()) }
}

fn authenticated(state: &State, credentials: Credentials) -> Result<(), Answer> {
    match credentials {
        Credentials::Key if !state.has(Trouble::KeyRefused) => Ok(()),
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
        Credentials::Key => !state.has(Trouble::KeyRefused) && state.caller.scope != Scope::Narrow,
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
    if state.has(Trouble::Restoring) && !open { Err(Answer::problem(403)) } else { Ok(()) }
}

fn paid_for(state: &State, operation: Operation) -> Result<(), Answer> {
    let unpaid = operation == Operation::History && state.has(Trouble::Unpaid);
    if unpaid { Err(Answer::problem(402)) } else { Ok(()) }
}

fn address_allowed(state: &State, request: &Request) -> Result<(), Answer> {
    let known = request.credentials == Credentials::Key;
    if known && state.has(Trouble::AddressRefused) { Err(Answer::address_refused()) } else { Ok(()) }
}
