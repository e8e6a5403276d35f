//! What goes wrong with the disk, with the file and with other processes.

use std::fs;
use std::time::Duration;

use expect_test::{Expect, expect};
use rusqlite::Connection;

use super::*;

/// Opens a journal where `prepare` has been, and shows what comes of it.
fn check_open(prepare: impl FnOnce(&Path), expected: Expect) {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let error = Journal::open(folder.path()).unwrap_err();
    let source = std::error::Error::source(&error).map(|source| format!("\nbecause {source}")).unwrap_or_default();
    let shown = format!("{:?}: {error}{source}", error.kind());
    expected.assert_eq(&shown.replace(folder.path().to_str().unwrap(), "FOLDER"));
}

fn database(folder: &Path) -> Connection {
    Connection::open(folder.join("journal.db")).unwrap()
}

#[test]
fn a_folder_below_a_file_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = Journal::open(&folder.path().join("file/state")).unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Unwritable);
    assert_eq!(error.path(), Some(&*folder.path().join("file/state/journal.db")));
}

#[test]
fn a_folder_in_place_of_the_file_cannot_be_written() {
    check_open(
        |folder| fs::create_dir(folder.join("journal.db")).unwrap(),
        expect![[r#"
        Unwritable: cannot open the journal in FOLDER/journal.db: it cannot be opened or written
        because unable to open database file: FOLDER/journal.db"#]],
    );
}

#[test]
fn a_file_in_place_of_the_locks_is_told() {
    check_open(
        |folder| fs::write(folder.join("runs"), "").unwrap(),
        expect![[r#"
        Unwritable: cannot open the journal in FOLDER/journal.db: it cannot be opened or written
        because File exists (os error 17)"#]],
    );
}

#[test]
fn garbage_is_no_journal_and_stays_as_it_is() {
    check_open(
        |folder| fs::write(folder.join("journal.db"), "garbage ".repeat(200)).unwrap(),
        expect![[r#"
        Damaged: cannot open the journal in FOLDER/journal.db: it is damaged, or no journal
        because file is not a database"#]],
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("journal.db"), "garbage ".repeat(200)).unwrap();
    Journal::open(folder.path()).unwrap_err();
    assert_eq!(fs::read_to_string(folder.path().join("journal.db")).unwrap(), "garbage ".repeat(200));
}

#[test]
fn the_database_of_another_program_is_no_journal_and_stays_as_it_is() {
    let make_notes = |folder: &Path| database(folder).execute_batch("CREATE TABLE notes (text)").unwrap();
    check_open(
        make_notes,
        expect![[r#"
        Damaged: cannot open the journal in FOLDER/journal.db: it is damaged, or no journal
        because it is the database of another program"#]],
    );
    let folder = tempfile::tempdir().unwrap();
    make_notes(folder.path());
    let before = fs::read(folder.path().join("journal.db")).unwrap();
    Journal::open(folder.path()).unwrap_err();
    assert_eq!(fs::read(folder.path().join("journal.db")).unwrap(), before);
}

#[test]
fn a_newer_layout_is_refused_and_stays_as_it_is() {
    let prepare = |folder: &Path| {
        drop(Journal::open(folder).unwrap());
        database(folder).execute_batch("PRAGMA user_version = 99").unwrap();
    };
    check_open(
        prepare,
        expect![[r#"
            Newer: cannot open the journal in FOLDER/journal.db: it is from a newer version
            because its layout has the number 99, and 3 is the newest known here"#]],
    );
}

#[test]
fn a_journal_of_before_the_first_layout_is_filled_up() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("journal.db"), "").unwrap();
    let journal = Journal::open(folder.path()).unwrap();
    let _lock = journal.begin(&new_run("r")).unwrap();
    assert_eq!(record(&journal, "r").phase, Phase::Begun);
}

#[test]
fn what_an_earlier_file_has_left_beside_does_not_get_into_the_new_one() {
    let (folder, journal) = journal();
    let _lock = journal.begin(&new_run("r")).unwrap();
    let left_over = fs::read(folder.path().join("journal.db-wal")).unwrap();
    let new = tempfile::tempdir().unwrap();
    fs::write(new.path().join("journal.db-wal"), left_over).unwrap();
    let journal = Journal::open(new.path()).unwrap();
    assert_eq!(journal.run(&id("r")).unwrap(), None);
    let _lock = journal.begin(&new_run("r")).unwrap();
}

#[test]
fn a_row_that_makes_no_sense_is_damage() {
    for (column, value) in [("phase", "'over'"), ("id", "'../x'"), ("progress", "-1"), ("begun_at", "1 << 62")] {
        let (folder, journal) = journal();
        let _lock = journal.begin(&new_run("r")).unwrap();
        database(folder.path()).execute_batch(&format!("UPDATE runs SET {column} = {value}")).unwrap();
        let error = journal.runs(&crate::RunFilter::default()).unwrap_err();
        assert_eq!(error.kind(), JournalErrorKind::Damaged, "{column}");
    }
}

#[test]
fn a_full_disk_is_told_and_what_was_there_stays() {
    let (_folder, journal) = journal();
    let _lock = journal.begin(&new_run("r")).unwrap();
    let before = record(&journal, "r");
    let limit = |pages: u32| {
        journal.connection.lock().unwrap().pragma_update(None, "max_page_count", pages).unwrap();
    };
    limit(1); // SQLite takes as many as there are
    let long = Ending { report: "x".repeat(1_000_000), ..ending("completed", 0) };
    let error = journal.ended(&id("r"), &long).unwrap_err();
    assert_eq!(error.kind(), JournalErrorKind::Full);
    assert_eq!(record(&journal, "r"), before);

    limit(1_000_000);
    journal.ended(&id("r"), &long).unwrap();
    assert_eq!(record(&journal, "r").report, Some(long.report));
}

#[test]
fn a_run_that_could_not_be_recorded_is_held_by_nobody() {
    let (_folder, journal) = journal();
    journal.connection.lock().unwrap().pragma_update(None, "max_page_count", 1).unwrap();
    let long = NewRun { order: "x".repeat(1_000_000), ..new_run("r") };
    assert_eq!(journal.begin(&long).unwrap_err().kind(), JournalErrorKind::Full);
    journal.connection.lock().unwrap().pragma_update(None, "max_page_count", 1_000_000).unwrap();
    let _lock = journal.begin(&long).unwrap();
}

#[test]
fn a_file_that_another_process_keeps_locked_is_busy() {
    let (folder, journal) = journal();
    let mut other = database(folder.path());
    let transaction = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    journal.connection.lock().unwrap().busy_timeout(Duration::from_millis(1)).unwrap();
    assert_eq!(journal.begin(&new_run("r")).unwrap_err().kind(), JournalErrorKind::Busy);
    assert_eq!(journal.run(&id("r")).unwrap(), None); // readers do not wait
    drop(transaction);
    let _lock = journal.begin(&new_run("r")).unwrap();
}

#[test]
fn a_panic_in_a_call_leaves_the_journal_usable() {
    let (_folder, journal) = journal();
    let call = || journal.write("panic", |_| -> Result<(), Fault> { panic!("on purpose") });
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(call)).unwrap_err();
    let _lock = journal.begin(&new_run("r")).unwrap();
    assert_eq!(record(&journal, "r").phase, Phase::Begun);
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state/docspace-backup");
    let journal = Journal::open(&state).unwrap();
    let _lock = journal.begin(&new_run("r")).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for path in [state.parent().unwrap(), &state, &state.join("runs")] {
        assert_eq!(mode(path), 0o700, "{}", path.display());
    }
    for name in ["journal.db", "journal.db-wal", "journal.db-shm", "runs/r.lock"] {
        assert_eq!(mode(&state.join(name)), 0o600, "{name}");
    }
    let mut left: Vec<_> = fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["journal.db", "journal.db-shm", "journal.db-wal", "runs"]);
}

#[test]
fn threads_share_a_journal() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Journal>();
    is_shared::<RunLock>();
}

#[test]
fn many_may_make_a_new_journal_at_once() {
    const MANY: usize = 8;
    for round in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        let gate = std::sync::Barrier::new(MANY);
        let open = || {
            gate.wait();
            let journal = Journal::open(folder.path()).map_err(|error| (error.kind(), format!("{error:?}")));
            journal.map(drop)
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..MANY).map(|_| scope.spawn(open)).collect();
            for thread in threads {
                assert_eq!(thread.join().unwrap(), Ok(()), "round {round}");
            }
        });
    }
}
