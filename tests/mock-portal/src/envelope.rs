//! The envelope around every successful answer (contract §1.1).

use serde::Serialize;

use crate::request::Request;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Envelope<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) response: Option<&'a T>,
    pub(crate) count: usize,
    pub(crate) links: [Link; 1],
    /// 0 for success and 1 for an error, not an HTTP status.
    pub(crate) status: u8,
    pub(crate) status_code: u16,
}

#[derive(Serialize)]
pub(crate) struct Link {
    href: String,
    action: String,
}

impl<'a, T: Serialize> Envelope<'a, T> {
    pub(crate) fn success(request: &Request, response: Option<&'a T>, count: usize) -> Self {
        let link = Link { href: request.url(), action: request.method.clone() };
        Self { response, count, links: [link], status: 0, status_code: 200 }
    }

    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).expect("the wire types have only text keys, so they always serialise")
    }
}
