//! Every package inherits the lints, and takes the version of each dependency from the root.

use toml::{Table, Value};

use super::tree::File;
use super::{Finding, line_of};

const LINTS: &str = "lints";
const VERSIONS: &str = "shared versions";

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Finds manifests that stand apart from the root.
pub(crate) fn check(files: &[File]) -> Vec<Finding> {
    files.iter().filter(|file| file.name() == "Cargo.toml").flat_map(check_manifest).collect()
}

fn check_manifest(file: &File) -> Vec<Finding> {
    let Ok(manifest) = file.text.parse::<Table>() else {
        return vec![Finding::new(&file.path, 1, LINTS, "this is no TOML; mend the syntax")];
    };
    let mut findings = Vec::new();
    if !manifest.get("lints").is_some_and(inherits) {
        findings.push(Finding::new(&file.path, 1, LINTS, "add `[lints] workspace = true`"));
    }
    findings.extend(own_versions(&manifest).map(|name| {
        let mend = format!("put the version of {name} into the root's Cargo.toml and say `{name}.workspace = true`");
        Finding::new(&file.path, line_of(&file.text, name), VERSIONS, mend)
    }));
    findings
}

/// The dependencies that do not take their version from the root, for whatever system.
fn own_versions(manifest: &Table) -> impl Iterator<Item = &str> {
    let systems = manifest.get("target").and_then(Value::as_table);
    let systems = systems.into_iter().flat_map(Table::values).filter_map(Value::as_table);
    let sections = std::iter::once(manifest).chain(systems).flat_map(sections);
    sections.flatten().filter(|(_, dependency)| !inherits(dependency)).map(|(name, _)| name.as_str())
}

fn sections(table: &Table) -> impl Iterator<Item = &Table> {
    SECTIONS.iter().filter_map(|section| table.get(*section)?.as_table())
}

fn inherits(value: &Value) -> bool {
    value.get("workspace").and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(manifest: &str, expected: Expect) {
        let file = File { path: "crates/some/Cargo.toml".to_owned(), text: manifest.to_owned() };
        check_findings(&super::check(&[file]), expected);
    }

    #[test]
    fn a_manifest_that_inherits_all_is_fine() {
        check(
            "[dependencies]\nurl.workspace = true\nserde = { workspace = true, optional = true }\n\
             [lints]\nworkspace = true\n",
            expect![[""]],
        );
    }

    #[test]
    fn missing_lints_are_found() {
        check(
            "[package]\nname = 'some'\n",
            expect![[r#"
            crates/some/Cargo.toml:1: lints: add `[lints] workspace = true`
        "#]],
        );
        check(
            "[lints.rust]\nunsafe_code = 'allow'\n",
            expect![[r#"
            crates/some/Cargo.toml:1: lints: add `[lints] workspace = true`
        "#]],
        );
    }

    #[test]
    fn a_version_of_its_own_is_found_in_every_section() {
        check(
            "[lints]\nworkspace = true\n[dependencies]\nurl = '2'\n[dev-dependencies]\nserde = { version = '1' }\n\
             [target.'cfg(unix)'.dependencies]\nlibc = '0.2'\n",
            expect![[r#"
                crates/some/Cargo.toml:4: shared versions: put the version of url into the root's Cargo.toml and say `url.workspace = true`
                crates/some/Cargo.toml:6: shared versions: put the version of serde into the root's Cargo.toml and say `serde.workspace = true`
                crates/some/Cargo.toml:8: shared versions: put the version of libc into the root's Cargo.toml and say `libc.workspace = true`
            "#]],
        );
    }

    #[test]
    fn a_broken_manifest_is_found() {
        check(
            "[dependencies\n",
            expect![[r#"
            crates/some/Cargo.toml:1: lints: this is no TOML; mend the syntax
        "#]],
        );
    }
}
