//! What may lie where.

use super::Finding;
use super::tree::File;

const AT_THE_ROOT: [&str; 9] =
    ["CHANGELOG.md", "Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "crates", "fuzz", "tests", "xtask"];

/// Finds what does not belong at the root, and files that pin a toolchain.
pub(crate) fn check(root: &[String], files: &[File]) -> Vec<Finding> {
    let at_the_root = root.iter().map(String::as_str);
    let misplaced = at_the_root.clone().filter(|name| !name.starts_with('.') && !AT_THE_ROOT.contains(name));
    let misplaced = misplaced.map(|name| {
        Finding::new(name, 1, "root folder", "move it into a crate, or for a tool's configuration into a dot-folder")
    });
    let pinning = at_the_root.chain(files.iter().map(|file| file.path.as_str())).filter(|path| pins_toolchain(path));
    let pinning = pinning.map(|path| {
        Finding::new(path, 1, "toolchain", "remove it; `rust-version` in Cargo.toml says which compilers work")
    });
    misplaced.chain(pinning).collect()
}

fn pins_toolchain(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("rust-toolchain"))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(root: &[&str], file: &str, expected: Expect) {
        let root: Vec<String> = root.iter().map(|name| (*name).to_owned()).collect();
        let file = File { path: file.to_owned(), text: String::new() };
        check_findings(&super::check(&root, &[file]), expected);
    }

    #[test]
    fn the_files_of_the_layout_and_dot_folders_may_lie_at_the_root() {
        check(&["Cargo.toml", ".cargo", "crates", "fuzz", "LICENSE"], "crates/README.md", expect![[""]]);
    }

    #[test]
    fn anything_else_at_the_root_is_found() {
        check(
            &["src", "Makefile"],
            "crates/README.md",
            expect![[r#"
            src:1: root folder: move it into a crate, or for a tool's configuration into a dot-folder
            Makefile:1: root folder: move it into a crate, or for a tool's configuration into a dot-folder
        "#]],
        );
    }

    #[test]
    fn a_pinned_toolchain_is_found_wherever_it_lies() {
        check(
            &[],
            "crates/cli/rust-toolchain.toml",
            expect![[r#"
            crates/cli/rust-toolchain.toml:1: toolchain: remove it; `rust-version` in Cargo.toml says which compilers work
        "#]],
        );
        check(
            &["rust-toolchain"],
            "crates/README.md",
            expect![[r#"
            rust-toolchain:1: root folder: move it into a crate, or for a tool's configuration into a dot-folder
            rust-toolchain:1: toolchain: remove it; `rust-version` in Cargo.toml says which compilers work
        "#]],
        );
    }
}
