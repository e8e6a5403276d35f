//! Others repeat a secret, and the program is asked to say all that it can. Every row of the table is searched for
//! secrets; in these there is one to be found.

use mock_portal::{Answer, DEMO_KEY, JobPlan};
use notify::test_servers::Fault as MailFault;

use super::names::{History, Progress, Start, lasting, on};
use crate::{
    chaos::scenario::{Act, Channel, Fine, IntoSetUp, Moment, Scenario, acts, row},
    rig::{Reply, SIGNING_SECRET, Sink},
};

/// A run that says all that it can.
const LOUD: &str = "run --folder 123 -vv";

#[rustfmt::skip] // a row is a line
pub(super) fn rows() -> Vec<Scenario> {
    vec![
        row("the key, in an error at the first look", LOUD, on(Progress).always().answer(echo(500)), ("not_started: refused", 1, 0, 0)),
        row("the key, in an error at the start", LOUD, on(Start).answer(echo(403)), ("not_started: forbidden", 4, 0, 1)),
        row("the key, in an error of the history", "history -vv", on(History).always().answer(echo(500)), ("error: refused", 1, 0, 0)),
        row("the key, on a login page", LOUD, on(Progress).always().answer(page()), ("not_started: not_a_portal", 75, 0, 0)),
        row("the key, in a redirect", LOUD, on(Progress).always().redirect(&format!("/?key={DEMO_KEY}")), ("not_started: redirected", 75, 0, 0)),
        told("the key, in the reason of a failure", JobPlan::fail(format!("no: {DEMO_KEY}")), ("failed: backup_failed", 1, 1, 1)),
        told("the key, in a warning", JobPlan::succeed().warning(format!("hm: {DEMO_KEY}")), ("completed_with_warnings", 3, 1, 1)),
        told("the key, in a file name", Fine, ("completed", 0, 1, 1)).config(|config| config.alias = DEMO_KEY.to_owned()),
        row("the password, by the mail server", LOUD, Fine, UNTOLD).channel(Channel::Mail(vec![("AUTH", MailFault::Answer("535 5.7.8 no: smtp-password-1234"), 99)])),
        row("the password, for one recipient", LOUD, Fine, UNTOLD).channel(Channel::Mail(vec![("RCPT", MailFault::Answer("550 5.1.1 smtp-password-1234"), 99)])),
        row("the address, by slack", LOUD, Fine, UNTOLD).channel(Channel::Slack(vec![Reply::new(404, Sink::PATH)])),
        row("the signing secret, by a webhook", LOUD, Fine, UNTOLD).channel(Channel::Webhook(vec![Reply::new(403, SIGNING_SECRET)])),
        row("the address, in a webhook's redirect", LOUD, Fine, UNTOLD).channel(Channel::Webhook(vec![Reply { headers: &[("location", Sink::PATH)], ..Reply::new(302, "") }])),
        acts("the key, in a reason that is told after a kill", vec![Act::Kill(LOUD, Moment::Called(Progress, 2)), Act::Run(LOUD)], JobPlan::fail(DEMO_KEY).lasting(super::names::ms(2000)), ("failed: backup_failed", 1, 1, 1)).channel(hook()).notices(1),
        acts("nobody repeats anything, killed", vec![Act::Kill(LOUD, Moment::Called(Progress, 2)), Act::Run(LOUD)], lasting(2000), ("completed", 0, 1, 1)).channel(hook()).notices(1),
    ]
}

const UNTOLD: (&str, i32, usize, usize) = ("completed", 16, 1, 1);

/// With every kind of channel.
fn told(name: &str, set_up: impl IntoSetUp, ends: (&'static str, i32, usize, usize)) -> Scenario {
    let slack = Channel::Slack(vec![Reply::new(200, "ok")]);
    row(name, LOUD, set_up, ends).channel(Channel::Mail(Vec::new())).channel(slack).channel(hook()).notices(1)
}

fn hook() -> Channel {
    Channel::Webhook(vec![Reply::new(200, "")])
}

fn echo(status: u16) -> Answer {
    Answer::exception(status, "System.Exception", &format!("bad header: Bearer {DEMO_KEY}"))
}

fn page() -> Answer {
    Answer::bytes(200, "text/html", format!("<html><title>{DEMO_KEY}</title></html>"))
}
