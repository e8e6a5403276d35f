//! What the end of a program means for the notice.

use std::{ffi::OsStr, fmt, io, process::ExitStatus};

use super::{Program, converse::Ended};
use crate::{NotifyError, NotifyErrorKind};

/// The exit status by which programs ask to be tried again, mail programs before all.
const TRY_LATER: i32 = 75;

/// Shorter arguments are switches and the like: to find one of them in a complaint gives nothing away.
const SHORTEST_SECRET: usize = 8;

impl Program {
    pub(super) fn error(&self, kind: NotifyErrorKind, message: impl fmt::Display) -> NotifyError {
        NotifyError::new(&self.channel, kind, message)
    }

    pub(super) fn not_started(&self, error: &io::Error) -> NotifyError {
        let passes = [io::ErrorKind::WouldBlock, io::ErrorKind::OutOfMemory, io::ErrorKind::ExecutableFileBusy];
        let kind = if passes.contains(&error.kind()) { LATER } else { NotifyErrorKind::Permanent };
        self.error(kind, format_args!("cannot start {}", self.path.display())).with_cause(error)
    }

    pub(super) fn judge<A: AsRef<OsStr>>(&self, ended: io::Result<Ended>, arguments: &[A]) -> Result<(), NotifyError> {
        let lost = |error: io::Error| self.error(LATER, format_args!("lost {}", self.path.display())).with_cause(error);
        let ended = ended.map_err(lost)?;
        if ended.status.success() {
            return Ok(());
        }
        let kind = if ended.status.code() == Some(TRY_LATER) { LATER } else { NotifyErrorKind::Permanent };
        let error = self.error(kind, format_args!("{} {}", self.path.display(), Words(ended.status)));
        Err(match complaint(&ended.words, arguments) {
            Some(complaint) => error.with_cause(complaint),
            None => error,
        })
    }
}

const LATER: NotifyErrorKind = NotifyErrorKind::Transient { retry_after: None };

/// The first line that says something, unless it quotes an argument, which may be a secret.
fn complaint<A: AsRef<OsStr>>(words: &str, arguments: &[A]) -> Option<String> {
    let line = words.lines().find(|line| !line.trim().is_empty())?;
    let texts = arguments.iter().filter_map(|argument| argument.as_ref().to_str());
    let mut telling = texts.filter(|text| text.len() >= SHORTEST_SECRET);
    if telling.any(|text| line.contains(text)) {
        return Some("its words are left out, since they quote an argument".into());
    }
    Some(line.chars().take(200).collect())
}

/// `ended with exit status 3`.
struct Words(ExitStatus);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&self.0) {
            return write!(f, "was ended by signal {signal}");
        }
        match self.0.code() {
            Some(code) => write!(f, "ended with exit status {code}"),
            None => f.write_str("ended without an exit status"),
        }
    }
}
