//! Whether a backup may cost money.

use clap::Args;

/// What every command takes that starts a backup.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct SpendingArgument {
    /// Start the backup also if it costs money, because the free ones of the month are used up
    #[arg(
        long,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        value_name = "true|false",
        hide_possible_values = true
    )]
    pub(crate) allow_paid: Option<bool>,
}
