//! Portals that refuse, hang, talk nonsense or are not there: the exit code, the word for programs, and what to do.

use std::time::Duration;

use expect_test::expect;
use mock_portal::{Answer, Caller, Config, DEMO_KEY, Fault, MockPortal, Operation, Role, Scope, Trouble};
use tokio::{net::TcpListener, time::Instant};

use crate::rig::{Finished, Program, portal, tls_portal};

/// No refusal may take longer to be told.
const LIMIT: Duration = Duration::from_secs(12);

/// What every refusal must be: soon, one document, the exit code, the word, a message and a hint.
async fn refused(program: &Program, exit: i32, code: &str) -> Finished {
    let began = Instant::now();
    let run = program.run("run --folder 123 --output json").await;
    assert!(began.elapsed() < LIMIT, "took {:?}: {run}", began.elapsed());
    let document = run.exits(exit).json();
    assert_eq!(document["kind"], "backup_report");
    assert_eq!(document["outcome"], "not_started", "{run}");
    assert_eq!(document["error"]["code"], code, "{run}");
    for word in ["message", "hint"] {
        let text = document["error"][word].as_str().unwrap_or_default();
        assert!(text.len() > 15, "no {word}: {run}");
        run.mentions(text);
    }
    run
}

/// A portal with something wrong refuses a run so; gives what is told of it.
async fn check(spoil: impl FnOnce(&MockPortal), exit: i32, code: &str) -> Finished {
    let portal = portal().await;
    spoil(&portal);
    let run = refused(&Program::of(&portal), exit, code).await;
    assert_eq!(portal.starts(), 0);
    run
}

fn always(answer: Answer) -> Fault {
    Fault::on_any().always().answer(answer)
}

#[tokio::test]
async fn a_wrong_key_is_not_allowed() {
    check(|portal| portal.set_troubles([Trouble::KeyRefused]), 4, "unauthenticated").await;
    let portal = portal().await;
    let key = DEMO_KEY.replace('1', "2");
    refused(&Program::of(&portal).secret_env("DOCSPACE_API_KEY", &key), 4, "unauthenticated").await;
}

#[tokio::test]
async fn the_four_kinds_of_403_have_four_hints() {
    let narrow = Caller { scope: Scope::ReadOnly, ..Caller::default() };
    let user = Caller { role: Role::User, ..Caller::default() };
    let runs = [
        check(|portal| portal.set_caller(narrow), 4, "forbidden").await,
        check(|portal| portal.set_caller(user), 4, "forbidden").await,
        check(|portal| portal.set_troubles([Trouble::Restoring]), 4, "forbidden").await,
        check(|portal| portal.set_troubles([Trouble::AddressRefused]), 4, "forbidden").await,
    ];
    let told = runs.map(|run| run.json()["error"].to_string() + "\n");
    expect![[r#"
        {"code":"forbidden","message":"the key may read (*:read), but not start a backup","hint":"make a key without restrictions, or with the scope *:write","status":null}
        {"code":"forbidden","message":"Key Owner is no DocSpace admin, and only those may do backups","hint":"have the owner make the account a DocSpace admin, or have an admin make the key","status":null}
        {"code":"forbidden","message":"cannot read the backup's progress: not allowed (403): the portal is not in service; the portal says: Forbidden","hint":"it is being restored, migrated or encrypted: try again when that is over","status":403}
        {"code":"forbidden","message":"cannot read the backup's progress: not allowed (403): this network address is not on the portal's list; the portal says: Your IP address is not allowed to access this portal.","hint":"add this machine's address at the portal: Security, IP Security","status":403}
    "#]].assert_eq(&told.concat());
}

#[tokio::test]
async fn a_portal_to_be_paid_for_says_so() {
    check(|portal| portal.set_troubles([Trouble::StorageFull]), 13, "payment_required").await;
    let config = Config { standalone: false, ..Config::default() };
    let portal = MockPortal::start(config).await;
    portal.set_troubles([Trouble::BackupsSpent]);
    refused(&Program::of(&portal), 13, "payment_required").await;
}

#[tokio::test]
async fn a_portal_that_is_not_there_and_a_folder_that_is_not_are_not_found() {
    check(|portal| portal.set_troubles([Trouble::NoSuchPortal]), 10, "not_found").await;
    let portal = portal().await;
    let run = Program::of(&portal).run("run --folder 404 --output json").await;
    assert_eq!(run.exits(10).json()["error"]["code"], "not_found");
}

#[tokio::test]
async fn a_portal_that_throttles_is_tried_again_and_then_given_up() {
    check(|portal| portal.inject(always(Answer::throttled(None))), 75, "throttled").await;
}

#[tokio::test]
async fn a_portal_that_throttles_once_is_no_trouble() {
    let portal = portal().await;
    portal.inject(Fault::on(Operation::Progress).times(2).answer(Answer::throttled(None)));
    Program::of(&portal).run("run --folder 123 --no-notify").await.exits(0);
    assert_eq!(portal.starts(), 1);
}

#[tokio::test]
async fn a_web_server_without_its_portal_is_unreachable() {
    for status in [502, 503, 504] {
        check(|portal| portal.inject(always(Answer::gateway(status))), 75, "portal_error").await;
    }
}

#[tokio::test]
async fn a_login_page_is_no_portal() {
    check(|portal| portal.inject(always(Answer::login_page())), 75, "not_a_portal").await;
}

#[tokio::test]
async fn nonsense_is_no_answer() {
    let cut = || Fault::on(Operation::Progress).always().cut_body_after(30);
    check(|portal| portal.inject(cut()), 75, "connection_broken").await;
    check(|portal| portal.inject(always(Answer::json(200, r#"{"response":{"pro"#))), 75, "connection_broken").await;
    check(|portal| portal.inject(always(Answer::json(200, r#"{"response":[7]}"#))), 75, "garbled").await;
    check(|portal| portal.inject(always(Answer::json(200, vec![b' '; 17 << 20]))), 75, "too_large").await;
}

#[tokio::test]
async fn a_hanging_portal_is_not_waited_for_long() {
    check(|portal| portal.inject(Fault::on_any().always().hang()), 75, "no_answer").await;
}

#[tokio::test]
async fn a_refused_connection_is_unreachable() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let program = Program::alone().settings("").secret_env("DOCSPACE_API_KEY", DEMO_KEY);
    refused(&program.env("DOCSPACE_API_HOST", &format!("http://{free}")), 75, "unreachable").await;
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_unresolved() {
    let program = Program::alone().settings("").secret_env("DOCSPACE_API_KEY", DEMO_KEY);
    let run = refused(&program.env("DOCSPACE_API_HOST", "https://nonexistent.invalid"), 75, "unresolved").await;
    run.mentions("nonexistent.invalid");
}

#[tokio::test]
async fn a_certificate_of_nobodys_is_refused_before_the_key_is_sent() {
    let server = tls_portal("127.0.0.1").await;
    let program = Program::alone().settings("").secret_env("DOCSPACE_API_KEY", DEMO_KEY);
    refused(&program.env("DOCSPACE_API_HOST", &server.url()), 75, "untrusted").await;
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn a_certificate_is_trusted_with_its_authority() {
    let server = tls_portal("127.0.0.1").await;
    let program = Program::alone().settings("").secret_env("DOCSPACE_API_KEY", DEMO_KEY);
    let program = program.env("DOCSPACE_API_HOST", &server.url()).file("ca.pem", server.ca_pem());
    program.run("status --ca-file ca.pem").await.exits(0);
    let system = program.path("ca.pem").display().to_string();
    program.env("SSL_CERT_FILE", &system).run("status").await.exits(0);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let server = tls_portal("other.example.com").await;
    let program = Program::alone().settings("").secret_env("DOCSPACE_API_KEY", DEMO_KEY);
    let program = program.env("DOCSPACE_API_HOST", &server.url()).file("ca.pem", server.ca_pem());
    let run = program.run("run --output json --ca-file ca.pem").await;
    assert_eq!(run.exits(75).json()["error"]["code"], "untrusted");
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[tokio::test]
async fn the_key_does_not_follow_a_redirect_to_another_host() {
    let elsewhere = portal().await;
    let target = format!("http://localhost:{}/api/2.0/backup/getbackupprogress", elsewhere.address().port());
    check(|portal| portal.inject(Fault::on_any().always().redirect(&target)), 75, "redirected").await;
    let calls = elsewhere.calls();
    assert!(calls.iter().all(|call| call.credentials == mock_portal::Credentials::Absent), "{calls:?}");
}

#[tokio::test]
async fn every_command_answers_a_refusal_with_one_document() {
    for command in ["start --folder 123", "wait", "status", "status --watch", "history", "run --dry-run"] {
        let portal = portal().await;
        portal.set_troubles([Trouble::KeyRefused]);
        let told = Program::of(&portal).run(&format!("{command} --output json")).await;
        assert_eq!(told.exits(4).json()["error"]["code"], "unauthenticated", "{told}");
    }
}
