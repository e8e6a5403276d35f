//! The table of all scenarios, and the list of those that differ.

use std::{fmt::Write, time::Duration};

use super::{scenario::Scenario, seen::Seen};

/// A scenario and what came of it.
pub(super) struct Played {
    pub(super) scenario: Scenario,
    pub(super) seen: Seen,
}

impl Played {
    fn differences(&self) -> Vec<String> {
        self.seen.differences(&self.scenario.expected)
    }
}

/// One line per scenario, and the sums; a line that differs is marked.
pub(super) fn table(played: &[Played], took: Duration) -> String {
    let mut text = String::new();
    let mut group = "";
    for row in played {
        if row.scenario.group != group {
            group = row.scenario.group;
            let _ = write!(
                text,
                "\n{:<78} {:<36} exit start/sent  sec  secrets  other changes\n",
                group.to_uppercase(),
                "outcome"
            );
        }
        text.push_str(&line(row));
    }
    text.push_str(&sums(played, took));
    text
}

fn line(row: &Played) -> String {
    let Seen { outcome, exit, starts, sent, changed, took, secrets, .. } = &row.seen;
    let mark = if row.differences().is_empty() { ' ' } else { '!' };
    let (name, seconds) = (&row.scenario.name, took.as_secs_f64());
    let line = format!(
        "{mark} {name:<76} {outcome:<36} {exit:>4} {starts:>5}/{sent:<4} {seconds:>5.1} {secrets:>7}  {changed}"
    );
    format!("{}\n", line.trim_end())
}

fn sums(played: &[Played], took: Duration) -> String {
    let differing = played.iter().filter(|row| !row.differences().is_empty()).count();
    let doubled = played.iter().filter(|row| row.seen.starts > row.scenario.expected.starts).count();
    let secrets: usize = played.iter().map(|row| row.seen.secrets).sum();
    format!(
        "\n{} scenarios in {:.1} s: {differing} differ, {doubled} with a start too many, {secrets} secrets found\n",
        played.len(),
        took.as_secs_f64()
    )
}

/// For each scenario that differs: how, and all that was written.
pub(super) fn differences(played: &[Played]) -> String {
    let differing = played.iter().filter(|row| !row.differences().is_empty());
    differing.fold(String::new(), |mut text, row| {
        let Scenario { group, name, .. } = &row.scenario;
        let differences = row.differences().join("\n  ");
        let _ = writeln!(text, "\n{group}: {name}\n  {differences}\n{}", row.seen.transcript);
        text
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::chaos::scenario::{Fine, group, row};

    fn played(expected: &'static str) -> Vec<Played> {
        let scenario = group("some", vec![row("a reset", "run", Fine, (expected, 0, 1, 1))]).remove(0);
        let seen = Seen {
            outcome: "lost: vanished".to_owned(),
            exit: 17,
            starts: 2,
            sent: 2,
            secrets: 1,
            took: Duration::from_millis(1500),
            transcript: "$ docspace-backup run".to_owned(),
            ..Seen::default()
        };
        vec![Played { scenario, seen }]
    }

    #[test]
    fn a_row_that_differs_is_marked_and_told_in_words() {
        let played = played("completed");
        expect![[r#"

            SOME                                                                           outcome                              exit start/sent  sec  secrets  other changes
            ! a reset                                                                      lost: vanished                         17     2/2      1.5       1

            1 scenarios in 2.0 s: 1 differ, 1 with a start too many, 1 secrets found
        "#]].assert_eq(&table(&played, Duration::from_secs(2)));
        expect![[r#"

            some: a reset
              outcome: expected completed, came lost: vanished
              exit code: expected 0, came 17
              starts: expected 1, came 2
              starts sent: expected 1..=1, came 2
              secrets: expected 0, came 1
            $ docspace-backup run
        "#]]
        .assert_eq(&differences(&played));
    }

    #[test]
    fn a_row_that_is_as_expected_is_not_told_again() {
        let mut played = played("lost: vanished");
        played[0].seen = Seen { exit: 0, starts: 1, sent: 1, secrets: 0, ..played[0].seen.clone() };
        assert_eq!(differences(&played), "");
    }
}
