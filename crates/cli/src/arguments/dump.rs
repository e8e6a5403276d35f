//! Whether a command is about one portal or about the whole server.

use clap::Args;

/// The two kinds of backup that a portal keeps apart.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct DumpArgument {
    /// The whole server with all its portals instead of one portal; self-hosted servers only
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        value_name = "true|false",
        hide_possible_values = true
    )]
    pub(crate) dump: Option<bool>,
}
