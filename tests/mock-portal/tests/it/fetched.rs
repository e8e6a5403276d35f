//! A file as it came over the wire, whole or not.

use mock_portal::DEMO_KEY;

use crate::client::Client;

#[derive(Debug)]
pub(crate) struct Fetched {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: Vec<u8>,
    /// The headers that tell of the file, with their values.
    told: Vec<(&'static str, String)>,
    /// Whether the body came to its end.
    whole: bool,
}

const TELLING: [&str; 5] = ["content-type", "content-length", "accept-ranges", "content-range", "content-disposition"];

impl Fetched {
    pub(crate) async fn by(request: reqwest::RequestBuilder) -> Self {
        let mut response = request.send().await.unwrap();
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let told = TELLING.into_iter().filter_map(|name| Some((name, header(name)?))).collect();
        let location = header("location").unwrap_or_default();
        let (status, mut body) = (response.status().as_u16(), Vec::new());
        let whole = loop {
            match response.chunk().await {
                Ok(Some(chunk)) => body.extend(chunk),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        Self { status, location, body, told, whole }
    }

    pub(crate) fn header(&self, wanted: &str) -> Option<&str> {
        self.told.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
    }

    /// Status, headers and what came, without the bytes.
    pub(crate) fn summary(&self) -> String {
        let told: String = self.told.iter().map(|(name, value)| format!("\n    {name}: {value}")).collect();
        let end = if self.whole { "" } else { ", cut" };
        format!("{}{told}\n    {} bytes{end}", self.status, self.body.len())
    }
}

impl Client {
    /// Fetches with the key.
    pub(crate) async fn fetch(&self, path: &str) -> Fetched {
        Fetched::by(self.request("GET", path).bearer_auth(DEMO_KEY)).await
    }

    /// Fetches a part with the key, as the `Range` header says.
    pub(crate) async fn fetch_part(&self, path: &str, range: &str) -> Fetched {
        Fetched::by(self.request("GET", path).bearer_auth(DEMO_KEY).header("range", range)).await
    }
}
