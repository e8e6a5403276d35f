//! What is to be told outlives the process, keeps its order, and is told of once at most.

use super::*;
use crate::{IncidentRecord, Message, MessageState, NewMessage, Tried};

fn message(channel: &str, key: &str) -> NewMessage {
    NewMessage {
        channel: channel.to_owned(),
        key: key.to_owned(),
        portal: "https://portal.example.com".to_owned(),
        run: Some(id("r")),
        incident: Some("trouble".to_owned()),
        notice: format!(r#"{{"id":"{key}"}}"#),
    }
}

fn keys(messages: &[Message]) -> Vec<String> {
    messages.iter().map(|kept| format!("{}:{}", kept.message.channel, kept.message.key)).collect()
}

fn delivered(receipt: Option<&str>) -> Tried {
    Tried { delivered: true, attempts: 1, error: None, receipt: receipt.map(str::to_owned) }
}

fn refused() -> Tried {
    Tried { delivered: false, attempts: 3, error: Some("no connection".to_owned()), receipt: None }
}

#[test]
fn messages_wait_in_order_until_they_are_delivered_and_no_message_waits_twice() {
    let (folder, journal) = journal();
    journal.keep(&[message("mail", "a"), message("slack", "a")]).unwrap();
    journal.keep(&[message("mail", "a"), message("mail", "b")]).unwrap();
    drop(journal);
    let journal = Journal::open(folder.path()).unwrap();
    let waiting = journal.waiting().unwrap();
    assert_eq!(keys(&waiting), ["mail:a", "slack:a", "mail:b"]);
    journal.tried(waiting[0].number, &delivered(None)).unwrap();
    journal.keep(&[message("mail", "a")]).unwrap();
    assert_eq!(keys(&journal.waiting().unwrap()), ["slack:a", "mail:b"]);
}

#[test]
fn tries_add_up_and_what_was_delivered_stays_so() {
    let (_folder, journal) = journal();
    journal.keep(&[message("mail", "a")]).unwrap();
    let number = journal.waiting().unwrap()[0].number;
    journal.tried(number, &refused()).unwrap();
    journal.tried(number, &refused()).unwrap();
    let kept = &journal.messages_of(&id("r")).unwrap()[0];
    assert_eq!((kept.attempts, kept.error.as_deref(), kept.state), (6, Some("no connection"), MessageState::Waiting));
    journal.tried(number, &delivered(Some("1785.1"))).unwrap();
    journal.tried(number, &refused()).unwrap();
    let kept = &journal.messages_of(&id("r")).unwrap()[0];
    assert_eq!((kept.attempts, &kept.error, kept.state), (10, &None, MessageState::Delivered));
    assert_eq!(kept.receipt.as_deref(), Some("1785.1"));
    assert_eq!(journal.tried(number + 1, &refused()).unwrap_err().kind(), JournalErrorKind::Missing);
}

#[test]
fn what_waited_too_long_is_given_up_once_and_returned() {
    let (_folder, journal) = journal();
    journal.keep(&[message("mail", "a"), message("mail", "b")]).unwrap();
    let first = journal.waiting().unwrap()[0].number;
    journal.tried(first, &delivered(None)).unwrap();
    assert!(journal.give_up(Timestamp::UNIX_EPOCH).unwrap().is_empty());
    let far = Timestamp::from_second(4_000_000_000).unwrap();
    assert_eq!(keys(&journal.give_up(far).unwrap()), ["mail:b"]);
    assert!(journal.give_up(far).unwrap().is_empty());
    assert!(journal.waiting().unwrap().is_empty());
}

#[test]
fn a_thread_hangs_on_the_first_message_that_has_a_receipt() {
    let (_folder, journal) = journal();
    journal.keep(&[message("slack", "a"), message("slack", "b"), message("slack", "c")]).unwrap();
    assert_eq!(journal.thread("trouble", "slack").unwrap(), None);
    let numbers: Vec<_> = journal.waiting().unwrap().iter().map(|kept| kept.number).collect();
    journal.tried(numbers[2], &delivered(Some("third"))).unwrap();
    journal.tried(numbers[1], &delivered(Some("second"))).unwrap();
    assert_eq!(journal.thread("trouble", "slack").unwrap().as_deref(), Some("second"));
    assert_eq!(journal.thread("trouble", "mail").unwrap(), None);
}

#[test]
fn a_channel_is_held_by_one_at_a_time_whatever_it_is_called() {
    let (_folder, journal) = journal();
    for channel in ["mail", "../../x", &"ж".repeat(500)] {
        let lock = journal.hold_channel(channel).unwrap().unwrap();
        assert!(journal.hold_channel(channel).unwrap().is_none());
        drop(lock);
        assert!(journal.hold_channel(channel).unwrap().is_some());
    }
}

#[test]
fn a_verdict_comes_with_what_is_owed_for_it_or_not_at_all() {
    let (_folder, journal) = journal();
    let lock = journal.begin(&new_run("r")).unwrap();
    let incident = IncidentRecord {
        id: "trouble".to_owned(),
        portal: "https://portal.example.com".to_owned(),
        kind: "backup".to_owned(),
        opened_at: Timestamp::from_second(10).unwrap(),
        closed_at: None,
        failures: 1,
        told_at: Timestamp::from_second(10).unwrap(),
        times_told: 1,
    };
    journal.conclude(&id("r"), &ending("failed", 1), &[message("mail", "a")], Some(&incident)).unwrap();
    assert_eq!(record(&journal, "r").outcome.as_deref(), Some("failed"));
    assert_eq!(keys(&journal.waiting().unwrap()), ["mail:a"]);
    assert_eq!(journal.open_incident("https://portal.example.com", "backup").unwrap().as_ref(), Some(&incident));
    journal.closed(&id("r")).unwrap();
    drop(lock);

    let second = IncidentRecord { id: "other".to_owned(), ..incident.clone() };
    let lock = journal.begin(&new_run("s")).unwrap();
    journal
        .conclude(&id("s"), &ending("failed", 1), &[message("mail", "b")], Some(&second))
        .expect_err("one incident of a kind is open at a time");
    assert_eq!(record(&journal, "s").outcome, None);
    assert_eq!(keys(&journal.waiting().unwrap()), ["mail:a"]);

    let closed = IncidentRecord { closed_at: Some(Timestamp::from_second(20).unwrap()), ..incident };
    journal.conclude(&id("s"), &ending("completed", 0), &[], Some(&closed)).unwrap();
    assert_eq!(journal.open_incident("https://portal.example.com", "backup").unwrap(), None);
    drop(lock);
}
