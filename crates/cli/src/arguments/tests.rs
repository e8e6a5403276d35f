//! The command line: what it takes, what it refuses, and that its help helps.

use clap::{Command as ClapCommand, CommandFactory, Parser};
use expect_test::{Expect, expect};

use super::Arguments;

fn check(line: &str, expected: Expect) {
    let words = std::iter::once("docspace-backup").chain(line.split_whitespace());
    let shown = match Arguments::try_parse_from(words) {
        Ok(arguments) => format!("{:?}\n", arguments.command),
        Err(error) => error.to_string(),
    };
    expected.assert_eq(&shown);
}

fn each_command(command: &ClapCommand, visit: &mut dyn FnMut(&ClapCommand)) {
    visit(command);
    command.get_subcommands().for_each(|child| each_command(child, visit));
}

#[test]
fn the_definition_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn every_command_shows_an_example_that_parses() {
    each_command(&Arguments::command(), &mut |command| {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let examples: Vec<&str> = help.lines().filter(|line| line.starts_with("  ")).collect();
        assert!(!examples.is_empty(), "{} has no example", command.get_name());
        for example in examples {
            let words = example.split_whitespace().skip_while(|word| *word != "docspace-backup");
            let typed = words.take_while(|word| *word != ">");
            assert!(Arguments::try_parse_from(typed).is_ok(), "{example}");
        }
    });
}

#[test]
fn no_flag_takes_a_secret() {
    each_command(&Arguments::command(), &mut |command| {
        for flag in command.get_arguments().filter_map(|argument| argument.get_long()) {
            let words = ["key", "password", "secret", "token", "webhook"];
            let secret = words.iter().any(|word| flag.contains(word)) && !flag.ends_with("-file");
            assert!(!secret, "--{flag} looks like a secret");
        }
    });
}

#[test]
fn run_takes_the_portals_own_words() {
    check(
        "run --storage thridpartydocuments --folder sbox-1-|A --dump",
        expect![[r#"
            Run(RunArguments { storage: StorageArguments { storage: Some(ThirdPartyDocuments), folder: Some("sbox-1-|A"), params: [], dump: DumpArgument { dump: Some(true) } }, if_running: None, limits: LimitArguments { timeout: None, stall_timeout: None }, spending: SpendingArgument { allow_paid: None }, no_notify: false, dry_run: false })
        "#]],
    );
    check(
        "run --storage DATASTORE --dump=false",
        expect![[r#"
            Run(RunArguments { storage: StorageArguments { storage: Some(Temporary), folder: None, params: [], dump: DumpArgument { dump: Some(false) } }, if_running: None, limits: LimitArguments { timeout: None, stall_timeout: None }, spending: SpendingArgument { allow_paid: None }, no_notify: false, dry_run: false })
        "#]],
    );
    check(
        "run --storage ThirdPartyConsumer --param module=S3 --param bucket=a=b",
        expect![[r#"
            Run(RunArguments { storage: StorageArguments { storage: Some(ThirdPartyStorage), folder: None, params: [Param { key: "module", value: "S3" }, Param { key: "bucket", value: "a=b" }], dump: DumpArgument { dump: None } }, if_running: None, limits: LimitArguments { timeout: None, stall_timeout: None }, spending: SpendingArgument { allow_paid: None }, no_notify: false, dry_run: false })
        "#]],
    );
}

#[test]
fn durations_need_a_unit_and_more_than_zero() {
    check(
        "wait --timeout 1h30m --stall-timeout PT5M",
        expect![[r#"
        Wait(WaitArguments { id: None, dump: DumpArgument { dump: None }, limits: LimitArguments { timeout: Some(5400s), stall_timeout: Some(300s) }, no_notify: false })
    "#]],
    );
    check(
        "wait --timeout 90",
        expect![[r#"
        error: invalid value '90' for '--timeout <DURATION>': the unit is missing: write 90s, 15m or 1h30m

        For more information, try '--help'.
    "#]],
    );
    check(
        "wait --timeout soon",
        expect![[r#"
        error: invalid value 'soon' for '--timeout <DURATION>': not a length of time: write 90s, 15m or 1h30m

        For more information, try '--help'.
    "#]],
    );
    check(
        "wait --timeout 0s",
        expect![[r#"
        error: invalid value '0s' for '--timeout <DURATION>': a length of time above zero is needed

        For more information, try '--help'.
    "#]],
    );
    check(
        "wait --timeout=-5s",
        expect![[r#"
        error: invalid value '-5s' for '--timeout <DURATION>': a length of time above zero is needed

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    check(
        "run --storage cloud",
        expect![[r#"
        error: invalid value 'cloud' for '--storage <WORD>'
          [possible values: temporary, documents, third-party-documents, third-party-storage, local]

        For more information, try '--help'.
    "#]],
    );
    check(
        "run --param filePath",
        expect![[r#"
        error: invalid value 'filePath' for '--param <KEY=VALUE>': KEY=VALUE is expected

        For more information, try '--help'.
    "#]],
    );
    check(
        "start --if-running wait",
        expect![[r#"
        error: invalid value 'wait' for '--if-running <WORD>'
          [possible values: fail, join]

        For more information, try '--help'.
    "#]],
    );
    check(
        "wait 4711",
        expect![[r#"
        error: invalid value '4711' for '[ID]': not a backup id: 32 hexadecimal digits in groups of 8-4-4-4-12 are expected

        For more information, try '--help'.
    "#]],
    );
    check(
        "history --limit 0",
        expect![[r#"
        error: invalid value '0' for '--limit <N>': number would be zero for non-zero type

        For more information, try '--help'.
    "#]],
    );
    check(
        "run --api-key=sk-123",
        expect![[r#"
        error: unexpected argument '--api-key' found

          tip: a similar argument exists: '--api-key-file'

        Usage: docspace-backup run --api-key-file <PATH>

        For more information, try '--help'.
    "#]],
    );
    check(
        "generate completions tcsh",
        expect![[r#"
        error: invalid value 'tcsh' for '<SHELL>'
          [possible values: bash, elvish, fish, powershell, zsh]

          tip: a similar value exists: 'zsh'

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn global_flags_may_stand_behind_the_command() {
    let words = ["docspace-backup", "status", "-vv", "-o", "json", "--color", "never", "--watch"];
    let global = Arguments::try_parse_from(words).unwrap().global;
    expect!["2 Json Some(Never)"].assert_eq(&format!("{:?} {:?} {:?}", global.verbose, global.output, global.color));
}
