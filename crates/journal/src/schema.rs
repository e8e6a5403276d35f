//! The tables, and how a file gets from one layout to the next.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Fault, JournalErrorKind};

/// Marks the file as a journal.
const APPLICATION: i32 = 0x444f_434a;

/// What leads from each layout to the next; `user_version` counts how many are done. What was released is never changed.
///
/// A migration only adds, and what it adds has defaults: a process that waits for a backup goes on writing with the
/// statements of its own version while a newer one migrates the file.
const MIGRATIONS: [&str; 3] = [
    "
    CREATE TABLE runs (
        place INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which runs begin, whatever the clock says
        id TEXT NOT NULL UNIQUE,
        portal TEXT NOT NULL,
        profile TEXT NOT NULL,
        scope TEXT NOT NULL,
        ordered TEXT NOT NULL,
        phase TEXT NOT NULL DEFAULT 'begun',
        previous_task TEXT,
        task TEXT,
        joined INTEGER NOT NULL DEFAULT 0,
        progress INTEGER,
        outcome TEXT,
        exit_code INTEGER,
        report TEXT,
        notice TEXT,
        begun_at INTEGER NOT NULL, -- times are microseconds since 1970, in UTC
        started_at INTEGER,
        alive_at INTEGER NOT NULL,
        ended_at INTEGER
    ) STRICT;
    CREATE INDEX runs_unfinished ON runs (portal, scope) WHERE phase <> 'closed';
    CREATE TABLE deliveries (
        place INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        channel TEXT NOT NULL,
        delivered INTEGER NOT NULL DEFAULT 0,
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        tried_at INTEGER,
        UNIQUE (run, channel)
    ) STRICT;
",
    "
    CREATE TABLE outbox (
        place INTEGER PRIMARY KEY AUTOINCREMENT, -- the order in which messages were kept
        channel TEXT NOT NULL,
        key TEXT NOT NULL,
        portal TEXT NOT NULL,
        run TEXT,
        incident TEXT,
        notice TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'waiting',
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT,
        receipt TEXT,
        kept_at INTEGER NOT NULL,
        tried_at INTEGER,
        UNIQUE (channel, key)
    ) STRICT;
    CREATE INDEX outbox_waiting ON outbox (place) WHERE state = 'waiting';
    CREATE INDEX outbox_run ON outbox (run);
    CREATE INDEX outbox_incident ON outbox (incident, channel) WHERE incident IS NOT NULL;
    CREATE TABLE incidents (
        place INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        portal TEXT NOT NULL,
        kind TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        failures INTEGER NOT NULL,
        told_at INTEGER NOT NULL,
        times_told INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX incidents_open ON incidents (portal, kind) WHERE closed_at IS NULL;
",
    // What runs told before there was an outbox, and what they still owe.
    "
    INSERT INTO outbox (channel, key, portal, run, notice, state, attempts, error, kept_at, tried_at)
        SELECT told.channel,
            run.id || '_' || iif(json_valid(run.notice), coalesce(run.notice ->> 'state', ''), ''),
            run.portal, run.id, coalesce(run.notice, '{}'),
            iif(told.delivered, 'delivered', iif(run.phase = 'closed', 'given_up', 'waiting')),
            told.attempts, told.error, coalesce(run.ended_at, run.alive_at), told.tried_at
        FROM deliveries AS told JOIN runs AS run ON told.run = run.place WHERE TRUE ORDER BY told.place
        ON CONFLICT DO NOTHING;
",
];

/// Whether the file has the newest layout. What this version must not touch is refused: a newer layout, and the databases
/// of others.
pub(crate) fn is_newest(connection: &mut Connection) -> Result<bool, Fault> {
    let transaction = connection.transaction()?; // one moment, for another process may be at it
    Ok(layout(&transaction)? == MIGRATIONS.len())
}

/// Brings the file to the newest layout.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again, for another process may have been quicker.
    for migration in &MIGRATIONS[layout(&transaction)?..] {
        transaction.execute_batch(migration)?;
    }
    mark(&transaction)?;
    Ok(transaction.commit()?)
}

fn mark(transaction: &Transaction<'_>) -> Result<(), Fault> {
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    let version = i64::try_from(MIGRATIONS.len()).expect("there are a few migrations");
    Ok(transaction.pragma_update(None, "user_version", version)?)
}

/// How many migrations the file has seen.
fn layout(transaction: &Transaction<'_>) -> Result<usize, Fault> {
    let number = |name| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    if application != APPLICATION && !is_empty(transaction)? {
        return Err(Fault::new(JournalErrorKind::Damaged, "it is the database of another program"));
    }
    match usize::try_from(version) {
        Ok(version) if version <= MIGRATIONS.len() => Ok(version),
        Ok(_) | Err(_) => Err(Fault::new(JournalErrorKind::Newer, newer(version))),
    }
}

fn newer(version: i32) -> String {
    format!("its layout has the number {version}, and {} is the newest known here", MIGRATIONS.len())
}

fn is_empty(transaction: &Transaction<'_>) -> Result<bool, Fault> {
    Ok(transaction.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use rusqlite::Connection;
    use tempfile::TempDir;

    use super::{MIGRATIONS, mark};
    use crate::{Journal, RunFilter};

    /// A file of an older layout, with what these statements put into it.
    fn of_layout(known: usize, filled: &str) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(folder.path().join("journal.db")).unwrap();
        let transaction = connection.transaction().unwrap();
        MIGRATIONS[..known].iter().for_each(|migration| transaction.execute_batch(migration).unwrap());
        transaction.execute_batch(filled).unwrap();
        mark(&transaction).unwrap();
        transaction.pragma_update(None, "user_version", known as i64).unwrap();
        transaction.commit().unwrap();
        folder
    }

    #[test]
    fn every_older_layout_is_brought_to_the_newest_and_keeps_its_runs() {
        for known in 1..MIGRATIONS.len() {
            let folder = of_layout(
                known,
                "INSERT INTO runs (id, portal, profile, scope, ordered, begun_at, alive_at)
                 VALUES ('r', 'p', 'main', 'portal', '{}', 0, 0)",
            );
            let journal = Journal::open(folder.path()).unwrap();
            assert_eq!(journal.runs(&RunFilter::default()).unwrap()[0].id.as_str(), "r");
            assert!(journal.waiting().unwrap().is_empty());
        }
    }

    #[test]
    fn what_older_runs_told_and_owe_is_in_the_outbox() {
        let folder = of_layout(
            1,
            r#"INSERT INTO runs (id, portal, profile, scope, ordered, phase, notice, begun_at, alive_at)
               VALUES ('old', 'p', 'main', 'portal', '{}', 'closed', '{"state":"failed"}', 0, 0),
                   ('new', 'p', 'main', 'portal', '{}', 'ended', '{"state":"completed"}', 0, 0);
               INSERT INTO deliveries (run, channel, delivered, attempts, error)
               VALUES (1, 'mail', 1, 2, NULL), (1, 'chat', 0, 3, 'no answer'), (2, 'mail', 0, 0, NULL);"#,
        );
        let journal = Journal::open(folder.path()).unwrap();
        let runs = journal.runs(&RunFilter::default()).unwrap();
        let messages = runs.iter().flat_map(|run| &run.messages);
        let lines: Vec<String> = messages
            .map(|kept| {
                let (channel, key, state) = (&kept.message.channel, &kept.message.key, kept.state.as_str());
                format!("{channel} {key}: {state} x{} {:?}", kept.attempts, kept.error)
            })
            .collect();
        expect![[r#"
            mail new_completed: waiting x0 None
            mail old_failed: delivered x2 None
            chat old_failed: given_up x3 Some("no answer")"#]]
        .assert_eq(&lines.join("\n"));
    }
}
