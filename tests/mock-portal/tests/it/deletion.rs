//! Deleting copies: one of them, and all.

use mock_portal::{Config, Record, StorageType, Trouble};

use crate::client::{Client, DELETE, DELETE_HISTORY, HISTORY, LONG};

const FOREIGN: &str = "0f9619ff-8b86-4d01-b42d-00cf4fc964ff";

/// Adds a record to the history; gives its id.
fn add(client: &Client, record: Record) -> String {
    let id = record.id.clone();
    client.portal.add_record(record);
    id
}

fn record() -> Record {
    Record::new("acme.tar.gz", "2026-07-29T10:15:30Z".parse().unwrap())
}

async fn listed(client: &Client, query: &str) -> Vec<String> {
    let history = client.get(&format!("{HISTORY}{query}")).await.response();
    history.as_array().unwrap().iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_deleted_copy_leaves_the_history_and_can_be_deleted_again() {
    let client = Client::new().await;
    let (gone, stays) = (add(&client, record()), add(&client, record()));
    for _ in 0..2 {
        assert_eq!(client.delete(&format!("{DELETE}/{gone}")).await.response(), true);
    }
    assert_eq!(listed(&client, "").await, [stays]);
    assert_eq!(client.portal.deleted(), [gone], "the second time nothing was left to delete");
}

#[tokio::test(start_paused = true)]
async fn the_copy_of_a_job_is_deleted_with_its_file_and_its_item_stays() {
    let client = Client::new().await;
    let id = client.started().await;
    tokio::time::advance(LONG).await;
    let link = client.after(1.0).await["link"].as_str().unwrap().to_owned();
    assert_eq!(client.get(&link).await.status, 200);
    assert_eq!(client.delete(&format!("{DELETE}/{}", id.to_uppercase())).await.response(), true);
    assert_eq!(client.get(&link).await.status, 404);
    assert!(listed(&client, "").await.is_empty());
    assert_eq!(client.after(1.0).await["taskId"], id);
}

#[tokio::test]
async fn an_unknown_id_is_a_server_error() {
    let client = Client::new().await;
    let answer = client.delete(&format!("{DELETE}/{FOREIGN}")).await;
    assert_eq!(answer.shape(), "500 A Object reference not set to an instance of an object.");
}

#[tokio::test]
async fn another_tenants_id_is_true_and_nothing_is_done() {
    let client = Client::new().await;
    client.portal.add_foreign_backup(FOREIGN);
    assert_eq!(client.delete(&format!("{DELETE}/{FOREIGN}")).await.response(), true);
    assert!(client.portal.deleted().is_empty());
}

#[tokio::test]
async fn an_id_of_the_wrong_form_is_not_found_whoever_calls() {
    let client = Client::new().await;
    client.portal.set_troubles([Trouble::KeyRefused]);
    for id in ["not-a-guid", "7f0c7d0e", "7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11x"] {
        assert_eq!(client.delete(&format!("{DELETE}/{id}")).await.shape(), "404 D", "{id}");
    }
    assert_eq!(client.delete(&format!("{DELETE}/{FOREIGN}")).await.shape(), "401 D");
}

#[tokio::test]
async fn a_dump_is_deleted_only_where_the_spaces_are_open() {
    let client = Client::new().await;
    let dump = add(&client, Record { dump: true, ..record() });
    client.portal.set_troubles([Trouble::SpacesLimited]);
    assert_eq!(client.delete(&format!("{DELETE}/{dump}")).await.shape(), "403 A Access denied");
    assert!(client.portal.deleted().is_empty());
    client.portal.set_troubles([]);
    assert_eq!(client.delete(&format!("{DELETE}/{dump}")).await.response(), true);
}

#[tokio::test]
async fn the_whole_history_goes_and_that_of_dumps_stays() {
    let client = Client::new().await;
    let mut gone = [add(&client, record()), add(&client, Record { storage: StorageType::Local, ..record() })];
    let dump = add(&client, Record { dump: true, ..record() });
    assert_eq!(client.delete(DELETE_HISTORY).await.response(), true);
    assert!(listed(&client, "").await.is_empty());
    assert_eq!(listed(&client, "?dump=true").await, [dump.as_str()]);
    let mut deleted = client.portal.deleted();
    deleted.sort();
    gone.sort();
    assert_eq!(deleted, gone);
    assert_eq!(client.delete(DELETE_HISTORY).await.response(), true, "also when nothing is there");
    client.delete(&format!("{DELETE_HISTORY}?dump=true")).await;
    assert_eq!(client.portal.deleted().len(), 3);
}

#[tokio::test]
async fn a_hosted_portal_has_no_dumps_to_delete() {
    let client = Client::of(Config { standalone: false, ..Config::default() }).await;
    assert_eq!(client.delete(&format!("{DELETE_HISTORY}?dump=true")).await.shape(), "403 A Access denied");
}
