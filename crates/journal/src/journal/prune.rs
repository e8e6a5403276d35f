//! What is forgotten, so that the journal does not grow for ever.

use rusqlite::{Transaction, params};

use crate::error::Fault;
use crate::lock::LockFolder;
use crate::phase::Phase;

/// So many of the newest runs are kept, and besides them whatever is not closed.
pub(super) const KEPT: u32 = 1000;

/// So many of the newest messages are kept, and besides them whatever is still to be told.
pub(super) const KEPT_MESSAGES: u32 = 10_000;

/// Forgets old runs, messages and incidents, as one more is about to begin, and removes locks that are nobody's.
pub(super) fn prune(transaction: &Transaction<'_>, locks: &LockFolder) -> Result<(), Fault> {
    transaction.execute(
        "DELETE FROM runs WHERE phase = 'closed'
             AND place <= (SELECT place FROM runs ORDER BY place DESC LIMIT 1 OFFSET ?1)",
        params![KEPT - 1],
    )?;
    transaction.execute(
        "DELETE FROM outbox WHERE state <> 'waiting'
             AND place <= (SELECT place FROM outbox ORDER BY place DESC LIMIT 1 OFFSET ?1)",
        params![KEPT_MESSAGES - 1],
    )?;
    transaction.execute(
        "DELETE FROM incidents WHERE closed_at IS NOT NULL
             AND place <= (SELECT place FROM incidents ORDER BY place DESC LIMIT 1 OFFSET ?1)",
        params![KEPT - 1],
    )?;
    // What cannot be found out is left alone.
    let is_needed = |run: &_| !matches!(super::phase(transaction, run), Ok(None | Some(Phase::Closed)));
    Ok(locks.sweep(is_needed)?)
}
