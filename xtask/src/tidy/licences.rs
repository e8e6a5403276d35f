//! Under which licences the packages may be that we are built from.

use super::Finding;
use super::tree::Package;

const RULE: &str = "licences";

/// None of these asks anything of our users but to keep the notice.
const ALLOWED: [&str; 8] = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "Unicode-3.0", "Zlib"];

/// Finds packages that cannot be used under allowed licences alone.
pub(crate) fn check(packages: &[Package]) -> Vec<Finding> {
    packages.iter().filter_map(check_package).collect()
}

fn check_package(package: &Package) -> Option<Finding> {
    let licence = package.license.as_deref().unwrap_or("none");
    let mend = || {
        let Package { name, version, .. } = package;
        format!("{name} {version} is under `{licence}`; do without it, or allow that in xtask/src/tidy/licences.rs")
    };
    (!is_allowed(licence)).then(|| Finding::new("Cargo.lock", 1, RULE, mend()))
}

/// Whether an SPDX expression can be met; `/` is the old way to write `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = Words { words: spaced.split_whitespace().collect() };
    words.any() && words.words.is_empty()
}

/// What is left of an expression; each reader takes its part from the front.
struct Words<'a> {
    words: std::collections::VecDeque<&'a str>,
}

impl Words<'_> {
    /// `all OR all …`
    fn any(&mut self) -> bool {
        let mut allowed = self.all();
        while self.take("OR") {
            allowed |= self.all();
        }
        allowed
    }

    /// `one AND one …`
    fn all(&mut self) -> bool {
        let mut allowed = self.one();
        while self.take("AND") {
            allowed &= self.one();
        }
        allowed
    }

    /// A licence, perhaps with an exception, which only ever allows more; or an expression in brackets.
    fn one(&mut self) -> bool {
        if self.take("(") {
            return self.any() & self.take(")");
        }
        let licence = self.words.pop_front();
        if self.take("WITH") {
            self.words.pop_front();
        }
        licence.is_some_and(|licence| ALLOWED.contains(&licence))
    }

    fn take(&mut self, word: &str) -> bool {
        let next = self.words.front() == Some(&word);
        if next {
            self.words.pop_front();
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::super::finding::check as check_findings;
    use super::*;

    #[test]
    fn one_allowed_licence_of_several_is_enough() {
        for expression in [
            "MIT",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(GPL-3.0 OR MIT) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(is_allowed(expression), "{expression}");
        }
    }

    #[test]
    fn every_licence_of_a_conjunction_must_be_allowed() {
        for expression in ["GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR (MIT AND MPL-2.0)", "", "(MIT", "MIT Apache-2.0"] {
            assert!(!is_allowed(expression), "{expression}");
        }
    }

    #[test]
    fn a_package_under_another_licence_or_none_is_found() {
        let package = |licence: Option<&str>| Package {
            name: "some".to_owned(),
            version: "1.2.3".to_owned(),
            license: licence.map(str::to_owned),
            source: None,
            manifest: String::new(),
            dependencies: Vec::new(),
        };
        check_findings(
            &check(&[package(Some("MIT")), package(Some("MPL-2.0")), package(None)]),
            expect![[r#"
            Cargo.lock:1: licences: some 1.2.3 is under `MPL-2.0`; do without it, or allow that in xtask/src/tidy/licences.rs
            Cargo.lock:1: licences: some 1.2.3 is under `none`; do without it, or allow that in xtask/src/tidy/licences.rs
        "#]],
        );
    }
}
