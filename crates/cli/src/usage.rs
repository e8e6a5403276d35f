//! A command line that is none, or that only asks for help.

use std::ffi::OsString;

use crate::{arguments::OutputFormat, console::Console, exit_code::ExitCode, problem::Problem};

/// Help and version go to standard output and are no error; everything else is a wrong command line.
pub(crate) fn usage(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is nobody's mistake.
        let _ = error.print();
        return ExitCode::Done;
    }
    let problem = tell(error, arguments);
    if let Some(format) = asks_for_document(arguments) {
        // What is wrong has been told on standard error.
        let _ = problem.answer().print(&Console::plain(format));
    }
    problem.exit
}

/// Tells what is wrong, in the parser's own words unless they would repeat a secret.
fn tell(error: &clap::Error, arguments: &[OsString]) -> Problem {
    if arguments.iter().any(is_secret) {
        let problem = Problem::new("usage", ExitCode::Usage, "an argument looks like an API key")
            .with_hint("a secret is never an argument: set DOCSPACE_API_KEY, or give --api-key-file PATH");
        Console::plain(OutputFormat::Human).error(&problem.message, problem.hint.as_deref());
        return problem;
    }
    let _ = error.print();
    let message = error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    Problem::new("usage", ExitCode::Usage, message).with_hint("see docspace-backup --help")
}

fn is_secret(argument: &OsString) -> bool {
    argument.to_string_lossy().split(['=', ' ']).any(|word| word.starts_with("sk-") && word.len() > 10)
}

/// The command line could not be understood, but whoever reads a document is to get one.
fn asks_for_document(arguments: &[OsString]) -> Option<OutputFormat> {
    let words: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let glued = words.iter().filter_map(|word| word.strip_prefix("--output=").or_else(|| word.strip_prefix("-o")));
    let apart = words.windows(2).filter(|pair| matches!(pair[0], "-o" | "--output")).map(|pair| pair[1]);
    glued.chain(apart).find_map(|word| match word.trim_start_matches('=') {
        "json" => Some(OutputFormat::Json),
        "jsonl" => Some(OutputFormat::Jsonl),
        "markdown" => Some(OutputFormat::Markdown),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{asks_for_document, is_secret};
    use crate::arguments::OutputFormat;

    fn check(line: &str, format: Option<OutputFormat>) {
        let arguments: Vec<_> = line.split(' ').map(Into::into).collect();
        assert_eq!(asks_for_document(&arguments), format, "{line}");
    }

    #[test]
    fn the_form_is_recognised_in_every_spelling() {
        check("run --output json --bad", Some(OutputFormat::Json));
        check("run --output=jsonl --bad", Some(OutputFormat::Jsonl));
        check("run -ojson --bad", Some(OutputFormat::Json));
        check("-o=json nonsense", Some(OutputFormat::Json));
        check("run --output markdown json", Some(OutputFormat::Markdown));
        check("run json", None);
    }

    #[test]
    fn a_key_among_the_arguments_is_noticed() {
        assert!(is_secret(&"sk-0123456789abcdef".into()));
        assert!(is_secret(&"--api-key=sk-0123456789abcdef".into()));
        assert!(!is_secret(&"--storage".into()));
    }
}
