//! Who is told what, verdict after verdict.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use jiff::ToSpan;
use notify::{Readers, Recorder, Severity};
use std::sync::Arc;

use super::*;

const PORTAL: &str = "https://portal.example.com";

fn subscriptions() -> Vec<Subscription> {
    let to = |name, readers| Subscription::new(Arc::new(Recorder::new(name)), readers);
    vec![to("email", Readers::People), to("pager", Readers::Machines)]
}

fn notice(id: &str, chapter: &Chapter) -> Notice {
    Notice {
        id: id.to_owned(),
        thread: None,
        incident: chapter.incident.clone(),
        severity: Severity::Error,
        state: chapter.state,
        outcome: None,
        subject: String::new(),
        message: String::new(),
        facts: Vec::new(),
        next_step: None,
        link: None,
        exit_code: None,
        at: Timestamp::UNIX_EPOCH,
    }
}

/// Plays what happened at which minute, and shows who is told of it, and what is kept of the trouble.
fn check(mut past: Past, happenings: &[(i64, State)], expected: Expect) {
    let mut shown = String::new();
    for (number, (minute, state)) in happenings.iter().enumerate() {
        let (at, new_incident) = (Timestamp::UNIX_EPOCH + minute.minutes(), format!("trouble-{number}"));
        let reminders = Reminders::default();
        let (portal, state) = (PORTAL, *state);
        let happening = Happening { portal, run: None, state, at, new_incident: &new_incident, reminders };
        let letters = happening.letters(&past, &subscriptions(), |chapter| notice(&format!("run-{number}"), chapter));
        let told: Vec<_> = letters.messages.iter().map(|told| format!("{} {}", told.channel, told.key)).collect();
        let _ = writeln!(shown, "{minute} min {state}: [{}] {}", told.join(", "), incident(&letters));
        if let Some(record) = letters.incident {
            past = if record.closed_at.is_some() { Past::Quiet } else { Past::Open(record) };
        }
    }
    expected.assert_eq(&shown);
}

fn incident(letters: &Letters) -> String {
    let of_messages = letters.messages.iter().filter_map(|message| message.incident.clone()).next();
    let kept = letters.incident.as_ref().map(|kept| {
        let state = if kept.closed_at.is_some() { "closed" } else { "open" };
        format!("{} {state}, {} failures, people told {}", kept.id, kept.failures, kept.times_told)
    });
    format!("about {of_messages:?}, kept {kept:?}")
}

#[test]
fn people_are_told_of_a_trouble_when_it_begins_now_and_then_and_when_it_is_over() {
    use State::{Completed, Failed};
    check(
        Past::Quiet,
        &[(0, Failed), (30, Failed), (90, Failed), (100, Completed), (110, Completed), (120, Failed)],
        expect![[r#"
            0 min failed: [email run-0_failed, pager run-0_failed] about Some("trouble-0"), kept Some("trouble-0 open, 1 failures, people told 1")
            30 min failed: [pager run-1_failed] about Some("trouble-0"), kept Some("trouble-0 open, 2 failures, people told 1")
            90 min failed: [email run-2_failed, pager run-2_failed] about Some("trouble-0"), kept Some("trouble-0 open, 3 failures, people told 2")
            100 min completed: [email run-3_recovered, pager run-3_recovered] about Some("trouble-0"), kept Some("trouble-0 closed, 3 failures, people told 2")
            110 min completed: [pager run-4_completed] about None, kept None
            120 min failed: [email run-5_failed, pager run-5_failed] about Some("trouble-5"), kept Some("trouble-5 open, 1 failures, people told 1")
        "#]],
    );
}

#[test]
fn what_is_neither_good_nor_bad_belongs_to_the_trouble_and_leaves_it_as_it_is() {
    use State::{Failed, StillRunning, Warning};
    check(
        Past::Quiet,
        &[(0, Warning), (1, Failed), (2, StillRunning)],
        expect![[r#"
            0 min warning: [email run-0_warning, pager run-0_warning] about None, kept None
            1 min failed: [email run-1_failed, pager run-1_failed] about Some("trouble-1"), kept Some("trouble-1 open, 1 failures, people told 1")
            2 min still_running: [email run-2_still_running, pager run-2_still_running] about Some("trouble-1"), kept Some("trouble-1 open, 1 failures, people told 1")
        "#]],
    );
}

#[test]
fn without_a_journal_every_failure_is_told_and_stands_on_its_own() {
    use State::{Completed, Failed};
    check(
        Past::Unknown,
        &[(0, Failed), (1, Failed), (2, Completed)],
        expect![[r#"
            0 min failed: [email run-0_failed, pager run-0_failed] about None, kept None
            1 min failed: [email run-1_failed, pager run-1_failed] about None, kept None
            2 min completed: [pager run-2_completed] about None, kept None
        "#]],
    );
}
