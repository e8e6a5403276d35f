//! The program: a portal that runs until Ctrl-C and logs its calls.

use std::ffi::OsString;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use jiff::{Timestamp, tz::TimeZone};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::call::Call;
use crate::config::{Config, DEMO_KEY};
use crate::portal::MockPortal;
use crate::scenario::Scenario;

/// A stand-in for an ONLYOFFICE DocSpace portal, to try backups against.
///
/// The first line on stdout says where it listens; every call is a line on stderr.
#[derive(Debug, Parser)]
#[command(name = "mock-portal", version)]
struct Arguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,

    /// The only API key it accepts; without it a demo key, which is shown at the start.
    #[arg(long, value_name = "KEY", default_value = DEMO_KEY, hide_default_value = true)]
    api_key: String,

    /// How long a backup takes, as 500ms, 10s or 2m.
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    backup_duration: Duration,

    /// What it is up to.
    #[arg(long, value_name = "NAME", default_value = "success", value_parser = scenarios())]
    scenario: Scenario,
}

/// Runs the program `mock-portal` until Ctrl-C; the first argument is the program's name.
///
/// Help and wrong arguments end the process, as they do at the command line.
pub fn run_program(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = Arguments::parse_from(arguments);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    match runtime.and_then(|runtime| runtime.block_on(run(arguments))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            talk(&format!("mock-portal: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> io::Result<()> {
    let listener = TcpListener::bind(arguments.listen)
        .await
        .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {}: {error}", arguments.listen)))?;
    let config =
        Config { api_key: arguments.api_key.clone(), backup_duration: arguments.backup_duration, ..Config::default() };
    let (log, mut calls) = mpsc::unbounded_channel();
    let portal = MockPortal::serve_with_log(listener, config, Some(log));
    portal.play(arguments.scenario);
    let mut interrupted = tokio::spawn(tokio::signal::ctrl_c());
    tokio::task::yield_now().await; // From here on Ctrl-C is listened for, before anybody learns of the address.
    announce(&portal.url(), &arguments)?;
    loop {
        tokio::select! {
            Some(call) = calls.recv() => log_call(&call),
            waited = &mut interrupted => return waited.unwrap_or_else(|error| Err(io::Error::other(error))),
        }
    }
}

fn announce(url: &str, arguments: &Arguments) -> io::Result<()> {
    let mut stdout = io::stdout();
    writeln!(stdout, "listening on {url}")?;
    stdout.flush()?;
    let (scenario, key) = (arguments.scenario, &arguments.api_key);
    let duration = arguments.backup_duration;
    talk(&format!(
        "scenario {scenario}: {}; a backup takes {duration:?}; folder 123 is open; Ctrl-C ends\n\n\
         export DOCSPACE_API_HOST={url}\nexport DOCSPACE_API_KEY={key}\n",
        scenario.summary()
    ));
    Ok(())
}

fn log_call(call: &Call) {
    let time = Timestamp::now().to_zoned(TimeZone::UTC).strftime("%H:%M:%S%.3f").to_string();
    talk(&format!("{time} {call}"));
}

/// A line on stderr; the portal goes on when nobody reads it.
fn talk(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn duration(text: &str) -> Result<Duration, String> {
    let span: jiff::SignedDuration = text.parse().map_err(|_| "write a time as 500ms, 10s or 2m".to_owned())?;
    Duration::try_from(span).map_err(|_| "a backup cannot take less than no time".to_owned())
}

fn scenarios() -> impl TypedValueParser<Value = Scenario> {
    let value = |scenario: Scenario| PossibleValue::new(scenario.name()).help(scenario.summary());
    PossibleValuesParser::new(Scenario::ALL.map(value)).try_map(|name| name.parse())
}
