//! Services on the web that people or machines are told by, and the settings that lead to them.

use super::{
    program::Program,
    sink::{Post, Sink},
};

/// A service, as the program knows it and as it answers.
#[derive(Clone, Copy)]
pub(crate) struct Service {
    /// Its type, which is the channel's name, too.
    pub(crate) kind: &'static str,
    /// Its settings, with `ORIGIN` for where it listens and the variables ADDRESS and TOKEN for its secrets.
    pub(crate) settings: &'static str,
    /// The variable TOKEN.
    pub(crate) token: &'static str,
    /// What it says to what it takes.
    pub(crate) taken: (u16, &'static str),
}

impl Service {
    pub(crate) const TEAMS: Self =
        Self { kind: "teams", settings: "url = { env = \"ADDRESS\" }", token: "not needed", taken: (202, "") };

    pub(crate) const DISCORD: Self = Self { kind: "discord", taken: (200, r#"{"id":"1"}"#), ..Self::TEAMS };

    pub(crate) const TELEGRAM: Self = Self {
        kind: "telegram",
        settings: "bot_token = { env = \"TOKEN\" }\nchat_id = -1001234567890\napi_url = \"ORIGIN\"",
        token: "123456789:AAF-a_token_of_thirty-five_letters_x",
        taken: (200, r#"{"ok":true,"result":{}}"#),
    };

    pub(crate) const NTFY: Self = Self {
        kind: "ntfy",
        settings: "url = { env = \"ADDRESS\" }\ntoken = { env = \"TOKEN\" }",
        token: "tk_thesecrettoken",
        taken: (200, r#"{"id":"x"}"#),
    };

    pub(crate) const PAGERDUTY: Self = Self {
        kind: "pagerduty",
        settings: "routing_key = { env = \"TOKEN\" }\napi_url = \"ORIGIN/v2/enqueue\"",
        token: "0123456789abcdef0123456789abcdef",
        taken: (202, r#"{"status":"success"}"#),
    };

    pub(crate) const HEALTHCHECKS: Self = Self { kind: "heartbeat", taken: (200, "OK"), ..Self::TEAMS };

    pub(crate) const UPTIME_KUMA: Self = Self {
        settings: "url = { env = \"ADDRESS\" }\nkind = \"uptime-kuma\"",
        taken: (200, r#"{"ok":true}"#),
        ..Self::HEALTHCHECKS
    };

    pub(crate) const SLACK_BOT: Self = Self {
        kind: "slack",
        settings: "bot_token = { env = \"TOKEN\" }\nchannel = \"C0123456789\"\napi_url = \"ORIGIN/api\"",
        token: "xoxb-0123456789-thesecrettoken",
        taken: (200, r#"{"ok":true,"ts":"1503435956.000247"}"#),
    };

    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::TEAMS,
        Self::DISCORD,
        Self::TELEGRAM,
        Self::NTFY,
        Self::PAGERDUTY,
        Self::HEALTHCHECKS,
        Self::UPTIME_KUMA,
        Self::SLACK_BOT,
    ];

    /// A sink that takes everything, as the service does.
    pub(crate) async fn start(self) -> Sink {
        Sink::answering(self.taken.0, self.taken.1).await
    }
}

impl Program {
    /// With a channel to the service, which is played by the sink.
    pub(crate) fn with_service(self, service: Service, sink: &Sink) -> Self {
        self.with_service_at(service, &sink.origin())
    }

    /// The same for a service that listens there.
    pub(crate) fn with_service_at(self, service: Service, origin: &str) -> Self {
        let Service { kind, settings, token, .. } = service;
        let settings = settings.replace("ORIGIN", origin);
        let address = format!("{origin}{}", Sink::PATH);
        let program = self.secret(Sink::PATH).env("ADDRESS", &address).env("TOKEN", token);
        let program = if settings.contains("TOKEN") { program.secret(token) } else { program };
        program.add_settings(&format!("[notify.{kind}]\ntype = \"{kind}\"\n{settings}\n"))
    }
}

impl Sink {
    /// The last post to a path that ends so.
    #[track_caller]
    pub(crate) fn last_to(&self, end: &str) -> Post {
        let found = self.posts().into_iter().rfind(|post| post.path.ends_with(end));
        found.unwrap_or_else(|| panic!("nothing was posted to {end}: {:?}", self.posts()))
    }
}
