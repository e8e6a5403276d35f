//! What the compiler does not check: each rule is a function from a part of the workspace to findings.

mod arrows;
mod finding;
mod layout;
mod length;
mod licences;
mod lockfile;
mod manifests;
mod names;
mod tags;
mod tree;
mod weights;

use std::process::ExitCode;

use crate::generate;
use crate::talk;
use crate::trouble::Trouble;

pub(crate) use finding::{Finding, line_of};
use tree::Tree;

/// Prints every finding, the generated texts included; the exit code is 1 if there is one.
pub(crate) fn run() -> Result<ExitCode, Trouble> {
    let findings = findings(&Tree::read()?);
    findings.iter().for_each(talk::put);
    // Said first, for the generated texts need a workspace that compiles.
    let generated = generate::check()?;
    Ok(if findings.is_empty() { generated } else { ExitCode::FAILURE })
}

/// What all rules find that need nothing but the tree.
fn findings(tree: &Tree) -> Vec<Finding> {
    [
        arrows::check(&tree.packages, &tree.files),
        manifests::check(&tree.files),
        lockfile::check(&tree.lockfile),
        licences::check(&tree.packages),
        layout::check(&tree.root, &tree.files),
        names::check(&tree.files),
        tags::check(&tree.files),
        length::check(&tree.files),
        weights::check(&tree.files, &tree.weights),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_workspace_is_tidy() {
        let found: Vec<String> = findings(&Tree::read().unwrap()).iter().map(Finding::to_string).collect();
        assert!(found.is_empty(), "\n{}\n", found.join("\n"));
    }
}
