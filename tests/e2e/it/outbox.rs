//! What is to be told is told, whatever becomes of the process and of the channel: never lost, in order, and a repeat is known
//! as one.

use std::collections::BTreeSet;

use mock_portal::JobPlan;
use serde_json::Value;

use crate::{
    chaos::random::{Random, seed},
    rig::{Finished, Program, Reply, Signal, Sink, portal, portal_of},
};

/// Every run of it fails at once, which is told.
const REFUSED: &str = "start --folder 404";

/// So many runs have something to tell.
const NOTICES: usize = 100;

/// So often the process is killed while the channel has a message and has not answered.
const KILLS: u64 = 10;

/// More than are ever needed: of four posts one is taken.
const POSTS: u64 = 2000;

/// What the channel says to each post, and at which it says nothing until the process is dead.
struct Script {
    replies: Vec<Reply>,
    killing: Vec<usize>,
}

impl Script {
    fn new(random: &mut Random) -> Self {
        let killing: Vec<usize> = (0..KILLS).map(|kill| (5 + kill * 25 + random.below(20)) as usize).collect();
        let reply = |post| match random.below(4) {
            _ if killing.contains(&post) => Reply::never(),
            0 => Reply::new(200, ""),
            _ => Reply::new(503, ""),
        };
        Self { replies: (0..POSTS as usize).map(reply).collect(), killing }
    }

    /// The keys of the posts that the channel had, each where it came first.
    fn taken(&self, sink: &Sink) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let posts = sink.posts();
        let taken = posts.iter().zip(&self.replies).filter(|(_, reply)| reply.status == 200);
        taken.map(|(post, _)| post.headers["webhook-id"].clone()).filter(|key| seen.insert(key.clone())).collect()
    }
}

/// Runs the program; kills it if it comes to a post to which there is no answer.
async fn run_or_kill(program: &Program, line: &str, sink: &Sink, killing: &mut Vec<usize>) -> Option<Finished> {
    let running = program.start(line);
    let Some(post) = killing.first().copied() else { return Some(running.finish().await) };
    let finished = running.finish_unless(sink.posted(post + 1)).await;
    if finished.is_none() {
        killing.remove(0);
    }
    finished
}

#[tokio::test]
async fn a_hundred_notices_arrive_through_a_channel_that_mostly_fails_and_a_process_that_is_killed_ten_times() {
    let seed = seed();
    let portal = portal().await;
    let script = Script::new(&mut Random::new(seed));
    let sink = Sink::playing(script.replies.clone()).await;
    // A try that fails is not repeated by the same process.
    let program = Program::of(&portal).with_webhook(&sink).add_settings("time_limit = \"900ms\"\n");
    let mut killing = script.killing.clone();
    while listed(&program).await.len() < NOTICES {
        for _ in 0..10 {
            run_or_kill(&program, REFUSED, &sink, &mut killing).await;
        }
    }
    let mut exit = 16;
    while exit == 16 || !killing.is_empty() {
        let retry = run_or_kill(&program, "notify retry", &sink, &mut killing).await;
        exit = retry.map_or(16, |retry| retry.code);
        assert!(exit != 0 || killing.is_empty(), "seed {seed}: all is told after {} posts", sink.posts().len());
    }
    assert_eq!(exit, 0, "seed {seed}");
    let mut runs = listed(&program).await;
    runs.reverse(); // the oldest first
    assert_eq!(script.taken(&sink), runs, "seed {seed}: each once, in the order of the runs");
    let all: BTreeSet<String> = sink.posts().iter().map(|post| post.headers["webhook-id"].clone()).collect();
    assert_eq!(all.len(), runs.len(), "seed {seed}: whatever came twice had the id of the first time");
}

/// The keys of what all runs have to tell, newest first.
async fn listed(program: &Program) -> Vec<String> {
    let document = program.run("runs --output json").await.exits(0).json();
    let key = |run: &Value| format!("{}_failed", run["id"].as_str().unwrap());
    document["runs"].as_array().unwrap().iter().map(key).collect()
}

#[tokio::test]
async fn killed_between_sent_and_recorded_the_message_comes_again_with_the_same_id() {
    let (portal, sink) = (portal().await, Sink::playing(vec![Reply::never(), Reply::new(200, "")]).await);
    let program = Program::of(&portal).with_webhook(&sink);
    let running = program.start("run --folder 123");
    sink.wait_for_posts(1).await;
    running.signal(Signal::Kill).await;
    running.finish().await;
    let retry = program.run("notify retry --output json").await.exits(0).json();
    assert_eq!(retry["kind"], "notification_retry");
    assert_eq!([&retry["notifications"][0]["name"], &retry["notifications"][0]["status"]], ["monitoring", "delivered"]);
    let posts = sink.posts();
    assert_eq!(posts.len(), 2);
    assert_eq!(posts[0].headers["webhook-id"], posts[1].headers["webhook-id"]);
    assert_eq!(posts[0].body, posts[1].body);
    program.run("notify retry").await.exits(0).prints(expect_test::expect![[r#"
        Nothing waits.
    "#]]);
}

#[tokio::test]
async fn what_could_not_be_told_is_told_by_the_next_run_before_its_own() {
    let (portal, sink) = (portal().await, Sink::playing(vec![Reply::new(404, ""), Reply::new(200, "")]).await);
    let program = Program::of(&portal).with_webhook(&sink);
    program.run("run --folder 123").await.exits(16);
    let run = program.run("run --folder 123 --output json").await;
    run.exits(0).mentions("monitoring was told late: \"Backup completed");
    let keys: Vec<String> = sink.posts().iter().map(|post| post.headers["webhook-id"].clone()).collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!(run.json()["notifications"].as_array().unwrap().len(), 1, "a report is about its own run");
}

#[tokio::test]
async fn without_a_journal_everybody_is_told_all_the_same() {
    let (portal, sink) = (portal().await, Sink::answering(200, "").await);
    let program = Program::of(&portal).with_webhook(&sink).file("file", "");
    let below = program.path("file/state").display().to_string();
    let program = program.env("XDG_STATE_HOME", &below);
    let document = program.run("run --folder 123 --output json").await.exits(0).json();
    assert_eq!(document["notifications"][0]["status"], "delivered");
    sink.post();
    program.run("notify retry").await.exits(1).mentions("XDG_STATE_HOME");
}

#[tokio::test]
async fn a_fallback_is_told_in_the_place_of_a_channel_that_cannot_be() {
    let portal = portal_of(JobPlan::fail("no")).await;
    let (slack, hook) = (Sink::answering(404, "no_service").await, Sink::answering(200, "").await);
    let program = Program::of(&portal).with_slack(&slack).add_settings("fallback = \"chosen\"\n");
    let program = program.with_webhook_for("chosen", &["recovered"], &hook);
    let document = program.run("run --folder 123 --output json").await.exits(1).json();
    let told = document["notifications"].as_array().unwrap();
    assert_eq!([&told[0]["name"], &told[0]["status"]], ["slack", "failed"]);
    assert_eq!([&told[1]["name"], &told[1]["status"], &told[1]["fallback_for"]], ["chosen", "delivered", "slack"]);
    let body = hook.post().json();
    assert!(body["message"].as_str().unwrap().starts_with("The channel slack could not be told"), "{body}");
}
