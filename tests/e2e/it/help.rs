//! The whole help, kept in one file so that a change of it is read by somebody.

use expect_test::expect_file;

use crate::rig::Program;

const COMMANDS: [&str; 29] = [
    "",
    "run",
    "start",
    "wait",
    "status",
    "cancel",
    "history",
    "delete",
    "folders",
    "restore",
    "schedule",
    "schedule show",
    "schedule set",
    "schedule remove",
    "doctor",
    "runs",
    "notify",
    "notify list",
    "notify test",
    "notify retry",
    "notify digest",
    "config",
    "config init",
    "config show",
    "config check",
    "generate",
    "generate completions",
    "generate man",
    "--version",
];

#[tokio::test]
async fn the_help_of_every_command_is_reviewed() {
    let program = Program::alone();
    let mut tree = String::new();
    for command in COMMANDS {
        let line = if command.starts_with('-') { command.to_owned() } else { format!("{command} --help") };
        let help = program.run(&line).await;
        assert_eq!(help.exits(0).stderr, "");
        let text = help.stdout.replace("docspace-backup-under-test", "docspace-backup");
        tree.push_str(&format!("$ docspace-backup {}\n{text}\n", line.trim()));
    }
    expect_file!["./help.txt"].assert_eq(&tree);
}

#[tokio::test]
async fn every_command_that_is_listed_is_in_the_file() {
    let program = Program::alone();
    for parent in COMMANDS.iter().filter(|command| !command.starts_with('-')) {
        let help = program.run(&format!("{parent} --help")).await.stdout;
        let Some((_, list)) = help.split_once("Commands:\n") else { continue };
        // A line that goes on with a description is indented further.
        let lines = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
        let names = lines.filter_map(|line| line.split_whitespace().next());
        for name in names.filter(|name| *name != "help") {
            let command = format!("{parent} {name}");
            assert!(COMMANDS.contains(&command.trim()), "{command} is not reviewed");
        }
    }
}

#[tokio::test]
async fn without_arguments_the_help_is_shown() {
    let told = Program::alone().run("").await;
    assert!(told.exits(2).stderr.contains("Usage: "), "{told}");
}
