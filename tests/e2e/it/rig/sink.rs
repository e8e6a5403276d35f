//! The other side of every service on the web: it keeps what is posted or asked for and answers as it was told.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio::{net::TcpListener, sync::Notify, task::JoinHandle, time::timeout};

/// A post as it came.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Post {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A server on `127.0.0.1` that runs until it is dropped.
pub(crate) struct Sink {
    port: u16,
    posts: Arc<Mutex<Vec<Post>>>,
    gets: Arc<Mutex<Vec<Post>>>,
    posted: Arc<Notify>,
    task: JoinHandle<()>,
}

/// What a sink says to a post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) body: &'static str,
    /// How long the answer takes.
    pub(crate) delay: Duration,
}

impl Reply {
    /// An answer at once.
    pub(crate) fn new(status: u16, body: &'static str) -> Self {
        Self { status, headers: &[], body, delay: Duration::ZERO }
    }

    /// No answer within the life of a test.
    pub(crate) fn never() -> Self {
        Self { delay: Duration::from_secs(3600), ..Self::new(200, "") }
    }
}

#[derive(Clone)]
struct Script {
    replies: Vec<Reply>,
    posts: Arc<Mutex<Vec<Post>>>,
    gets: Arc<Mutex<Vec<Post>>>,
    posted: Arc<Notify>,
}

impl Sink {
    /// The secret part of its address.
    pub(crate) const PATH: &str = "/services/T00000000/B00000000/thesecretpart";

    /// Answers every post so.
    pub(crate) async fn answering(status: u16, body: &'static str) -> Self {
        Self::playing(vec![Reply::new(status, body)]).await
    }

    /// Answers the first post by one status and the later ones by the other.
    pub(crate) async fn stumbling(first: u16, then: u16, body: &'static str) -> Self {
        Self::playing(vec![Reply::new(first, body), Reply::new(then, body)]).await
    }

    /// Gives one reply after the other; the last one stays.
    pub(crate) async fn playing(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let script = Script { replies, posts: Arc::default(), gets: Arc::default(), posted: Arc::default() };
        let (posts, gets, posted) = (Arc::clone(&script.posts), Arc::clone(&script.gets), Arc::clone(&script.posted));
        let router = Router::new().fallback(answer).with_state(script);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { port, posts, gets, posted, task }
    }

    /// Waits until so many posts have come, for ever if they do not; their answers may still be under way.
    pub(crate) async fn posted(&self, count: usize) {
        while self.posts().len() < count {
            // Looked at again after a moment, for a post may have come between the two lines.
            let _ = timeout(Duration::from_millis(20), self.posted.notified()).await;
        }
    }

    /// The same, for as long as a test has patience.
    pub(crate) async fn wait_for_posts(&self, count: usize) {
        assert!(
            timeout(Duration::from_secs(20), self.posted(count)).await.is_ok(),
            "{count} posts did not come: {:?}",
            self.posts()
        );
    }

    /// Its address, a secret.
    pub(crate) fn url(&self) -> String {
        format!("{}{}", self.origin(), Self::PATH)
    }

    /// Where it listens, which is none.
    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Everything that was asked for by GET.
    pub(crate) fn gets(&self) -> Vec<Post> {
        self.gets.lock().unwrap().clone()
    }

    /// Everything that was posted, wherever to.
    pub(crate) fn posts(&self) -> Vec<Post> {
        self.posts.lock().unwrap().clone()
    }

    /// The only thing that was posted.
    #[track_caller]
    pub(crate) fn post(&self) -> Post {
        let posts = self.posts();
        assert_eq!(posts.len(), 1, "{posts:?}");
        posts[0].clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(script): State<Script>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if method != Method::POST && method != Method::GET {
        return StatusCode::OK.into_response();
    }
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let body = String::from_utf8_lossy(&body).into_owned();
    let query = uri.query().unwrap_or_default().to_owned();
    let post = Post { path: uri.path().to_owned(), query, headers, body };
    if method == Method::GET {
        script.gets.lock().unwrap().push(post);
        return (StatusCode::OK, script.replies[0].body).into_response();
    }
    let reply = script.keep(post);
    tokio::time::sleep(reply.delay).await;
    let status = StatusCode::from_u16(reply.status).unwrap();
    let mut response = (status, reply.body).into_response();
    response.headers_mut().extend(
        reply.headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))),
    );
    response
}

impl Script {
    /// Keeps the post; gives what is to be said to it.
    fn keep(&self, post: Post) -> Reply {
        let mut posts = self.posts.lock().unwrap();
        posts.push(post);
        self.posted.notify_waiters();
        self.replies[(posts.len() - 1).min(self.replies.len() - 1)]
    }
}
