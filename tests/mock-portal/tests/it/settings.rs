//! What a portal tells of itself, its space and its key.

use std::time::Duration;

use expect_test::expect;
use jiff::Timestamp;
use mock_portal::{Config, Wallet};

use crate::client::{Client, KEY, PORTAL, PROGRESS, QUOTA, SETTINGS, USED_SPACE};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn config() -> Config {
    Config { name: "Acme & Sons".into(), time_zone: "Europe/Berlin".into(), standalone: false, ..Config::default() }
}

#[tokio::test]
async fn settings_tell_the_time_zone_only_to_who_is_known() {
    let client = Client::of(config()).await;
    let known = client.get(SETTINGS).await.response();
    assert_eq!((&known["standalone"], &known["timezone"]), (&false.into(), &"Europe/Berlin".into()));
    assert_eq!((&known["tenantStatus"], &known["greetingSettings"]), (&0.into(), &"Acme & Sons".into()));
    let unknown = client.get_anonymously(SETTINGS).await.response();
    assert_eq!((&unknown["standalone"], unknown.get("timezone")), (&false.into(), None));
}

#[tokio::test]
async fn the_portal_tells_its_name_and_time_zone_and_they_can_change() {
    let client = Client::of(config()).await;
    let portal = client.get(PORTAL).await.response();
    assert_eq!((&portal["name"], &portal["timeZone"]), (&"Acme & Sons".into(), &"Europe/Berlin".into()));
    client.portal.change(|config| config.name = "Acme".into());
    assert_eq!(client.get(PORTAL).await.response()["name"], "Acme");
}

#[tokio::test]
#[should_panic(expected = "the mock portal's time zone")]
async fn a_time_zone_that_is_none_fails_the_test() {
    Client::of(Config { time_zone: "Europe/Atlantis".into(), ..Config::default() }).await;
}

#[tokio::test]
async fn the_quota_has_bytes_and_free_backups() {
    let client = Client::of(Config { free_backups: 3, wallet: Wallet::On, ..config() }).await;
    let quota = client.get(QUOTA).await.response();
    let told = ["tenantId", "name", "maxTotalSize", "countFreeBackup", "backup", "restore"].map(|name| &quota[name]);
    expect![[r#"1, "Business", 107374182400, 3, true, true"#]].assert_eq(&told.map(ToString::to_string).join(", "));
}

#[tokio::test]
async fn used_space_comes_in_hundredths_of_gigabytes() {
    let client = Client::of(Config { used_bytes: 1_234_567_890, ..Config::default() }).await;
    assert_eq!(client.get(USED_SPACE).await.response(), 1.15);
}

#[tokio::test(start_paused = true)]
async fn a_key_says_when_it_expires_and_then_opens_nothing() {
    let client = Client::new().await;
    client.portal.expire_key_in(7 * DAY);
    let expires: Timestamp = client.get(KEY).await.response()["expiresAt"].as_str().unwrap().parse().unwrap();
    let left = expires.duration_since(client.portal.now());
    assert_eq!((left.as_secs_f64() / DAY.as_secs_f64()).round(), 7.0);
    tokio::time::advance(7 * DAY - Duration::from_secs(1)).await;
    assert_eq!(client.get(PROGRESS).await.status, 200);
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(client.get(PROGRESS).await.shape(), "401 D");
    client.portal.renew_key("sk-fresh");
    assert_eq!(client.get(PROGRESS).await.shape(), "401 D", "the old one stays dead");
    let fresh = client.send(client.request("GET", KEY).bearer_auth("sk-fresh")).await.unwrap();
    assert_eq!(fresh.response().get("expiresAt"), None);
}
