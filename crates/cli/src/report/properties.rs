//! Whatever a run ends with: its account can be given in every form, and no foreign text gets out of its place.

use backup_core::{Outcome, Reason, Verdict, Warning};
use docspace_api::{ApiErrorKind, JobKind, JobState, Progress};
use jiff::Timestamp;
use notify::{Chapter, Reminders};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    fixture::{account, failure, id, record},
    notice::{notice, state},
};

/// Text with what does harm somewhere more often than chance would have it.
fn foreign() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => any::<String>(),
        1 => Just("\u{1b}[31m".to_owned()),
        1 => Just("\u{202e}\r\n".to_owned()),
        1 => Just("<!channel>|*_`[x](y)".to_owned()),
        1 => Just("\0\u{7}\u{9b}".to_owned()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::Completed),
        Just(Outcome::CompletedWithWarnings),
        Just(Outcome::Failed),
        Just(Outcome::Cancelled),
        Just(Outcome::StillRunning),
        Just(Outcome::Lost),
        Just(Outcome::Busy),
        Just(Outcome::NotStarted),
    ]
}

fn reasons() -> impl Strategy<Value = Option<Reason>> {
    let portal = (foreign(), 300..600_u16).prop_map(|(words, status)| {
        let failure = failure(ApiErrorKind::Status(status));
        Reason::Portal(backup_core::Failure { portal_message: Some(words), ..failure })
    });
    let some = prop_oneof![
        foreign().prop_map(Reason::BackupFailed),
        portal,
        Just(Reason::Cancelled),
        Just(Reason::TimedOut),
        Just(Reason::Interrupted),
        Just(Reason::Vanished { history: None }),
        Just(Reason::NoSuchTask(None)),
    ];
    prop_oneof![Just(None), some.prop_map(Some)]
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    let facts = (outcomes(), reasons(), foreign(), foreign());
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (facts, switches, 0..=100_u8).prop_map(
        |((outcome, reason, file, warning), (has_task, has_record, joined, over), percent)| {
            let state = JobState::Completed { warning: None };
            let progress = Progress { task: id(), kind: JobKind::Backup, percent, state, link: None };
            Verdict {
                outcome,
                reason,
                warnings: vec![Warning::Incomplete(warning), Warning::EndNotSeen],
                task: has_task.then(id),
                progress: has_task.then_some(progress),
                record: has_record.then(|| record(&file)),
                joined,
                had_ended: over,
            }
        },
    )
}

fn is_plain(c: char) -> bool {
    c == '\n' || !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_account_can_always_be_given(verdict in verdicts()) {
        let account = account(verdict);
        let answer = account.answer();
        let document = answer.document.unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&document.to_string()).unwrap(), document.clone());
        prop_assert_eq!(&document["exit_code"], &Value::from(answer.exit.number()));
        prop_assert!(answer.text.chars().all(is_plain), "{:?}", answer.text);
        prop_assert!(answer.markdown.chars().all(is_plain), "{:?}", answer.markdown);
        let chapter = Chapter::new(None, state(&account), Timestamp::UNIX_EPOCH, "trouble-1", Reminders::default());
        let notice = notice(&account, "run-1", &chapter, Timestamp::UNIX_EPOCH);
        let notice = serde_json::to_string(&notice).unwrap();
        prop_assert!(serde_json::from_str::<notify::Notice>(&notice).is_ok());
    }
}
