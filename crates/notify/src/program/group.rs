//! A program and all that it started, so that they can be ended together.

use tokio::process::Child;

/// The process group that a program leads; killed when this is dropped.
pub(super) struct Group {
    leader: Option<u32>,
}

impl Group {
    /// The group of a program that was started as the leader of one.
    pub(super) fn of(child: &Child) -> Self {
        Self { leader: child.id() }
    }

    /// Lets the others live, since the leader has ended: from now on its number may be that of another process.
    pub(super) fn leave(mut self) {
        self.leader = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let Some(leader) = self.leader else { return };
        kill(leader);
    }
}

/// Where this fails nobody is left to be killed.
#[cfg(unix)]
fn kill(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let leader = i32::try_from(leader).ok().and_then(Pid::from_raw);
    let _ = leader.map(|leader| kill_process_group(leader, Signal::KILL));
}

/// Without process groups only the program itself is killed, as its handle is dropped.
#[cfg(not(unix))]
fn kill(_: u32) {}
