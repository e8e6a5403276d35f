//! Shows which backups a portal has, newest first, and which of them are too many:
//! `cargo run -p docspace-api --example thin_history -- KEEP [--yes]`.
//!
//! Nothing is removed without `--yes`. Copies that the portal removes by itself are neither counted nor removed. The
//! address comes from `DOCSPACE_API_HOST`, the key from `DOCSPACE_API_KEY_FILE` or `DOCSPACE_API_KEY`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod connect;

use std::{cmp::Reverse, env, process::ExitCode};

use connect::Failure;
use docspace_api::{BackupRecord, Portal, Scope};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    connect::exit_code(thin().await)
}

async fn thin() -> Result<(), Failure> {
    let keep: usize = env::args().nth(1).ok_or("say how many backups to keep")?.parse()?;
    let is_meant = env::args().nth(2).as_deref() == Some("--yes");
    let portal = connect::portal()?;
    let mut records = portal.backup_history(Scope::Portal).await?;
    // The portal lists them in no order.
    records.sort_by_key(|record| Reverse((record.created_on, record.id.clone())));
    let too_many = too_many(&records, keep);
    for record in &records {
        let fate = if too_many.contains(&record) { "remove" } else { "keep" };
        println!("{fate:6}  {}  {}", record.id, record.local_name());
    }
    match (too_many.is_empty(), is_meant) {
        (true, _) => println!("nothing is too much"),
        (false, false) => println!("nothing was removed; with --yes, it would be {}", too_many.len()),
        (false, true) => remove(&portal, &too_many).await?,
    }
    Ok(())
}

/// What comes after the first `keep`, of the copies that stay until somebody removes them and whose age is known.
fn too_many(records: &[BackupRecord], keep: usize) -> Vec<&BackupRecord> {
    let lasting = records.iter().filter(|record| record.expires_on.is_none() && record.created_on.is_some());
    lasting.skip(keep).collect()
}

async fn remove(portal: &Portal, records: &[&BackupRecord]) -> Result<(), Failure> {
    for record in records {
        portal.delete_backup(&record.id).await?;
    }
    // The portal says "done" also where it did nothing, so only the history proves it.
    let left = portal.backup_history(Scope::Portal).await?;
    match records.iter().find(|record| left.iter().any(|other| other.id == record.id)) {
        Some(record) => Err(format!("{} is still there", record.id).into()),
        None => {
            println!("{} removed", records.len());
            Ok(())
        }
    }
}
