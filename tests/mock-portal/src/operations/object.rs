//! The object store: another origin, which takes its own signature and no second credential (contract §9.1).

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::credentials::Credentials;
use crate::files_route;
use crate::range::{self, Range};
use crate::signed_link;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let (state, request) = (&*context.state, context.request);
    if request.credentials != Credentials::Absent {
        return Err(refusal(400, "InvalidArgument", "Only one auth mechanism allowed"));
    }
    if !signed_link::is_good_object(request, state.clock.date(context.now)) {
        return Err(refusal(403, "AccessDenied", "Request has expired"));
    }
    let file = state.files.object(&files_route::id(&request.path));
    let file = file.ok_or_else(|| refusal(404, "NoSuchKey", "The specified key does not exist."))?;
    context.note.clone_from(&file.title);
    let size = file.content.len();
    let object =
        |status, (first, end)| Answer::file(status, file.content.slice(first..end)).header("accept-ranges", "bytes");
    match Range::of(request).map(|range| range.within(size)) {
        None => Ok(object(200, (0, size))),
        Some(Some((first, last))) => {
            Ok(object(206, (first, last + 1)).header("content-range", &range::told((first, last), size)))
        }
        Some(None) => Err(refusal(416, "InvalidRange", "The requested range is not satisfiable")),
    }
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    Answer::bytes(status, "application/xml", text)
}
