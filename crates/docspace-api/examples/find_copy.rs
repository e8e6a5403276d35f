//! Finds the newest copy of a portal in a folder of its documents, and saves it in the working directory:
//! `cargo run -p docspace-api --example find_copy -- FOLDER`.
//!
//! What an earlier, broken download left is taken up where it ended. The address comes from `DOCSPACE_API_HOST`, the key
//! from `DOCSPACE_API_KEY_FILE` or `DOCSPACE_API_KEY`.

#![expect(clippy::print_stdout, reason = "an example talks to whoever started it")]

mod connect;

use std::{
    env,
    fs::{self, OpenOptions},
    io::{Seek, SeekFrom, Write},
    process::ExitCode,
};

use connect::Failure;
use docspace_api::{BackupRecord, DownloadSource, File, FolderId, Portal, Scope, StorageType};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    connect::exit_code(find().await)
}

async fn find() -> Result<(), Failure> {
    let folder: FolderId = env::args().nth(1).ok_or("say in which folder")?.parse()?;
    let portal = connect::portal()?;
    let records = portal.backup_history(Scope::Portal).await?;
    let in_documents = records.iter().filter(|record| record.storage == StorageType::Documents);
    let newest = in_documents.max_by_key(|record| record.created_on).ok_or("no copy lies in documents")?;
    // The portal tells no folder and no file of a copy: it is the file of exactly that name.
    let Some(file) = portal.find_file(&folder, &newest.file_name).await? else {
        return Err(format!("{} is not in that folder", newest.local_name()).into());
    };
    save(&portal, newest, &file).await
}

async fn save(portal: &Portal, record: &BackupRecord, file: &File) -> Result<(), Failure> {
    // The portal's own name for it is foreign text, and could lead out of this folder.
    let name = record.local_name();
    let part = format!("{name}.part");
    let mut copy = OpenOptions::new().create(true).truncate(false).write(true).open(&part)?;
    let have = copy.metadata()?.len();
    if file.size != Some(have) {
        let mut download = portal.download(&DownloadSource::File(file.id.clone()), have).await?;
        // Not `have`: a server that does not resume begins again at 0.
        copy.set_len(download.offset())?;
        copy.seek(SeekFrom::Start(download.offset()))?;
        while let Some(chunk) = download.chunk().await? {
            copy.write_all(&chunk)?;
        }
    }
    copy.sync_all()?;
    fs::rename(part, &name)?;
    println!("saved as {name}: {} bytes, {have} of them were here before", fs::metadata(&name)?.len());
    Ok(())
}
