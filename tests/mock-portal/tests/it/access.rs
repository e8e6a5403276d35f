//! Who gets in: forms of the key, scopes, roles, and troubles of the portal.

use expect_test::{Expect, expect};
use mock_portal::{Caller, Config, Credentials, DEMO_KEY, Operation, Role, Scope, Trouble};

use crate::client::{CANCEL, Client, HISTORY, KEY, PERSON, PORTAL, PROGRESS, START, TEMPORARY, VERSION};

const CALLS: [(&str, &str); 8] = [
    ("POST", START),
    ("GET", PROGRESS),
    ("GET", HISTORY),
    ("POST", CANCEL),
    ("GET", VERSION),
    ("GET", KEY),
    ("GET", PORTAL),
    ("GET", PERSON),
];

/// Makes each call once and tells its answer.
async fn check(client: &Client, expected: Expect) {
    let mut table = String::new();
    for (method, path) in CALLS {
        let answer = match method {
            "POST" => client.post(path, TEMPORARY).await,
            _ => client.get(path).await,
        };
        let last = path.rsplit_once("2.0/").unwrap().1;
        let told = if answer.status == 200 { "200".to_owned() } else { answer.shape() };
        table.push_str(&format!("{last:<25} {told}\n"));
    }
    expected.assert_eq(&table);
}

async fn check_trouble(trouble: Trouble, expected: Expect) {
    let client = Client::new().await;
    client.portal.set_troubles([trouble]);
    check(&client, expected).await;
}

async fn check_caller(caller: Caller, expected: Expect) {
    let client = Client::new().await;
    client.portal.set_caller(caller);
    check(&client, expected).await;
}

#[tokio::test]
async fn the_owners_key_opens_everything() {
    check_caller(
        Caller::default(),
        expect![[r#"
        backup/startbackup        200
        backup/getbackupprogress  200
        backup/getbackuphistory   200
        backup/cancelbackup       200
        settings/version/build    200
        keys/@self                200
        portal                    200
        people/@self              200
    "#]],
    )
    .await;
}

#[tokio::test]
async fn only_bearer_with_the_key_is_accepted() {
    let client = Client::new().await;
    let forms = [
        ("authorization", DEMO_KEY.to_owned()),
        ("authorization", format!("bearer {DEMO_KEY}")),
        ("authorization", format!("Bearer {}", DEMO_KEY.replace('0', "f"))),
        ("authorization", "Bearer login-token".to_owned()),
        ("ApiKeyBearer", DEMO_KEY.to_owned()),
        ("accept", "*/*".to_owned()),
    ];
    for (header, value) in forms {
        let answer = client.send(client.request("GET", PROGRESS).header(header, &value)).await.unwrap();
        assert_eq!(answer.shape(), "401 D", "{header}: {value}");
    }
    let seen: Vec<_> = client.portal.calls().iter().map(|call| call.credentials).collect();
    use Credentials::{Absent, ApiKeyBearerHeader, BareKey, LowerCaseBearer, Unknown, WrongKey};
    assert_eq!(seen, [BareKey, LowerCaseBearer, WrongKey, Unknown, ApiKeyBearerHeader, Absent]);
}

#[tokio::test]
async fn basic_is_refused_with_a_challenge() {
    let client = Client::new().await;
    let response = client.request("GET", KEY).basic_auth("user", Some("x")).send().await.unwrap();
    assert_eq!(response.status(), 401);
    assert_eq!(response.headers()["www-authenticate"], "Basic");
}

#[tokio::test]
async fn the_version_is_for_everybody_but_not_for_a_bad_key_from_3_7_1_on() {
    for (version, with_a_bad_key) in [("3.7.2.4321", 403), ("3.6.0", 200)] {
        let client = Client::of(Config { version: version.into(), ..Config::default() }).await;
        let anonymous = client.send(client.request("GET", VERSION)).await.unwrap();
        assert_eq!(anonymous.response()["docSpace"], version);
        let bad = client.send(client.request("GET", VERSION).bearer_auth("sk-bad")).await.unwrap();
        assert_eq!(bad.status, with_a_bad_key);
    }
}

#[tokio::test]
async fn a_key_that_may_only_read_starts_nothing() {
    check_caller(
        Caller { scope: Scope::ReadOnly, ..Caller::default() },
        expect![[r#"
        backup/startbackup        403 D
        backup/getbackupprogress  200
        backup/getbackuphistory   200
        backup/cancelbackup       403 D
        settings/version/build    200
        keys/@self                200
        portal                    200
        people/@self              200
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_narrow_key_is_good_for_itself_alone() {
    check_caller(
        Caller { scope: Scope::Narrow, ..Caller::default() },
        expect![[r#"
        backup/startbackup        403 D
        backup/getbackupprogress  403 D
        backup/getbackuphistory   403 D
        backup/cancelbackup       403 D
        settings/version/build    403 B
        keys/@self                200
        portal                    403 D
        people/@self              403 D
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_room_admin_is_no_administrator() {
    check_caller(
        Caller { role: Role::RoomAdmin, ..Caller::default() },
        expect![[r#"
        backup/startbackup        403 A Access denied
        backup/getbackupprogress  403 A Access denied
        backup/getbackuphistory   403 A Access denied
        backup/cancelbackup       403 A Access denied
        settings/version/build    200
        keys/@self                200
        portal                    200
        people/@self              200
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_dead_key_is_refused_everywhere() {
    check_trouble(
        Trouble::KeyRefused,
        expect![[r#"
        backup/startbackup        401 D
        backup/getbackupprogress  401 D
        backup/getbackuphistory   401 D
        backup/cancelbackup       401 D
        settings/version/build    403 B
        keys/@self                401 D
        portal                    401 D
        people/@self              401 D
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_restoring_portal_answers_a_few_paths() {
    check_trouble(
        Trouble::Restoring,
        expect![[r#"
        backup/startbackup        403 B
        backup/getbackupprogress  403 B
        backup/getbackuphistory   403 B
        backup/cancelbackup       403 B
        settings/version/build    200
        keys/@self                200
        portal                    200
        people/@self              200
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_suspended_portal_is_not_found() {
    check_trouble(
        Trouble::Suspended,
        expect![[r#"
        backup/startbackup        404 B
        backup/getbackupprogress  404 B
        backup/getbackuphistory   404 B
        backup/cancelbackup       404 B
        settings/version/build    404 B
        keys/@self                404 B
        portal                    404 B
        people/@self              404 B
    "#]],
    )
    .await;
}

#[tokio::test]
async fn an_unpaid_portal_hides_its_history() {
    check_trouble(
        Trouble::Unpaid,
        expect![[r#"
        backup/startbackup        200
        backup/getbackupprogress  200
        backup/getbackuphistory   402 B
        backup/cancelbackup       200
        settings/version/build    200
        keys/@self                200
        portal                    200
        people/@self              200
    "#]],
    )
    .await;
}

#[tokio::test]
async fn an_address_that_is_not_listed_gets_a_bare_string() {
    check_trouble(
        Trouble::AddressRefused,
        expect![[r#"
        backup/startbackup        403 F Your IP address is not allowed to access this portal.
        backup/getbackupprogress  403 F Your IP address is not allowed to access this portal.
        backup/getbackuphistory   403 F Your IP address is not allowed to access this portal.
        backup/cancelbackup       403 F Your IP address is not allowed to access this portal.
        settings/version/build    403 F Your IP address is not allowed to access this portal.
        keys/@self                403 F Your IP address is not allowed to access this portal.
        portal                    403 F Your IP address is not allowed to access this portal.
        people/@self              403 F Your IP address is not allowed to access this portal.
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_locked_queue_is_a_server_error() {
    check_trouble(
        Trouble::QueueLocked,
        expect![[r#"
        backup/startbackup        500 A Distributed Lock Error: the lock fair_lock_backup could not be taken
        backup/getbackupprogress  500 A Distributed Lock Error: the lock fair_lock_backup could not be taken
        backup/getbackuphistory   200
        backup/cancelbackup       500 A Distributed Lock Error: the lock fair_lock_backup could not be taken
        settings/version/build    200
        keys/@self                200
        portal                    200
        people/@self              200
    "#]],
    )
    .await;
}

#[tokio::test]
async fn troubles_can_be_taken_back() {
    let client = Client::new().await;
    client.portal.set_troubles([Trouble::Restoring, Trouble::Unpaid]);
    assert_eq!(client.get(HISTORY).await.status, 403);
    client.portal.set_troubles([]);
    assert_eq!(client.get(HISTORY).await.status, 200);
}

#[tokio::test]
async fn an_unknown_path_is_404_and_a_wrong_method_405_without_a_body_or_a_check() {
    let client = Client::new().await;
    let send = |method, path| client.send(client.request(method, path));
    assert_eq!(send("GET", "/api/2.0/backup/backuptmp").await.unwrap().shape(), "404 D");
    assert_eq!(send("GET", START).await.unwrap().shape(), "405 D");
    assert_eq!(client.portal.calls_of(Operation::Other).len(), 2);
}

#[tokio::test]
async fn the_key_describes_itself() {
    let client = Client::new().await;
    let expires = "2026-07-29T13:15:30.0000000+03:00";
    client.portal.set_caller(Caller {
        scope: Scope::ReadOnly,
        key_expires_at: Some(expires.into()),
        ..Caller::default()
    });
    let answer = client.get(KEY).await;
    assert!(!answer.body.contains(DEMO_KEY));
    let key = answer.response();
    assert_eq!(key["key"], "sk-***cdef");
    assert_eq!(key["permissions"], serde_json::json!(["*:read"]));
    assert_eq!(key["expiresAt"], expires);
    client.portal.set_caller(Caller::default());
    assert_eq!(client.get(KEY).await.response().get("expiresAt"), None, "never is absent");
}

#[tokio::test]
async fn others_than_administrators_learn_only_the_portals_number() {
    let client = Client::new().await;
    assert_eq!(client.get(PORTAL).await.response()["tenantAlias"], "acme");
    client.portal.set_caller(Caller { role: Role::User, ..Caller::default() });
    assert_eq!(client.get(PORTAL).await.response(), serde_json::json!({"tenantId": 1}));
    assert_eq!(client.get(PERSON).await.response()["isAdmin"], false);
}
