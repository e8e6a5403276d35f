//! Pushes as Uptime Kuma takes them.

use reqwest::{Url, header::HeaderMap};
use serde_json::Value;

use super::signal::Signal;
use crate::{
    Notice, NotifyError, NotifyErrorKind,
    cut::cut_by,
    foreign_text::one_line,
    http::{Answer, Endpoint},
};

/// The most of a message, in the bytes that it becomes in an address: servers take some thousands for the whole.
const MESSAGE: usize = 1_500;

pub(super) async fn push(endpoint: &Endpoint, notice: &Notice) -> Result<(), NotifyError> {
    let status = match Signal::of(notice) {
        Signal::Success => "up",
        Signal::Failure(_) => "down",
        Signal::Start | Signal::Remark => return endpoint.reach().await,
    };
    let answer = endpoint.at(|url| address(url, status, notice)).get(HeaderMap::new()).await?;
    verdict(endpoint, &answer)
}

/// The address comes with sample values for what is set here.
fn address(url: &mut Url, status: &str, notice: &Notice) {
    let others: Vec<_> = url.query_pairs().into_owned().filter(|(name, _)| !is_ours(name)).collect();
    let mut query = url.query_pairs_mut();
    query.clear().extend_pairs(others);
    query.append_pair("status", status).append_pair("msg", &message(notice)).append_pair("ping", "");
}

fn is_ours(name: &str) -> bool {
    matches!(name, "status" | "msg" | "ping")
}

fn message(notice: &Notice) -> String {
    let text = one_line(&format!("{}: {}", notice.subject, notice.message));
    let width = |c: char| if c.is_ascii_alphanumeric() || c == ' ' { 1 } else { 3 * c.len_utf8() };
    cut_by(&text, MESSAGE, width).into_owned()
}

fn verdict(endpoint: &Endpoint, answer: &Answer) -> Result<(), NotifyError> {
    let json = answer.json();
    match (answer.status.as_u16(), &json["ok"]) {
        (200, Value::Bool(true)) => Ok(()),
        (404, _) => {
            let message = "not delivered: there is no active push monitor with this address";
            Err(NotifyError::new(endpoint.name(), NotifyErrorKind::Permanent, message))
        }
        _ => Err(endpoint.refused_saying(answer, json["msg"].as_str())),
    }
}
