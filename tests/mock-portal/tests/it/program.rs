//! The program: its first line, its log, its bad input.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use expect_test::expect;
use mock_portal::{DEMO_KEY, Scenario};

use crate::client::{PROGRESS, VERSION, http};

/// The running program; ends with the test.
struct Program(Child);

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mock-portal"));
        Self(command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    fn first_line(&mut self) -> String {
        let mut line = String::new();
        BufReader::new(self.0.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        line
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn refused(arguments: &[&str]) -> String {
    let mut program = Program::start(arguments);
    assert_eq!(program.0.wait().unwrap().code(), Some(2));
    let mut text = String::new();
    program.0.stderr.as_mut().unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn it_says_where_it_listens_and_logs_each_call() {
    let mut program = Program::start(&["--backup-duration", "500ms", "--scenario", "yesterday"]);
    let line = program.first_line();
    let url = line.strip_prefix("listening on ").unwrap().trim_end();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let response = http().get(format!("{url}{PROGRESS}")).bearer_auth(DEMO_KEY).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let log = BufReader::new(program.0.stderr.take().unwrap());
    let lines: Vec<_> = log.lines().map_while(Result::ok).take(6).collect();
    assert_eq!(lines[2], format!("export DOCSPACE_API_HOST={url}"));
    assert_eq!(lines[3], format!("export DOCSPACE_API_KEY={DEMO_KEY}"));
    assert!(lines[5].contains("GET /api/2.0/backup/getbackupprogress -> 200"), "{lines:?}");
}

#[cfg(unix)]
#[test]
fn it_ends_on_ctrl_c_without_complaint() {
    let mut program = Program::start(&[]);
    program.first_line();
    let interrupt = Command::new("kill").args(["-INT", &program.0.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    assert_eq!(program.0.wait().unwrap().code(), Some(0));
}

#[tokio::test]
async fn it_goes_on_when_nobody_reads_its_log() {
    let mut program = Program::start(&[]);
    let line = program.first_line();
    drop(program.0.stderr.take());
    let url = line.strip_prefix("listening on ").unwrap().trim_end().to_owned();
    for _ in 0..3 {
        let response = http().get(format!("{url}{VERSION}")).send().await.unwrap();
        assert_eq!(response.status(), 200);
    }
}

#[test]
fn the_help_lists_every_scenario_with_its_summary() {
    let output = Command::new(env!("CARGO_BIN_EXE_mock-portal")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for scenario in Scenario::ALL {
        assert!(help.contains(&format!("- {scenario}:")), "{scenario} is missing in\n{help}");
    }
}

#[test]
fn the_address_and_the_key_can_be_chosen() {
    let mut program = Program::start(&["--listen", "127.0.0.1:0", "--api-key", "sk-mine"]);
    assert!(program.first_line().starts_with("listening on http://127.0.0.1:"));
}

#[test]
fn an_address_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut program = Program::start(&["--listen", &address]);
    assert_eq!(program.0.wait().unwrap().code(), Some(1));
    let mut text = String::new();
    program.0.stderr.as_mut().unwrap().read_to_string(&mut text).unwrap();
    assert!(text.starts_with(&format!("mock-portal: cannot listen on {address}: ")), "{text}");
}

#[test]
fn bad_input_is_refused_with_the_way_out() {
    expect![[r#"
        error: invalid value 'soon' for '--backup-duration <TIME>': write a time as 500ms, 10s or 2m

        For more information, try '--help'.
    "#]]
    .assert_eq(&refused(&["--backup-duration", "soon"]));
    assert!(refused(&["--backup-duration=-5s"]).contains("cannot take less than no time"));
    assert!(refused(&["--scenario", "sucess"]).contains("'success'"));
}
