//! No secret is ever written, however much the program is asked to say. Every call of the program in these tests is
//! searched; here it says all that it can, on good days and on bad ones.

use mock_portal::{Answer, DEMO_KEY, Fault, JobPlan, MockPortal, Operation};
use notify::test_servers::{Fault as MailFault, SmtpServer, SmtpServerBuilder};

use crate::rig::{Program, Sink, mail_server, portal, portal_of};

/// The lines that ask for most.
const TALKATIVE: [&str; 3] =
    ["run --folder 123 -vv", "run --folder 123 -vv --output json", "run --folder 123 -vv --output jsonl"];

/// Runs with every channel and everything logged; gives all that was written.
async fn everything(portal: &MockPortal, server: &SmtpServer, slack: &Sink, hook: &Sink) -> String {
    let program = Program::of(portal).with_stdout().with_slack(slack).with_webhook(hook);
    let program = program.with_mail(server, &["admin@example.com"]).env("RUST_LOG", "trace");
    let mut written = String::new();
    for line in TALKATIVE {
        written.push_str(&program.run(line).await.to_string());
    }
    written
}

async fn mail(builder: SmtpServerBuilder) -> SmtpServer {
    builder.start().await.unwrap()
}

#[tokio::test]
async fn a_good_run_that_says_all_it_can_tells_no_secret() {
    let (slack, hook) = (Sink::answering(200, "ok").await, Sink::answering(200, "").await);
    let written = everything(&portal().await, &mail(mail_server()).await, &slack, &hook).await;
    assert!(written.contains("TRACE") || written.contains("DEBUG"), "nothing was logged: {written}");
}

#[tokio::test]
async fn a_bad_run_that_says_all_it_can_tells_no_secret() {
    let (slack, hook) = (Sink::answering(500, "rollup_error").await, Sink::answering(403, Sink::PATH).await);
    let portal = portal_of(JobPlan::fail("no")).await;
    let server = mail(mail_server().login("backup", "another password")).await;
    everything(&portal, &server, &slack, &hook).await;
}

#[tokio::test]
async fn a_mail_server_that_repeats_the_password_is_not_quoted() {
    let echo = MailFault::Answer("535 5.7.8 no: smtp-password-1234");
    let server = mail(mail_server().fault("AUTH", echo)).await;
    let portal = portal().await;
    Program::of(&portal).with_mail(&server, &["admin@example.com"]).run("run -vv").await.exits(16);
}

/// A portal that repeats the key in its answers to one operation is asked by this line.
async fn check_echo(operation: Operation, line: &str) {
    let portal = portal().await;
    let echo = Answer::exception(500, "System.Exception", &format!("bad header: Bearer {DEMO_KEY}"));
    portal.inject(Fault::on(operation).always().answer(echo));
    let told = Program::of(&portal).run(line).await;
    assert_ne!(told.code, 0, "{told}");
}

#[tokio::test]
async fn a_progress_that_repeats_the_key_is_not_quoted() {
    check_echo(Operation::Progress, "run --folder 123 -vv").await;
    check_echo(Operation::Progress, "status --output json").await;
}

#[tokio::test]
async fn a_start_that_repeats_the_key_is_not_quoted() {
    check_echo(Operation::Start, "run --folder 123 -vv").await;
    check_echo(Operation::Start, "start --folder 123 --output markdown").await;
}

#[tokio::test]
async fn a_history_that_repeats_the_key_is_not_quoted() {
    check_echo(Operation::History, "history -vv").await;
}

#[tokio::test]
async fn a_job_that_repeats_the_key_is_not_quoted() {
    for plan in [JobPlan::fail(format!("no: {DEMO_KEY}")), JobPlan::succeed().warning(format!("hm: {DEMO_KEY}"))] {
        let portal = portal_of(plan).await;
        for form in ["human", "json", "markdown"] {
            Program::of(&portal).run(&format!("run --folder 123 --output {form}")).await;
        }
        Program::of(&portal).run("status").await.exits(0);
    }
}

#[tokio::test]
async fn the_settings_are_shown_without_their_secrets() {
    let (portal, sink) = (portal().await, Sink::answering(200, "ok").await);
    let server = mail(mail_server()).await;
    let program = Program::of(&portal).with_stdout().with_slack(&sink).with_webhook(&sink);
    let program = program.with_mail(&server, &["admin@example.com"]);
    for line in ["config show", "config check", "notify list", "run --dry-run"] {
        for form in ["", " --output json", " -vv"] {
            program.run(&format!("{line}{form}")).await.exits(0);
        }
    }
}

#[tokio::test]
async fn a_secret_given_in_the_wrong_place_is_not_repeated() {
    let portal = portal().await;
    let program = Program::of(&portal);
    program.run(&format!("run --api-key {DEMO_KEY}")).await.exits(2);
    program.run(&format!("run {DEMO_KEY}")).await.exits(2);
    program.run(&format!("run --folder={DEMO_KEY}")).await.exits(2);
    program.run(&format!("wait {DEMO_KEY} --output json")).await.exits(2).json();
    let host = format!("https://{DEMO_KEY}@portal.example.com");
    program.run(&format!("run --host {host}")).await.exits(2);
    let program = program.add_settings(&format!("api_key = \"{DEMO_KEY}\"\n"));
    program.run("run").await.exits(2);
}
