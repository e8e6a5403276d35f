//! The table of the whole surface on the front page.

/// Where the methods are.
const METHODS: [&str; 7] = [
    include_str!("../portal.rs"),
    include_str!("../portal/account.rs"),
    include_str!("../portal/backup.rs"),
    include_str!("../portal/files.rs"),
    include_str!("../portal/limits.rs"),
    include_str!("../portal/restore.rs"),
    include_str!("../portal/schedule.rs"),
];

#[test]
fn the_front_page_names_every_call() {
    let calls = METHODS.iter().flat_map(|text| text.split("pub async fn ").skip(1));
    let names: Vec<&str> = calls.filter_map(|text| text.split('(').next()).collect();
    assert!(names.len() >= 27, "{names:?}");
    let front_page = include_str!("../lib.rs");
    let rows: Vec<&str> = front_page.lines().filter(|line| line.starts_with("//! |")).collect();
    for name in names {
        let link = format!("[`{name}`](Portal::{name})");
        assert!(rows.iter().any(|row| row.contains(&link)), "{name} is missing from the table");
    }
}
