//! A file is named after the one thing in it.

use super::Finding;
use super::tree::File;

const RULE: &str = "file names";

/// Names that say nothing, and so attract everything.
const EMPTY: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "managers", "handler", "handlers"];

/// Finds Rust files and folders whose name has an empty word in it.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    let named_empty = files.iter().filter(|file| file.is_rust() && empty_word(&file.path).is_some());
    named_empty.map(|file| Finding::new(&file.path, 1, RULE, mend(&file.path))).collect()
}

fn mend(path: &str) -> String {
    let word = empty_word(path).unwrap_or_default();
    format!("`{word}` says nothing; name it after the thing in it, or move each part to where it is used")
}

fn empty_word(path: &str) -> Option<&str> {
    path.trim_end_matches(".rs").split(['/', '_', '-']).find(|word| EMPTY.contains(word))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(path: &str, expected: Expect) {
        check_findings(&super::check(&[File { path: path.to_owned(), text: String::new() }]), expected);
    }

    #[test]
    fn a_file_named_after_a_thing_is_fine() {
        check("crates/cli/src/exit_code.rs", expect![[""]]);
        check("crates/cli/src/utility_bill.rs", expect![[""]]);
    }

    #[test]
    fn a_file_or_folder_named_after_nothing_is_found() {
        check(
            "crates/cli/src/util.rs",
            expect![[r#"
            crates/cli/src/util.rs:1: file names: `util` says nothing; name it after the thing in it, or move each part to where it is used
        "#]],
        );
        check(
            "crates/cli/src/error_handler.rs",
            expect![[r#"
            crates/cli/src/error_handler.rs:1: file names: `handler` says nothing; name it after the thing in it, or move each part to where it is used
        "#]],
        );
        check(
            "tests/test-helpers/src/lib.rs",
            expect![[r#"
            tests/test-helpers/src/lib.rs:1: file names: `helpers` says nothing; name it after the thing in it, or move each part to where it is used
        "#]],
        );
    }
}
