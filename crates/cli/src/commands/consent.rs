//! The question before something is destroyed: answered by `--yes`, else by somebody at a terminal, else not asked at all.

use std::io::{self, IsTerminal};

use notify::one_line;

use crate::{console::Console, exit_code::ExitCode, problem::Problem};

/// The longest answer that is read, in bytes; a name at a portal is far shorter.
const LONGEST: u64 = 4096;

/// How an answer is come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Given,
    Asked,
    Refused,
}

fn way(yes: bool, is_terminal: bool) -> Way {
    match (yes, is_terminal) {
        (true, _) => Way::Given,
        (false, true) => Way::Asked,
        (false, false) => Way::Refused,
    }
}

/// Asks `question`, which ends with a question mark, unless `yes` was said before; only "y" and "yes" agree.
///
/// # Errors
///
/// Exit code 2 where nobody can be asked, 1 where the answer is anything else. Nothing was changed then.
pub(super) fn ask(question: &str, yes: bool, console: &Console) -> Result<(), Problem> {
    match way(yes, is_terminal()) {
        Way::Given => Ok(()),
        Way::Asked if agrees(&answer(&format!("{question} [y/N] "), console)?) => Ok(()),
        Way::Asked => Err(declined()),
        Way::Refused => Err(nobody_to_ask("--yes")),
    }
}

/// Has `name` typed, for what a "yes" would be said too quickly; `given` is the name that was given instead, by `flags`.
///
/// # Errors
///
/// As for [`ask`]; exit code 2 also where another name was given.
pub(super) fn ask_for_name(
    question: &str,
    name: &str,
    given: Option<&str>,
    flags: &str,
    console: &Console,
) -> Result<(), Problem> {
    match (given, way(given.is_some(), is_terminal())) {
        (Some(given), _) if given == name => Ok(()),
        (Some(given), _) => Err(other_name(given, name)),
        (None, Way::Asked) if answer(question, console)? == name => Ok(()),
        (None, Way::Asked) => Err(declined()),
        (None, Way::Given | Way::Refused) => Err(nobody_to_ask(flags)),
    }
}

fn agrees(answer: &str) -> bool {
    matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes")
}

/// Both ends of the conversation: what is asked must be seen, and what is answered must be typed.
fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// One line from the terminal; its end is an empty answer.
fn answer(prompt: &str, console: &Console) -> Result<String, Problem> {
    console.prompt(prompt);
    let mut line = String::new();
    let read = tokio::task::block_in_place(|| {
        io::BufRead::read_line(&mut io::Read::take(io::stdin().lock(), LONGEST), &mut line)
    });
    match read {
        Ok(_) => Ok(line.trim().to_owned()),
        Err(error) => {
            Err(Problem::new("no_answer_typed", ExitCode::Usage, format!("the answer could not be read: {error}")))
        }
    }
}

fn declined() -> Problem {
    Problem::new("declined", ExitCode::Failed, "not agreed to, so nothing was changed")
}

fn nobody_to_ask(flags: &str) -> Problem {
    let message = "this is done only if somebody agrees, and there is no terminal to ask on: nothing was changed";
    Problem::new("consent_needed", ExitCode::Usage, message)
        .with_hint(format!("look at what it would do with --dry-run, then give {flags}"))
}

fn other_name(given: &str, name: &str) -> Problem {
    let message = format!("the portal is called {}, not {}; nothing was changed", one_line(name), one_line(given));
    Problem::new("other_portal", ExitCode::Usage, message)
        .with_hint("make sure that this is the portal you mean, then give its name as it is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_done_unless_somebody_agrees() {
        assert_eq!(way(true, false), Way::Given);
        assert_eq!(way(false, true), Way::Asked);
        assert_eq!(way(false, false), Way::Refused);
        assert!(["y", "Y", "yes", "YES"].into_iter().all(agrees));
        assert!(!["", "n", "no", "ja", "yes!", "y y"].into_iter().any(agrees));
    }

    #[test]
    fn another_portals_name_is_no_consent() {
        let problem = other_name("acme\u{1b}[2J", "beta\nline");
        assert_eq!(problem.message, "the portal is called beta line, not acme; nothing was changed");
        assert_eq!(problem.exit, ExitCode::Usage);
    }
}
