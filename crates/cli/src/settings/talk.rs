//! How the program talks: in which format, how much, with which colours.

use super::{Environment, Origin, SettingsError};
use crate::arguments::{Color, GlobalArguments, OutputFormat};

/// How to talk. Nothing of it is in the settings file, so it is known before anything else can fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Talk {
    /// How results are written to stdout.
    pub(crate) output: OutputFormat,
    /// How much is said on stderr.
    pub(crate) volume: Volume,
    /// Whether progress is shown.
    pub(crate) progress: bool,
    /// Whether the terminal takes nothing but text: `TERM=dumb`.
    pub(crate) is_dumb: bool,
    /// When to use colours: the flag, else `NO_COLOR`, else `CLICOLOR_FORCE`, else on a terminal.
    pub(crate) color: Color,
    /// A filter for the log that replaces the one of the volume: `RUST_LOG`.
    pub(crate) log_filter: Option<String>,
}

/// How much is said on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Volume {
    /// Errors alone.
    Quiet,
    /// What people want to know.
    Normal,
    /// `-v`: what is done.
    Verbose,
    /// `-vv` and more: every request.
    Debug,
}

impl Talk {
    /// Reads flags and environment.
    ///
    /// # Errors
    ///
    /// When more and less are asked for at once.
    pub(crate) fn resolve(global: &GlobalArguments, environment: &Environment) -> Result<Self, SettingsError> {
        let volume = volume(global)?;
        Ok(Self {
            output: global.output,
            volume,
            is_dumb: environment.raw("TERM").is_some_and(|term| term == "dumb"),
            progress: !global.no_progress && volume != Volume::Quiet,
            color: global.color.unwrap_or_else(|| usual_color(environment)),
            log_filter: environment.text("RUST_LOG")?.map(|filter| filter.value),
        })
    }
}

fn volume(global: &GlobalArguments) -> Result<Volume, SettingsError> {
    match (global.quiet, global.verbose) {
        (true, 0) => Ok(Volume::Quiet),
        (false, 0) => Ok(Volume::Normal),
        (false, 1) => Ok(Volume::Verbose),
        (false, _) => Ok(Volume::Debug),
        (true, _) => {
            let mistake = SettingsError::new("volume", "contradicts --verbose").at(&Origin::Flag("--quiet"));
            Err(mistake.with_hint("leave out one of the two"))
        }
    }
}

fn usual_color(environment: &Environment) -> Color {
    let forced = environment.raw("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    match environment.raw("NO_COLOR") {
        Some(_) => Color::Never,
        None if forced => Color::Always,
        None => Color::Auto,
    }
}
