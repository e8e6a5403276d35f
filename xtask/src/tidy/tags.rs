//! What may not stand in a text: modules that do not say what they are, tests and examples that do not run,
//! work put off.

use super::Finding;
use super::tree::File;

/// A line that breaks a rule.
struct Tag {
    rule: &'static str,
    mend: &'static str,
    is_broken_by: fn(&str) -> bool,
}

const TAGS: [Tag; 3] = [
    Tag {
        rule: "tests run",
        mend: "remove the attribute; a live test asks for an environment variable instead",
        is_broken_by: ignores_test,
    },
    Tag {
        rule: "examples run",
        mend: "let it run, or say `no_run` if it needs a portal",
        is_broken_by: ignores_example,
    },
    Tag { rule: "nothing put off", mend: "do it now, or return an error that says so", is_broken_by: puts_off },
];

/// Finds such lines, and Rust files without a sentence at their head.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().flat_map(|file| headless(file).into_iter().chain(tagged(file))).collect()
}

fn headless(file: &File) -> Option<Finding> {
    let has_head = ["//! ", "#![doc"].iter().any(|head| file.text.starts_with(head));
    let mend = "begin with one `//!` sentence that says what the module is";
    (file.is_rust() && !has_head).then(|| Finding::new(&file.path, 1, "module sentence", mend))
}

fn tagged(file: &File) -> impl Iterator<Item = Finding> {
    let lines = (1..).zip(file.text.lines().map(str::trim));
    lines.flat_map(move |(number, line)| {
        let broken = TAGS.iter().filter(move |tag| (tag.is_broken_by)(line));
        broken.map(move |tag| Finding::new(&file.path, number, tag.rule, tag.mend))
    })
}

fn ignores_test(line: &str) -> bool {
    line.starts_with("#[ignore") || (line.starts_with("#[cfg_attr(") && line.contains(", ignore"))
}

/// Whether the line opens a block of code, in a doc comment or in Markdown, that rustdoc passes over.
fn ignores_example(line: &str) -> bool {
    let text = line.trim_start_matches(['/', '!', ' ']);
    let tags = text.strip_prefix("```").map(|tags| tags.split([',', ' ']));
    tags.is_some_and(|mut tags| tags.any(|tag| tag.starts_with("ignore")))
}

fn puts_off(line: &str) -> bool {
    !line.starts_with("//") && line.contains(concat!("to", "do!("))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(text: &str, expected: Expect) {
        let file = File { path: "crates/some/src/lib.rs".to_owned(), text: text.to_owned() };
        check_findings(&super::check(&[file]), expected);
    }

    #[test]
    fn a_module_that_says_what_it_is_and_runs_is_fine() {
        check("//! One thing.\n#[test]\nfn ignored_keys_are_named() {}\n/// ```no_run\n/// ```\n", expect![[""]]);
        check("#![doc = include_str!(\"../README.md\")]\n", expect![[""]]);
    }

    #[test]
    fn a_module_without_a_sentence_is_found() {
        check(
            "use std::fmt;\n",
            expect![[r#"
            crates/some/src/lib.rs:1: module sentence: begin with one `//!` sentence that says what the module is
        "#]],
        );
        check(
            "//!\n//! Late.\n",
            expect![[r#"
            crates/some/src/lib.rs:1: module sentence: begin with one `//!` sentence that says what the module is
        "#]],
        );
    }

    #[test]
    fn a_test_that_does_not_run_is_found() {
        check(
            "//! A.\n#[test]\n#[ignore = \"slow\"]\nfn f() {}\n",
            expect![[r#"
            crates/some/src/lib.rs:3: tests run: remove the attribute; a live test asks for an environment variable instead
        "#]],
        );
        check(
            "//! A.\n    #[cfg_attr(windows, ignore)]\n",
            expect![[r#"
            crates/some/src/lib.rs:2: tests run: remove the attribute; a live test asks for an environment variable instead
        "#]],
        );
    }

    #[test]
    fn an_example_that_does_not_run_is_found() {
        check(
            "//! A.\n/// ```ignore\n//! ```rust,ignore\n",
            expect![[r#"
            crates/some/src/lib.rs:2: examples run: let it run, or say `no_run` if it needs a portal
            crates/some/src/lib.rs:3: examples run: let it run, or say `no_run` if it needs a portal
        "#]],
        );
    }

    #[test]
    fn work_put_off_is_found() {
        check(
            concat!("//! A.\nfn f() { to", "do!(\"later\") }\n"),
            expect![[r#"
            crates/some/src/lib.rs:2: nothing put off: do it now, or return an error that says so
        "#]],
        );
    }
}
