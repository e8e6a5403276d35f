//! Versions as portals write them.

use expect_test::expect;

use super::*;

fn version(text: &str) -> Version {
    text.parse().unwrap()
}

#[test]
fn versions_are_ordered_by_number() {
    let mut versions = ["3.10.0", "3.7.2.4321", "3.7", "3.7.2", "v3.7.1", "3.7.10-rc.1"].map(version);
    versions.sort();
    let sorted: Vec<_> = versions.iter().map(Version::to_string).collect();
    expect!["3.7 < v3.7.1 < 3.7.2 < 3.7.2.4321 < 3.7.10-rc.1 < 3.10.0"].assert_eq(&sorted.join(" < "));
}

#[test]
fn a_missing_part_is_zero() {
    assert_eq!(version("3.7"), version("3.7.0"));
    assert!(version("3.7.1").is_at_least(&[3, 7, 1, 0]));
    assert!(version("3.7.1").is_at_least(&[3]));
    assert!(!version("3.7.0.9999").is_at_least(&[3, 7, 1]));
}

#[test]
fn what_begins_with_no_number_is_no_version() {
    for text in ["", "latest", ".3", "v", "99999999999999999999999"] {
        assert_eq!(text.parse::<Version>(), Err(VersionError), "{text}");
    }
}
