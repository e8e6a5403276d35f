//! What the tests of all workflows begin with.

use std::{fmt, time::Duration};

use docspace_api::{
    Address, ApiErrorKind, BackupRecord, ClientOptions, Credential, JobKind, JobState, PlainHttp, Portal, Progress,
    Proxy, StorageType, TaskId,
};
use mock_portal::{DEMO_KEY, MockPortal};

use crate::Failure;

pub(crate) const OURS: &str = "aaaaaaaa-0000-0000-0000-000000000001";
pub(crate) const OTHER: &str = "bbbbbbbb-0000-0000-0000-000000000002";

pub(crate) fn id(text: &str) -> TaskId {
    text.parse().unwrap()
}

pub(crate) fn at(task: &str, percent: u8, state: JobState) -> Option<Progress> {
    Some(Progress { task: id(task), kind: JobKind::Backup, percent, state, link: None })
}

pub(crate) fn failure(kind: ApiErrorKind) -> Failure {
    Failure { kind, message: kind.to_string(), portal_message: None }
}

pub(crate) fn answered(kind: ApiErrorKind) -> Failure {
    Failure { portal_message: Some("Distributed Lock Error".into()), ..failure(kind) }
}

pub(crate) fn record(task: &str) -> BackupRecord {
    BackupRecord {
        id: id(task),
        file_name: "acme.tar.gz".into(),
        storage: StorageType::Documents,
        created_on: None,
        expires_on: None,
    }
}

/// A client of the mock portal, with the key that it takes.
pub(crate) fn client(mock: &MockPortal) -> Portal {
    let address = Address::parse(&mock.url(), PlainHttp::LoopbackOnly).unwrap();
    let options = ClientOptions { proxy: Proxy::None, ..ClientOptions::default() };
    Portal::new(address, Credential::parse(DEMO_KEY).unwrap(), options).unwrap()
}

/// What a workflow asked for, and when; the same thing again and again is told once.
#[derive(Debug, Default)]
pub(crate) struct Trail(Vec<(Duration, Duration, u32, String)>);

impl Trail {
    /// Notes a step; one without a name is passed over.
    pub(crate) fn note(&mut self, now: Duration, step: Option<String>) {
        let Some(step) = step else { return };
        match self.0.last_mut() {
            Some((_, last, times, same)) if *same == step => (*last, *times) = (now, *times + 1),
            _ => self.0.push((now, now, 1, step)),
        }
    }
}

impl fmt::Display for Trail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (first, last, times, step) in &self.0 {
            match times {
                1 => writeln!(f, "{}s {step}", first.as_secs())?,
                _ => writeln!(f, "{}s to {}s {step}, {times} times", first.as_secs(), last.as_secs())?,
            }
        }
        Ok(())
    }
}
