//! Which packages `Cargo.lock` may hold, on any system.

use serde::Deserialize;

use super::Finding;

const FILE: &str = "Cargo.lock";

/// Big enough that a second version would be felt in build time and size, or make two types of one.
const ONCE: [&str; 7] = ["axum", "clap", "hyper", "lettre", "reqwest", "rustls", "tokio"];

/// TLS is done by rustls with ring: these need a C compiler, cmake or a library of the system,
/// and a second provider makes rustls panic.
const BANNED: [&str; 4] = ["aws-lc-rs", "aws-lc-sys", "native-tls", "openssl-sys"];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[derive(Deserialize)]
struct Lockfile {
    #[serde(rename = "package", default)]
    packages: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    source: Option<String>,
}

/// Finds heavy packages in two versions, banned ones, and ones from elsewhere than the registry.
pub(crate) fn check(lockfile: &str) -> Vec<Finding> {
    let Ok(Lockfile { packages }) = toml::from_str::<Lockfile>(lockfile) else {
        return vec![Finding::new(FILE, 1, "lockfile", "this is no lock file; write it anew with `cargo update`")];
    };
    let mut findings = twice(&packages, lockfile);
    findings.extend(packages.iter().filter_map(|package| refused(package, lockfile)));
    findings
}

fn twice(packages: &[Locked], lockfile: &str) -> Vec<Finding> {
    let count = |name: &str| packages.iter().filter(|package| package.name == name).count();
    let twice = ONCE.into_iter().filter(|name| count(name) > 1);
    twice
        .map(|name| {
            let mend = format!("{name} is there {} times; see who asks with `cargo tree -i {name}`", count(name));
            Finding::new(FILE, line_of(lockfile, name), "duplicates", mend)
        })
        .collect()
}

fn refused(package: &Locked, lockfile: &str) -> Option<Finding> {
    let name = &package.name;
    let (rule, mend) = if BANNED.contains(&name.as_str()) {
        ("banned packages", format!("turn off the feature that asks for {name}: `cargo tree -e features -i {name}`"))
    } else if package.source.as_ref().is_some_and(|source| source != REGISTRY) {
        ("sources", format!("take {name} from crates.io"))
    } else {
        return None;
    };
    Some(Finding::new(FILE, line_of(lockfile, name), rule, mend))
}

fn line_of(lockfile: &str, name: &str) -> usize {
    super::line_of(lockfile, &format!("name = \"{name}\""))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::finding::check as check_findings;
    use super::*;

    fn check(packages: &[(&str, &str)], expected: Expect) {
        let entry = |(name, source): &(&str, &str)| format!("[[package]]\nname = \"{name}\"\nsource = \"{source}\"\n");
        let lockfile: String = packages.iter().map(entry).collect();
        check_findings(&super::check(&lockfile), expected);
    }

    #[test]
    fn a_light_package_may_come_twice() {
        check(&[("syn", REGISTRY), ("syn", REGISTRY), ("tokio", REGISTRY)], expect![[""]]);
    }

    #[test]
    fn a_heavy_package_that_comes_twice_is_found() {
        check(
            &[("syn", REGISTRY), ("rustls", REGISTRY), ("rustls", REGISTRY)],
            expect![[r#"
            Cargo.lock:5: duplicates: rustls is there 2 times; see who asks with `cargo tree -i rustls`
        "#]],
        );
    }

    #[test]
    fn a_banned_package_is_found() {
        check(
            &[("aws-lc-sys", REGISTRY)],
            expect![[r#"
            Cargo.lock:2: banned packages: turn off the feature that asks for aws-lc-sys: `cargo tree -e features -i aws-lc-sys`
        "#]],
        );
    }

    #[test]
    fn a_package_from_elsewhere_is_found() {
        check(
            &[("serde", "git+https://example.com/serde")],
            expect![[r#"
            Cargo.lock:2: sources: take serde from crates.io
        "#]],
        );
    }

    #[test]
    fn a_broken_lock_file_is_found() {
        check_findings(
            &super::check("[[package]]\nversion = 1\n"),
            expect![[r#"
            Cargo.lock:1: lockfile: this is no lock file; write it anew with `cargo update`
        "#]],
        );
    }
}
