//! What an event is, whatever the notice says: within PagerDuty's limits, with text where PagerDuty wants text.

use super::event::events;
use crate::{Notice, harmless::assert_harmless};

pub(crate) fn check(notice: &Notice) {
    for event in events(notice, "pagerduty") {
        let text = |place: &str| event.pointer(place).and_then(|text| text.as_str()).expect("there is a text");
        assert!((1..=255).contains(&text("/dedup_key").len()), "{}", text("/dedup_key"));
        assert!((1..=1_024).contains(&text("/payload/summary").encode_utf16().count()), "{}", text("/payload/summary"));
        assert!(!text("/payload/source").trim().is_empty(), "no source");
        let details = event["payload"]["custom_details"].as_object().expect("there are details");
        details.iter().for_each(|(label, value)| assert_harmless(&format!("{label}{value}")));
        assert!(event.to_string().len() < 512_000, "{} bytes", event.to_string().len());
    }
}
