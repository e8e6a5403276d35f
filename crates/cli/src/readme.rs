//! The README, held against the program: its flags, its variables, its exit codes. Its outputs are compared by the
//! end-to-end tests, its help by `cargo xtask generate --check`.

use std::{collections::BTreeSet, path::Path};

use clap::CommandFactory;

use crate::{arguments::Arguments, exit_code::ExitCode};

const README: &str = include_str!("../../../README.md");

/// The part before the generated help, which of course has every flag.
fn written_by_hand() -> &'static str {
    README.split("<!-- generated: help -->").next().unwrap()
}

/// The words of a text that begin with `prefix`, and go on as long as `is_part` holds.
fn words(text: &str, prefix: &str, is_part: fn(char) -> bool) -> BTreeSet<String> {
    let starts = text.match_indices(prefix).map(|(at, _)| &text[at..]);
    let starts = starts.map(|rest| rest[prefix.len()..].split(|c| !is_part(c)).next().unwrap_or_default());
    starts.filter(|word| word.len() > 1).map(|word| format!("{prefix}{word}")).collect()
}

fn flags(text: &str) -> BTreeSet<String> {
    words(text, "--", |c| c.is_ascii_lowercase() || c == '-')
}

fn is_variable(c: char) -> bool {
    c.is_ascii_uppercase() || c == '_'
}

/// The long help of every command.
fn all_help() -> String {
    fn help(command: &mut clap::Command) -> String {
        let own = command.render_long_help().to_string();
        command.get_subcommands_mut().fold(own, |text, child| text + &help(child))
    }
    let mut command = Arguments::command();
    command.build();
    help(&mut command)
}

#[test]
fn each_flag_it_names_exists() {
    // The flags of cargo in the sections about building.
    let foreign = ["--path", "--check"].map(str::to_owned).into();
    let unknown: Vec<_> = flags(written_by_hand()).difference(&flags(&all_help())).cloned().collect();
    assert!(unknown.iter().all(|flag| BTreeSet::contains(&foreign, flag)), "{unknown:?}");
}

#[test]
fn it_names_each_flag_of_a_run() {
    let run = Arguments::command().find_subcommand_mut("run").unwrap().render_long_help().to_string();
    let missing: Vec<_> = flags(&run).difference(&flags(README)).cloned().collect();
    assert!(missing == ["--help"] || missing.is_empty(), "{missing:?}");
}

#[test]
fn it_names_each_variable_of_the_help() {
    for prefix in ["DOCSPACE_", "SMTP_", "SLACK_"] {
        let (there, here) = (words(&all_help(), prefix, is_variable), words(written_by_hand(), prefix, is_variable));
        assert!(there.is_subset(&here), "{:?}", there.difference(&here));
    }
}

#[test]
fn it_lists_each_exit_code() {
    let row = |code: &ExitCode| format!("| {} | {} |\n", code.number(), code.meaning());
    let table: String = ExitCode::ALL.iter().map(row).collect();
    assert!(README.contains(&format!("|---|---|\n{table}\n")), "README.md is to have\n{table}");
}

#[test]
fn each_file_and_heading_it_links_to_exists() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let headings: Vec<String> = README.lines().filter_map(|line| Some(anchor(line.strip_prefix("## ")?))).collect();
    let links = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_there = |link: &str| match link.strip_prefix('#') {
        Some(anchor) => headings.iter().any(|heading| heading == anchor),
        None => link.contains("://") || root.join(link).is_file(),
    };
    let missing: Vec<_> = links.filter(|link| !is_there(link)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The part of an address that leads to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}
