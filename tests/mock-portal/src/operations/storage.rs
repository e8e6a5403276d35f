//! `/storage/…`: temporary copies, and the files of a portal that keeps its bytes elsewhere (contract §9.1).

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::config::Store;
use crate::files::{Place, StoredFile};
use crate::gate;
use crate::percent;
use crate::range::{self, BLOCK, Range};
use crate::request::Request;
use crate::signed_link::{self, AT_ONCE};
use crate::state::State;

/// What is larger is fetched from the object store.
const HANDED_OVER: usize = 5 * 1024 * 1024;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let (state, request) = (&*context.state, context.request);
    let (module, name) = request.path["/storage/".len()..].split_once("/root/").ok_or_else(|| Answer::empty(404))?;
    gate::authenticated(state, request.credentials).map_err(|_| Answer::empty(403))?;
    let backup = module.eq_ignore_ascii_case("backup");
    let admitted = !backup || state.caller.role.manages_portal();
    let now = state.clock.date(context.now);
    if !admitted || !signed_link::is_good(request, now) {
        return Err(Answer::empty(403));
    }
    let name = percent::decode(name);
    let file = if backup { state.files.by_title(&Place::Temporary, &name) } else { state.files.by_id(&name) };
    let file = file.ok_or_else(|| Answer::empty(404))?;
    context.note.clone_from(&file.title);
    match elsewhere(state, file) {
        Some(address) => Ok(Answer::redirect(&format!("{address}?{}", signed_link::object_query(now, AT_ONCE)))),
        None => given(request, file),
    }
}

fn elsewhere(state: &State, file: &StoredFile) -> Option<String> {
    let large = file.content.len() > HANDED_OVER && state.config.store == Store::ObjectStore;
    let address = state.object_store.filter(|_| large)?;
    Some(format!("http://{address}/{}", percent::encode(&file.id)))
}

fn given(request: &Request, file: &StoredFile) -> Outcome {
    let size = file.content.len();
    match Range::of(request) {
        None => Ok(Answer::file(200, file.content.clone())),
        Some(Range::From(0)) if size > 0 => Ok(part(200, file, (0, size - 1), size)),
        Some(Range::From(first)) if first < size => Ok(part(206, file, (first, size - 1), size - first)),
        Some(Range::Between(first, last)) if first <= last && last < size => {
            Ok(part(206, file, (first, last), copied(first, last, size).ok_or_else(overrun)?))
        }
        Some(Range::From(_) | Range::Between(..) | Range::Last(_)) => {
            Err(Answer::exception(500, "System.Web.HttpException", "The range is not valid."))
        }
    }
}

/// A part of which so many bytes come, and no more.
fn part(status: u16, file: &StoredFile, (first, last): (usize, usize), copied: usize) -> Answer {
    // The leading space is the portal's.
    let told = format!(" {}", range::told((first, last), file.content.len()));
    Answer::file(status, file.content.slice(first..=last))
        .header("accept-ranges", "bytes")
        .header("content-range", &told)
        .breaking_after(copied)
}

/// How many bytes come of a part, which is always copied to the end of the file: nothing beyond what was announced is
/// sent, and where the first block already is too much there is no answer but an error.
fn copied(first: usize, last: usize, size: usize) -> Option<usize> {
    let announced = last - first + 1;
    if last + 1 == size {
        return Some(announced);
    }
    let whole_blocks = announced / BLOCK * BLOCK;
    (whole_blocks > 0).then_some(whole_blocks)
}

fn overrun() -> Answer {
    let message = "Response Content-Length mismatch: too many bytes written.";
    Answer::exception(403, "System.InvalidOperationException", message)
}
