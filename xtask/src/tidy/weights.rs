//! Whether the front page of `notify` tells how many crates each of its features draws in.

use crate::cargo;
use crate::features;
use crate::trouble::Trouble;

use super::Finding;
use super::tree::File;

const RULE: &str = "crate numbers";

const PAGE: &str = "crates/notify/src/lib.rs";

/// Above the table's rows, in which these are the first two cells.
const HEAD: &str = "//! | feature | crates |";

/// One system for all who count, since each has crates of its own.
const SYSTEM: &str = "--target=x86_64-unknown-linux-gnu";

/// What a feature of `notify` costs whoever takes it alone.
#[derive(Debug)]
pub(crate) struct Weight {
    /// Its name as the table has it.
    feature: String,
    /// How many crates are built, `notify` not counted.
    crates: usize,
}

/// Counts the crates of no feature, of each one, and of all that are on by default; nothing is built.
///
/// # Errors
///
/// Cargo cannot make sense of the manifests.
pub(crate) fn weigh() -> Result<Vec<Weight>, Trouble> {
    let mut weights = vec![weight("none", "")?, weight("`default`", "default")?];
    for feature in features::of_notify()? {
        weights.push(weight(&format!("`{feature}`"), &feature)?);
    }
    Ok(weights)
}

fn weight(name: &str, features: &str) -> Result<Weight, Trouble> {
    let mut command = cargo::command();
    command.args([
        "tree",
        "--quiet",
        "--package=notify",
        "--no-default-features",
        "--edges=normal",
        "--prefix=none",
        SYSTEM,
    ]);
    let tree = cargo::output(command.args(["--features", features]))?;
    Ok(Weight { feature: name.to_owned(), crates: crates(&String::from_utf8_lossy(&tree)) })
}

/// The crates in a tree without its lines, each counted once, the one at its root not at all.
fn crates(tree: &str) -> usize {
    let mut lines: Vec<&str> = tree.lines().skip(1).map(|line| line.trim_end_matches(" (*)")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

/// Finds numbers that are not so, and features that the table leaves out.
pub(crate) fn check(files: &[File], weights: &[Weight]) -> Vec<Finding> {
    let page = files.iter().find(|file| file.path == PAGE).map_or("", |file| &file.text);
    let Some(head) = page.lines().position(|line| line.starts_with(HEAD)) else {
        return vec![Finding::new(PAGE, 1, RULE, format!("put the table back that begins with `{HEAD}`"))];
    };
    let rows: Vec<(usize, &str)> = (1..).zip(page.lines()).skip(head).take_while(|(_, line)| is_row(line)).collect();
    weights.iter().filter_map(|weight| weight.check(head + 1, &rows)).collect()
}

fn is_row(line: &str) -> bool {
    line.starts_with("//! |")
}

impl Weight {
    fn check(&self, head: usize, rows: &[(usize, &str)]) -> Option<Finding> {
        let Self { feature, crates } = self;
        let row = rows.iter().find(|(_, row)| cell(row, 1) == feature);
        let (line, mend) = match row {
            Some((_, row)) if cell(row, 2) == crates.to_string() => return None,
            Some((line, row)) => (*line, format!("write {crates} crates for {feature} instead of {:?}", cell(row, 2))),
            None => (head, format!("add a row for {feature}, which draws in {crates} crates")),
        };
        Some(Finding::new(PAGE, line, RULE, mend))
    }
}

/// The text of a row's cell, counted from 1.
fn cell(row: &str, number: usize) -> &str {
    row.split('|').nth(number).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(page: &str, expected: Expect) {
        let weights = [("none", 30), ("`slack`", 122)];
        let weights = weights.map(|(feature, crates)| Weight { feature: feature.to_owned(), crates });
        let file = File { path: PAGE.to_owned(), text: page.to_owned() };
        check_findings(&super::check(&[file], &weights), expected);
    }

    #[test]
    fn a_table_that_is_right_is_fine() {
        check(
            "//! | feature | crates | gives |\n//! |---|---|---|\n//! | none | 30 | x |\n//! | `slack` | 122 | y |\n",
            expect![[""]],
        );
    }

    #[test]
    fn a_number_that_is_not_so_is_found() {
        check(
            "//! One.\n//! | feature | crates |\n//! |---|---|\n//! | none | 29 |\n//! | `slack` | many |\n",
            expect![[r#"
                crates/notify/src/lib.rs:4: crate numbers: write 30 crates for none instead of "29"
                crates/notify/src/lib.rs:5: crate numbers: write 122 crates for `slack` instead of "many"
            "#]],
        );
    }

    #[test]
    fn a_feature_that_is_left_out_is_found() {
        check(
            "//! | feature | crates |\n//! |---|---|\n//! | none | 30 |\n//!\n//! | `slack` | 122 |\n",
            expect![[r#"
            crates/notify/src/lib.rs:1: crate numbers: add a row for `slack`, which draws in 122 crates
        "#]],
        );
    }

    #[test]
    fn a_page_without_the_table_is_found() {
        check(
            "//! | feature | gives |\n//! | none | 30 |\n",
            expect![[r#"
            crates/notify/src/lib.rs:1: crate numbers: put the table back that begins with `//! | feature | crates |`
        "#]],
        );
    }

    #[test]
    fn a_crate_that_two_others_draw_in_is_counted_once() {
        assert_eq!(crates("notify v0.1.0 (/here)\nserde v1.0.1\nsyn v2.0.1\nquote v1.0.1\nsyn v2.0.1 (*)\n"), 3);
        assert_eq!(crates("notify v0.1.0 (/here)\nsyn v2.0.1\nsyn v3.0.1\n"), 2);
    }

    #[test]
    fn a_channel_weighs_more_than_none_and_less_than_all() {
        let weigh = |features| weight("", features).unwrap().crates;
        let (none, slack, all) = (weigh(""), weigh("slack"), weigh("default"));
        assert!(0 < none && none < slack && slack < all, "{none}, {slack}, {all}");
    }
}
