//! What every channel must hold to, as a check that any implementation can be put through.

use std::error::Error;

use futures_util::future::join;
use jiff::Timestamp;

use crate::{Fact, Incident, IncidentPhase, Notice, Notifier, NotifyError, Severity, State};

/// A claim that a channel broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What should hold.
    pub claim: &'static str,
    /// What was found instead.
    pub found: String,
}

/// Puts a channel whose other side works through everything that a notice may hold: foreign text of the worst kind,
/// parts that are empty, parts of 100 kB, a repeat, two at once, a thread. Empty when all of it was taken.
///
/// `secrets` are the words that must not be seen in `Debug`, in a preview nor in a receipt.
pub async fn conformance(notifier: &dyn Notifier, secrets: &[&str]) -> Vec<Violation> {
    let mut broken = Vec::new();
    identity(notifier, secrets, &mut broken);
    refusal(notifier.preflight().await, "preflight passes", &mut broken);
    for (claim, notice) in notices() {
        refusal(notifier.deliver(&notice).await, claim, &mut broken);
        refusal(notifier.deliver(&notice).await, "a repeat is taken", &mut broken);
    }
    let (one, other) = (plain("one"), plain("other"));
    let (first, second) = join(notifier.deliver(&one), notifier.deliver(&other)).await;
    refusal(first.and(second), "two at once are taken", &mut broken);
    thread(notifier, secrets, &mut broken).await;
    broken
}

/// Puts a channel whose other side is broken through preflight and delivery: all must fail, with errors that name the
/// channel, fit on a line and give away none of the `secrets`. Empty when they do.
pub async fn conformance_of_failure(notifier: &dyn Notifier, secrets: &[&str]) -> Vec<Violation> {
    let mut broken = Vec::new();
    identity(notifier, secrets, &mut broken);
    let notice = plain("one");
    let threaded = notifier.deliver_in_thread(&notice, Some("of another time")).await.map(drop);
    for result in [notifier.preflight().await, notifier.deliver(&notice).await, threaded] {
        match result {
            Ok(()) => violation("a broken other side is noticed", "Ok(())", &mut broken),
            Err(error) => failure(notifier.name(), &error, secrets, &mut broken),
        }
    }
    broken
}

fn identity(notifier: &dyn Notifier, secrets: &[&str], broken: &mut Vec<Violation>) {
    let name = notifier.name();
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        violation("the name is a word on one line", name, broken);
    }
    hides(&format!("{notifier:?} {notifier:#?} {}", notifier.preview(&plain("one"))), secrets, broken);
}

/// The second notice goes below the first, the third below one that the service does not know.
async fn thread(notifier: &dyn Notifier, secrets: &[&str], broken: &mut Vec<Violation>) {
    let mut root = None;
    for claim in ["a notice that opens a thread is taken", "a notice in a thread is taken"] {
        match notifier.deliver_in_thread(&plain("thread"), root.as_deref()).await {
            Ok(found) => {
                receipt(found.as_deref(), secrets, broken);
                root = found;
            }
            Err(error) => refusal(Err(error), claim, broken),
        }
    }
    let lost = notifier.deliver_in_thread(&plain("thread"), Some("of another time\r\n<!channel>")).await;
    refusal(lost.map(drop), "a notice in a thread that the service does not know is taken", broken);
}

fn receipt(receipt: Option<&str>, secrets: &[&str], broken: &mut Vec<Violation>) {
    let Some(receipt) = receipt else { return };
    if receipt.is_empty() || receipt.chars().any(char::is_control) {
        violation("a receipt is a word on one line", receipt, broken);
    }
    hides(receipt, secrets, broken);
}

fn failure(name: &str, error: &NotifyError, secrets: &[&str], broken: &mut Vec<Violation>) {
    if error.channel() != name {
        violation("an error names its channel", error.channel(), broken);
    }
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    if !cause.is_empty() && error.to_string().contains(&cause) {
        violation("an error does not repeat its cause", &error.to_string(), broken);
    }
    hides(&format!("{error} {cause} {error:?}"), secrets, broken);
}

fn hides(text: &str, secrets: &[&str], broken: &mut Vec<Violation>) {
    if let Some(secret) = secrets.iter().find(|secret| text.contains(**secret)) {
        violation("no secret is shown", &text.replace(secret, "[SECRET]"), broken);
    }
}

fn refusal(result: Result<(), NotifyError>, claim: &'static str, broken: &mut Vec<Violation>) {
    if let Err(error) = result {
        let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
        violation(claim, &format!("{error}{cause}"), broken);
    }
}

fn violation(claim: &'static str, found: &str, broken: &mut Vec<Violation>) {
    let found = found.to_owned();
    broken.push(Violation { claim, found });
}

/// Every notice that a channel has to take, with the claim that it proves.
fn notices() -> Vec<(&'static str, Notice)> {
    let hostile = "a\r\nBcc: x@example.com\r\n\r\n.\r\n<!channel> <script>&amp;\u{1b}[31m\u{202e}\u{0}\" \\ 👩‍🚒 ё";
    let long = "Ё&<👩‍🚒 ".repeat(15_000);
    vec![
        ("an ordinary notice is taken", plain("ordinary")),
        ("foreign text is taken", filled("hostile", hostile, 3)),
        ("100 kB in every part are taken", filled("long", &long, 3)),
        ("a thousand facts are taken", filled("many", "fact", 1_000)),
        ("a notice with empty parts is taken", filled("", "", 1)),
    ]
}

fn plain(id: &str) -> Notice {
    filled(id, "all is well", 2)
}

/// A notice with `text` in every part.
fn filled(id: &str, text: &str, facts: usize) -> Notice {
    Notice {
        id: format!("{id}{text}"),
        thread: Some(text.to_owned()),
        incident: Some(Incident {
            id: text.to_owned(),
            phase: IncidentPhase::Opened,
            since: Timestamp::UNIX_EPOCH,
            failures: 1,
        }),
        severity: Severity::Warning,
        state: State::Failed,
        outcome: Some(text.to_owned()),
        subject: text.to_owned(),
        message: text.to_owned(),
        facts: vec![Fact::new(text, text); facts],
        next_step: Some(text.to_owned()),
        link: Some(text.to_owned()),
        exit_code: Some(1),
        at: Timestamp::UNIX_EPOCH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Recorder;

    #[tokio::test]
    async fn a_receipt_that_no_caller_could_keep_or_should_see_is_a_violation() {
        let deliveries = 2 * notices().len() + 2; // whatever comes before the threads
        let before = |recorder: Recorder, receipts: [&str; 2]| {
            let unseen = std::iter::repeat_n("unseen", deliveries);
            recorder.with_receipts(unseen.chain(receipts))
        };
        let good = before(Recorder::new("good"), ["1503435956.000247", "1503435957.000100"]);
        assert_eq!(conformance(&good, &["xoxb-1\n"]).await, []);
        assert_eq!(good.threads()[deliveries + 1].as_deref(), Some("1503435956.000247"));
        let bad = before(Recorder::new("bad"), ["", "xoxb-1\n"]);
        let claims: Vec<_> = conformance(&bad, &["xoxb-1\n"]).await.into_iter().map(|broken| broken.claim).collect();
        let word = "a receipt is a word on one line";
        assert_eq!(claims, [word, word, "no secret is shown"]);
    }
}
