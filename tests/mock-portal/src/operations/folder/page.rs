//! What a listing is asked for: which kinds, how deep, in which order, and which part.

use std::str::FromStr;

use crate::answer::Answer;
use crate::percent;
use crate::request::Request;

const LARGEST: usize = 100;

/// The parameters of a listing, with the portal's defaults in place of those that are left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) kinds: Kinds,
    /// Part of a title, in any case; empty for all.
    text: String,
    pub(super) recursive: bool,
    pub(super) by_title: bool,
    pub(super) descending: bool,
    pub(super) start: usize,
    pub(super) count: usize,
}

/// The `FilterType`s that are imitated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinds {
    All,
    Files,
    Folders,
    /// Any other filter, which nothing here passes.
    Neither,
}

impl Page {
    /// Reads the parameters, or gives the binder's refusal.
    pub(super) fn of(request: &Request) -> Result<Self, Answer> {
        let kinds = kinds(request.parameter("filterType").unwrap_or("0"));
        let text = percent::decode(request.parameter("filterValue").unwrap_or_default()).to_lowercase();
        let filtered = kinds != Kinds::All || !text.is_empty();
        let by_title = request.parameter("sortBy").is_some_and(|order| order.eq_ignore_ascii_case("AZ"));
        let count = number(request, "count")?.unwrap_or(LARGEST);
        if !(1..=LARGEST).contains(&count) {
            let message = format!("The field Count must be between 1 and {LARGEST}.");
            return Err(Answer::invalid(request, "Count", &message));
        }
        Ok(Self {
            kinds,
            text,
            recursive: filtered && flag(request, "withSubFolders")?.unwrap_or(true),
            by_title,
            descending: request
                .parameter("sortOrder")
                .map_or(!by_title, |order| order.eq_ignore_ascii_case("descending")),
            start: number(request, "startIndex")?.unwrap_or(0),
            count,
        })
    }

    /// Whether an entry with this title passes the search text.
    pub(super) fn shows(&self, title: &str) -> bool {
        title.to_lowercase().contains(&self.text)
    }
}

fn kinds(filter: &str) -> Kinds {
    match filter.to_ascii_lowercase().as_str() {
        "" | "0" | "none" => Kinds::All,
        "1" | "filesonly" => Kinds::Files,
        "2" | "foldersonly" => Kinds::Folders,
        _ => Kinds::Neither,
    }
}

fn number(request: &Request, name: &str) -> Result<Option<usize>, Answer> {
    parameter(request, name, str::to_owned)
}

fn flag(request: &Request, name: &str) -> Result<Option<bool>, Answer> {
    parameter(request, name, str::to_ascii_lowercase)
}

fn parameter<T: FromStr>(request: &Request, name: &str, spelt: fn(&str) -> String) -> Result<Option<T>, Answer> {
    let read = |text: &str| {
        let unreadable = |_| Answer::invalid(request, name, &format!("The value '{text}' is not valid for {name}."));
        spelt(text).parse().map_err(unreadable)
    };
    request.parameter(name).map(read).transpose()
}
