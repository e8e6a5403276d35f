//! Mail, Slack and webhooks that misbehave while the backup is fine.

use mock_portal::JobPlan;
use notify::test_servers::Fault as MailFault;

use super::names::{RUN, ms};
use crate::{
    chaos::scenario::{Channel, Ends, Fine, Scenario, row},
    rig::Reply,
};

const TOLD: Ends = ("completed", 0, 1, 1);
const UNTOLD: Ends = ("completed", 16, 1, 1);

pub(super) fn rows() -> Vec<Scenario> {
    let mut rows = mail();
    rows.extend(slack());
    rows.extend(webhook());
    rows.extend(together());
    rows
}

#[rustfmt::skip] // a row is a line
fn mail() -> Vec<Scenario> {
    let mail = |name, faults, ends, told| row(name, RUN, Fine, ends).channel(Channel::Mail(faults)).told(told);
    let answer = MailFault::Answer;
    vec![
        mail("mail, all well", vec![], TOLD, "email delivered x1"),
        row("mail, refused", RUN, Fine, UNTOLD).channel(Channel::DeadMail).told("email failed x3"),
        mail("mail, 421 at the greeting", vec![("CONNECT", answer("421 4.3.2 too busy"), 99)], UNTOLD, "email failed x3"),
        mail("mail, 421 twice and then well", vec![("CONNECT", answer("421 4.3.2 too busy"), 2)], TOLD, "email delivered x2"),
        mail("mail, 451 for greylisting and then well", vec![("RCPT", answer("451 4.7.1 later"), 2)], TOLD, "email delivered x2"),
        mail("mail, 452 for the mail and then well", vec![(".", answer("452 4.3.1 full"), 1)], TOLD, "email delivered x2"),
        row("mail, 535 for the login", RUN, Fine, UNTOLD).channel(Channel::LockedMail).told("email failed x1"),
        mail("mail, 454 for the login and then well", vec![("AUTH", answer("454 4.7.0 later"), 1)], TOLD, "email delivered x1"),
        mail("mail, 550 for one of two", vec![("RCPT TO:<second@", answer("550 5.1.1 no such user"), 99)], UNTOLD, "email failed x1"),
        mail("mail, 550 for both", vec![("RCPT", answer("550 5.1.1 no such user"), 99)], UNTOLD, "email failed x1"),
        mail("mail, 554 for the mail", vec![(".", answer("554 5.7.1 spam"), 99)], UNTOLD, "email failed x1"),
        mail("mail, 552 for the sender", vec![("MAIL", answer("552 5.3.4 too large"), 99)], UNTOLD, "email failed x1"),
        mail("mail, dropped at the greeting", vec![("CONNECT", MailFault::Drop, 99)], UNTOLD, "email failed x3"),
        mail("mail, dropped after the mail, in doubt", vec![(".", MailFault::Drop, 1)], TOLD, "email delivered x2"),
        mail("mail, dropped after the mail, for ever", vec![(".", MailFault::Drop, 99)], UNTOLD, "email failed x3"),
        mail("mail, silence at the greeting", vec![("CONNECT", MailFault::Hang, 99)], UNTOLD, "email failed x2").slow(),
        mail("mail, silence at the mail", vec![("MAIL", MailFault::Hang, 99)], UNTOLD, "email failed x2").slow(),
        mail("mail, STARTTLS refused", vec![("STARTTLS", answer("454 4.7.0 not now"), 99)], UNTOLD, "email failed x3"),
        row("mail, a certificate of nobody's", RUN, Fine, UNTOLD).channel(Channel::UntrustedMail).told("email failed x1"),
    ]
}

#[rustfmt::skip] // a row is a line
fn slack() -> Vec<Scenario> {
    let slack = |name, replies, ends, told| row(name, RUN, Fine, ends).channel(Channel::Slack(replies)).told(told);
    let reply = Reply::new;
    vec![
        slack("slack, all well", vec![reply(200, "ok")], TOLD, "slack delivered x1"),
        slack("slack, 404 no_service", vec![reply(404, "no_service")], UNTOLD, "slack failed x1"),
        slack("slack, 410 channel_is_archived", vec![reply(410, "channel_is_archived")], UNTOLD, "slack failed x1"),
        slack("slack, 403 invalid_token", vec![reply(403, "invalid_token")], UNTOLD, "slack failed x1"),
        slack("slack, 400 invalid_blocks", vec![reply(400, "invalid_blocks")], UNTOLD, "slack failed x1"),
        slack("slack, 429 with Retry-After and then well", vec![throttled("1"), reply(200, "ok")], TOLD, "slack delivered x2"),
        slack("slack, 500 and then well", vec![reply(500, "rollup_error"), reply(200, "ok")], TOLD, "slack delivered x2"),
        slack("slack, 500 for ever", vec![reply(500, "rollup_error")], UNTOLD, "slack failed x3"),
        slack("slack, silence", vec![Reply::never()], UNTOLD, "slack failed x3").slow(),
        slack("slack, redirect", vec![redirect()], UNTOLD, "slack failed x1"),
        slack("slack, 200 with another word than ok", vec![reply(200, "<html>login</html>")], UNTOLD, "slack failed x1"),
    ]
}

#[rustfmt::skip] // a row is a line
fn webhook() -> Vec<Scenario> {
    let hook =
        |name, replies, ends, told| row(name, RUN, Fine, ends).channel(Channel::Webhook(replies)).told(told).notices(1);
    let reply = Reply::new;
    vec![
        hook("webhook, all well", vec![reply(204, "")], TOLD, "monitoring delivered x1"),
        hook("webhook, 404", vec![reply(404, "")], UNTOLD, "monitoring failed x1"),
        hook("webhook, 410", vec![reply(410, "")], UNTOLD, "monitoring failed x1"),
        hook("webhook, 401", vec![reply(401, "")], UNTOLD, "monitoring failed x1"),
        hook("webhook, 429 with Retry-After and then well", vec![throttled("1"), reply(200, "")], TOLD, "monitoring delivered x2"),
        hook("webhook, 429 for an hour", vec![throttled("3600")], UNTOLD, "monitoring failed x1"),
        hook("webhook, 503 and then well", vec![reply(503, ""), reply(200, "")], TOLD, "monitoring delivered x2"),
        hook("webhook, 500 for ever", vec![reply(500, "")], UNTOLD, "monitoring failed x3"),
        hook("webhook, silence and then well", vec![Reply::never(), reply(200, "")], TOLD, "monitoring delivered x2").slow(),
        hook("webhook, slow", vec![Reply { delay: ms(1500), ..reply(200, "") }], TOLD, "monitoring delivered x1"),
        hook("webhook, redirect", vec![redirect()], UNTOLD, "monitoring failed x1"),
    ]
}

#[rustfmt::skip] // a row is a line
fn together() -> Vec<Scenario> {
    let reply = Reply::new;
    vec![
        row("one channel down, one well", RUN, Fine, UNTOLD).channel(Channel::Slack(vec![reply(404, "no_service")])).channel(Channel::Webhook(vec![reply(200, "")])).told("slack failed x1, monitoring delivered x1").notices(1),
        row("a failed backup of which nobody is told stays failed", RUN, JobPlan::fail("no"), ("failed: backup_failed", 1, 1, 1)).channel(Channel::Webhook(vec![reply(404, "")])).told("monitoring failed x1"),
        row("nobody is to be told", "run --folder 123 --no-notify", Fine, TOLD).channel(Channel::Webhook(vec![reply(200, "")])).told("").notices(0),
    ]
}

fn throttled(seconds: &'static str) -> Reply {
    match seconds {
        "1" => Reply { headers: &[("retry-after", "1")], ..Reply::new(429, "") },
        _ => Reply { headers: &[("retry-after", "3600")], ..Reply::new(429, "") },
    }
}

fn redirect() -> Reply {
    Reply { headers: &[("location", "http://localhost:1/elsewhere")], ..Reply::new(307, "") }
}
