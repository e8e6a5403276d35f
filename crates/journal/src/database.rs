//! The connection to the file, set up so that what was acknowledged outlives a power cut.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Fault, JournalErrorKind};
use crate::private;
use crate::schema;

/// How long a call waits for other processes.
const PATIENCE: Duration = Duration::from_secs(5);

const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(50);

/// Opens the file, which is made if it is missing, and brings it to the newest layout.
pub(crate) fn open(path: &Path) -> Result<Connection, Fault> {
    private::create_file(path)?;
    // Without a mutex of its own: the journal has one.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let is_newest = schema::is_newest(&mut connection)?; // asked before anything is changed
    write_ahead(&connection)?;
    make_durable(&connection)?;
    if !is_newest {
        schema::migrate(&mut connection)?;
    }
    Ok(connection)
}

/// Readers and one writer do not wait for each other then.
///
/// Of several processes that change the mode of a new file at once, SQLite refuses some without waiting.
fn write_ahead(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(PAUSE)?;
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
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "fullfsync", true)?; // macOS: past the cache of the disk, too
    Ok(connection.pragma_update(None, "foreign_keys", true)?)
}
