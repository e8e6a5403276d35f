//! `config`: write a settings file, show what is in force, check all of it.

mod check;
mod init;
mod rows;
mod show;

use serde_json::Value;

use crate::{
    arguments::{ConfigCommand, GlobalArguments, OutputFormat},
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    report::{Layout, print_json},
    settings::{Environment, Settings},
};

/// Carries one of the subcommands out. The settings file is read here, since `init` wants none and `check` wants one that
/// may be wrong.
pub(crate) async fn config(
    command: &ConfigCommand,
    global: &GlobalArguments,
    environment: &Environment,
    console: &Console,
) -> Result<ExitCode, Problem> {
    let answer = match command {
        ConfigCommand::Init(arguments) => init::init(arguments, global, environment)?,
        ConfigCommand::Show => show::show(&Settings::load(global, environment)?)?,
        ConfigCommand::Check => check::check(global, environment).await,
    };
    answer.print(console);
    Ok(answer.exit)
}

/// What a subcommand answers, in each form.
#[derive(Debug)]
struct Answer {
    text: String,
    markdown: String,
    document: Value,
    exit: ExitCode,
}

impl Answer {
    fn print(&self, console: &Console) {
        match console.format {
            OutputFormat::Human => console.data(&self.text),
            OutputFormat::Markdown => console.data(&self.markdown),
            OutputFormat::Json => print_json(&self.document, console, Layout::Pretty),
            OutputFormat::Jsonl => print_json(&self.document, console, Layout::Line),
        }
    }
}

#[cfg(test)]
mod tests;
