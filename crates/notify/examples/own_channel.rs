//! A channel of one's own, put through all that every channel must hold to:
//! `cargo run -p notify --example own_channel -- FOLDER`.
//!
//! It lays each notice as a text into a folder, for whatever collects them there.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to whoever started it")]

use std::{
    env,
    io::{Error, ErrorKind},
    path::PathBuf,
    process::ExitCode,
};

use async_trait::async_trait;
use notify::{Notice, Notifier, NotifyError, NotifyErrorKind, conformance, conformance_of_failure, one_line};
use tokio::fs;

/// Lays notices into a folder.
///
/// A secret would be kept here as a type whose `Debug` does not show it: the suite looks for that, too.
#[derive(Debug)]
struct FolderNotifier {
    folder: PathBuf,
}

#[async_trait]
impl Notifier for FolderNotifier {
    fn name(&self) -> &str {
        "folder"
    }

    /// Whether one may write there stays unproven.
    async fn preflight(&self) -> Result<(), NotifyError> {
        match fs::metadata(&self.folder).await {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => Err(failed("there is no folder", &ErrorKind::NotADirectory.into())),
            Err(error) => Err(failed("there is no folder", &error)),
        }
    }

    /// A repeat has the same key, so it takes the place of what it repeats; and whoever collects sees whole texts alone.
    async fn deliver(&self, notice: &Notice) -> Result<(), NotifyError> {
        let whole = self.folder.join(format!("{}.txt", notice.key()));
        let part = whole.with_extension("part");
        let written = async {
            fs::write(&part, text(notice)).await?;
            fs::rename(&part, &whole).await
        };
        written.await.map_err(|error| failed("cannot lay the notice down", &error))
    }
}

/// Of what the caller may branch on, only this is told apart: a disk that is full may be emptied.
fn failed(message: &str, cause: &Error) -> NotifyError {
    let kind = match cause.kind() == ErrorKind::StorageFull {
        true => NotifyErrorKind::Transient { retry_after: None },
        false => NotifyErrorKind::Permanent,
    };
    NotifyError::new("folder", kind, message).with_cause(cause)
}

/// All text may be foreign: on lines of its own, without what would disturb a terminal, it can do no harm.
fn text(notice: &Notice) -> String {
    let facts = notice.facts.iter().map(|fact| format!("{}: {}", one_line(&fact.label), one_line(&fact.value)));
    let next = notice.next_step.iter().map(|step| one_line(step));
    let head = [one_line(&notice.subject), one_line(&notice.message)];
    head.into_iter().chain(facts).chain(next).map(|line| line + "\n").collect()
}

/// In a crate this is a test, with a folder that is removed afterwards.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1).map(PathBuf::from) else {
        eprintln!("error: say into which folder");
        return ExitCode::FAILURE;
    };
    let missing = FolderNotifier { folder: folder.join("missing") };
    let mut broken = conformance(&FolderNotifier { folder }, &[]).await;
    broken.extend(conformance_of_failure(&missing, &[]).await);
    for violation in &broken {
        println!("it does not hold that {}: {}", violation.claim, violation.found);
    }
    match broken.is_empty() {
        true => {
            println!("it holds to all that every channel must");
            ExitCode::SUCCESS
        }
        false => ExitCode::FAILURE,
    }
}
