//! The other side of Slack and of a webhook: it keeps what is posted and answers as it was told.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

/// A post as it came.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) path: String,
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
    task: JoinHandle<()>,
}

#[derive(Clone)]
struct Script {
    first: StatusCode,
    then: StatusCode,
    body: &'static str,
    posts: Arc<Mutex<Vec<Post>>>,
}

impl Sink {
    /// The secret part of its address.
    pub(crate) const PATH: &str = "/services/T00000000/B00000000/thesecretpart";

    /// Answers every post so.
    pub(crate) async fn answering(status: u16, body: &'static str) -> Self {
        Self::stumbling(status, status, body).await
    }

    /// Answers the first post by one status and the later ones by the other.
    pub(crate) async fn stumbling(first: u16, then: u16, body: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let [first, then] = [first, then].map(|status| StatusCode::from_u16(status).unwrap());
        let script = Script { first, then, body, posts: Arc::default() };
        let posts = Arc::clone(&script.posts);
        let router = Router::new().fallback(answer).with_state(script);
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { port, posts, task }
    }

    /// Its address, a secret.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, Self::PATH)
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

async fn answer(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    if method != Method::POST {
        return (StatusCode::OK, "");
    }
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or_default().to_owned();
    let headers = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let body = String::from_utf8_lossy(&body).into_owned();
    let mut posts = script.posts.lock().unwrap();
    posts.push(Post { path: uri.path().to_owned(), headers, body });
    (if posts.len() == 1 { script.first } else { script.then }, script.body)
}
