//! Plays a scenario.

use std::{collections::BTreeSet, time::Duration};

use mock_portal::{Credentials, Operation};
use serde_json::Value;
use tokio::time::Instant;

use super::{
    changes::changes,
    scenario::{Act, Moment, Scenario},
    seen::Seen,
    stage::Stage,
};
use crate::rig::{Finished, Signal};

/// Plays it to its end.
pub(super) async fn play(scenario: &Scenario) -> Seen {
    let began = Instant::now();
    let stage = Stage::set(scenario).await;
    let mut calls = Vec::new();
    for act in &scenario.acts {
        calls.extend(perform(act, &stage).await);
    }
    let runs = stage.program.start("runs --output json").end().await;
    let mut seen = look(&stage, &calls, &runs, began.elapsed());
    let left = scenario.left.iter().filter(|(_, holds)| !holds(&stage.portal));
    seen.faults.extend(left.map(|(words, _)| format!("not so at the portal: {words}")));
    seen
}

/// Does one thing; gives the calls of the program that came to their own end.
async fn perform(act: &Act, stage: &Stage) -> Vec<Finished> {
    match act {
        Act::Run(line) => vec![stage.program.start(&in_json(line)).end().await],
        Act::Twice(line) => {
            let [one, other] = [(); 2].map(|()| stage.program.start(&in_json(line)));
            let (one, other) = tokio::join!(one.end(), other.end());
            if one.code > other.code { vec![other, one] } else { vec![one, other] }
        }
        Act::Kill(line, moment) => {
            let running = stage.program.start(&in_json(line));
            stage.reach(*moment).await;
            running.signal(Signal::Kill).await;
            let killed = running.end().await;
            stage.portal.clear_faults();
            vec![killed]
        }
        Act::Outage(line, moment) => {
            let running = stage.program.start(&in_json(line));
            stage.reach(*moment).await;
            stage.portal.go_down().await;
            stage.jobs_end().await;
            stage.portal.come_back().await;
            vec![running.end().await]
        }
        Act::Signal(line, signal, moment) => {
            let running = stage.program.start(&in_json(line));
            stage.reach(*moment).await;
            running.signal(*signal).await;
            vec![running.end().await]
        }
        Act::Meanwhile(line, moment, deed) => {
            let running = stage.program.start(&in_json(line));
            stage.reach(*moment).await;
            deed(&stage.portal);
            vec![running.end().await]
        }
        Act::Break(fault) => {
            stage.portal.inject(fault.clone());
            Vec::new()
        }
        Act::Mend => {
            stage.portal.clear_faults();
            Vec::new()
        }
        Act::JobEnds => {
            stage.jobs_end().await;
            Vec::new()
        }
        Act::DamageJournal => {
            stage.damage_journal();
            Vec::new()
        }
    }
}

fn in_json(line: &str) -> String {
    format!("{line} --output json")
}

impl Stage {
    async fn reach(&self, moment: Moment) {
        match moment {
            Moment::Called(operation, count) => drop(self.portal.wait_for_calls(operation, count).await),
            Moment::Posted(count) => self.hook.as_ref().unwrap().wait_for_posts(count).await,
            Moment::After(milliseconds, operation, count) => {
                self.portal.wait_for_calls(operation, count).await;
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            }
        }
    }

    async fn jobs_end(&self) {
        self.portal
            .wait_for(|portal| portal.jobs.iter().all(|job| job.ends.is_some_and(|end| end <= Instant::now())))
            .await;
    }
}

fn look(stage: &Stage, calls: &[Finished], runs: &Finished, took: Duration) -> Seen {
    let last = calls.last().unwrap();
    let (document, mut faults) = document(last);
    faults.extend(guess(&document, stage));
    faults.extend(shown_key(stage));
    faults.extend(calls.iter().filter(|call| call.stderr.contains("panicked")).map(|_| "a panic".to_owned()));
    let written: String = calls.iter().chain([runs]).map(ToString::to_string).collect();
    Seen {
        outcome: outcome(&document),
        exit: last.code,
        starts: stage.portal.starts(),
        sent: stage.portal.calls_of(Operation::Start).len(),
        changed: changes(&stage.portal),
        told: told(&document),
        notices: notices(stage),
        runs: listed(runs),
        secrets: stage.secrets(&written),
        took,
        faults,
        stderr: calls.iter().map(|call| call.stderr.as_str()).collect(),
        transcript: format!("{written}{}", stage.portal.log()),
        document,
    }
}

/// The only thing on standard output, and what is wrong with it.
fn document(call: &Finished) -> (Value, Vec<String>) {
    match serde_json::from_str::<Value>(&call.stdout) {
        Ok(document) if document["schema_version"] == 1 && document["exit_code"] == call.code => (document, Vec::new()),
        Ok(document) => (document, vec!["the document's exit code or schema version is another one".to_owned()]),
        Err(error) => (Value::Null, vec![format!("standard output is no document: {error}")]),
    }
}

/// A verdict of success about a job that the portal never had.
fn guess(document: &Value, stage: &Stage) -> Option<String> {
    let is_good = document["outcome"].as_str().is_some_and(|outcome| outcome.starts_with("completed"));
    let is_known = match text(&document["kind"]) {
        "restore_report" => stage.portal.restores() > 0,
        _ => stage.portal.jobs().iter().any(|job| document["backup"]["id"] == job.task_id),
    };
    (is_good && !is_known).then(|| "a success of which the portal knows nothing".to_owned())
}

/// A restore is looked at without the key: with one that it has killed, the portal refuses even that (contract §8).
fn shown_key(stage: &Stage) -> Option<String> {
    let looks = stage.portal.calls_of(Operation::RestoreProgress);
    let shown = looks.iter().any(|look| look.credentials != Credentials::Absent);
    shown.then(|| "a restore was looked at with the key".to_owned())
}

fn outcome(document: &Value) -> String {
    let outcome = document["outcome"].as_str().or_else(|| document["kind"].as_str()).unwrap_or_default();
    match document["error"]["code"].as_str() {
        Some(code) => format!("{outcome}: {code}"),
        None => outcome.to_owned(),
    }
}

fn told(document: &Value) -> String {
    let all = document["notifications"].as_array().into_iter().flatten();
    let each = all.map(|told| format!("{} {} x{}", text(&told["name"]), text(&told["status"]), told["attempts"]));
    each.collect::<Vec<_>>().join(", ")
}

/// Different notices that came to the webhook; a repeat with the same id is the same notice.
fn notices(stage: &Stage) -> usize {
    let posts = stage.hook.iter().flat_map(|hook| hook.posts());
    posts.filter_map(|post| post.headers.get("webhook-id").cloned()).collect::<BTreeSet<_>>().len()
}

fn listed(runs: &Finished) -> String {
    let document: Value = serde_json::from_str(&runs.stdout).unwrap_or_default();
    let all = document["runs"].as_array().into_iter().flatten();
    let each = all.map(|run| format!("{} {}", text(&run["phase"]), text(&run["outcome"])));
    each.collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}
