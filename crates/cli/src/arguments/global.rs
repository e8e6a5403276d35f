//! Flags that every command takes.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

/// Which portal, with which settings, and how to talk.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArguments {
    /// Address of the portal [env: DOCSPACE_API_HOST, also DOCSPACE_BASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) host: Option<String>,

    /// File that holds the API key, "-" for stdin [env: DOCSPACE_API_KEY_FILE, or the key itself in DOCSPACE_API_KEY]
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Settings file [env: DOCSPACE_BACKUP_CONFIG]
    ///
    /// Without it: $XDG_CONFIG_HOME/docspace-backup/config.toml (or ~/.config/…), then
    /// /etc/docspace-backup/config.toml, where they exist.
    #[arg(short, long, global = true, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,

    /// Portal profile of the settings file [env: DOCSPACE_PORTAL]
    #[arg(short, long, global = true, value_name = "NAME")]
    pub(crate) portal: Option<String>,

    /// How results are written to stdout
    #[arg(short, long, global = true, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) output: OutputFormat,

    /// Say nothing but errors on stderr
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Say more on stderr; twice for every request [env: RUST_LOG for a filter of your own]
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Show no progress
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,

    /// When to use colours [env: NO_COLOR, CLICOLOR_FORCE]
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<Color>,

    /// Allow http:// to a host that is not this machine: the key travels unprotected
    #[arg(long, global = true)]
    pub(crate) allow_http: bool,

    /// File with the certificates (PEM) of the authorities to trust for the portal, beside those of the system
    #[arg(long, global = true, value_name = "PATH")]
    pub(crate) ca_file: Option<PathBuf>,
}

/// How results are written to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Text for people
    #[default]
    Human,
    /// One JSON document, also when the command fails
    Json,
    /// Events as they happen, one JSON document per line, the last one as with json
    Jsonl,
    /// Markdown, for the summary of a CI job
    Markdown,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
