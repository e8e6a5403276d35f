//! The words of notices, checked when the settings are read.

use expect_test::{Expect, expect};

use super::{compare, settings, told};
use crate::{arguments::GlobalArguments, commands::show_config, settings::Environment};

fn check(text: &str, expected: Expect) {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let (_, mistakes) = settings(text, &global, &environment);
    compare(expected, &told(&mistakes));
}

#[test]
fn a_mistake_in_a_template_is_told_with_its_place_in_the_file_and_in_the_template() {
    check(
        "[templates]\nsubject = \"{{ portl }}: {{ state }}\"\n",
        expect![[r#"
        templates.subject (/etc/c.toml:2): line 1, column 4 of the template: `portl` is undefined
          hint: known are portal, state, outcome, severity, duration, reason, next_step, link, subject, text, exit_code, failures, since, and facts["File"] | default("none")
    "#]],
    );
    check(
        "[templates]\nsubject = \"Backup\"\n\ntext = \"\"\"\nHello\n{% if reason %}\n\"\"\"\n",
        expect![[r#"
        templates.text (/etc/c.toml:4): line 2, column 14 of the template: unexpected end of input, expected end of block
          hint: known are portal, state, outcome, severity, duration, reason, next_step, link, subject, text, exit_code, failures, since, and facts["File"] | default("none")
    "#]],
    );
    check(
        "[templates]\nsubjct = \"x\"\ntext = 3\n",
        expect![[r#"
        templates.subjct (/etc/c.toml:2): there is no such setting
          hint: did you mean subject?
        templates.text (/etc/c.toml:3): a text in quotes is expected, not a number
          hint: the commented file that `docspace-backup config init PATH` writes shows how
    "#]],
    );
}

#[test]
fn templates_are_shown_by_their_first_line() {
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let text = "[templates]\nsubject = \"{{ subject }}\"\ntext = \"\"\"\nHello\n{{ text }}\"\"\"\n";
    let (settings, mistakes) = settings(text, &global, &environment);
    assert_eq!(mistakes, []);
    let shown = show_config(&settings).unwrap().text;
    let lines: Vec<&str> = shown.lines().filter(|line| line.starts_with("templates.")).collect();
    compare(
        expect![[r#"
        templates.subject       {{ subject }}  /etc/c.toml:2
        templates.text          Hello …        /etc/c.toml:3"#]],
        &lines.join("\n"),
    );
}
