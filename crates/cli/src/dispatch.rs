//! From the command line to an exit code.

use std::ffi::OsString;

use clap::Parser;

use crate::{
    answer::Answer,
    arguments::{Arguments, Command, ScheduleCommand},
    commands,
    console::Console,
    exit_code::ExitCode,
    logging,
    problem::Problem,
    report::{Account, Purpose},
    settings::{Environment, Settings, Talk},
    usage::usage,
};

/// The whole program: parses the arguments (the program's name first), does what they say, and returns the exit code.
pub fn main_impl(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    match Arguments::try_parse_from(&arguments) {
        Ok(parsed) => run(&parsed),
        Err(error) => usage(&error, &arguments),
    }
}

fn run(arguments: &Arguments) -> ExitCode {
    let environment = Environment::of_process();
    let (console, problem) = match Talk::resolve(&arguments.global, &environment) {
        Ok(talk) => {
            logging::set_up(&talk);
            (Console::new(&talk), None)
        }
        Err(error) => (Console::plain(arguments.global.output), Some(Problem::from(error))),
    };
    let result = problem.map_or_else(|| in_runtime(arguments, &environment, &console), Err);
    let answer = result.unwrap_or_else(|problem| tell(problem, &arguments.command, &console));
    match answer.print(&console) {
        Ok(()) => answer.exit,
        Err(error) => {
            console.error(&format!("the answer could not be written to standard output: {error}"), None);
            exit_when_lost(answer.exit, &arguments.command)
        }
    }
}

/// What is done at the portal stays done, although its account reached nobody; of the other commands the answer is all there is.
fn exit_when_lost(exit: ExitCode, command: &Command) -> ExitCode {
    match (exit, command) {
        (ExitCode::Done, Command::Run(_) | Command::Start(_) | Command::Wait(_)) => ExitCode::NotTold,
        (ExitCode::Done, Command::Cancel(_) | Command::Delete(_) | Command::Restore(_)) => ExitCode::NotTold,
        (ExitCode::Done, Command::Schedule(ScheduleCommand::Set(_) | ScheduleCommand::Remove(_))) => ExitCode::NotTold,
        (ExitCode::Done, _) => ExitCode::Failed,
        (exit, _) => exit,
    }
}

/// Two threads are plenty: nearly all of the time is spent waiting.
fn in_runtime(arguments: &Arguments, environment: &Environment, console: &Console) -> Result<Answer, Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| {
        Problem::new("system", ExitCode::Failed, format!("the system gives no threads or timers: {error}"))
    })?;
    let code = runtime.block_on(perform(arguments, environment, console));
    // A request that hangs must not hold the end up.
    runtime.shutdown_background();
    code
}

async fn perform(arguments: &Arguments, environment: &Environment, console: &Console) -> Result<Answer, Problem> {
    let load = || Settings::load(&arguments.global, environment).map_err(Problem::from);
    match &arguments.command {
        Command::Run(typed) => commands::run(typed, load()?, console).await,
        Command::Start(typed) => commands::start(typed, load()?, console).await,
        Command::Wait(typed) => commands::wait(typed, load()?, console).await,
        Command::Status(typed) => commands::status(typed, load()?, console).await,
        Command::Cancel(typed) => commands::cancel(typed, load()?, console).await,
        Command::History(typed) => commands::history(typed, load()?, console).await,
        Command::Doctor(typed) => Ok(commands::doctor(typed, &arguments.global, environment, console).await),
        Command::Delete(typed) => commands::delete(typed, load()?, console).await,
        Command::Folders(typed) => commands::folders(typed, load()?, console).await,
        Command::Restore(typed) => commands::restore(typed, load()?, console).await,
        Command::Schedule(typed) => commands::schedule(typed, load()?, console).await,
        Command::Runs(typed) => commands::runs(typed, environment),
        Command::Notify(typed) => commands::notify(typed, load()?, console).await,
        Command::Config(typed) => commands::config(typed, &arguments.global, environment).await,
        Command::Generate(typed) => commands::generate(typed),
    }
}

/// Tells a problem that came before there was anything to report, and makes the answer of it for whoever reads documents.
fn tell(problem: Problem, command: &Command, console: &Console) -> Answer {
    console.error(&problem.message, problem.hint.as_deref());
    match command {
        Command::Run(_) => Account::of_mistake(Purpose::Run, problem).answer(),
        Command::Wait(_) => Account::of_mistake(Purpose::Wait, problem).answer(),
        Command::Start(_) => Account::of_mistake(Purpose::Start, problem).answer(),
        Command::Status(_)
        | Command::Cancel(_)
        | Command::History(_)
        | Command::Delete(_)
        | Command::Folders(_)
        | Command::Restore(_)
        | Command::Schedule(_)
        | Command::Doctor(_)
        | Command::Runs(_)
        | Command::Notify(_)
        | Command::Config(_)
        | Command::Generate(_) => problem.answer(),
    }
}
