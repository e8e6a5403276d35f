//! How the program talks.

use expect_test::{Expect, expect};

use super::{compare, shown};
use crate::{
    arguments::{Color, GlobalArguments, OutputFormat},
    settings::{Environment, Talk},
};

fn check(global: GlobalArguments, variables: &[(&str, &str)], expected: Expect) {
    let talk = Talk::resolve(&global, &Environment::of(variables, ""));
    compare(expected, &shown(talk.map(|talk| format!("{talk:?}"))));
}

fn usual() -> GlobalArguments {
    GlobalArguments::default()
}

#[test]
fn quiet_and_verbose_contradict() {
    check(
        GlobalArguments { quiet: true, verbose: 1, ..usual() },
        &[],
        expect![[r#"
        volume (--quiet): contradicts --verbose
          hint: leave out one of the two
    "#]],
    );
}

#[test]
fn quiet_shows_no_progress() {
    check(
        GlobalArguments { quiet: true, ..usual() },
        &[],
        expect![[r#"
            Talk { output: Human, volume: Quiet, progress: false, is_dumb: false, color: Auto, log_filter: None }
        "#]],
    );
    check(
        GlobalArguments { verbose: 3, output: OutputFormat::Json, ..usual() },
        &[("RUST_LOG", "info")],
        expect![[r#"
            Talk { output: Json, volume: Debug, progress: true, is_dumb: false, color: Auto, log_filter: Some("info") }
        "#]],
    );
}

#[test]
fn a_flag_wins_over_variables_about_colours_and_no_wins_over_yes() {
    let color = |flag, variables: &[(&str, &str)]| {
        let global = GlobalArguments { color: flag, ..usual() };
        Talk::resolve(&global, &Environment::of(variables, "")).unwrap().color
    };
    let (no, yes) = (("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1"));
    assert_eq!(color(Some(Color::Always), &[no]), Color::Always);
    assert_eq!(color(None, &[no, yes]), Color::Never);
    assert_eq!(color(None, &[yes]), Color::Always);
    assert_eq!(color(None, &[("CLICOLOR_FORCE", "0")]), Color::Auto);
    assert_eq!(color(None, &[("NO_COLOR", "")]), Color::Auto);
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_told_without_its_bytes() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let mut environment = Environment::of(&[], "");
    environment.set("RUST_LOG", OsStr::from_bytes(b"info\xff"));
    let talk = Talk::resolve(&usual(), &environment);
    compare(
        expect![[r#"
        environment variable (RUST_LOG): its value is not text (UTF-8)
          hint: set it anew, or unset it
    "#]],
        &shown(talk.map(|talk| format!("{talk:?}"))),
    );
}
