//! Words of the portal, escaped for every medium in which people read them.

use mock_portal::JobPlan;

use crate::rig::{Finished, Program, Sink, mail_server, part, portal_of};

/// A reason that pages a channel, is markup, and colours a terminal.
const REASON: &str = "<!channel> <b>disk</b> & \"full\" \u{1b}red\u{202e}\u{7}\nsecond line | cell @all";

/// Whether a text would do something to the terminal that shows it.
fn is_harmless(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || !(c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)))
}

async fn failing(flags: &str) -> Finished {
    let portal = portal_of(JobPlan::fail(REASON)).await;
    let run = Program::of(&portal).run(&format!("run --folder 123 {flags}")).await;
    assert!(is_harmless(&run.exits(1).stderr), "{run}");
    run
}

#[tokio::test]
async fn a_terminal_is_not_steered() {
    let run = failing("").await;
    assert!(is_harmless(&run.stdout), "{run}");
    for output in [&run.stdout, &run.stderr] {
        assert!(output.contains("<!channel> <b>disk</b> & \"full\" red"), "{run}");
    }
}

#[tokio::test]
async fn a_document_keeps_the_words_and_loses_the_escapes() {
    let run = failing("--output json").await;
    assert!(is_harmless(&run.stdout), "{run}");
    let message = run.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("<!channel> <b>disk</b> & \"full\" red"), "{message}");
    assert!(is_harmless(&message) && !message.contains('\n'), "{message}");
}

#[tokio::test]
async fn a_summary_shows_no_markup_of_others() {
    let run = failing("--output markdown").await;
    assert!(is_harmless(&run.stdout), "{run}");
    assert!(run.stdout.contains("&lt;\\!channel&gt; &lt;b&gt;disk&lt;/b&gt; &amp;"), "{run}");
    assert!(!run.stdout.contains("<b>") && !run.stdout.contains("@all"), "{run}");
}

#[tokio::test]
async fn slack_pages_nobody() {
    let (portal, sink) = (portal_of(JobPlan::fail(REASON)).await, Sink::answering(200, "ok").await);
    Program::of(&portal).with_slack(&sink).run("run --folder 123").await.exits(1);
    let post = sink.post();
    assert!(!post.body.contains("<!") && !post.body.contains("<b>"), "{}", post.body);
    let card = post.json();
    let message = card["blocks"][1]["text"]["text"].as_str().unwrap();
    assert!(message.contains("&lt;!channel&gt; &lt;b&gt;disk&lt;/b&gt; &amp; \"full\" red"), "{message}");
    assert!(is_harmless(message), "{message}");
}

#[tokio::test]
async fn a_mail_shows_the_words_as_words() {
    let portal = portal_of(JobPlan::fail(REASON)).await;
    let server = mail_server().start().await.unwrap();
    Program::of(&portal).with_mail(&server, &["admin@example.com"]).run("run --folder 123").await.exits(1);
    let mail = &server.mails()[0];
    let (text, html) = (part(mail, "text/plain").replace("\r\n", "\n"), part(mail, "text/html").replace("\r\n", "\n"));
    assert!(text.contains("<!channel> <b>disk</b> & \"full\" red"), "{text}");
    assert!(html.contains("&lt;!channel&gt; &lt;b&gt;disk&lt;/b&gt; &amp; &quot;full&quot; red"), "{html}");
    assert!(is_harmless(&text) && is_harmless(&html), "{text}{html}");
}

#[tokio::test]
async fn a_webhook_gets_the_words_for_its_own_escaping() {
    let (portal, sink) = (portal_of(JobPlan::fail(REASON)).await, Sink::answering(200, "").await);
    Program::of(&portal).with_webhook(&sink).run("run --folder 123").await.exits(1);
    let message = sink.post().json()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("<!channel> <b>disk</b> & \"full\""), "{message}");
}

#[tokio::test]
async fn a_status_and_a_history_steer_no_terminal() {
    let portal = portal_of(JobPlan::fail(REASON)).await;
    portal.add_record(mock_portal::Record::new("a\u{1b}[2J\nb|c.tar.gz", "2026-07-01T10:00:00Z".parse().unwrap()));
    let program = Program::of(&portal);
    program.run("run --folder 123 --no-notify").await.exits(1);
    for line in ["status", "history", "status -o markdown", "history -o markdown", "status -o json", "history -o json"]
    {
        let told = program.run(line).await;
        assert!(is_harmless(&told.exits(0).stdout), "{told}");
    }
}

#[tokio::test]
async fn nothing_of_an_escape_sequence_is_left() {
    let portal = portal_of(JobPlan::fail("all \u{1b}[31mred")).await;
    let document = Program::of(&portal).run("run --output json").await.exits(1).json();
    assert_eq!(document["error"]["message"], "the portal reports: all red");
}
