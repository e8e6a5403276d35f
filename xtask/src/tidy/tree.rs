//! The workspace as the rules see it.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::cargo;
use crate::trouble::Trouble;

use super::weights::{self, Weight};

/// Where the texts are that we write.
const FOLDERS: [&str; 3] = ["crates", "tests", "xtask"];

/// All that is read before the first rule looks.
#[derive(Debug)]
pub(crate) struct Tree {
    /// Every package that a build on this system needs, ours included.
    pub(crate) packages: Vec<Package>,
    /// Every file in our folders.
    pub(crate) files: Vec<File>,
    /// The names at the root.
    pub(crate) root: Vec<String>,
    /// `Cargo.lock`, with the packages for every system.
    pub(crate) lockfile: String,
    /// How many crates each feature of `notify` draws in.
    pub(crate) weights: Vec<Weight>,
}

/// A package, as `cargo metadata` describes it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// The licence as an SPDX expression.
    pub(crate) license: Option<String>,
    /// Where it comes from; nothing for a package of this workspace.
    pub(crate) source: Option<String>,
    /// Its manifest, for ours the path from the root of the workspace.
    #[serde(rename = "manifest_path")]
    pub(crate) manifest: String,
    pub(crate) dependencies: Vec<Dependency>,
}

/// What a package asks for.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// Nothing for an ordinary dependency.
    pub(crate) kind: Option<Kind>,
    /// The folder of a sibling.
    pub(crate) path: Option<String>,
}

/// A dependency that the package's users do not get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Dev,
    Build,
}

/// A file, and its text if it is one that the rules read.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The path from the root of the workspace, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    pub(crate) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

impl Tree {
    /// Reads the workspace; no network is needed where it has been built before.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or cargo cannot make sense of the manifests.
    pub(crate) fn read() -> Result<Self, Trouble> {
        Ok(Self {
            packages: packages()?,
            files: files()?,
            root: names(cargo::root())?,
            lockfile: text(&cargo::root().join("Cargo.lock"))?,
            weights: weights::weigh()?,
        })
    }
}

fn packages() -> Result<Vec<Package>, Trouble> {
    let host = format!("--filter-platform={}", host()?);
    let json = cargo::output(cargo::command().args(["metadata", "--format-version=1", "--all-features", &host]))?;
    let metadata: Metadata = serde_json::from_slice(&json).map_err(Trouble::with("cargo metadata"))?;
    Ok(metadata.packages.into_iter().map(Package::with_manifest_from_root).collect())
}

impl Package {
    fn with_manifest_from_root(self) -> Self {
        let manifest = Path::new(&self.manifest).strip_prefix(cargo::root());
        match manifest.map(|path| path.to_string_lossy().replace('\\', "/")) {
            Ok(manifest) => Self { manifest, ..self },
            Err(_) => self,
        }
    }
}

/// The system that cargo builds for if it is not told otherwise.
fn host() -> Result<String, Trouble> {
    let version = cargo::output(cargo::command().args(["--version", "--verbose"]))?;
    let version = String::from_utf8_lossy(&version);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Trouble::new("cargo does not say for which system it builds"))
}

fn files() -> Result<Vec<File>, Trouble> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(folder, &mut files)?;
    }
    Ok(files)
}

fn collect(folder: &str, files: &mut Vec<File>) -> Result<(), Trouble> {
    for name in names(&cargo::root().join(folder))? {
        let path = format!("{folder}/{name}");
        let full = cargo::root().join(&path);
        match full.is_dir() {
            true => collect(&path, files)?,
            false => files.push(File { text: if is_read(&path) { text(&full)? } else { String::new() }, path }),
        }
    }
    Ok(())
}

fn is_read(path: &str) -> bool {
    [".rs", ".toml", ".md"].iter().any(|ending| path.ends_with(ending))
}

/// What is in a folder, sorted, without what cargo builds there.
fn names(folder: &Path) -> Result<Vec<String>, Trouble> {
    let cannot = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(folder).map_err(Trouble::with(cannot()))?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_, _>>().map_err(Trouble::with(cannot()))?;
    names.retain(|name| name != "target");
    names.sort();
    Ok(names)
}

fn text(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(Trouble::with(format!("cannot read {}", path.display())))
}
