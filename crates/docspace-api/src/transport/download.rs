//! Opening a file: one call with its tries and redirects, whose body is then read piece by piece.

use std::sync::{Arc, OnceLock};

use async_trait::async_trait;
use bytes::Bytes;
use http::{
    Extensions,
    header::{self, HeaderValue},
};
use reqwest::{Method, Request, Response};
use reqwest_middleware::{Middleware, Next};
use url::Url;

use super::{
    answer,
    client::{Auth, Client, Packed, chain, connections},
    connection,
    course::Course,
    extent::{self, Extent},
    failure::Failure,
    redirect,
};
use crate::{ApiError, ApiErrorKind, ClientOptions, Denial, Effect};

/// A file to open.
pub(crate) struct Fetch {
    pub(crate) operation: &'static str,
    pub(crate) url: Url,
    pub(crate) auth: Auth,
    /// The first byte that is wanted.
    pub(crate) from: u64,
}

/// A file whose first piece is here.
pub(crate) struct Opened {
    first: Option<Bytes>,
    rest: Response,
    extent: Extent,
}

impl Opened {
    pub(crate) fn extent(&self) -> Extent {
        self.extent
    }

    /// The next piece, never empty; `None` at the end of the body.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        match self.first.take() {
            Some(first) => Ok(Some(first)),
            None => piece(&mut self.rest).await,
        }
    }
}

async fn piece(response: &mut Response) -> Result<Option<Bytes>, Failure> {
    loop {
        match response.chunk().await.map_err(connection::failure)? {
            Some(piece) if piece.is_empty() => {}
            piece => return Ok(piece),
        }
    }
}

/// The connections for files, which come as they are. They are set up with the first file, since most programs open none
/// and reading the system's certificates takes its time; clones share them.
#[derive(Clone)]
pub(super) struct FileConnections {
    options: ClientOptions,
    direct: bool,
    set_up: Arc<OnceLock<reqwest::Client>>,
}

impl FileConnections {
    pub(super) fn new(options: &ClientOptions, direct: bool) -> Self {
        Self { options: options.clone(), direct, set_up: Arc::default() }
    }

    /// Fails only where what has worked for the other calls does not work any more.
    fn get(&self) -> Result<reqwest::Client, Failure> {
        if let Some(connections) = self.set_up.get() {
            return Ok(connections.clone());
        }
        let connections = connections(&self.options, self.direct, Packed::Leave);
        let connections = connections.map_err(|error| Failure::new(ApiErrorKind::Unreachable).caused_by(error))?;
        Ok(self.set_up.get_or_init(|| connections).clone())
    }
}

impl Client {
    /// Opens the file, with as many tries as the policy allows, and says how many it took.
    pub(crate) async fn open(&self, fetch: Fetch) -> Result<(Opened, u32), ApiError> {
        let Fetch { operation, from, .. } = fetch;
        let open = async |extensions: &mut Extensions| {
            let chain = chain(self.files.get()?, self.retry, OpenFile);
            let response = self.execute(&chain, self.file_request(fetch)?, extensions).await?;
            let opened = opened(response, extensions.remove().and_then(|First(first)| first), from)?;
            Ok((opened, Course::of(extensions).attempts))
        };
        self.conduct(operation, Effect::Reads, open).await
    }

    fn file_request(&self, fetch: Fetch) -> Result<Request, Failure> {
        redirect::check(&fetch.url)?;
        let mut request = Request::new(Method::GET, fetch.url);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
        // A file must come as it lies there, and a range of it counts its own bytes.
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if fetch.auth == Auth::Bearer {
            headers.insert(header::AUTHORIZATION, self.bearer());
        }
        if fetch.from > 0 {
            // Only open-ended ranges work at portals, and from 0 on none is needed (contract §9.1).
            let range = HeaderValue::try_from(format!("bytes={}-", fetch.from));
            headers.insert(header::RANGE, range.expect("digits and signs are visible ASCII"));
        }
        Ok(request)
    }
}

fn opened(response: Response, first: Option<Bytes>, from: u64) -> Result<Opened, Failure> {
    if is_page(&response) {
        return Err(Failure::new(ApiErrorKind::NotAPortal));
    }
    let extent = extent::read(response.status(), response.headers(), from);
    let extent = extent.map_err(|mismatch| Failure::new(ApiErrorKind::Garbled).caused_by(mismatch))?;
    Ok(Opened { first, rest: response, extent })
}

/// A page to look at, such as a login. A file that happens to be HTML comes as an attachment (contract §9.4).
fn is_page(response: &Response) -> bool {
    let begins = |name, word: &str| {
        let value = response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let start = value.and_then(|value| value.trim_start().get(..word.len()));
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    begins(header::CONTENT_TYPE, "text/html") && !begins(header::CONTENT_DISPOSITION, "attachment")
}

/// The first piece of a body, on its way past the middlewares.
#[derive(Clone)]
struct First(Option<Bytes>);

/// The innermost middleware: follows redirects to the file and waits for its first piece, so that a file which never
/// begins is a failed try.
pub(super) struct OpenFile;

#[async_trait]
impl Middleware for OpenFile {
    async fn handle(
        &self,
        request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<Response> {
        Course::of(extensions).begin_attempt();
        let result = follow(request, extensions, next).await;
        let result = match result {
            Ok(response) => begun(response, extensions).await,
            Err(failure) => Err(failure),
        };
        Course::of(extensions).close_attempt(result)
    }
}

async fn begun(mut response: Response, extensions: &mut Extensions) -> Result<Response, Failure> {
    if !response.status().is_success() {
        return Err(refused(response).await);
    }
    let first = piece(&mut response).await?;
    extensions.insert(First(first));
    Ok(response)
}

/// As elsewhere, but for the empty 403: no scope is asked for on these ways (contract §9.1, §9.4), so it speaks of the
/// account, the file or the link.
async fn refused(response: Response) -> Failure {
    let failure = answer::refused(response).await;
    if failure.kind == ApiErrorKind::Forbidden(Denial::Scope) {
        return Failure { kind: ApiErrorKind::Forbidden(Denial::Role), ..failure };
    }
    failure
}

async fn follow(mut request: Request, extensions: &mut Extensions, next: Next<'_>) -> Result<Response, Failure> {
    for _ in 0..=redirect::MOST {
        let (here, headers) = (request.url().clone(), request.headers().clone());
        let response = next.clone().run(request, extensions).await.map_err(Failure::from_chain)?;
        Course::of(extensions).status = Some(response.status().as_u16());
        if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(response);
        }
        let hop = redirect::next(&here, response.headers())?;
        Course::of(extensions).status = None;
        request = Request::new(Method::GET, hop.url);
        *request.headers_mut() = headers;
        if hop.leaves {
            // Nor does it come back: who leads away and back again is not to be trusted with it.
            request.headers_mut().remove(header::AUTHORIZATION);
        }
    }
    Err(redirect::too_many())
}
