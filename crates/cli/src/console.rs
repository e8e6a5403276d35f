//! The two streams: data on standard output, talk on standard error. A closed pipe is no panic.

use std::io::{self, IsTerminal, Write};

use terminal_size::{Width, terminal_size_of};

use crate::{
    arguments::{Color, OutputFormat},
    settings::{Talk, Volume},
};

/// How to speak, and in which form to answer.
#[derive(Debug, Clone)]
pub(crate) struct Console {
    pub(crate) format: OutputFormat,
    pub(crate) is_quiet: bool,
    pub(crate) has_color: bool,
    /// Whether data is coloured: standard output may be a file although standard error is a terminal.
    pub(crate) has_colored_data: bool,
    /// How many columns standard output has; `None` where it is no terminal.
    pub(crate) width: Option<usize>,
    /// How progress is shown.
    pub(crate) progress: Progress,
}

/// How the progress of a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// A bar: somebody watches, and no log writes in between.
    Bar,
    /// A line per tenth or minute.
    Lines,
    /// Not at all.
    Hidden,
}

impl Console {
    pub(crate) fn new(talk: &Talk) -> Self {
        let is_terminal = io::stderr().is_terminal() && !talk.is_dumb;
        Self {
            format: talk.output,
            is_quiet: talk.volume == Volume::Quiet,
            has_color: is_colored(talk.color, is_terminal),
            has_colored_data: is_colored(talk.color, io::stdout().is_terminal() && !talk.is_dumb),
            width: terminal_size_of(io::stdout()).map(|(Width(columns), _)| columns.into()),
            progress: match talk.progress {
                false => Progress::Hidden,
                true if is_terminal && talk.volume == Volume::Normal => Progress::Bar,
                true => Progress::Lines,
            },
        }
    }

    /// The console for a mistake in what says how to talk.
    pub(crate) fn plain(format: OutputFormat) -> Self {
        Self {
            format,
            is_quiet: false,
            has_color: false,
            has_colored_data: false,
            width: None,
            progress: Progress::Lines,
        }
    }

    /// Data, on standard output. A reader that has left has seen what it wanted.
    ///
    /// # Errors
    ///
    /// When it could not be written, to a full disk for example.
    pub(crate) fn data(&self, text: &str) -> io::Result<()> {
        match write(&mut io::stdout().lock(), text) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Talk, on standard error; nothing with `--quiet`.
    pub(crate) fn talk(&self, text: &str) {
        if !self.is_quiet {
            // Where standard error does not take it there is nobody to tell.
            let _ = write(&mut io::stderr().lock(), text);
        }
    }

    /// A question, on standard error, also with `--quiet`: the answer is typed behind it.
    pub(crate) fn prompt(&self, text: &str) {
        let mut stderr = io::stderr().lock();
        let _ = write!(stderr, "{text}").and_then(|()| stderr.flush());
    }

    /// A warning, on standard error.
    pub(crate) fn warn(&self, text: &str) {
        let label = self.paint("warning:", "33;1");
        self.talk(&format!("{label} {text}"));
    }

    /// An error with its hint, on standard error, also with `--quiet`.
    pub(crate) fn error(&self, message: &str, hint: Option<&str>) {
        let mut stderr = io::stderr().lock();
        let _ = write(&mut stderr, &format!("{} {message}", self.paint("error:", "31;1")));
        if let Some(hint) = hint {
            let _ = write(&mut stderr, &format!("{} {hint}", self.paint("hint:", "36")));
        }
    }

    /// A part of the data in a colour, where data is coloured.
    pub(crate) fn paint_data(&self, text: &str, style: &str) -> String {
        if self.has_colored_data { styled(text, style) } else { text.to_owned() }
    }

    fn paint(&self, text: &str, style: &str) -> String {
        if self.has_color { styled(text, style) } else { text.to_owned() }
    }
}

fn is_colored(wanted: Color, is_terminal: bool) -> bool {
    match wanted {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => is_terminal,
    }
}

fn styled(text: &str, style: &str) -> String {
    format!("\u{1b}[{style}m{text}\u{1b}[0m")
}

fn write(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(stream, "{}", text.trim_end_matches('\n')).and_then(|()| stream.flush())
}
