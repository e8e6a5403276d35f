//! An answer before it meets the wire, and the portal's envelope and error shapes (contract §1.1, §1.5).

use axum::body::{Body, Bytes};
use axum::http::Response;
use serde::Serialize;
use serde_json::json;

use crate::envelope::Envelope;
use crate::request::Request;

/// A status, headers and a body; the constructors make the portal's own shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    pub(crate) breaks_after: Option<usize>,
}

impl Answer {
    /// Shape D: no body at all.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Bytes::new(), breaks_after: None }
    }

    /// Any bytes under any content type.
    pub fn bytes(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into().into(), ..Self::empty(status) }.header("content-type", content_type)
    }

    /// A file, or the part of one that the status and a `content-range` speak of.
    pub(crate) fn file(status: u16, body: Bytes) -> Self {
        Self { body, ..Self::empty(status) }.header("content-type", "application/octet-stream")
    }

    /// The connection breaks after so many bytes of the body, unless these are all.
    pub(crate) fn breaking_after(self, bytes: usize) -> Self {
        Self { breaks_after: (bytes < self.body.len()).then_some(bytes), ..self }
    }

    /// Any JSON text.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::bytes(status, "application/json; charset=utf-8", body)
    }

    /// Shape A: an exception inside the portal, with its stack trace.
    pub fn exception(status: u16, kind: &str, message: &str) -> Self {
        let stack = format!(
            "   at {kind}.Throw() in /src/common/ASC.Data.Backup.Core/Service/BackupService.cs:line 101\n   \
             at ASC.Data.Backup.Controllers.BackupController.StartBackup(BackupDto inDto)"
        );
        let error = json!({"message": message, "type": kind, "stack": stack, "hresult": -2_146_233_088});
        Self::json(status, json!({"error": error, "status": 1, "statusCode": status}).to_string())
    }

    /// Shape B: bare problem details, as tenant state and payment give them.
    pub fn problem(status: u16) -> Self {
        let title = match status {
            403 => Some(("https://tools.ietf.org/html/rfc9110#section-15.5.4", "Forbidden")),
            404 => Some(("https://tools.ietf.org/html/rfc9110#section-15.5.5", "Not Found")),
            _ => None,
        };
        let mut problem = json!({"status": status, "traceId": trace_id()});
        if let Some((kind, title)) = title {
            problem["type"] = kind.into();
            problem["title"] = title.into();
        }
        Self::bytes(status, "application/problem+json; charset=utf-8", problem.to_string())
    }

    /// Shape E: the web server in front speaks HTML, because the portal is down or too slow.
    pub fn gateway(status: u16) -> Self {
        let reason = match status {
            500 => "Internal Server Error",
            503 => "Service Temporarily Unavailable",
            504 => "Gateway Time-out",
            _ => "Bad Gateway",
        };
        let page = format!(
            "<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1></center>\r\n\
             <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        );
        Self::bytes(status, "text/html", page)
    }

    /// Shape F: the address is not on the list.
    pub fn address_refused() -> Self {
        Self::bytes(403, "text/plain; charset=utf-8", "Your IP address is not allowed to access this portal.")
    }

    /// 429 without a body; only the daily limit tells how long to wait (contract §11).
    pub fn throttled(retry_after: Option<&str>) -> Self {
        let limited = Self::empty(429).header("x-ratelimit-limit", "1500").header("x-ratelimit-remaining", "0");
        retry_after.map_or(limited.clone(), |wait| limited.header("retry-after", wait))
    }

    /// What a proxy with a login of its own puts in place of the portal.
    pub fn login_page() -> Self {
        let page = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form>…</form></body></html>";
        Self::bytes(200, "text/html; charset=utf-8", page)
    }

    /// 302 to another place.
    pub fn redirect(url: &str) -> Self {
        Self::empty(302).header("location", url)
    }

    /// Adds a header. A `content-length` or `content-encoding` that lies is sent as it stands.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// 200 with the value in the portal's envelope; `None` leaves `response` out.
    pub(crate) fn success<T: Serialize>(request: &Request, response: Option<&T>, count: usize) -> Self {
        Self::json(200, Envelope::success(request, response, count).text())
    }

    /// Shape C: binding or validation failed, inside the success envelope.
    pub(crate) fn invalid(request: &Request, field: &str, message: &str) -> Self {
        let problem = json!({
            "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            "title": "One or more validation errors occurred.",
            "status": 400,
            "errors": {field: [message], "inDto": ["The inDto field is required."]},
            "traceId": trace_id(),
        });
        let envelope = Envelope { status: 1, status_code: 400, ..Envelope::success(request, Some(&problem), 1) };
        Self::bytes(400, "application/problem+json; charset=utf-8", envelope.text())
    }

    /// Shape C': 415 whose envelope claims 200.
    pub(crate) fn unsupported_media_type(request: &Request) -> Self {
        let problem = json!({
            "type": "https://tools.ietf.org/html/rfc9110#section-15.5.16",
            "title": "Unsupported Media Type",
            "status": 415,
            "traceId": trace_id(),
        });
        let text = Envelope::success(request, Some(&problem), 1).text();
        Self::bytes(415, "application/problem+json; charset=utf-8", text)
    }

    /// What an exception of access control becomes: its message is withheld.
    pub(crate) fn denied() -> Self {
        Self::exception(403, "System.Security.SecurityException", "Access denied")
    }

    pub(crate) fn null_reference() -> Self {
        let message = "Object reference not set to an instance of an object.";
        Self::exception(500, "System.NullReferenceException", message)
    }

    pub(crate) fn lock_error() -> Self {
        let kind = "ASC.Common.Threading.DistributedLock.Abstractions.DistributedLockException";
        Self::exception(500, kind, "Distributed Lock Error: the lock fair_lock_backup could not be taken")
    }

    pub(crate) fn into_response(self) -> Response<Body> {
        let start = Response::builder().status(self.status);
        let head = self.headers.iter().fold(start, |response, (name, value)| response.header(name, value));
        head.body(Body::from(self.body)).unwrap_or_else(|error| {
            let mut response =
                Response::new(Body::from(format!("no valid answer was given to the mock portal: {error}")));
            *response.status_mut() = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
            response
        })
    }
}

fn trace_id() -> String {
    let trace = uuid::Uuid::new_v4().simple().to_string();
    format!("00-{trace}-{}-00", &trace[..16])
}
