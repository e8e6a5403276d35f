//! Which package may depend on which sibling.

use super::tree::{Dependency, File, Kind, Package};
use super::{Finding, line_of};

const RULE: &str = "crate arrows";

/// The siblings that one package may ask for.
struct Arrows {
    from: &'static str,
    to: &'static [&'static str],
    in_tests: &'static [&'static str],
}

/// The whole list: what is missing here is forbidden.
const ARROWS: [Arrows; 8] = [
    Arrows { from: "cli", to: &["backup-core", "docspace-api", "journal", "notify"], in_tests: &[] },
    Arrows { from: "backup-core", to: &["docspace-api"], in_tests: &["mock-portal"] },
    Arrows { from: "docspace-api", to: &[], in_tests: &[] },
    Arrows { from: "journal", to: &[], in_tests: &[] },
    Arrows { from: "notify", to: &[], in_tests: &[] },
    Arrows { from: "mock-portal", to: &[], in_tests: &[] },
    // The libraries stand below the programs that are built from their examples.
    Arrows { from: "e2e", to: &["backup-core", "cli", "docspace-api", "notify"], in_tests: &["mock-portal", "notify"] },
    Arrows { from: "xtask", to: &[], in_tests: &[] },
];

/// Finds arrows that the list does not have, and packages that it does not know.
pub(crate) fn check(packages: &[Package], files: &[File]) -> Vec<Finding> {
    let ours = packages.iter().filter(|package| package.source.is_none());
    ours.flat_map(|package| check_package(package, manifest(package, files))).collect()
}

/// The text of the manifest, so that a finding has a line.
fn manifest<'a>(package: &Package, files: &'a [File]) -> &'a str {
    files.iter().find(|file| file.path == package.manifest).map_or("", |file| &file.text)
}

fn check_package(package: &Package, manifest: &str) -> Vec<Finding> {
    let Some(arrows) = ARROWS.iter().find(|arrows| arrows.from == package.name) else {
        return vec![Finding::new(&package.manifest, 1, RULE, "add this package to xtask/src/tidy/arrows.rs")];
    };
    let siblings = package.dependencies.iter().filter(|dependency| dependency.path.is_some());
    let forbidden = siblings.filter(|sibling| !arrows.allow(sibling));
    forbidden
        .map(|sibling| Finding::new(&package.manifest, line_of(manifest, &sibling.name), RULE, mend(package, sibling)))
        .collect()
}

impl Arrows {
    fn allow(&self, sibling: &Dependency) -> bool {
        let allowed = match sibling.kind {
            None => self.to,
            Some(Kind::Dev) => self.in_tests,
            Some(Kind::Build) => &[],
        };
        allowed.contains(&sibling.name.as_str())
    }
}

fn mend(package: &Package, sibling: &Dependency) -> String {
    let place = match sibling.kind {
        None => "",
        Some(Kind::Dev) => " in its tests",
        Some(Kind::Build) => " in its build script",
    };
    format!("{} must not know {}{place}; crates/README.md says who may know whom", package.name, sibling.name)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(from: &str, to: &str, kind: Option<Kind>, expected: Expect) {
        let sibling = Dependency { name: to.to_owned(), kind, path: Some(format!("/root/crates/{to}")) };
        let manifest = format!("crates/{from}/Cargo.toml");
        let package = Package {
            name: from.to_owned(),
            version: "0.1.0".to_owned(),
            license: None,
            source: None,
            manifest: manifest.clone(),
            dependencies: vec![sibling],
        };
        let file = File { path: manifest, text: format!("[dependencies]\n{to}.workspace = true\n") };
        check_findings(&super::check(&[package], &[file]), expected);
    }

    #[test]
    fn the_program_knows_all_libraries() {
        for library in ["backup-core", "docspace-api", "journal", "notify"] {
            check("cli", library, None, expect![[""]]);
        }
    }

    #[test]
    fn a_library_that_knows_a_sibling_is_found() {
        check(
            "notify",
            "docspace-api",
            None,
            expect![[r#"
            crates/notify/Cargo.toml:2: crate arrows: notify must not know docspace-api; crates/README.md says who may know whom
        "#]],
        );
    }

    #[test]
    fn the_journal_knows_no_sibling() {
        check(
            "journal",
            "backup-core",
            None,
            expect![[r#"
                crates/journal/Cargo.toml:2: crate arrows: journal must not know backup-core; crates/README.md says who may know whom
            "#]],
        );
    }

    #[test]
    fn the_mock_portal_is_for_tests_only() {
        check("backup-core", "mock-portal", Some(Kind::Dev), expect![[""]]);
        check(
            "backup-core",
            "mock-portal",
            None,
            expect![[r#"
            crates/backup-core/Cargo.toml:2: crate arrows: backup-core must not know mock-portal; crates/README.md says who may know whom
        "#]],
        );
        check(
            "backup-core",
            "mock-portal",
            Some(Kind::Build),
            expect![[r#"
            crates/backup-core/Cargo.toml:2: crate arrows: backup-core must not know mock-portal in its build script; crates/README.md says who may know whom
        "#]],
        );
    }

    #[test]
    fn a_package_that_nobody_listed_is_found() {
        check(
            "common",
            "notify",
            None,
            expect![[r#"
            crates/common/Cargo.toml:1: crate arrows: add this package to xtask/src/tidy/arrows.rs
        "#]],
        );
    }
}
