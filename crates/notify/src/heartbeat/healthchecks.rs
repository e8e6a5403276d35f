//! Pings as Healthchecks takes them.

use std::time::Duration;

use reqwest::Url;

use super::{run_id::run_id, signal::Signal};
use crate::{
    Notice, NotifyError, NotifyErrorKind,
    cut::cut_by,
    foreign_text::one_line,
    http::{Answer, Endpoint},
    plain_body::{PAGE, plain_body},
};

/// What an instance of one's own keeps of a body, unless it is told otherwise; the hosted one keeps ten times as much. The
/// note that text was cut has one character of three bytes.
const BODY: usize = 10_000 - 2;

/// Five pings a minute are taken for each check.
const PAUSE: Duration = Duration::from_secs(60);

pub(super) async fn ping(endpoint: &Endpoint, notice: &Notice) -> Result<(), NotifyError> {
    let answer = endpoint.at(|url| address(url, notice)).post_text(body(notice)).await?;
    verdict(endpoint, &answer)
}

fn address(url: &mut Url, notice: &Notice) {
    let word = match Signal::of(notice) {
        Signal::Start => "start".to_owned(),
        Signal::Success => String::new(),
        Signal::Failure(Some(code)) => code.to_string(),
        Signal::Failure(None) => "fail".to_owned(),
        Signal::Remark => "log".to_owned(),
    };
    // An address with a host has segments.
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(Some(word).filter(|word| !word.is_empty()));
    }
    url.query_pairs_mut().append_pair("rid", &run_id(&notice.id));
}

fn body(notice: &Notice) -> String {
    let notice = PAGE.apply(notice);
    let text = format!("{}\n\n{}", one_line(&notice.subject), plain_body(&notice));
    cut_by(&text, BODY, char::len_utf8).into_owned()
}

/// An address by UUID was always answered with 200, and is so to this day where nothing came of it.
fn verdict(endpoint: &Endpoint, answer: &Answer) -> Result<(), NotifyError> {
    let error = |kind, why: &str| Err(NotifyError::new(endpoint.name(), kind, format!("not delivered: {why}")));
    match (answer.status.as_u16(), answer.body.trim()) {
        (404, _) | (200, "OK (not found)") => error(NotifyErrorKind::Permanent, "there is no check with this address"),
        (409, _) => error(NotifyErrorKind::Permanent, "several checks share the slug of this address"),
        (200, "OK (rate limited)") => {
            let kind = NotifyErrorKind::Transient { retry_after: Some(PAUSE) };
            error(kind, "more than five pings in a minute")
        }
        (200, body) if body.starts_with("OK") => Ok(()),
        (201, _) => Ok(()), // a check that did not exist and was to be made
        _ => Err(endpoint.refused(answer)),
    }
}
