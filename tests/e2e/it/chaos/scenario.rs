//! One scenario as data: what is wrong, what is done, and what must come of it.

use std::{fmt, ops::RangeInclusive};

use mock_portal::{Config, Fault, MockPortal, Operation};
use notify::test_servers::Fault as MailFault;

use super::{expected::Expected, set_up::SetUp};
use crate::rig::{Certificate, Reply, Signal};

pub(super) use super::set_up::{Fine, IntoSetUp};

/// A question to a portal.
pub(super) type Holds = fn(&MockPortal) -> bool;

/// A row of the table.
pub(super) struct Scenario {
    pub(super) group: &'static str,
    pub(super) name: String,
    pub(super) config: Config,
    pub(super) set_up: Vec<SetUp>,
    pub(super) way: Way,
    pub(super) channels: Vec<Channel>,
    pub(super) journal: JournalFolder,
    pub(super) acts: Vec<Act>,
    pub(super) expected: Expected,
    /// What must hold at the portal in the end, in words and as a question.
    pub(super) left: Vec<(&'static str, Holds)>,
    /// Whether it takes a minute, so that it had better begin soon.
    pub(super) is_slow: bool,
}

/// How the program gets to the portal.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    Direct,
    /// Nobody listens at the address.
    Refused,
    /// The name of the host is nobody's.
    NoSuchName,
    /// Through TLS with that certificate, whose authority is trusted.
    Tls(Certificate),
    /// The same, but nobody trusts the authority.
    UntrustedTls(Certificate),
    /// Calls of this operation, or all calls, are sent on to another host.
    Redirected(Option<Operation>),
}

/// Somebody who is to be told.
#[derive(Debug, Clone)]
pub(super) enum Channel {
    /// At a server with these faults: for commands that begin so, so many times.
    Mail(Vec<(&'static str, MailFault, u32)>),
    /// At a port where nobody listens.
    DeadMail,
    /// At a server whose certificate is of another authority than the one trusted.
    UntrustedMail,
    /// At a server that knows another password.
    LockedMail,
    /// With these replies, the last one for all later posts.
    Slack(Vec<Reply>),
    /// The same; what it received is counted as notices.
    Webhook(Vec<Reply>),
}

/// What is the matter with the folder in which the journal is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JournalFolder {
    Fine,
    /// It would be below a file.
    BelowAFile,
    /// The journal is no database.
    Damaged,
    /// No file can grow beyond so many blocks of 512 bytes.
    Full(u32),
}

/// Something that is done. Every call of the program answers in JSON.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Runs the program with these arguments, to its end.
    Run(&'static str),
    /// Starts it, kills it without warning at the moment, and takes the portal's faults back.
    Kill(&'static str, Moment),
    /// The same as `Run`, while the portal is down from the moment on until its job is over.
    Outage(&'static str, Moment),
    /// Runs it twice at the same time; the rows's outcome is that of the worse one.
    Twice(&'static str),
    /// Waits for the end of every job at the portal.
    JobEnds,
    /// Makes the journal unreadable.
    DamageJournal,
    /// Something goes wrong from now on.
    Break(Fault),
    /// The portal's faults are taken back.
    Mend,
    /// The same as `Run`, while somebody does something at the portal at the moment.
    Meanwhile(&'static str, Moment, fn(&MockPortal)),
    /// Starts it and sends it a signal at the moment, and waits for its end.
    Signal(&'static str, Signal, Moment),
}

/// A moment of a run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// That many calls of the operation have come.
    Called(Operation, usize),
    /// So many posts have come to the webhook.
    Posted(usize),
    /// So many milliseconds after another moment's call.
    After(u64, Operation, usize),
}

/// Outcome, exit code, jobs begun, starts sent.
pub(super) type Ends = (&'static str, i32, usize, usize);

/// A scenario in which the program is run once.
pub(super) fn row(name: impl Into<String>, line: &'static str, set_up: impl IntoSetUp, ends: Ends) -> Scenario {
    acts(name, vec![Act::Run(line)], set_up, ends)
}

/// A scenario in which several things are done; the last call of the program is looked at.
pub(super) fn acts(name: impl Into<String>, acts: Vec<Act>, set_up: impl IntoSetUp, ends: Ends) -> Scenario {
    let (outcome, exit, starts, sent) = ends;
    Scenario {
        group: "",
        name: name.into(),
        config: Config { backup_duration: std::time::Duration::from_millis(300), ..Config::default() },
        set_up: vec![set_up.into_set_up()],
        way: Way::Direct,
        channels: Vec::new(),
        journal: JournalFolder::Fine,
        acts,
        expected: Expected::of(outcome, exit, starts, sent),
        left: Vec::new(),
        is_slow: false,
    }
}

impl Scenario {
    pub(super) fn way(self, way: Way) -> Self {
        Self { way, ..self }
    }

    /// With several things done instead.
    pub(super) fn acts(self, acts: Vec<Act>) -> Self {
        Self { acts, ..self }
    }

    pub(super) fn journal(self, journal: JournalFolder) -> Self {
        Self { journal, ..self }
    }

    /// With one channel more.
    pub(super) fn channel(mut self, channel: Channel) -> Self {
        self.channels.push(channel);
        self
    }

    /// With a webhook and no other channel.
    pub(super) fn hook(self, replies: Vec<Reply>) -> Self {
        Self { channels: vec![Channel::Webhook(replies)], ..self }
    }

    /// With something more set up.
    pub(super) fn and(mut self, set_up: impl IntoSetUp) -> Self {
        self.set_up.push(set_up.into_set_up());
        self
    }

    /// With another portal.
    pub(super) fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// With another outcome and exit code.
    pub(super) fn ends(mut self, outcome: String, exit: i32) -> Self {
        (self.expected.outcome, self.expected.exit) = (outcome.into(), exit);
        self
    }

    /// With changes of other kinds than starts.
    pub(super) fn changed(mut self, changed: &'static str) -> Self {
        self.expected.changed = changed;
        self
    }

    /// With something more that the document says.
    pub(super) fn tells(mut self, pointer: &'static str, text: &'static str) -> Self {
        self.expected.tells.push((pointer, text));
        self
    }

    /// With something that must hold at the portal in the end.
    pub(super) fn leaves(mut self, words: &'static str, holds: Holds) -> Self {
        self.left.push((words, holds));
        self
    }

    pub(super) fn told(mut self, told: &'static str) -> Self {
        self.expected.told = Some(told);
        self
    }

    pub(super) fn notices(mut self, notices: usize) -> Self {
        self.expected.notices = Some(notices);
        self
    }

    pub(super) fn runs(mut self, runs: &'static str) -> Self {
        self.expected.runs = Some(runs);
        self
    }

    pub(super) fn says(mut self, text: &'static str) -> Self {
        self.expected.says = Some(text);
        self
    }

    /// It takes a minute.
    pub(super) fn slow(self) -> Self {
        Self { is_slow: true, ..self }
    }

    /// Where the number of starts sent depends on who was quicker.
    pub(super) fn sent(mut self, sent: RangeInclusive<usize>) -> Self {
        self.expected.sent = sent;
        self
    }
}

/// Puts the rows into a group of the table.
pub(super) fn group(group: &'static str, rows: Vec<Scenario>) -> Vec<Scenario> {
    rows.into_iter().map(|row| Scenario { group, ..row }).collect()
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scenario").field("name", &self.name).field("acts", &self.acts).finish_non_exhaustive()
    }
}
