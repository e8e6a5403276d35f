//! `files/folder/{id}`, and the listings of the caller's documents, of all sections and of rooms (contract §9.5).

mod contents;
mod entry;
mod page;

use serde_json::Value;

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::files_route;
use crate::new_folder::{MY_DOCUMENTS, ROOMS};
use crate::state::State;
use crate::tree::{ARCHIVE, TEMPLATES};
use page::Page;

/// One folder, without what is in it.
pub(super) fn one(context: &mut Context<'_>) -> Outcome {
    let state = &*context.state;
    let folder = state.tree.find(&files_route::id(&context.request.path)).ok_or_else(missing)?;
    context.note.clone_from(&folder.title);
    Ok(Answer::success(context.request, Some(&entry::folder(state, folder)), 1))
}

/// A folder with a page of what is in it.
pub(super) fn listed(context: &mut Context<'_>) -> Outcome {
    list(context, &files_route::id(&context.request.path))
}

/// The caller's own documents.
pub(super) fn my_documents(context: &mut Context<'_>) -> Outcome {
    list(context, MY_DOCUMENTS)
}

/// The rooms, or with `searchArea` the archived ones or the templates.
pub(super) fn rooms(context: &mut Context<'_>) -> Outcome {
    let area = context.request.parameter("searchArea").unwrap_or("Active");
    let root = match area.to_ascii_lowercase().as_str() {
        "1" | "archive" => ARCHIVE,
        "4" | "templates" => TEMPLATES,
        _ => ROOMS,
    };
    list(context, root)
}

/// Every section, each with its first page.
pub(super) fn sections(context: &mut Context<'_>) -> Outcome {
    let page = Page::of(context.request)?;
    let state = &*context.state;
    let sections: Vec<Value> = state.tree.sections().map(|section| contents::of(state, section, &page)).collect();
    context.note = format!("{} sections", sections.len());
    Ok(Answer::success(context.request, Some(&sections), sections.len()))
}

fn list(context: &mut Context<'_>, id: &str) -> Outcome {
    let page = Page::of(context.request)?;
    let state: &State = context.state;
    let folder = state.tree.find(id).ok_or_else(missing)?;
    let contents = contents::of(state, folder, &page);
    context.note = format!("{} of {} in {}", contents["count"], contents["total"], folder.title);
    Ok(Answer::success(context.request, Some(&contents), 1))
}

fn missing() -> Answer {
    Answer::exception(404, "System.IO.DirectoryNotFoundException", "The required folder was not found")
}
