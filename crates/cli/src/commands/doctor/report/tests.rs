//! How a checkup is shown, and what the program ends with.

use expect_test::{Expect, expect};

use super::{Report, Row};
use crate::{arguments::OutputFormat, console::Console, exit_code::ExitCode, report::PortalFacts};

const MEND: &str = "have a new key made, and put it in the place of this one";

fn rows() -> Vec<Row> {
    vec![
        Row::ok("reachable", "DocSpace 3.7.2 answers"),
        Row::warning("key_expiry", "the key expires within a week, at 2026-08-03T10:15:30Z").mend(MEND),
        Row::skipped("quota", "cannot read the used space: payment or quota (402)"),
        Row::failed("folder", ExitCode::NotFound, "there is no folder 404\u{1b}[31m").mend("name another\nfolder"),
        Row::warning("notify.a_name_that_somebody_chose", "cannot reach the mail server"),
    ]
}

fn report(rows: Vec<Row>) -> Report {
    let portal = PortalFacts { host: "https://portal.example.com".to_owned(), ..PortalFacts::default() };
    Report { portal, job: None, rows }
}

fn console() -> Console {
    Console::plain(OutputFormat::Human)
}

fn check_width(width: usize, expected: Expect) {
    let text = report(rows()).text(&Console { width: Some(width), ..console() });
    assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
    expected.assert_eq(&text);
}

fn check_exit(exits: &[ExitCode], expected: ExitCode) {
    let rows = exits.iter().map(|exit| Row::failed("portal", *exit, "no")).collect();
    assert_eq!(report(rows).exit_code(), expected, "{exits:?}");
}

#[test]
fn without_a_terminal_a_finding_is_a_line() {
    expect![[r#"
          Portal: https://portal.example.com

          ok       reachable                          DocSpace 3.7.2 answers
          warning  key_expiry                         the key expires within a week, at 2026-08-03T10:15:30Z
                                                      mend: have a new key made, and put it in the place of this one
          skipped  quota                              cannot read the used space: payment or quota (402)
          FAILED   folder                             there is no folder 404
                                                      mend: name another folder
          warning  notify.a_name_that_somebody_chose  cannot reach the mail server

        1 failed, 2 warnings, 1 skipped, 1 ok"#]]
    .assert_eq(&report(rows()).text(&console()));
}

#[test]
fn a_terminal_of_80_columns_holds_it() {
    check_width(
        80,
        expect![[r#"
              Portal: https://portal.example.com

              ok       reachable           DocSpace 3.7.2 answers
              warning  key_expiry          the key expires within a week, at
                                           2026-08-03T10:15:30Z
                                           mend: have a new key made, and put it in the
                                           place of this one
              skipped  quota               cannot read the used space: payment or quota
                                           (402)
              FAILED   folder              there is no folder 404
                                           mend: name another folder
              warning  notify.a_name_that  cannot reach the mail server
                       _somebody_chose

            1 failed, 2 warnings, 1 skipped, 1 ok"#]],
    );
}

#[test]
fn a_terminal_of_60_columns_holds_it() {
    check_width(
        60,
        expect![[r#"
              Portal: https://portal.example.com

              ok       reachable           DocSpace 3.7.2 answers
              warning  key_expiry          the key expires within a
                                           week, at 2026-08-03T10:15:30Z
                                           mend: have a new key made,
                                           and put it in the place of
                                           this one
              skipped  quota               cannot read the used space:
                                           payment or quota (402)
              FAILED   folder              there is no folder 404
                                           mend: name another folder
              warning  notify.a_name_that  cannot reach the mail server
                       _somebody_chose

            1 failed, 2 warnings, 1 skipped, 1 ok"#]],
    );
}

#[test]
fn states_are_coloured_where_data_is() {
    let text = report(rows()).text(&Console { has_colored_data: true, ..console() });
    for state in ["\u{1b}[32mok\u{1b}[0m ", "\u{1b}[33;1mwarning\u{1b}[0m ", "\u{1b}[31;1mFAILED\u{1b}[0m "] {
        assert!(text.contains(state), "{text}");
    }
    assert_eq!(text.matches("\u{1b}[0m").count(), rows().len(), "{text}");
}

#[test]
fn the_worst_decides_the_exit_code() {
    check_exit(&[], ExitCode::Done);
    check_exit(&[ExitCode::Done, ExitCode::DoneWithWarnings], ExitCode::DoneWithWarnings);
    check_exit(&[ExitCode::DoneWithWarnings, ExitCode::Failed], ExitCode::Failed);
    check_exit(&[ExitCode::Failed, ExitCode::Usage], ExitCode::Usage);
    check_exit(&[ExitCode::Usage, ExitCode::NotFound], ExitCode::NotFound);
    check_exit(&[ExitCode::NotFound, ExitCode::PaymentRequired], ExitCode::PaymentRequired);
    check_exit(&[ExitCode::PaymentRequired, ExitCode::Unreachable], ExitCode::Unreachable);
    check_exit(&[ExitCode::Unreachable, ExitCode::NotAllowed], ExitCode::NotAllowed);
}

#[test]
fn what_could_not_be_looked_at_is_no_all_clear() {
    assert_eq!(report(vec![Row::ok("key", "fine")]).exit_code(), ExitCode::Done);
    assert_eq!(
        report(vec![Row::ok("key", "fine"), Row::skipped("role", "no")]).exit_code(),
        ExitCode::DoneWithWarnings
    );
}

#[test]
fn a_page_for_ci_has_a_row_for_each_check() {
    expect![[r#"
        | State | Check | Found | Mend |
        |---|---|---|---|
        | ok | reachable | DocSpace 3.7.2 answers |  |
        | warning | key\_expiry | the key expires within a week, at 2026-08-03T10:15:30Z | have a new key made, and put it in the place of this one |
        | skipped | quota | cannot read the used space: payment or quota (402) |  |
        | FAILED | folder | there is no folder 404 | name another folder |
        | warning | notify.a\_name\_that\_somebody\_chose | cannot reach the mail server |  |

        1 failed, 2 warnings, 1 skipped, 1 ok
    "#]].assert_eq(&report(rows()).markdown());
}
