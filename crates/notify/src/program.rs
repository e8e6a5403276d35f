//! A program as a channel's other side: started without a shell, fed through standard input, ended with all that it
//! started.

mod converse;
mod ended;
mod group;
mod search;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tokio::{process::Command, time::timeout};

use crate::{NotifyError, NotifyErrorKind};
use converse::converse;
use group::Group;

/// What a program finds in its environment, where this process has it: no variable that a secret is likely to be in.
const ENVIRONMENT: [&str; 10] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
];

/// A program that takes a notice through standard input.
#[derive(Debug)]
pub(crate) struct Program {
    channel: String,
    path: PathBuf,
    timeout: Duration,
}

impl Program {
    /// `path` is a path, or a name that is looked for in `PATH`.
    pub(crate) fn new(channel: String, path: PathBuf, timeout: Duration) -> Result<Self, NotifyError> {
        if path.as_os_str().is_empty() {
            return Err(NotifyError::new(channel, NotifyErrorKind::Settings, "there is no program"));
        }
        Ok(Self { channel, path, timeout })
    }

    pub(crate) fn channel(&self) -> &str {
        &self.channel
    }

    /// Where the program is, if it can be started.
    pub(crate) fn find(&self) -> Result<PathBuf, NotifyError> {
        let path = std::env::vars_os().find(|(name, _)| name == "PATH").map(|(_, path)| path);
        let wrong = |why| self.error(NotifyErrorKind::Settings, format_args!("{} {why}", self.path.display()));
        search::find(&self.path, path.as_deref()).map_err(wrong)
    }

    /// Starts the program, hands it `input`, and waits until it ends. It and all that it started are killed when the
    /// time is up, and when the future is dropped.
    pub(crate) async fn feed<A: AsRef<OsStr>>(&self, arguments: &[A], input: &[u8]) -> Result<(), NotifyError> {
        let mut command = self.command(&self.find()?);
        command.args(arguments);
        let mut child = command.spawn().map_err(|error| self.not_started(&error))?;
        let group = Group::of(&child);
        let ended = timeout(self.timeout, converse(&mut child, input)).await;
        match ended {
            Ok(ended) => {
                group.leave();
                self.judge(ended, arguments)
            }
            Err(_) => {
                drop(group);
                let _ = child.wait().await; // it was killed just now
                Err(self.late())
            }
        }
    }

    fn command(&self, path: &Path) -> Command {
        let mut command = Command::new(path);
        command.env_clear().envs(std::env::vars_os().filter(|(name, _)| ENVIRONMENT.iter().any(|known| name == known)));
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        command
    }

    fn late(&self) -> NotifyError {
        let message = format!("{} did not end within {:?} and was killed", self.path.display(), self.timeout);
        self.error(NotifyErrorKind::TimedOut, message)
    }
}
