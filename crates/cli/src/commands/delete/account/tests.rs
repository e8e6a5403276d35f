//! Every ending of a deletion: what is told of it as a whole, and by which exit code.

use expect_test::expect;

use super::{Deletion, Fate};
use crate::{exit_code::ExitCode, fixture::record, problem::Problem, report::PortalFacts, signal::Signal};

fn deletion(fates: &[Fate], interrupted_by: Option<Signal>) -> Deletion {
    let portal = PortalFacts { name: "main".into(), host: "https://portal.example.com".into(), version: None };
    let records = vec![record("a.tar.gz"); fates.len()];
    Deletion::planned(portal, records, Vec::new()).carried_out(fates.to_vec(), interrupted_by)
}

fn told(deletion: &Deletion) -> String {
    let problem = deletion.problem();
    let error = problem.map(|problem| format!("\n     {}: {}", problem.code, problem.message));
    let headline = deletion.answer().text.lines().next().unwrap_or_default().to_owned();
    format!("{:3}  {headline}{}\n", deletion.exit().number(), error.unwrap_or_default())
}

#[test]
fn each_ending_has_its_words_and_its_exit_code() {
    let refused = || Problem::new("refused", ExitCode::Failed, "cannot delete the backup: status 500");
    let unpaid = || Problem::new("payment_required", ExitCode::PaymentRequired, "cannot delete the backup: 402");
    let endings = [
        deletion(&[], None),
        deletion(&[Fate::Planned], None),
        deletion(&[Fate::Deleted, Fate::Deleted], None),
        deletion(&[Fate::Deleted, Fate::Unconfirmed], None),
        deletion(&[Fate::Deleted, Fate::Failed(refused())], None),
        deletion(&[Fate::Failed(unpaid()), Fate::Failed(unpaid())], None),
        deletion(&[Fate::Failed(unpaid()), Fate::Failed(refused())], None),
        deletion(&[Fate::RecordDeleted(refused())], None),
        deletion(&[Fate::Deleted, Fate::NotTried], Some(Signal::Interrupt)),
        deletion(&[Fate::Failed(refused()), Fate::NotTried], Some(Signal::Terminate)),
        deletion(&[Fate::Deleted], Some(Signal::Interrupt)),
    ];
    expect![[r#"
          0  No backups.
          0  A dry run: nothing was deleted.
          0  2 of 2 backups deleted: https://portal.example.com
          3  2 of 2 backups deleted: https://portal.example.com
          1  1 of 2 backups deleted: https://portal.example.com
             not_all_deleted: 1 of 2 backups not deleted for sure: cannot delete the backup: status 500
         13  0 of 2 backups deleted: https://portal.example.com
             payment_required: cannot delete the backup: 402
          1  0 of 2 backups deleted: https://portal.example.com
             not_all_deleted: 2 of 2 backups not deleted for sure: cannot delete the backup: 402
          1  0 of 1 backups deleted: https://portal.example.com
             refused: cannot delete the backup: status 500
        130  1 of 2 backups deleted: https://portal.example.com
             interrupted: stopped: 1 of 2 backups deleted
        143  0 of 2 backups deleted: https://portal.example.com
             refused: cannot delete the backup: status 500
          0  1 of 1 backups deleted: https://portal.example.com
    "#]]
    .assert_eq(&endings.iter().map(told).collect::<String>());
}
