//! Numbers, quota and the wallet's switch.

use expect_test::expect;

use super::{json, shown};
use crate::wire::{count, quota, service_state, used_space};

#[test]
fn a_count_is_a_number_and_nothing_else() {
    let told = |text: &str| shown(count(&json(text)));
    assert_eq!(["0", "3", "\"3\"", "2147483647"].map(told), ["0", "3", "3", "2147483647"]);
    expect![[r#"
        error: response: a number from 0 up is expected, and there is a number
        error: response: a number from 0 up is expected, and there is nothing
        error: response: a number is expected, and there is true or false
        error: response: a number is expected, and there is a list
        error: response: a number is expected, and there is an object
        error: response: a number is expected, and there is a text"#]]
    .assert_eq(&["-1", "null", "true", "[]", "{}", "\"many\""].map(told).join("\n"));
}

#[test]
fn the_wallets_switch_is_on_or_off() {
    let told = |text: &str| shown(service_state(&json(text)));
    assert_eq!([r#"{"enabled":true}"#, r#"{"enabled":false}"#].map(told), ["Enabled", "Disabled"]);
    expect![[r#"
        error: response: an object is expected, and there is nothing
        error: response: an object is expected, and there is true or false
        error: response.enabled: true or false is expected, and there is nothing
        error: response.enabled: true or false is expected, and there is a number"#]]
    .assert_eq(&["null", "true", "{}", r#"{"enabled":1}"#].map(told).join("\n"));
}

#[test]
fn a_quota_is_read() {
    let told = |text: &str| shown(quota(&json(text)));
    let whole = r#"{"tenantId":-7,"name":"startup","price":0.0,"maxFileSize":26214400,"maxTotalSize":2147483648,"countFreeBackup":2}"#;
    expect![[r#"
        Quota {
            name: Some(
                "startup",
            ),
            free_backups: Some(
                2,
            ),
            total_bytes: Some(
                2147483648,
            ),
        }"#]]
    .assert_eq(&told(whole));
}

#[test]
fn the_highest_number_is_no_limit() {
    let total = |text: &str| quota(&json(&format!(r#"{{"maxTotalSize":{text}}}"#))).unwrap().total_bytes;
    assert_eq!(["9223372036854775807", "-1", "null"].map(total), [None; 3]);
    assert_eq!(["0", "9223372036854775806"].map(total), [Some(0), Some(9_223_372_036_854_775_806)]);
}

#[test]
fn an_older_portal_tells_no_free_backups() {
    let free = |text: &str| quota(&json(text)).unwrap().free_backups;
    assert_eq!(free("{}"), None);
    assert_eq!(free(r#"{"countFreeBackup":0}"#), Some(0));
    assert_eq!(free(r#"{"countFreeBackup":-1}"#), None);
}

#[test]
fn used_space_comes_in_gib_with_two_decimals() {
    let told = |text: &str| shown(used_space(&json(text)));
    assert_eq!(["0", "1", "0.5", "\"0.25\""].map(told), ["0", "1073741824", "536870912", "268435456"]);
    assert_eq!(told("12.34"), "13249974108");
    assert_eq!(told("1e300"), u64::MAX.to_string());
    expect![[r#"
        error: response: a size is expected, and there is a number
        error: response: a size is expected, and there is nothing
        error: response: a number is expected, and there is true or false
        error: response: a number is expected, and there is a text
        error: response: a number is expected, and there is a text
        error: response: a number is expected, and there is a text"#]]
    .assert_eq(&["-0.01", "null", "true", "\"NaN\"", "\"inf\"", "\"2 GB\""].map(told).join("\n"));
}
