//! Where the copy goes, and what `run`, `start` and `wait` are to do.

use clap::Parser;
use expect_test::{Expect, expect};

use super::{compare, shown, sound};
use crate::{
    arguments::{Arguments, Command, GlobalArguments},
    settings::{Environment, RunSettings},
};

/// What a command line means with that table `[run]` in the file.
fn check(run: &str, line: &str, expected: Expect) {
    let arguments = Arguments::parse_from(std::iter::once("docspace-backup").chain(line.split_whitespace()));
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[], ""));
    let settings = sound(&format!("[run]\n{run}\n"), &global, &environment);
    let order = |run: RunSettings| format!("{:?} {:?} {:?}", run.backup.target, run.backup.scope, run.if_running);
    let text = match arguments.command {
        Command::Run(typed) => shown(settings.resolve_run(&typed).map(order)),
        Command::Start(typed) => shown(settings.resolve_start(&typed).map(order)),
        Command::Doctor(typed) => {
            shown(settings.resolve_doctor(&typed).map(|run| format!("{} {:?}", order(run.clone()), run.spending)))
        }
        Command::Wait(typed) => {
            format!("{:?} {:?}\n", settings.resolve_limits(&typed.limits), settings.resolve_scope(typed.dump))
        }
        Command::Status(_)
        | Command::Cancel(_)
        | Command::History(_)
        | Command::Delete(_)
        | Command::Folders(_)
        | Command::Restore(_)
        | Command::Schedule(_)
        | Command::Runs(_)
        | Command::Notify(_)
        | Command::Config(_)
        | Command::Generate(_) => {
            panic!("{line}: not one of the commands that take these settings")
        }
    };
    compare(expected, &text);
}

#[test]
fn without_a_storage_the_folder_decides() {
    check(
        "",
        "run",
        expect![[r#"
        DataStore Portal Fail
    "#]],
    );
    check(
        "",
        "run --folder 5",
        expect![[r#"
        Documents { folder: 5 } Portal Fail
    "#]],
    );
    check(
        "folder = 7",
        "run",
        expect![[r#"
        Documents { folder: 7 } Portal Fail
    "#]],
    );
    check(
        "folder = \"7\"",
        "run --dump",
        expect![[r#"
        Documents { folder: 7 } Server Fail
    "#]],
    );
}

#[test]
fn each_storage_takes_what_belongs_to_it() {
    check(
        "",
        "run --storage temporary",
        expect![[r#"
        DataStore Portal Fail
    "#]],
    );
    check(
        "",
        "run --storage third-party-documents --folder sbox-1-|A",
        expect![[r#"
        ThirdpartyDocuments { folder: "sbox-1-|A" } Portal Fail
    "#]],
    );
    check(
        "",
        "run --storage third-party-storage --param module=S3 --param bucket=b --param region=r",
        expect![[r#"
        ThirdPartyConsumer { module: "S3", params: {"bucket": "b", "region": "r"} } Portal Fail
    "#]],
    );
    check(
        "",
        "run --storage local --param filePath=/backups",
        expect![[r#"
        Local { directory: "/backups" } Portal Fail
    "#]],
    );
}

#[test]
fn what_is_lacking_is_named() {
    check(
        "",
        "run --storage documents",
        expect![[r#"
        storage (--storage): documents needs a folder
          hint: give --folder with the number at the end of the folder's address
    "#]],
    );
    check(
        "",
        "run --storage third-party-documents",
        expect![[r#"
        storage (--storage): third-party-documents needs a folder
          hint: give --folder with the id that the portal shows for the drive's folder
    "#]],
    );
    check(
        "",
        "run --storage third-party-storage --param bucket=b",
        expect![[r#"
        storage (--storage): third-party-storage needs the parameter module
          hint: name the provider as the portal does: --param module=S3
    "#]],
    );
    check(
        "",
        "run --storage local",
        expect![[r#"
        storage (--storage): local needs the parameter filePath
          hint: name the directory on the portal's server: --param filePath=/backups
    "#]],
    );
    check(
        "",
        "run --storage local --param filePath=",
        expect![[r#"
        storage (--storage): local needs the parameter filePath
          hint: name the directory on the portal's server: --param filePath=/backups
    "#]],
    );
}

#[test]
fn what_contradicts_is_named() {
    check(
        "",
        "run --storage temporary --folder 5",
        expect![[r#"
        folder (--folder): contradicts the storage temporary (--storage)
          hint: documents takes a folder: give --storage documents, or leave the folder out
    "#]],
    );
    check(
        "storage = \"temporary\"",
        "run --folder 5",
        expect![[r#"
        folder (--folder): contradicts the storage temporary (/etc/c.toml:2)
          hint: documents takes a folder: give --storage documents, or leave the folder out
    "#]],
    );
    check(
        "",
        "run --storage local --folder 5 --param filePath=/b",
        expect![[r#"
        folder (--folder): contradicts the storage local (--storage)
          hint: the directory is given with --param filePath=/path
    "#]],
    );
    check(
        "",
        "run --storage third-party-storage --folder 5 --param module=S3",
        expect![[r#"
        folder (--folder): contradicts the storage third-party-storage (--storage)
          hint: the provider's own keys are given with --param KEY=VALUE
    "#]],
    );
    check(
        "",
        "run --param folderId=5",
        expect![[r#"
        param folderId (--param): the storage temporary (default) takes no parameters
          hint: a folder is given with --folder; parameters are for local and third-party-storage
    "#]],
    );
    check(
        "",
        "run --folder 5 --param folderId=5",
        expect![[r#"
        param folderId (--param): the storage documents (default) takes no parameters
          hint: a folder is given with --folder; parameters are for local and third-party-storage
    "#]],
    );
    check(
        "",
        "run --storage local --param filepath=/b",
        expect![[r#"
        param filepath (--param): local takes filePath alone
          hint: did you mean filePath?
    "#]],
    );
    check(
        "",
        "run --storage local --param filePath=/b --param filePath=/c",
        expect![[r#"
        param filePath (--param): given twice
          hint: leave out one of the two
    "#]],
    );
}

#[test]
fn a_folder_of_the_wrong_form_is_refused() {
    check(
        "",
        "run --folder sbox-1-|A",
        expect![[r#"
        folder (--folder): a folder of the portal's documents has a number
          hint: for a connected drive give --storage third-party-documents
    "#]],
    );
    check(
        "",
        "run --folder 0",
        expect![[r#"
        folder (--folder): a folder of the portal's documents has a number
          hint: for a connected drive give --storage third-party-documents
    "#]],
    );
    check(
        "",
        "run --folder=-5",
        expect![[r#"
        folder (--folder): a folder of the portal's documents has a number
          hint: for a connected drive give --storage third-party-documents
    "#]],
    );
    check(
        "",
        "run --storage third-party-documents --folder 5",
        expect![[r#"
        folder (--folder): a number is a folder of the portal's own documents
          hint: give --storage documents, or the id of the drive's folder
    "#]],
    );
    check(
        "folder = -5",
        "run",
        expect![[r#"
        folder (/etc/c.toml:2): a folder of the portal's documents has a number
          hint: for a connected drive give --storage third-party-documents
    "#]],
    );
}

#[test]
fn a_flag_for_another_storage_leaves_the_files_folder_and_params_aside() {
    let file = "storage = \"third-party-storage\"\nparams = { module = \"S3\", bucket = \"b\" }";
    check(
        file,
        "run",
        expect![[r#"
        ThirdPartyConsumer { module: "S3", params: {"bucket": "b"} } Portal Fail
    "#]],
    );
    check(
        file,
        "run --param bucket=c",
        expect![[r#"
        ThirdPartyConsumer { module: "S3", params: {"bucket": "c"} } Portal Fail
    "#]],
    );
    check(
        file,
        "run --storage temporary",
        expect![[r#"
        DataStore Portal Fail
    "#]],
    );
    check(
        file,
        "run --storage documents --folder 5",
        expect![[r#"
        Documents { folder: 5 } Portal Fail
    "#]],
    );
    check(
        "storage = \"documents\"\nfolder = 7",
        "run --storage temporary",
        expect![[r#"
        DataStore Portal Fail
    "#]],
    );
    check(
        "folder = 7",
        "run --storage documents",
        expect![[r#"
        Documents { folder: 7 } Portal Fail
    "#]],
    );
    check(
        "folder = 7",
        "run --storage temporary",
        expect![[r#"
        DataStore Portal Fail
    "#]],
    );
}

#[test]
fn flags_win_over_the_file() {
    let file = "dump = true\nif_running = \"wait\"\ntimeout = \"1h\"\nstall_timeout = \"5m\"\nrecheck_after = \"10s\"";
    check(
        file,
        "run",
        expect![[r#"
        DataStore Server Wait
    "#]],
    );
    check(
        file,
        "run --dump=false --if-running join",
        expect![[r#"
        DataStore Portal Join
    "#]],
    );
    check(
        file,
        "wait --timeout 2h",
        expect![[r#"
        Limits { timeout: 7200s, stall_timeout: 300s, recheck_after: 10s } Server
    "#]],
    );
    check(
        "",
        "wait --dump",
        expect![[r#"
        Limits { timeout: 21600s, stall_timeout: 1800s, recheck_after: 40s } Server
    "#]],
    );
}

#[test]
fn start_never_waits_for_another_backup() {
    check(
        "if_running = \"wait\"",
        "start",
        expect![[r#"
        DataStore Portal Fail
    "#]],
    );
    check(
        "if_running = \"wait\"",
        "start --if-running join",
        expect![[r#"
        DataStore Portal Join
    "#]],
    );
}

#[test]
fn the_doctor_checks_the_job_that_a_run_would_do() {
    check(
        "folder = 5\ndump = true\nif_running = \"wait\"",
        "doctor",
        expect![[r#"
        Documents { folder: 5 } Server Wait Never
    "#]],
    );
    check(
        "folder = 5",
        "doctor --storage temporary",
        expect![[r#"
        DataStore Portal Fail Never
    "#]],
    );
    check(
        "",
        "doctor --storage local",
        expect![[r#"
        storage (--storage): local needs the parameter filePath
          hint: name the directory on the portal's server: --param filePath=/backups
    "#]],
    );
}

#[test]
fn money_is_spent_on_leave_of_the_file_or_of_a_flag_which_wins() {
    check(
        "",
        "doctor",
        expect![[r#"
        DataStore Portal Fail Never
    "#]],
    );
    check(
        "allow_paid = true",
        "doctor",
        expect![[r#"
        DataStore Portal Fail Allowed
    "#]],
    );
    check(
        "allow_paid = true",
        "doctor --allow-paid=false",
        expect![[r#"
        DataStore Portal Fail Never
    "#]],
    );
    check(
        "allow_paid = false",
        "doctor --allow-paid",
        expect![[r#"
        DataStore Portal Fail Allowed
    "#]],
    );
}
