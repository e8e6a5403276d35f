//! What a chore says: results on stdout, everything else on stderr.

use std::fmt;
use std::io::{self, Write};

/// Writes a line of talk to stderr.
pub(crate) fn say(line: impl fmt::Display) {
    write_line(&mut io::stderr().lock(), line);
}

/// Writes a line of result to stdout.
pub(crate) fn put(line: impl fmt::Display) {
    write_line(&mut io::stdout().lock(), line);
}

fn write_line(to: &mut impl Write, line: impl fmt::Display) {
    // A reader that went away is no reason to leave a chore half done; its exit code still speaks.
    let _ = writeln!(to, "{line}").and_then(|()| to.flush());
}
