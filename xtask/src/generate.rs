//! Texts that are repeated on purpose: written by a program, kept in a file, and checked against each other.

mod blocks;

use std::fs;
use std::process::{Command, ExitCode};

use crate::build::Programs;
use crate::cargo;
use crate::scratch::Scratch;
use crate::talk;
use crate::tidy::Finding;
use crate::trouble::Trouble;

const RULE: &str = "generated texts";

/// The files that have generated blocks in them, from the root.
const FILES: [&str; 1] = ["README.md"];

/// A block: its name in the markers, and the arguments with which `docspace-backup` writes it.
const BLOCKS: [(&str, &[&str]); 1] = [("help", &["--help"])];

/// As wide as a page on the web shows a line without a bar to scroll.
const COLUMNS: &str = "100";

/// Writes every block anew.
pub(crate) fn write() -> Result<ExitCode, Trouble> {
    let pages = pages()?;
    for page in pages.iter().filter(|page| page.is_stale()) {
        let path = cargo::root().join(page.path);
        fs::write(path, &page.fresh).map_err(Trouble::with(format!("cannot write {}", page.path)))?;
        talk::say(format_args!("generate: wrote {}", page.path));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints where a block is not what its program writes; the exit code is 1 if there is such a place.
pub(crate) fn check() -> Result<ExitCode, Trouble> {
    let pages = pages()?;
    let stale: Vec<Finding> = pages.iter().filter(|page| page.is_stale()).map(Page::finding).collect();
    stale.iter().for_each(talk::put);
    Ok(if stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A file, as it is and as it should be.
struct Page {
    path: &'static str,
    present: String,
    fresh: String,
}

impl Page {
    fn is_stale(&self) -> bool {
        self.present != self.fresh
    }

    fn finding(&self) -> Finding {
        Finding::new(self.path, first_difference(&self.present, &self.fresh), RULE, "run `cargo xtask generate`")
    }
}

/// The number of the first line that is not the same.
fn first_difference(one: &str, other: &str) -> usize {
    1 + one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count()
}

fn pages() -> Result<Vec<Page>, Trouble> {
    let programs = Programs::build()?;
    FILES.into_iter().map(|path| page(path, &programs)).collect()
}

fn page(path: &'static str, programs: &Programs) -> Result<Page, Trouble> {
    let present = fs::read_to_string(cargo::root().join(path)).map_err(Trouble::with(format!("cannot read {path}")))?;
    let fresh = blocks::fill(&present, |name| block(name, programs));
    let fresh = fresh.map_err(Trouble::with(path))?;
    Ok(Page { path, present, fresh })
}

/// What belongs into a block: the command as a user would type it, and what the program answers.
fn block(name: &str, programs: &Programs) -> Result<String, Trouble> {
    let known = BLOCKS.iter().find(|(known, _)| *known == name);
    let (_, arguments) = known.ok_or_else(|| Trouble::new(format!("there is no generated block {name}")))?;
    let home = Scratch::new()?;
    let answer = answer(programs.docspace_backup(home.path())?.args(*arguments))?;
    Ok(format!("```console\n$ docspace-backup {}\n{}\n```\n", arguments.join(" "), answer.trim_end()))
}

fn answer(command: &mut Command) -> Result<String, Trouble> {
    let answer = cargo::output(command.env("NO_COLOR", "1").env("COLUMNS", COLUMNS))?;
    String::from_utf8(answer).map_err(Trouble::with("docspace-backup wrote something that is no text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_page_is_found_at_its_first_difference() {
        let page = Page { path: "README.md", present: "a\nb\nc\n".to_owned(), fresh: "a\nB\nc\n".to_owned() };
        let finding = "README.md:2: generated texts: run `cargo xtask generate`";
        assert!(page.is_stale());
        assert_eq!(page.finding().to_string(), finding);
    }

    #[test]
    fn a_page_that_only_lacks_its_end_is_stale_there() {
        assert_eq!(first_difference("a\n", "a\nb\n"), 2);
    }
}
