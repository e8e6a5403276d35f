//! Completions and manual pages.

use clap::ValueEnum;
use clap_complete::Shell;
use expect_test::expect;
use tempfile::TempDir;

use super::{completions, man};
use crate::arguments::ManArguments;

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    for shell in Shell::value_variants() {
        let script = completions(*shell);
        for word in ["docspace-backup", "history", "if-running", "third-party-storage"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
}

#[test]
fn the_main_page_goes_to_standard_output() {
    let page = man(&ManArguments { dir: None }).unwrap();
    assert!(page.contains(".TH docspace-backup 1"), "{page}");
    assert!(page.contains("DOCSPACE_API_HOST"), "{page}");
}

#[test]
fn a_directory_gets_a_page_for_each_command() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("man1");
    let told = man(&ManArguments { dir: Some(dir.clone()) }).unwrap();
    let told = told.replace(dir.to_str().unwrap(), "DIR");
    expect![[r#"
        DIR/docspace-backup.1
        DIR/docspace-backup-run.1
        DIR/docspace-backup-start.1
        DIR/docspace-backup-wait.1
        DIR/docspace-backup-status.1
        DIR/docspace-backup-cancel.1
        DIR/docspace-backup-history.1
        DIR/docspace-backup-delete.1
        DIR/docspace-backup-folders.1
        DIR/docspace-backup-restore.1
        DIR/docspace-backup-schedule.1
        DIR/docspace-backup-schedule-show.1
        DIR/docspace-backup-schedule-set.1
        DIR/docspace-backup-schedule-remove.1
        DIR/docspace-backup-doctor.1
        DIR/docspace-backup-runs.1
        DIR/docspace-backup-notify.1
        DIR/docspace-backup-notify-list.1
        DIR/docspace-backup-notify-test.1
        DIR/docspace-backup-notify-retry.1
        DIR/docspace-backup-notify-digest.1
        DIR/docspace-backup-config.1
        DIR/docspace-backup-config-init.1
        DIR/docspace-backup-config-show.1
        DIR/docspace-backup-config-check.1
        DIR/docspace-backup-generate.1
        DIR/docspace-backup-generate-completions.1
        DIR/docspace-backup-generate-man.1"#]]
    .assert_eq(&told);
    let written = std::fs::read_dir(dir).unwrap().count();
    assert_eq!(written, told.lines().count());
}

#[test]
fn a_file_in_place_of_the_directory_is_told() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("man1");
    std::fs::write(&file, "").unwrap();
    let mistake = man(&ManArguments { dir: Some(file) }).unwrap_err();
    let told = format!("{mistake}\nhint: {}", mistake.hint().unwrap());
    expect![[r#"
        manual pages (DIR): DIR/man1 cannot be written: not a directory
        hint: name a directory that you may write to"#]]
    .assert_eq(&told.replace(folder.path().to_str().unwrap(), "DIR"));
}
