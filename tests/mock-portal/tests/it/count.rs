//! What backups cost: free ones, the wallet, and the counts that tell.

use mock_portal::{Config, Record, Trouble, Wallet};

use crate::client::{COUNT, Client, DELETE_HISTORY, LONG, SERVICE_STATE, TEMPORARY};

async fn hosted(free_backups: u32, wallet: Wallet) -> Client {
    Client::of(Config { standalone: false, free_backups, wallet, ..Config::default() }).await
}

/// Adds a backup that was made so many days ago.
fn add(client: &Client, days: i64, paid: bool) {
    let time = client.portal.now() - jiff::SignedDuration::from_hours(24 * days);
    client.portal.add_record(Record { paid, ..Record::new("acme.tar.gz", time) });
}

async fn count(client: &Client, query: &str) -> u64 {
    client.get(&format!("{COUNT}{query}")).await.response().as_u64().unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_count_of_this_month_has_deleted_backups_too() {
    let client = Client::new().await;
    add(&client, 0, false);
    add(&client, 0, false);
    add(&client, 0, true);
    add(&client, 40, false);
    assert_eq!((count(&client, "").await, count(&client, "?paid=true").await), (2, 1));
    client.delete(DELETE_HISTORY).await.response();
    assert_eq!(count(&client, "").await, 2);
    client.started().await;
    assert_eq!(count(&client, "").await, 2, "what runs is not counted yet");
    tokio::time::advance(LONG).await;
    assert_eq!(count(&client, "?Paid=False").await, 3);
}

#[tokio::test]
async fn the_count_takes_a_time_with_a_zone_or_without() {
    let client = Client::new().await;
    client.portal.add_record(Record::new("acme.tar.gz", "2026-03-10T12:00:00Z".parse().unwrap()));
    client.portal.add_record(Record { dump: true, ..Record::new("w.tar.gz", "2026-03-10T12:00:00Z".parse().unwrap()) });
    assert_eq!(count(&client, "?from=2026-03-10T11:59:59&to=2026-03-10T12:00:00").await, 1);
    assert_eq!(count(&client, "?from=2026-03-10T13%3A30%3A00%2B01%3A00&to=2026-04-01").await, 0);
    assert_eq!(count(&client, "?from=2026-03-10T11:59:59.9Z").await, 1);
    let refused = client.get(&format!("{COUNT}?from=2026-03-11&to=2026-03-10")).await;
    assert_eq!(refused.shape(), "400 A From date must be less than to date");
    for garbled in ["yesterday", "2026-03-10T13:30:00+01:00"] {
        let answer = client.get(&format!("{COUNT}?from={garbled}")).await;
        assert_eq!(answer.shape(), "400 C \"One or more validation errors occurred.\" 1/400", "{garbled}");
    }
}

#[tokio::test(start_paused = true)]
async fn free_backups_are_spent_by_records_of_the_month_even_deleted_ones() {
    let client = hosted(2, Wallet::Off).await;
    for _ in 0..2 {
        client.started().await;
        tokio::time::advance(LONG).await;
    }
    let refusal = "402 A The free backups of this month are used up.";
    assert_eq!(client.start(TEMPORARY).await.shape(), refusal);
    client.delete(DELETE_HISTORY).await.response();
    assert_eq!(client.start(TEMPORARY).await.shape(), refusal);
    client.portal.change(|config| config.free_backups = 3);
    assert_eq!(client.start(TEMPORARY).await.status, 200);
}

#[tokio::test]
async fn neither_an_own_server_nor_an_unpaid_tariff_counts() {
    let own = Client::of(Config { free_backups: 0, ..Config::default() }).await;
    assert_eq!(own.start(TEMPORARY).await.status, 200);
    let unpaid = hosted(0, Wallet::Off).await;
    unpaid.portal.set_troubles([Trouble::Unpaid]);
    assert_eq!(unpaid.start(TEMPORARY).await.status, 200);
}

#[tokio::test(start_paused = true)]
async fn the_wallet_pays_when_it_is_on_and_has_money() {
    let client = hosted(0, Wallet::On).await;
    client.started().await;
    tokio::time::advance(LONG).await;
    assert_eq!((count(&client, "").await, count(&client, "?paid=true").await), (0, 1));
    let spent = hosted(2, Wallet::On).await;
    spent.portal.set_troubles([Trouble::BackupsSpent]);
    spent.started().await;
    tokio::time::advance(LONG).await;
    assert!(spent.portal.records()[0].paid);
    let empty = hosted(0, Wallet::Empty).await;
    assert_eq!(empty.start(TEMPORARY).await.shape(), "402 A The wallet is empty.");
}

#[tokio::test]
async fn the_state_of_the_service_is_the_wallets_switch() {
    for (wallet, enabled) in [(Wallet::Off, false), (Wallet::On, true), (Wallet::Empty, true)] {
        let client = hosted(2, wallet).await;
        assert_eq!(client.get(SERVICE_STATE).await.response(), serde_json::json!({"enabled": enabled}));
    }
}

#[tokio::test]
async fn older_portals_count_nothing() {
    let client = Client::of(Config { version: "3.2.1".into(), ..Config::default() }).await;
    assert_eq!(client.get(COUNT).await.shape(), "404 D");
    assert_eq!(client.get(SERVICE_STATE).await.shape(), "404 D");
}
