//! `config`: write a settings file, show what is in force, check all of it.

mod check;
mod init;
mod rows;
mod show;

#[cfg(any(test, fuzzing))]
pub(crate) use show::show;

use crate::{
    answer::Answer,
    arguments::{ConfigCommand, GlobalArguments},
    problem::Problem,
    settings::{Environment, Settings},
};

/// Carries one of the subcommands out. The settings file is read here, since `init` wants none and `check` wants one that
/// may be wrong.
pub(crate) async fn config(
    command: &ConfigCommand,
    global: &GlobalArguments,
    environment: &Environment,
) -> Result<Answer, Problem> {
    Ok(match command {
        ConfigCommand::Init(arguments) => init::init(arguments, global, environment)?,
        ConfigCommand::Show => show::show(&Settings::load(global, environment)?)?,
        ConfigCommand::Check => check::check(global, environment).await,
    })
}

#[cfg(test)]
mod tests;
