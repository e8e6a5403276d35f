//! Key, owner, portal and version.

use expect_test::expect;

use super::{json, shown};
use crate::wire::{key, tenant, user, version};

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
fn a_version_is_read() {
    let text = |text: &str| shown(version(&json(text)).map(|version| version.to_string()));
    expect![[r#""3.7.2.4321""#]].assert_eq(&text(r#"{"docSpace":"3.7.2.4321","communityServer":"12"}"#));
    expect![[r#""3.1""#]].assert_eq(&text(r#"{"docSpace":3.1}"#));
    expect!["error: response.docSpace: a version is expected, and there is a text"]
        .assert_eq(&text(r#"{"docSpace":"latest"}"#));
    expect!["error: response.docSpace: a version is expected, and there is nothing"].assert_eq(&text(r#"{}"#));
    expect!["error: response: an object is expected, and there is a text"].assert_eq(&text(r#""3.7""#));
}
