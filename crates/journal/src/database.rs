//! The connection to the file, set up so that what was acknowledged outlives a power cut.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Fault, JournalErrorKind};
use crate::private;
use crate::schema;

/// A call that finds the file locked tries again so often, which makes five seconds.
const TRIES: u16 = 2500;

const PAUSE: Duration = Duration::from_millis(2);

/// Opens the file, which is made if it is missing, and brings it to the newest layout.
pub(crate) fn open(path: &Path) -> Result<Connection, Fault> {
    private::create_file(path)?;
    // Without a mutex of its own: the journal has one.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    let is_newest = schema::is_newest(&mut connection)?; // asked before anything is changed
    write_ahead(&connection)?;
    make_durable(&connection)?;
    connection.busy_handler(Some(wait_for_others))?;
    if !is_newest {
        schema::migrate(&mut connection)?;
    }
    Ok(connection)
}

/// Waits a moment for other processes; false when that was often enough.
///
/// SQLite's own way waits longer and longer. Where several processes write without a break, it comes too seldom to find the
/// short moment in which the file is free, and starves.
fn wait_for_others(tries: i32) -> bool {
    thread::sleep(PAUSE);
    tries < i32::from(TRIES)
}

/// Readers and one writer do not wait for each other then.
///
/// Of several processes that change the mode of a new file at once, SQLite refuses some without waiting, so the waiting is
/// done here.
fn write_ahead(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(Duration::ZERO)?;
    for _ in 1..TRIES {
        match connection.pragma_update(None, "journal_mode", "wal").map_err(Fault::from) {
            Err(fault) if fault.kind() == JournalErrorKind::Busy => thread::sleep(PAUSE),
            done => return done,
        }
    }
    Ok(connection.pragma_update(None, "journal_mode", "wal")?)
}

/// Every commit is on the disk before it is acknowledged.
fn make_durable(connection: &Connection) -> Result<(), Fault> {
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?; // macOS: past the cache of the disk, too
    Ok(connection.pragma_update(None, "foreign_keys", true)?)
}
