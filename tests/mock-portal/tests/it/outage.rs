//! A portal that is down for a while, and one whose clock is wrong.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, civil::DateTime, fmt::rfc2822, tz::TimeZone};
use mock_portal::{Config, DEMO_KEY, SlotJob};

use crate::client::{Client, HISTORY, PROGRESS};

#[tokio::test]
async fn a_portal_that_is_down_refuses_connections_and_comes_back_with_all_it_knew() {
    let client = Client::new().await;
    let job = client.started().await;
    client.portal.go_down().await;
    assert!(client.try_get(PROGRESS).await.unwrap_err().is_connect());
    client.portal.come_back().await;
    assert_eq!(client.get(PROGRESS).await.response()["taskId"], job);
}

/// The times that a portal tells whose clock is so far ahead, as leads over this machine's clock.
async fn leads(clock_ahead: SignedDuration) -> [SignedDuration; 2] {
    let client = Client::of(Config { clock_ahead, ..Config::default() }).await;
    client.portal.put_in_slot(SlotJob::finished(Duration::ZERO));
    let now = Timestamp::now();
    let answer = client.request("GET", HISTORY).bearer_auth(DEMO_KEY).send().await.unwrap();
    let date = answer.headers()["date"].to_str().unwrap().to_owned();
    let body: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    let created: DateTime = body["response"][0]["createdOn"].as_str().unwrap().parse().unwrap();
    let created = created.to_zoned(TimeZone::UTC).unwrap().timestamp();
    let date = rfc2822::DateTimeParser::new().parse_timestamp(&date).unwrap();
    [date, created].map(|time| time.duration_since(now))
}

#[tokio::test]
async fn a_clock_that_is_an_hour_off_is_off_in_every_date() {
    for ahead in [SignedDuration::from_hours(1), SignedDuration::ZERO, SignedDuration::from_hours(-1)] {
        for lead in leads(ahead).await {
            assert!((lead - ahead).abs() < SignedDuration::from_mins(2), "{lead} instead of {ahead}");
        }
    }
}
