//! Copies as files of the folders that they were made for.

use mock_portal::{Config, DEMO_KEY, JobPlan, NewFolder, Record, StorageType};

use crate::client::{Client, HISTORY, LONG};
use crate::folders::{FOLDER, titles};

#[tokio::test(start_paused = true)]
async fn a_backup_is_a_file_of_its_folder_once_it_is_complete() {
    let client = Client::new().await;
    let start = r#"{"storageParams": [{"key": "folderId", "value": 123}]}"#;
    client.portal.plan_next_job(JobPlan::succeed().lasting(LONG));
    client.start(start).await;
    client.after(97.0).await;
    assert_eq!(client.get(FOLDER).await.response()["total"], 0);
    client.after(3.0).await;
    let record = client.get(HISTORY).await.response()[0].clone();
    let listing = client.get(FOLDER).await.response();
    assert_eq!(titles(&listing), format!(" | {} | 0/1/1", record["fileName"].as_str().unwrap()));
    assert!(listing["files"][0]["pureContentLength"].as_u64().unwrap() > 4096);
    assert_eq!(listing["current"]["filesCount"], 1);
}

#[tokio::test(start_paused = true)]
async fn padding_makes_a_copy_larger_by_so_many_bytes() {
    let size = async |archive_padding| {
        let client = Client::of(Config { archive_padding, ..Config::default() }).await;
        client.portal.add_record(Record::new("acme.tar.gz", "2026-07-29T10:15:30Z".parse().unwrap()));
        client.get(FOLDER).await.response()["files"][0]["pureContentLength"].as_u64().unwrap()
    };
    let (plain, padded) = (size(0).await, size(100_000).await);
    assert!((100_000..102_000).contains(&(padded - plain)), "{plain}, {padded}");
}

#[tokio::test]
async fn a_record_lies_in_its_folder_and_leaves_it_when_deleted() {
    let client = Client::new().await;
    let created = "2026-07-29T10:15:30Z".parse().unwrap();
    let own = Record::new("own.tar.gz", created);
    let drive = Record { storage: StorageType::ThirdPartyDocuments, ..Record::new("drive.tar.gz", created) };
    let unseen = Record { readable: false, ..Record::new("unseen.tar.gz", created) };
    let id = own.id.clone();
    for record in [own, drive, unseen] {
        client.portal.add_record(record);
    }
    assert_eq!(titles(&client.get(FOLDER).await.response()), " | own.tar.gz | 0/1/1");
    let of_drive = client.get("/api/2.0/files/sbox-1-backups").await.response();
    assert_eq!(titles(&of_drive), " | drive.tar.gz | 0/1/1");
    let delete = client.request("DELETE", &format!("/api/2.0/backup/deletebackup/{id}")).bearer_auth(DEMO_KEY);
    assert_eq!(client.send(delete).await.unwrap().response(), true);
    assert_eq!(client.get(FOLDER).await.response()["total"], 0);
}

#[tokio::test]
async fn a_copy_that_somebody_deletes_takes_its_record_along() {
    let client = Client::new().await;
    client.portal.add_record(Record::new("acme.tar.gz", "2026-07-29T10:15:30Z".parse().unwrap()));
    assert_eq!(client.get(HISTORY).await.json()["count"], 1);
    assert!(client.portal.remove_file("acme.tar.gz"));
    assert!(!client.portal.remove_file("acme.tar.gz"), "it is gone");
    assert_eq!(client.get(HISTORY).await.json()["count"], 0);
}

#[tokio::test]
async fn a_backup_goes_into_folders_that_were_added() {
    let client = Client::new().await;
    client.portal.add_folder(NewFolder::room("200", "Customers"));
    client.portal.add_folder(NewFolder::new("201", "Private").closed());
    let into = |folder: &str| format!(r#"{{"storageParams": [{{"key": "folderId", "value": {folder}}}]}}"#);
    assert_eq!(client.start(&into("201")).await.shape(), "403 A Access denied");
    assert_eq!(client.start(&into("200")).await.status, 200);
}
