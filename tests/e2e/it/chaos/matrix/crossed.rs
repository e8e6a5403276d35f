//! The faults that every call can meet, on the calls of the commands that are no backups: before anything is changed, at
//! the change itself without and with its effect, and afterwards.

use mock_portal::{Answer, Fault, Operation};

use super::{
    cancels, deletions,
    names::{History, Progress, ms, on},
    restores, schedules,
};
use crate::chaos::scenario::{Ends, Scenario, row};

use Operation::{Cancel, CreateSchedule, DeleteBackup, DeleteSchedule, RestoreProgress, StartRestore};

/// Something that goes wrong with a call.
struct Wrong {
    name: &'static str,
    breaking: fn(Fault) -> Fault,
    /// The code and the exit code of an error by it.
    code: &'static str,
    exit: i32,
    /// Whether the portal may have acted on the call all the same.
    leaves_doubt: bool,
}

const fn wrong(name: &'static str, breaking: fn(Fault) -> Fault, code: &'static str, exit: i32) -> Wrong {
    Wrong { name, breaking, code, exit, leaves_doubt: true }
}

const fn refusal(name: &'static str, breaking: fn(Fault) -> Fault, code: &'static str, exit: i32) -> Wrong {
    Wrong { leaves_doubt: false, ..wrong(name, breaking, code, exit) }
}

#[rustfmt::skip] // a fault is a line
const WRONGS: [Wrong; 10] = [
    wrong("reset", Fault::reset, "connection_broken", 75),
    wrong("silence", Fault::hang, "no_answer", 75),
    wrong("502", |fault| fault.answer(Answer::gateway(502)), "portal_error", 75),
    wrong("500", |fault| fault.answer(Answer::exception(500, "System.Exception", "no")), "refused", 1),
    wrong("a login page", |fault| fault.answer(Answer::login_page()), "not_a_portal", 75),
    wrong("JSON of another kind", |fault| fault.answer(Answer::json(200, r#"{"response":[7]}"#)), "garbled", 75),
    refusal("401", |fault| fault.status(401), "unauthenticated", 4),
    refusal("403", |fault| fault.status(403), "forbidden", 4),
    refusal("429", |fault| fault.answer(Answer::throttled(Some("86400"))), "throttled", 75),
    refusal("a redirect", |fault| fault.redirect("http://localhost:9/"), "redirected", 75),
];

/// A command that changes something, and what comes of it.
struct Command {
    line: &'static str,
    prepared: fn(Scenario) -> Scenario,
    /// The call without which nothing goes on, and the one that changes something.
    look: Operation,
    change: Operation,
    /// How its document begins where the change is refused, and where it was in doubt and has not happened.
    refused: &'static str,
    undone: &'static str,
    /// What comes of a change in doubt that has happened, and of one that is fine.
    done: Ends,
    fine: Ends,
    /// What the portal has counted: without and with an effect.
    changed: [&'static str; 2],
}

const COMMANDS: [Command; 5] = [
    Command {
        line: restores::RESTORE,
        prepared: restores::acme,
        look: History,
        change: StartRestore,
        refused: "not_started",
        undone: "not_started",
        done: restores::DONE,
        fine: restores::DONE,
        changed: ["restore 0/1", "restore 1/1"],
    },
    Command {
        line: deletions::DELETE,
        prepared: deletions::stocked,
        look: History,
        change: DeleteBackup,
        refused: "backup_deletion",
        undone: "backup_deletion",
        // The portal removes the record first, and the file perhaps never (contract §6).
        done: ("backup_deletion: file_left", 1, 0, 0),
        fine: deletions::DONE,
        changed: ["delete 0/1", "delete 1/1"],
    },
    Command {
        line: schedules::SET,
        prepared: |scenario| scenario,
        look: Operation::Schedule,
        change: CreateSchedule,
        refused: "error",
        undone: "backup_schedule",
        done: schedules::DONE,
        fine: schedules::DONE,
        changed: ["schedule 0/1", "schedule 1/1"],
    },
    Command {
        line: schedules::REMOVE,
        prepared: |scenario| scenario.and(schedules::weekly),
        look: Operation::Schedule,
        change: DeleteSchedule,
        refused: "error",
        undone: "backup_schedule",
        done: schedules::DONE,
        fine: schedules::DONE,
        changed: ["unschedule 1", "unschedule 1"],
    },
    Command {
        line: cancels::CANCEL,
        prepared: |scenario| cancels::running(scenario.and(mock_portal::CancelPlan::ComesBack)),
        look: Progress,
        change: Cancel,
        refused: "refused",
        undone: "still_running",
        done: cancels::DONE,
        fine: cancels::DONE,
        changed: ["cancel 1", "cancel 1"],
    },
];

pub(super) fn rows() -> Vec<Scenario> {
    let changes = COMMANDS.iter().flat_map(|command| WRONGS.iter().flat_map(move |wrong| rows_of(command, wrong)));
    changes.chain(COMMANDS.iter().map(slow_one)).chain(WRONGS.iter().flat_map(looks_of)).collect()
}

fn rows_of(command: &Command, wrong: &Wrong) -> Vec<Scenario> {
    let Command { look, change, changed, .. } = command;
    let Wrong { breaking, code, exit, leaves_doubt, .. } = wrong;
    let fault = |operation: Operation| breaking(on(operation));
    let undone = if *leaves_doubt { command.undone } else { command.refused };
    let undone = match (command.change, leaves_doubt) {
        // What still runs was not cancelled; the looks say no more.
        (Cancel, true) => ("still_running: still_running".to_owned(), 8),
        _ => (format!("{undone}: {code}"), *exit),
    };
    let before = named(command, wrong, "first look", breaking(on(*look).always()), (format!("error: {code}"), *exit));
    let without = named(command, wrong, "change without effect", fault(*change).before_effect(), undone);
    let mut rows = vec![before, without.changed(changed[0])];
    if *leaves_doubt {
        let done = (command.done.0.to_owned(), command.done.1);
        rows.push(named(command, wrong, "change with effect", fault(*change).after_effect(), done).changed(changed[1]));
    }
    rows
}

fn named(command: &Command, wrong: &Wrong, call: &str, fault: Fault, (outcome, exit): (String, i32)) -> Scenario {
    let name = format!("{}, {}, {call}", word(command.line), wrong.name);
    (command.prepared)(row(name, command.line, fault, command.fine).ends(outcome, exit))
}

/// Every answer takes its time.
fn slow_one(command: &Command) -> Scenario {
    let name = format!("{}, each answer takes long", word(command.line));
    let slow = Fault::on_any().always().delay(ms(400));
    (command.prepared)(row(name, command.line, slow, command.fine).changed(command.changed[1]))
}

/// What is only looked at: a restore that runs, the folders, what became of a change.
fn looks_of(wrong: &Wrong) -> [Scenario; 5] {
    let Wrong { name, breaking, code, exit, .. } = wrong;
    let look = |command: &str| format!("{command}, {name}");
    let watching = breaking(on(RestoreProgress).nth(3).times(2));
    let history = breaking(on(History).nth(2).always());
    let schedule = breaking(on(Operation::Schedule).nth(2).always());
    let folders = row(look("folders"), "folders", breaking(Fault::on_any().always()), ("", 0, 0, 0));
    let show = row(look("schedule show"), "schedule show", breaking(on(Operation::Schedule).always()), ("", 0, 0, 0));
    let restore = row(look("restore, two looks while watching"), restores::RESTORE, watching, restores::DONE);
    // The portal asked for a day of silence, and gets it.
    let restore =
        if *code == "throttled" { restore.ends("still_running: timed_out".to_owned(), 8).slow() } else { restore };
    let delete = row(look("delete, afterwards"), deletions::DELETE, history, ("backup_deletion", 3, 0, 0));
    let set = row(look("schedule set, afterwards"), schedules::SET, schedule, ("backup_schedule", 3, 0, 0));
    [
        folders.ends(format!("error: {code}"), *exit),
        show.ends(format!("error: {code}"), *exit),
        restores::acme(restore).and(restores::lasting_restore).changed("restore 1/1"),
        deletions::stocked(delete).changed("delete 1/1").tells(deletions::RESULT, "unconfirmed"),
        set.changed("schedule 1/1").tells(schedules::RESULT, "unconfirmed"),
    ]
}

/// The command in a line, and its subcommand.
fn word(line: &str) -> String {
    let words = line.split(' ').take_while(|word| word.bytes().all(|byte| byte.is_ascii_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}
