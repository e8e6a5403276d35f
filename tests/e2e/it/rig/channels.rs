//! Channels over the web, and the settings that lead to them.

use super::{program::Program, sink::Sink};

/// The key with which webhooks are signed here.
pub(crate) const SIGNING_SECRET: &str = "whsec_c2lnbmluZy1zZWNyZXQtb2YtdGVzdHM=";

/// Everything that comes at the end of a run: good news too, which people are not told unless they want to be.
pub(super) const EVERY_END: &str =
    r#"states = ["completed", "warning", "failed", "still_running", "stale", "recovered"]"#;

impl Program {
    /// With a channel "stdout".
    pub(crate) fn with_stdout(self) -> Self {
        self.add_settings("[notify.stdout]\ntype = \"stdout\"\n")
    }

    /// With a channel "slack" to the sink.
    pub(crate) fn with_slack(self, sink: &Sink) -> Self {
        let program = self.secret(Sink::PATH).env("SLACK_ADDRESS", &sink.url());
        program.add_settings(&format!(
            "[notify.slack]\ntype = \"slack\"\nwebhook_url = {{ env = \"SLACK_ADDRESS\" }}\n{EVERY_END}\n"
        ))
    }

    /// With an unsigned webhook of that name, which gets these states, to the sink.
    pub(crate) fn with_webhook_for(self, name: &str, states: &[&str], sink: &Sink) -> Self {
        self.with_unsigned_webhook(name, sink).add_settings(&format!("states = {states:?}\n"))
    }

    /// With an unsigned webhook "usual", which gets what webhooks usually get, to the sink.
    pub(crate) fn with_usual_webhook(self, sink: &Sink) -> Self {
        self.with_unsigned_webhook("usual", sink)
    }

    fn with_unsigned_webhook(self, name: &str, sink: &Sink) -> Self {
        let program = self.secret(Sink::PATH).env("HOOK_ADDRESS", &sink.url());
        program.add_settings(&format!("[notify.{name}]\ntype = \"webhook\"\nurl = {{ env = \"HOOK_ADDRESS\" }}\n"))
    }

    /// With a channel "monitoring", a signed webhook, to the sink.
    pub(crate) fn with_webhook(self, sink: &Sink) -> Self {
        let program = self.secret(Sink::PATH).env("HOOK_ADDRESS", &sink.url());
        program.secret_env("HOOK_SECRET", SIGNING_SECRET).add_settings(&format!(
            "[notify.monitoring]\ntype = \"webhook\"\nurl = {{ env = \"HOOK_ADDRESS\" }}\nsecret = {{ env = \"HOOK_SECRET\" }}\n{EVERY_END}\n",
        ))
    }
}
