//! Retries, limits and the independence of channels, on virtual time.

use async_trait::async_trait;
use expect_test::{Expect, expect};

use super::*;
use crate::{Recorder, Reply, sample::notice};

const BUSY: Reply = Reply::Fail(NotifyErrorKind::Transient { retry_after: None });
const GONE: Reply = Reply::Fail(NotifyErrorKind::Permanent);

fn after(seconds: u64) -> Reply {
    let retry_after = Some(Duration::from_secs(seconds));
    Reply::Fail(NotifyErrorKind::Transient { retry_after })
}

/// Delivers to one channel per list of replies and prints what became of each, and when all were through.
async fn check(channels: &[&[Reply]], expected: Expect) {
    let recorder = |(i, replies): (usize, &&[Reply])| {
        let recorder = Recorder::new(format!("channel {i}")).with_replies(replies.iter().copied());
        Arc::new(recorder) as Arc<dyn Notifier>
    };
    let channels: Vec<_> = channels.iter().enumerate().map(recorder).collect();
    let start = Instant::now();
    let deliveries = deliver_all(&channels, &notice(), &DeliveryPolicy::default()).await;
    let line = |d: &Delivery| {
        format!("{} {} {} {:?}\n", d.name, d.status(), d.attempts, d.result.as_ref().err().map(NotifyError::kind))
    };
    let lines: String = deliveries.iter().map(line).collect();
    expected.assert_eq(&format!("{lines}{:?}\n", start.elapsed()));
}

#[tokio::test(start_paused = true)]
async fn transient_failures_are_tried_again_with_growing_waits() {
    check(
        &[&[BUSY, BUSY]],
        expect![[r#"
        channel 0 delivered 3 None
        3s
    "#]],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn tries_end_and_the_last_error_stays() {
    check(
        &[&[BUSY, BUSY, BUSY, BUSY]],
        expect![[r#"
        channel 0 failed 3 Some(Transient { retry_after: None })
        3s
    "#]],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn permanent_failures_are_not_tried_again() {
    check(
        &[&[GONE], &[Reply::Fail(NotifyErrorKind::Settings)], &[Reply::Fail(NotifyErrorKind::PartlyDelivered)]],
        expect![[r#"
            channel 0 failed 1 Some(Permanent)
            channel 1 failed 1 Some(Settings)
            channel 2 failed 1 Some(PartlyDelivered)
            0ns
        "#]],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed_within_the_limit_and_else_nothing_is_waited_for() {
    check(
        &[&[after(40)]],
        expect![[r#"
        channel 0 delivered 2 None
        40s
    "#]],
    )
    .await;
    check(
        &[&[after(61)]],
        expect![[r#"
        channel 0 failed 1 Some(Transient { retry_after: Some(61s) })
        0ns
    "#]],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_hanging_channel_is_cut_off_and_the_others_are_told() {
    check(
        &[&[], &[BUSY, Reply::Hang], &[GONE], &[]],
        expect![[r#"
        channel 0 delivered 1 None
        channel 1 failed 2 Some(TimedOut)
        channel 2 failed 1 Some(Permanent)
        channel 3 delivered 1 None
        60s
    "#]],
    )
    .await;
}

/// Panics, or blocks its thread until it is let go.
#[derive(Debug)]
struct Broken;

#[async_trait]
impl Notifier for Broken {
    fn name(&self) -> &str {
        "broken"
    }

    async fn preflight(&self) -> Result<(), NotifyError> {
        panic!("a bug in preflight")
    }

    async fn deliver(&self, _: &Notice) -> Result<(), NotifyError> {
        panic!("a bug in deliver")
    }
}

#[tokio::test]
async fn a_panic_in_one_channel_hides_no_other() {
    let recorder = Arc::new(Recorder::new("good"));
    let channels: [Arc<dyn Notifier>; 2] = [Arc::new(Broken), recorder.clone()];
    let deliveries = deliver_all(&channels, &notice(), &DeliveryPolicy::default()).await;
    assert_eq!(deliveries.iter().map(Delivery::status).collect::<Vec<_>>(), ["failed", "delivered"]);
    let error = deliveries[0].result.as_ref().unwrap_err();
    assert_eq!(error.to_string(), "broken: the channel broke down: this is a bug in it");
    assert_eq!(recorder.notices(), [notice()]);

    let checks = preflight_all(&channels, Duration::from_secs(5)).await;
    assert!(checks[0].1.is_err());
    assert_eq!(checks[1], ("good".to_owned(), Ok(())));
}

#[tokio::test(start_paused = true)]
async fn a_hanging_preflight_is_cut_off() {
    let channels: [Arc<dyn Notifier>; 1] = [Arc::new(Recorder::new("slow").with_preflight(Reply::Hang))];
    let checks = preflight_all(&channels, Duration::from_secs(5)).await;
    assert_eq!(checks[0].1.as_ref().unwrap_err().to_string(), "slow: no answer within the time limit");
}

/// Blocks its thread, as a channel with blocking code would.
#[derive(Debug)]
struct Blocking(std::sync::Mutex<std::sync::mpsc::Receiver<()>>);

#[async_trait]
impl Notifier for Blocking {
    fn name(&self) -> &str {
        "blocking"
    }

    async fn preflight(&self) -> Result<(), NotifyError> {
        Ok(())
    }

    async fn deliver(&self, _: &Notice) -> Result<(), NotifyError> {
        let _ = self.0.lock().unwrap().recv();
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_blocks_its_thread_is_left_behind() {
    let (release, blocked) = std::sync::mpsc::channel();
    let channels: [Arc<dyn Notifier>; 2] =
        [Arc::new(Blocking(std::sync::Mutex::new(blocked))), Arc::new(Recorder::new("good"))];
    let policy = DeliveryPolicy { time_limit: Duration::from_millis(50), ..DeliveryPolicy::default() };
    let deliveries = deliver_all(&channels, &notice(), &policy).await;
    drop(release);
    assert_eq!(deliveries.iter().map(Delivery::status).collect::<Vec<_>>(), ["failed", "delivered"]);
}

#[tokio::test(start_paused = true)]
async fn a_receipt_comes_back_and_goes_out_again_with_every_try_of_the_next_notice() {
    let recorder = Recorder::new("threads").with_replies([Reply::Deliver, BUSY]).with_receipts(["root", "below"]);
    let recorder = Arc::new(recorder);
    let channel: Arc<dyn Notifier> = recorder.clone();
    let policy = DeliveryPolicy::default();
    let (opened, root) = deliver_one(&channel, &notice(), None, &policy).await;
    assert_eq!((opened.status(), root.as_deref()), ("delivered", Some("root")));
    let (ongoing, below) = deliver_one(&channel, &notice(), root.as_deref(), &policy).await;
    assert_eq!((ongoing.status(), ongoing.attempts, below.as_deref()), ("delivered", 2, Some("below")));
    let (_, none) = deliver_one(&channel, &notice(), None, &policy).await;
    assert_eq!(none, None);
    assert_eq!(recorder.threads(), [None, Some("root".to_owned()), None]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_leaves_no_receipt_and_a_channel_without_threads_has_none() {
    let failing: Arc<dyn Notifier> = Arc::new(Recorder::new("gone").with_replies([GONE]).with_receipts(["late"]));
    let (delivery, receipt) = deliver_one(&failing, &notice(), Some("root"), &DeliveryPolicy::default()).await;
    assert_eq!((delivery.status(), receipt), ("failed", None));
    let broken: Arc<dyn Notifier> = Arc::new(Broken);
    let (delivery, receipt) = deliver_one(&broken, &notice(), Some("root"), &DeliveryPolicy::default()).await;
    assert_eq!((delivery.status(), delivery.attempts, receipt), ("failed", 1, None));
}
