//! A client that knows nothing but HTTP, and its portal.

use std::sync::Once;
use std::time::Duration;

use mock_portal::{Config, DEMO_KEY, MockPortal};
use serde_json::Value;

pub(crate) const START: &str = "/api/2.0/backup/startbackup";
pub(crate) const PROGRESS: &str = "/api/2.0/backup/getbackupprogress";
pub(crate) const HISTORY: &str = "/api/2.0/backup/getbackuphistory";
pub(crate) const CANCEL: &str = "/api/2.0/backup/cancelbackup";
pub(crate) const VERSION: &str = "/api/2.0/settings/version/build";
pub(crate) const KEY: &str = "/api/2.0/keys/@self";
pub(crate) const PORTAL: &str = "/api/2.0/portal";
pub(crate) const PERSON: &str = "/api/2.0/people/@self";

pub(crate) const DELETE: &str = "/api/2.0/backup/deletebackup";
pub(crate) const DELETE_HISTORY: &str = "/api/2.0/backup/deletebackuphistory";
pub(crate) const SCHEDULE: &str = "/api/2.0/backup/getbackupschedule";
pub(crate) const CREATE_SCHEDULE: &str = "/api/2.0/backup/createbackupschedule";
pub(crate) const DELETE_SCHEDULE: &str = "/api/2.0/backup/deletebackupschedule";
pub(crate) const START_RESTORE: &str = "/api/2.0/backup/startrestore";
pub(crate) const RESTORE_PROGRESS: &str = "/api/2.0/backup/getrestoreprogress";
pub(crate) const COUNT: &str = "/api/2.0/backup/getbackupscount";
pub(crate) const SERVICE_STATE: &str = "/api/2.0/backup/getservicestate";
pub(crate) const QUOTA: &str = "/api/2.0/portal/quota";
pub(crate) const USED_SPACE: &str = "/api/2.0/portal/usedspace";
pub(crate) const SETTINGS: &str = "/api/2.0/settings";

/// The body of a start that every portal takes.
pub(crate) const TEMPORARY: &str = r#"{"storageType": "DataStore"}"#;

/// A job of the portals here takes this long, so that a second is a hundredth.
pub(crate) const LONG: Duration = Duration::from_secs(100);

pub(crate) struct Client {
    pub(crate) portal: MockPortal,
    http: reqwest::Client,
}

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    pub(crate) fn response(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()["response"].clone()
    }

    /// 200, or the refusal's shape.
    pub(crate) fn shape_or_ok(&self) -> String {
        if self.status == 200 { "200".to_owned() } else { self.shape() }
    }

    /// The status and the error shape of the contract, for a refusal.
    pub(crate) fn shape(&self) -> String {
        let status = self.status;
        let shape = match self.content_type.split(';').next().unwrap() {
            "" if self.body.is_empty() => "D".to_owned(),
            "text/html" => "E".to_owned(),
            "text/plain" => format!("F {}", self.body),
            "application/problem+json" if self.json()["status"] == status => "B".to_owned(),
            "application/problem+json" => {
                let envelope = self.json();
                let claimed = (&envelope["status"], &envelope["statusCode"]);
                format!("C {} {}/{}", envelope["response"]["title"], claimed.0, claimed.1)
            }
            "application/json" if self.json().get("error").is_some() => {
                let envelope = self.json();
                assert_eq!(envelope["statusCode"], status);
                assert_eq!(envelope["status"], 1);
                assert!(envelope["error"]["stack"].as_str().unwrap().contains(" at "));
                format!("A {}", envelope["error"]["message"].as_str().unwrap())
            }
            _ => format!("none of the shapes: {}", self.body),
        };
        format!("{status} {shape}")
    }
}

pub(crate) fn http() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.timeout(Duration::from_secs(60)).build().unwrap()
}

impl Client {
    pub(crate) async fn new() -> Self {
        Self::of(Config::default()).await
    }

    pub(crate) async fn of(config: Config) -> Self {
        let portal = MockPortal::start(Config { backup_duration: LONG, ..config }).await;
        Self { portal, http: http() }
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.portal.url()))
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Result<Answer> {
        let response = request.send().await?;
        let content_type = response.headers().get("content-type").map_or("", |value| value.to_str().unwrap()).into();
        Ok(Answer { status: response.status().as_u16(), content_type, body: response.text().await? })
    }

    pub(crate) async fn try_get(&self, path: &str) -> reqwest::Result<Answer> {
        self.send(self.request("GET", path).bearer_auth(DEMO_KEY)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.try_get(path).await.unwrap()
    }

    pub(crate) async fn try_post(&self, path: &str, body: &str) -> reqwest::Result<Answer> {
        let request = self.request("POST", path).bearer_auth(DEMO_KEY).header("content-type", "application/json");
        self.send(request.body(body.to_owned())).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        self.try_post(path, body).await.unwrap()
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path).bearer_auth(DEMO_KEY)).await.unwrap()
    }

    /// As somebody without a key.
    pub(crate) async fn get_anonymously(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await.unwrap()
    }

    pub(crate) async fn start(&self, body: &str) -> Answer {
        self.post(START, body).await
    }

    /// Starts a temporary backup; gives its task id.
    pub(crate) async fn started(&self) -> String {
        self.start(TEMPORARY).await.response()["taskId"].as_str().unwrap().to_owned()
    }

    /// The progress item after so many seconds more.
    pub(crate) async fn after(&self, seconds: f64) -> Value {
        tokio::time::advance(Duration::from_secs_f64(seconds)).await;
        self.get(PROGRESS).await.response()
    }
}
