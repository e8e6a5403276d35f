//! `generate`: completions and manual pages, made from the command line's own definition.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::{
    answer::Answer,
    arguments::{Arguments, GenerateCommand, ManArguments},
    problem::Problem,
    settings::{Origin, SettingsError},
};

/// Carries one of the subcommands out.
pub(crate) fn generate(command: &GenerateCommand) -> Result<Answer, Problem> {
    Ok(Answer::verbatim(match command {
        GenerateCommand::Completions { shell } => completions(*shell),
        GenerateCommand::Man(arguments) => man(arguments)?,
    }))
}

/// The completions for a shell.
fn completions(shell: Shell) -> String {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "docspace-backup", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The main manual page; or, with a directory, all pages into it, and then a list of the files.
///
/// # Errors
///
/// When the directory cannot be made or written to.
fn man(arguments: &ManArguments) -> Result<String, SettingsError> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    match &arguments.dir {
        None => page(&command).map_err(|error| mistake(Path::new("the page"), &error)),
        Some(dir) => write_pages(&command, dir).map(|files| files.join("\n")),
    }
}

fn write_pages(command: &Command, dir: &Path) -> Result<Vec<String>, SettingsError> {
    if dir.is_file() {
        return Err(mistake(dir, &io::ErrorKind::NotADirectory.into()));
    }
    fs::create_dir_all(dir).map_err(|error| mistake(dir, &error))?;
    let file = write_page(command, dir)?;
    let mut files = vec![file.display().to_string()];
    for child in command.get_subcommands() {
        files.extend(write_pages(child, dir)?);
    }
    Ok(files)
}

fn write_page(command: &Command, dir: &Path) -> Result<PathBuf, SettingsError> {
    let file = dir.join(Man::new(command.clone()).get_filename());
    let written = page(command).and_then(|page| fs::write(&file, page));
    written.map_err(|error| mistake(&file, &error))?;
    Ok(file)
}

fn page(command: &Command) -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn mistake(path: &Path, error: &io::Error) -> SettingsError {
    let problem = format!("{} cannot be written: {}", path.display(), error.kind());
    let mistake = SettingsError::new("manual pages", problem).at(&Origin::Flag("DIR"));
    mistake.with_hint("name a directory that you may write to")
}

#[cfg(test)]
mod tests;
