//! The storage providers that backups can be sent to.

use expect_test::expect;
use mock_portal::{Caller, Role};

use crate::client::Client;

const PROVIDERS: &str = "/api/2.0/settings/storage/backup";

#[tokio::test]
async fn each_provider_says_whether_the_portal_has_its_keys() {
    let client = Client::new().await;
    let providers = client.get(PROVIDERS).await.response();
    let lines: Vec<_> = providers.as_array().unwrap().iter().map(|provider| format!("{provider}\n")).collect();
    expect![[r#"
        {"id":"S3","title":"Amazon S3","properties":[{"name":"bucket","value":"mock","title":"bucket"},{"name":"region","value":"mock","title":"region"}],"current":false,"isSet":true}
        {"id":"GoogleCloud","title":"Google Cloud Storage","properties":[{"name":"bucket","value":"","title":"bucket"}],"current":false,"isSet":false}
        {"id":"Selectel","title":"Selectel","properties":[{"name":"private_container","value":"","title":"private_container"},{"name":"public_container","value":"","title":"public_container"}],"current":false,"isSet":false}
    "#]].assert_eq(&lines.concat());
}

#[tokio::test]
async fn they_are_an_administrators_business() {
    let client = Client::new().await;
    client.portal.set_caller(Caller { role: Role::RoomAdmin, ..Caller::default() });
    assert_eq!(client.get(PROVIDERS).await.shape(), "403 A Access denied");
}
