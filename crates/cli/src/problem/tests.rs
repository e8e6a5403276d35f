//! Every message that a run can end with, so that a change of words is seen.

use std::fmt::Write as _;

use backup_core::{Failure, Outcome, Reason};
use docspace_api::{ApiErrorKind, Denial};
use expect_test::expect;

use super::Problem;
use crate::fixture::{ended, failure, id};

fn kinds() -> Vec<ApiErrorKind> {
    let denials = [Denial::Scope, Denial::Role, Denial::PortalState, Denial::Address, Denial::Unknown];
    let statuses = [400, 408, 415, 500, 502, 503];
    [
        ApiErrorKind::Unresolved,
        ApiErrorKind::Unreachable,
        ApiErrorKind::Untrusted,
        ApiErrorKind::TimedOut,
        ApiErrorKind::Interrupted,
        ApiErrorKind::Throttled { retry_after: None },
        ApiErrorKind::Unauthenticated,
        ApiErrorKind::PaymentRequired,
        ApiErrorKind::NotFound,
        ApiErrorKind::Unsupported { needs: "3.7.1" },
        ApiErrorKind::NotAPortal,
        ApiErrorKind::Redirected,
        ApiErrorKind::Garbled,
        ApiErrorKind::TooLarge,
    ]
    .into_iter()
    .chain(denials.map(ApiErrorKind::Forbidden))
    .chain(statuses.map(ApiErrorKind::Status))
    .collect()
}

fn describe(problems: impl IntoIterator<Item = Problem>) -> String {
    problems.into_iter().fold(String::new(), |mut text, problem| {
        let status = problem.status.map(|status| format!(" [{status}]")).unwrap_or_default();
        let (code, exit, hint) = (problem.code, problem.exit.number(), problem.hint.unwrap_or_default());
        let _ = write!(text, "{exit:<3} {code}{status}: {}\n    hint: {hint}\n", problem.message);
        text
    })
}

fn of(outcome: Outcome, reason: Reason) -> Problem {
    Problem::of_verdict(&ended(outcome, reason)).unwrap()
}

#[test]
fn each_failure_of_a_call_has_its_code_exit_and_hint() {
    let problems = kinds().into_iter().map(|kind| of(Outcome::NotStarted, Reason::Portal(failure(kind))));
    expect![[r#"
        75  unresolved: cannot start the backup: the host name cannot be resolved
            hint: check the host name in the portal address, and this machine's DNS
        75  unreachable: cannot start the backup: no connection to the portal
            hint: check the portal address, that the portal is up, and firewalls and proxies on the way
        75  untrusted: cannot start the backup: the portal's certificate is not trusted
            hint: name your own authority's certificate with --ca-file PATH, or mend the portal's certificate; it is never ignored
        75  no_answer: cannot start the backup: no answer in time
            hint: the portal is overloaded or hangs: try again later, and look at the server if it stays so
        75  connection_broken: cannot start the backup: the connection broke
            hint: the portal or something in front of it cut the connection: try again later
        75  throttled [429]: cannot start the backup: the portal asks to slow down (429)
            hint: another client uses up the portal's limit of requests: try again in a minute
        4   unauthenticated [401]: cannot start the backup: the key is not accepted (401)
            hint: the key is wrong, expired, switched off, or of another portal: make a new one in Developer Tools, API keys
        13  payment_required [402]: cannot start the backup: payment or quota (402)
            hint: the plan's free backups or its storage are used up, or the plan is not paid: see Payments at the portal
        10  not_found [404]: cannot start the backup: not found (404)
            hint: check the folder, and that the address is the portal's own; a suspended portal answers so too
        1   unsupported: cannot start the backup: the portal is too old: this needs DocSpace 3.7.1 or newer
            hint: update the portal, or do this at the portal's web page
        75  not_a_portal: cannot start the backup: a web page came instead of an answer: is this the address of a DocSpace portal?
            hint: a web page answers at this address: check the portal address, and a login or captive portal in front of it
        75  redirected: cannot start the backup: the address leads elsewhere
            hint: give the address that the portal redirects to, most often the same with https://
        75  garbled: cannot start the backup: the answer cannot be understood
            hint: check the portal address; if it is right, something on the way alters the portal's answers
        75  too_large: cannot start the backup: the answer is too large
            hint: no portal answers so much: check the portal address
        4   forbidden [403]: cannot start the backup: not allowed (403): the key's scope is too narrow
            hint: backups need a key with all permissions, or with `*:write`: make a new one in Developer Tools, API keys
        4   forbidden [403]: cannot start the backup: not allowed (403): the role of the key's owner does not allow it, or the portal forbids it
            hint: the key's owner must be the owner or an administrator of the DocSpace; a dump needs a self-hosted server
        4   forbidden [403]: cannot start the backup: not allowed (403): the portal is not in service
            hint: it is being restored, migrated or encrypted: try again when that is over
        4   forbidden [403]: cannot start the backup: not allowed (403): this network address is not on the portal's list
            hint: add this machine's address at the portal: Security, IP Security
        4   forbidden [403]: cannot start the backup: not allowed (403): no reason is given
            hint: something in front of the portal refuses the request: ask who runs the proxy or firewall
        1   refused [400]: cannot start the backup: status 400
            hint: check storage, folder and parameters against what the portal says
        75  portal_error [408]: cannot start the backup: status 408
            hint: try again later; an administrator of the server finds the cause in its logs
        1   refused [415]: cannot start the backup: status 415
            hint: check storage, folder and parameters against what the portal says
        75  portal_error [500]: cannot start the backup: status 500
            hint: try again later; an administrator of the server finds the cause in its logs
        75  portal_error [502]: cannot start the backup: status 502
            hint: try again later; an administrator of the server finds the cause in its logs
        75  portal_error [503]: cannot start the backup: status 503
            hint: try again later; an administrator of the server finds the cause in its logs
    "#]].assert_eq(&describe(problems));
}

#[test]
fn each_reason_has_its_code_exit_and_hint() {
    let gateway = || failure(ApiErrorKind::Status(502));
    let problems = [
        of(Outcome::Failed, Reason::BackupFailed("No space left".into())),
        of(Outcome::Failed, Reason::BackupFailed(String::new())),
        of(Outcome::Cancelled, Reason::Cancelled),
        of(Outcome::Busy, Reason::Busy(id())),
        of(Outcome::StillRunning, Reason::Stalled { percent: 40 }),
        of(Outcome::StillRunning, Reason::TimedOut),
        of(Outcome::Busy, Reason::TimedOut),
        of(Outcome::StillRunning, Reason::Interrupted),
        of(Outcome::NotStarted, Reason::Interrupted),
        of(Outcome::Lost, Reason::Interrupted),
        of(Outcome::StillRunning, Reason::Portal(failure(ApiErrorKind::Unauthenticated))),
        of(Outcome::Lost, Reason::Vanished { history: None }),
        of(Outcome::Lost, Reason::Vanished { history: Some(gateway()) }),
        of(Outcome::NotStarted, Reason::StartRefusedInDoubt(gateway())),
        of(Outcome::Lost, Reason::StartUnknown(gateway())),
        of(Outcome::NotStarted, Reason::NoSuchTask(Some(id()))),
        of(Outcome::NotStarted, Reason::NoSuchTask(None)),
    ];
    expect![[r#"
        1   backup_failed: the portal reports: No space left
            hint: mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs
        1   backup_failed: the backup failed, and the portal gives no reason
            hint: mend the cause at the portal, then run the backup again; an administrator of the server finds more in its logs
        1   cancelled: the backup was cancelled at the portal
            hint: run the backup again when it suits
        11  busy: another job holds the portal: 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
            hint: try again when it is over, or take it for yours with --if-running join; `run --if-running wait` waits for its end
        8   stalled: nothing moves any more: the backup stopped at 40 %
            hint: its worker is perhaps dead, and then it blocks new backups for up to 24 hours: look at the server, cancel it with `docspace-backup cancel 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`, or wait on with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`
        8   timed_out: the time to wait is over
            hint: the backup goes on at the portal; take it up again with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`
        11  busy: the time to wait is over, and another job still holds the portal
            hint: no backup was started; wait longer with --timeout
        130 interrupted: the waiting was stopped
            hint: the backup goes on at the portal; take it up again with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`
        130 interrupted: the waiting was stopped
            hint: no backup was started
        130 interrupted: the waiting was stopped
            hint: look with `docspace-backup status` whether a backup began
        4   unauthenticated [401]: cannot start the backup: the key is not accepted (401)
            hint: the key is wrong, expired, switched off, or of another portal: make a new one in Developer Tools, API keys; the backup goes on at the portal; take it up again with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`
        17  vanished: the backup vanished from the portal, and the history does not list it
            hint: its worker was perhaps restarted, or somebody cancelled it: look later with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`, and start another backup if it stays away
        17  vanished: the backup vanished from the portal, and the history cannot be read: cannot start the backup: status 502
            hint: its worker was perhaps restarted, or somebody cancelled it: look later with `docspace-backup wait 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11`, and start another backup if it stays away
        75  portal_error [502]: cannot start the backup: status 502, and no backup began
            hint: try again later; an administrator of the server finds the cause in its logs
        17  start_unknown [502]: cannot start the backup: status 502, and the portal did not say since whether a backup began
            hint: look with `docspace-backup status` before you start another one
        10  no_such_task: the portal knows no backup 7f0c7d0e-0c55-4f3b-9f38-4a4a0f0d7e11
            hint: `docspace-backup history` lists the backups that exist, `docspace-backup status` shows what runs
        10  no_such_task: no backup is running, and none ended within the last 24 hours
            hint: start one with `docspace-backup run`
    "#]].assert_eq(&describe(problems));
}

#[test]
fn the_portals_own_words_are_told_on_one_line_without_escape_sequences() {
    let words = Some("Access\u{1b}[31m denied\nfor ever".to_owned());
    let refused = Failure { portal_message: words, ..failure(ApiErrorKind::Status(500)) };
    expect![[r#"
        1   refused [500]: cannot start the backup: status 500; the portal says: Access denied for ever
            hint: try again later; an administrator of the server finds the cause in its logs
    "#]]
    .assert_eq(&describe([of(Outcome::NotStarted, Reason::Portal(refused))]));
}
