//! `filehandler.ashx?action=download`: a file of a folder (contract §9.4).

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::caller::Trouble;
use crate::config::Store;
use crate::files::StoredFile;
use crate::gate;
use crate::percent;
use crate::range::{self, BLOCK, Range};
use crate::request::Request;
use crate::signed_link::{self, AN_HOUR};

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let (state, request) = (&*context.state, context.request);
    gate::authenticated(state, request.credentials).map_err(|_| Answer::empty(403))?;
    if state.has(Trouble::Unpaid) {
        return Err(Answer::empty(402));
    }
    if !request.parameter("action").is_some_and(|action| action.eq_ignore_ascii_case("download")) {
        return Err(page("The action is not known."));
    }
    let id = percent::decode(request.parameter("fileid").unwrap_or_default());
    let file = state.files.by_id(&id).ok_or_else(|| Answer::empty(404))?;
    context.note.clone_from(&file.title);
    match state.config.store {
        Store::Disc => from_disc(request, file),
        Store::ObjectStore => {
            let query = signed_link::query(state.clock.date(context.now), AN_HOUR);
            Ok(Answer::redirect(&format!("/storage/files/root/{}?{query}", percent::encode(&file.id))))
        }
    }
}

fn from_disc(request: &Request, file: &StoredFile) -> Outcome {
    let size = file.content.len();
    let head = |status, content| {
        Answer::file(status, content)
            .header("accept-ranges", "bytes")
            .header("content-disposition", &format!("attachment; filename*=UTF-8''{}", percent::encode(&file.title)))
    };
    let (first, last) = match Range::of(request) {
        None => return Ok(head(200, file.content.clone())),
        Some(Range::From(first)) if first < size => (first, size - 1),
        Some(Range::Between(first, last)) if first <= last && last < size => (first, last),
        Some(Range::From(_) | Range::Between(..) | Range::Last(_)) => return Err(page("The range is not valid.")),
    };
    let part = head(206, file.content.slice(first..=last)).header("content-range", &range::told((first, last), size));
    Ok(part.breaking_after(copied(first, last, size)))
}

/// How many bytes come of a part: blocks are whole, so one that reaches beyond the part's end breaks the connection.
fn copied(first: usize, last: usize, size: usize) -> usize {
    let wanted = last - first + 1;
    let whole_blocks = wanted / BLOCK * BLOCK;
    if wanted <= BLOCK || last + 1 == size { wanted } else { whole_blocks }
}

/// A refusal that is a web page.
fn page(message: &str) -> Answer {
    Answer::bytes(400, "text/html", message)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, copied};

    #[test]
    fn only_a_small_part_and_one_up_to_the_end_come_whole() {
        let size = 5 * BLOCK + 7;
        assert_eq!(copied(10, 10 + BLOCK - 1, size), BLOCK);
        assert_eq!(copied(10, size - 1, size), size - 10);
        assert_eq!(copied(10, 10 + BLOCK, size), BLOCK, "a byte is missing");
        assert_eq!(copied(0, 2 * BLOCK - 1, size), 2 * BLOCK);
        assert_eq!(copied(0, 3 * BLOCK - 2, size), 2 * BLOCK, "a block less one is missing");
    }
}
