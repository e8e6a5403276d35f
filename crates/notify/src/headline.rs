//! The line that is seen first, with a symbol and a colour for the eye.

use crate::{Notice, Severity};

/// The symbol of the severity and the subject, which comes cleaned and cut.
pub(crate) fn headline(notice: &Notice, subject: &str) -> String {
    format!("{} {subject}", symbol(notice.severity)).trim_end().to_owned()
}

fn symbol(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "ℹ️",
        Severity::Success => "✅",
        Severity::Warning => "⚠️",
        Severity::Error => "❌",
    }
}

/// A colour that shows on light and dark ground, as `0xRRGGBB`.
pub(crate) fn colour(severity: Severity) -> u32 {
    match severity {
        Severity::Info => 0x3b_82_f6,
        Severity::Success => 0x16_a3_4a,
        Severity::Warning => 0xd9_77_06,
        Severity::Error => 0xdc_26_26,
    }
}
