//! Key, owner, portal, version and settings.

use expect_test::expect;

use super::{json, shown};
use crate::{
    TenantStatus,
    wire::{key, settings, storage_providers, tenant, user, version},
};

#[test]
fn a_key_is_read() {
    let whole = json(
        r#"{"id":"1","name":"ci","key":"sk-***1a2b","keyPostfix":"1a2b","permissions":["*:read", null],
            "createBy":{"id":"1"},"expiresAt":"2026-12-31T00:00:00.0000000+01:00","isActive":false}"#,
    );
    expect![[r#"
        KeyInfo {
            name: "ci",
            postfix: "1a2b",
            permissions: [
                "*:read",
            ],
            expires_at: Some(
                2026-12-30T23:00:00Z,
            ),
            is_active: false,
        }"#]]
    .assert_eq(&shown(key(&whole)));
    expect![[r#"
        KeyInfo {
            name: "",
            postfix: "",
            permissions: [],
            expires_at: None,
            is_active: true,
        }"#]]
    .assert_eq(&shown(key(&json("{}"))));
    expect!["error: response: an object is expected, and there is nothing"].assert_eq(&shown(key(&json("null"))));
    expect!["error: response.permissions[0]: a text is expected, and there is a list"]
        .assert_eq(&shown(key(&json(r#"{"permissions":[["*"]]}"#))));
}

#[test]
fn a_user_is_read() {
    let whole = json(r#"{"displayName":"Anna\u0007 B","email":"anna@example.com","isAdmin":true,"isOwner":"true"}"#);
    expect![[r#"
        User {
            display_name: "Anna B",
            email: Some(
                "anna@example.com",
            ),
            is_admin: true,
            is_owner: true,
        }"#]]
    .assert_eq(&shown(user(&whole)));
    expect![[r#"
        User {
            display_name: "",
            email: None,
            is_admin: false,
            is_owner: false,
        }"#]]
    .assert_eq(&shown(user(&json(r#"{"email":""}"#))));
}

#[test]
fn a_tenant_is_read() {
    let whole = json(r#"{"tenantId":"7","name":"Acme","tenantAlias":"acme","timeZone":"Europe/Berlin","status":0}"#);
    expect![[r#"
        Tenant {
            id: 7,
            name: Some(
                "Acme",
            ),
            alias: Some(
                "acme",
            ),
            time_zone: Some(
                "Europe/Berlin",
            ),
            status: Active,
            owner_id: None,
        }"#]]
    .assert_eq(&shown(tenant(&whole)));
    expect![[r#"
        Tenant {
            id: 1,
            name: None,
            alias: None,
            time_zone: None,
            status: Active,
            owner_id: None,
        }"#]]
    .assert_eq(&shown(tenant(&json(r#"{"tenantId":1}"#))));
    expect!["error: response.tenantId: a number is expected, and there is nothing"]
        .assert_eq(&shown(tenant(&json(r#"{"name":"x"}"#))));
}

#[test]
fn a_tenant_says_what_it_is_doing() {
    let status = |status: &str| tenant(&json(&format!(r#"{{"tenantId":1,"status":{status}}}"#))).unwrap().status;
    let known = ["0", "1", "2", "3", "4", "5", "6"].map(status);
    expect!["[Active, Suspended, RemovePending, Transferring, Restoring, Migrating, Encryption]"]
        .assert_eq(&format!("{known:?}"));
    assert_eq!(status("\"Transfering\""), TenantStatus::Transferring);
    assert_eq!(status("\"4\""), TenantStatus::Restoring);
    assert_eq!(status("7"), TenantStatus::Other(7));
    assert_eq!(status("\"Gone\""), TenantStatus::Other(-1));
    let owner = r#"{"tenantId":1,"ownerId":"66FAA6E4-F133-11EA-B126-00FFEEC8B4EF"}"#;
    assert_eq!(tenant(&json(owner)).unwrap().owner_id.as_deref(), Some("66FAA6E4-F133-11EA-B126-00FFEEC8B4EF"));
}

#[test]
fn settings_are_read() {
    let whole = r#"{"timezone":"Europe/Berlin","standalone":true,"culture":"de","version":"3.7.2","tenantStatus":0}"#;
    expect![[r#"
        PortalSettings {
            standalone: Some(
                true,
            ),
            time_zone: Some(
                "Europe/Berlin",
            ),
        }"#]]
    .assert_eq(&shown(settings(&json(whole))));
    expect![[r#"
        PortalSettings {
            standalone: None,
            time_zone: None,
        }"#]]
    .assert_eq(&shown(settings(&json(r#"{"timezone":"","standalone":null}"#))));
    expect!["error: response.standalone: true or false is expected, and there is a number"]
        .assert_eq(&shown(settings(&json(r#"{"standalone":1}"#))));
    expect!["error: response: an object is expected, and there is nothing"].assert_eq(&shown(settings(&json("null"))));
}

#[test]
fn storage_providers_are_read_without_what_may_be_secret() {
    let list = json(
        r#"[{"id":"S3","title":"Amazon AWS S3","isSet":true,"current":true,"properties":[
              {"name":"bucket","value":"secret-1","title":"Bucket"}, {"name":"region","value":"secret-2"}, {"value":"secret-3"}]},
            {"id":"GoogleCloud","isSet":false,"current":false}, {"title":"secret-4"}, null, 7]"#,
    );
    let providers = shown(storage_providers(&list));
    expect![[r#"
        [
            StorageProvider {
                id: "S3",
                title: "Amazon AWS S3",
                is_set: true,
                is_current: true,
                properties: [
                    "bucket",
                    "region",
                ],
            },
            StorageProvider {
                id: "GoogleCloud",
                title: "GoogleCloud",
                is_set: false,
                is_current: false,
                properties: [],
            },
        ]"#]]
    .assert_eq(&providers);
    assert!(!providers.contains("secret"), "{providers}");
    assert_eq!(storage_providers(&json("null")), Ok(Vec::new()));
    expect!["error: response: a list is expected, and there is an object"]
        .assert_eq(&shown(storage_providers(&json("{}"))));
}

#[test]
fn a_version_is_read() {
    let text = |text: &str| shown(version(&json(text)).map(|version| version.to_string()));
    expect![[r#""3.7.2.4321""#]].assert_eq(&text(r#"{"docSpace":"3.7.2.4321","communityServer":"12"}"#));
    expect![[r#""3.1""#]].assert_eq(&text(r#"{"docSpace":3.1}"#));
    expect!["error: response.docSpace: a version is expected, and there is a text"]
        .assert_eq(&text(r#"{"docSpace":"latest"}"#));
    expect!["error: response.docSpace: a version is expected, and there is nothing"].assert_eq(&text(r#"{}"#));
    expect!["error: response: an object is expected, and there is a text"].assert_eq(&text(r#""3.7""#));
}
