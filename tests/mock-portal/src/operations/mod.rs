//! What the portal does on each call: one file per operation.

mod cancel;
mod history;
mod key;
mod person;
mod portal;
mod progress;
mod start;
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
    if operation == Operation::Cancel && !state.config.is_at_least([3, 7, 1]) {
        return (Answer::empty(404), String::new());
    }
    let mut context = Context { state, request, now: Instant::now(), note: String::new() };
    let outcome = gate::pass(context.state, request, operation).and_then(|()| dispatch(operation, &mut context));
    (outcome.unwrap_or_else(|refusal| refusal), context.note)
}

fn dispatch(operation: Operation, context: &mut Context<'_>) -> Outcome {
    match operation {
        Operation::Start => start::answer(context),
        Operation::Progress => progress::answer(context),
        Operation::History => history::answer(context),
        Operation::Cancel => cancel::answer(context),
        Operation::Version => version::answer(context),
        Operation::Key => key::answer(context),
        Operation::Portal => portal::answer(context),
        Operation::Person => person::answer(context),
        Operation::Other => Ok(Answer::empty(404)),
    }
}

/// The query parameter `dump`, which binds before anything else is checked.
fn dump_parameter(request: &Request) -> Result<bool, Answer> {
    match request.parameter("dump") {
        None => Ok(false),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Some(text) => Err(Answer::invalid(request, "Dump", &format!("The value '{text}' is not valid for Dump."))),
    }
}
