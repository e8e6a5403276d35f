//! What the portal does on each call: one file per operation.

mod cancel;
mod count;
mod create_schedule;
mod delete_backup;
mod delete_history;
mod delete_schedule;
mod download;
mod folder;
mod history;
mod key;
mod object;
mod person;
mod portal;
mod progress;
mod quota;
mod restore_progress;
mod schedule;
mod service_state;
mod settings;
mod start;
mod start_restore;
mod storage;
mod storage_providers;
pub(crate) mod target;
mod used_space;
mod version;

use tokio::time::Instant;

use crate::answer::Answer;
use crate::gate;
use crate::operation::{Operation, Route};
use crate::request::Request;
use crate::state::State;

/// A call in the hands of its operation.
pub(crate) struct Context<'a> {
    state: &'a mut State,
    request: &'a Request,
    now: Instant,
    /// What happened, for the log of calls.
    note: String,
}

/// The second answer is a refusal; both go to the caller alike.
type Outcome = Result<Answer, Answer>;

/// Acts on a call; gives its answer, and what happened in words.
pub(crate) fn perform(state: &mut State, request: &Request) -> (Answer, String) {
    let operation = match request.route {
        Route::To(operation) => operation,
        Route::WrongMethod => return (Answer::empty(405), String::new()),
        Route::Nowhere => return (Answer::empty(404), String::new()),
    };
    if operation.since().is_some_and(|version| !state.config.is_at_least(version)) {
        return (Answer::empty(404), String::new());
    }
    let now = Instant::now();
    state.settle(now);
    let mut context = Context { state, request, now, note: String::new() };
    let outcome = gate::pass(context.state, request, operation).and_then(|()| dispatch(operation, &mut context));
    (outcome.unwrap_or_else(|refusal| refusal), context.note)
}

fn dispatch(operation: Operation, context: &mut Context<'_>) -> Outcome {
    match operation {
        Operation::Start => start::answer(context),
        Operation::Progress => progress::answer(context),
        Operation::History => history::answer(context),
        Operation::Cancel => cancel::answer(context),
        Operation::DeleteBackup => delete_backup::answer(context),
        Operation::DeleteHistory => delete_history::answer(context),
        Operation::Schedule => schedule::answer(context),
        Operation::CreateSchedule => create_schedule::answer(context),
        Operation::DeleteSchedule => delete_schedule::answer(context),
        Operation::StartRestore => start_restore::answer(context),
        Operation::RestoreProgress => restore_progress::answer(context),
        Operation::BackupsCount => count::answer(context),
        Operation::ServiceState => service_state::answer(context),
        Operation::Quota => quota::answer(context),
        Operation::UsedSpace => used_space::answer(context),
        Operation::Settings => settings::answer(context),
        Operation::Version => version::answer(context),
        Operation::Key => key::answer(context),
        Operation::Portal => portal::answer(context),
        Operation::Person => person::answer(context),
        Operation::Folder => folder::one(context),
        Operation::FolderContents => folder::listed(context),
        Operation::MyDocuments => folder::my_documents(context),
        Operation::Sections => folder::sections(context),
        Operation::Rooms => folder::rooms(context),
        Operation::Download => download::answer(context),
        Operation::Storage => storage::answer(context),
        Operation::Object => object::answer(context),
        Operation::StorageProviders => storage_providers::answer(context),
        Operation::Other => Ok(Answer::empty(404)),
    }
}

/// The query parameter `dump`, which binds before anything else is checked.
fn dump_parameter(request: &Request) -> Result<bool, Answer> {
    Ok(truth_parameter(request, "Dump")?.unwrap_or(false))
}

/// A query parameter that is true or false; `None` where it is not there.
fn truth_parameter(request: &Request, name: &str) -> Result<Option<bool>, Answer> {
    match request.parameter(name) {
        None => Ok(None),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(text) => Err(Answer::invalid(request, name, &format!("The value '{text}' is not valid for {name}."))),
    }
}
