//! What is sent to whom in which order, what is kept of it, and who stands in for whom.

use std::{path::Path, sync::Arc, time::Duration};

use expect_test::{Expect, expect};
use journal::Journal;
use notify::{DeliveryPolicy, Readers, Recorder, Reply, Severity, State};
use tempfile::TempDir;

use super::*;
use crate::{arguments::OutputFormat, console::Console, logbook::Logbook};

const DOWN: Reply = Reply::Fail(NotifyErrorKind::Transient { retry_after: None });
const REFUSED: Reply = Reply::Fail(NotifyErrorKind::Permanent);

/// Channels that keep what they are told, and a journal.
struct Rig {
    folder: TempDir,
    channels: Vec<Subscription>,
}

impl Rig {
    fn new(channels: Vec<Subscription>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), channels }
    }

    /// An outbox as the next process opens it.
    fn outbox(&self) -> Outbox {
        outbox(self.folder.path())
    }

    /// Sends what waits, and shows what was tried and what waits then.
    async fn check(&self, outbox: &Outbox, expected: Expect) {
        let sending = Sending::of(outbox, &self.channels).await;
        let tried = sending.tried.iter().map(|tried| {
            let told = sending.notification(&tried.message);
            let place = told.in_place_of.map(|place| format!(" in place of {place}")).unwrap_or_default();
            format!("{} {} {} x{}{place}\n", told.name, tried.message.message.key, told.status.as_str(), told.attempts)
        });
        let waiting = outbox.waiting();
        let waiting = waiting.iter().map(|kept| format!("waiting: {} {}\n", kept.message.channel, kept.message.key));
        expected.assert_eq(&tried.chain(waiting).collect::<String>());
    }
}

/// A channel that gives these replies, and then delivers.
fn channel(name: &str, replies: &[Reply]) -> Subscription {
    let recorder = Recorder::new(name).with_replies(replies.iter().copied());
    let policy = DeliveryPolicy { tries: 1, time_limit: Duration::from_millis(200), ..DeliveryPolicy::default() };
    Subscription { policy, ..Subscription::new(Arc::new(recorder), Readers::Machines) }
}

fn with_fallback(name: &str, replies: &[Reply], fallback: &str) -> Subscription {
    Subscription { fallback: Some(fallback.to_owned()), ..channel(name, replies) }
}

fn outbox(folder: &Path) -> Outbox {
    Outbox::of(&Logbook::of_journal(Journal::open(folder).unwrap(), &console()))
}

fn console() -> Console {
    Console::plain(OutputFormat::Human)
}

fn message(channel: &str, key: &str) -> NewMessage {
    let notice = Notice {
        id: key.to_owned(),
        thread: None,
        incident: None,
        severity: Severity::Error,
        state: State::Failed,
        outcome: None,
        subject: key.to_owned(),
        message: "It failed.".to_owned(),
        facts: Vec::new(),
        next_step: None,
        link: None,
        exit_code: None,
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    NewMessage {
        channel: channel.to_owned(),
        key: key.to_owned(),
        portal: "https://portal.example.com".to_owned(),
        run: Some(RunId::parse("r").unwrap()),
        incident: None,
        notice: serde_json::to_string(&notice).unwrap(),
    }
}

fn keep(outbox: &Outbox, messages: &[(&str, &str)]) {
    messages.iter().for_each(|(channel, key)| outbox.add(message(channel, key)));
}

#[tokio::test]
async fn a_channel_that_is_down_keeps_its_order_and_holds_up_no_other() {
    let rig = Rig::new(vec![channel("mail", &[DOWN]), channel("chat", &[])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a"), ("chat", "a"), ("mail", "b"), ("chat", "b")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        chat a delivered x1
        chat b delivered x1
        waiting: mail a
        waiting: mail b
    "#]],
    )
    .await;
    rig.check(
        &rig.outbox(),
        expect![[r#"
        mail a delivered x2
        mail b delivered x1
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_message_that_is_refused_holds_no_later_one_up() {
    let rig = Rig::new(vec![channel("mail", &[REFUSED])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a"), ("mail", "b")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        mail b delivered x1
        waiting: mail a
    "#]],
    )
    .await;
}

#[tokio::test]
async fn what_a_part_of_the_people_got_is_not_told_to_all_again() {
    let rig = Rig::new(vec![channel("mail", &[Reply::Fail(NotifyErrorKind::PartlyDelivered)])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
    "#]],
    )
    .await;
    rig.check(&outbox, expect![[""]]).await;
}

#[tokio::test]
async fn a_channel_that_hangs_is_cut_off_at_its_time_limit() {
    let rig = Rig::new(vec![channel("mail", &[Reply::Hang]), channel("chat", &[])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a"), ("chat", "a")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        chat a delivered x1
        waiting: mail a
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_fallback_gets_once_what_its_channel_did_not_take_and_the_channel_gets_it_later() {
    let rig = Rig::new(vec![with_fallback("mail", &[DOWN, DOWN], "chat"), channel("chat", &[])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a"), ("mail", "b")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        chat a delivered x1 in place of mail
        chat b delivered x1 in place of mail
        waiting: mail a
        waiting: mail b
    "#]],
    )
    .await;
    rig.check(
        &rig.outbox(),
        expect![[r#"
        mail a failed x2
        waiting: mail a
        waiting: mail b
    "#]],
    )
    .await;
    rig.check(
        &rig.outbox(),
        expect![[r#"
        mail a delivered x3
        mail b delivered x1
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_fallback_that_got_the_message_anyway_gets_it_no_second_time() {
    let rig = Rig::new(vec![with_fallback("mail", &[DOWN], "chat"), channel("chat", &[])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a"), ("chat", "a")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        chat a delivered x1
        waiting: mail a
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_fallback_may_have_a_fallback() {
    let channels =
        vec![channel("pager", &[]), with_fallback("mail", &[DOWN], "chat"), with_fallback("chat", &[REFUSED], "pager")];
    let rig = Rig::new(channels);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        chat a failed x1 in place of mail
        pager a delivered x1 in place of chat
        waiting: mail a
        waiting: chat a
    "#]],
    )
    .await;
}

#[tokio::test]
async fn a_channel_that_another_process_tells_is_left_to_it() {
    let rig = Rig::new(vec![channel("mail", &[]), channel("chat", &[])]);
    let outbox = rig.outbox();
    keep(&outbox, &[("mail", "a"), ("chat", "a")]);
    let other = Journal::open(rig.folder.path()).unwrap();
    let lock = other.hold_channel("mail").unwrap().unwrap();
    rig.check(
        &outbox,
        expect![[r#"
        chat a delivered x1
        waiting: mail a
    "#]],
    )
    .await;
    drop(lock);
    rig.check(
        &outbox,
        expect![[r#"
        mail a delivered x1
    "#]],
    )
    .await;
}

#[tokio::test]
async fn without_a_journal_it_is_told_from_memory() {
    let rig = Rig::new(vec![with_fallback("mail", &[DOWN], "chat"), channel("chat", &[])]);
    let outbox = Outbox::of(&Logbook::none(&console()));
    keep(&outbox, &[("mail", "a"), ("mail", "a"), ("chat", "b")]);
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        chat b delivered x1
        chat a delivered x1 in place of mail
        waiting: mail a
    "#]],
    )
    .await;
    rig.check(
        &outbox,
        expect![[r#"
        mail a delivered x2
    "#]],
    )
    .await;
    assert!(!outbox.is_durable());
}

#[tokio::test]
async fn what_is_no_notice_fails_as_if_the_channel_refused_it() {
    let rig = Rig::new(vec![channel("mail", &[])]);
    let outbox = rig.outbox();
    outbox.add(NewMessage { notice: "{}".to_owned(), ..message("mail", "a") });
    rig.check(
        &outbox,
        expect![[r#"
        mail a failed x1
        waiting: mail a
    "#]],
    )
    .await;
}

#[tokio::test]
async fn replies_of_an_incident_hang_on_its_first_message() {
    let recorder = Arc::new(Recorder::new("bot").with_receipts(["first", "second"]));
    let rig = Rig::new(vec![Subscription::new(Arc::clone(&recorder) as Arc<dyn notify::Notifier>, Readers::People)]);
    let outbox = rig.outbox();
    for key in ["a", "b", "c"] {
        outbox.add(NewMessage { incident: Some("trouble".to_owned()), ..message("bot", key) });
    }
    Sending::of(&outbox, &rig.channels).await;
    assert_eq!(recorder.threads(), [None, Some("first".to_owned()), Some("first".to_owned())]);
}
