//! The deletion itself, and what became of each backup by the two accounts of it: the portal's answer and its history.

use docspace_api::{BackupRecord, Portal, Scope, TaskId};

use crate::{exit_code::ExitCode, problem::Problem, signal::Signals};

/// What became of one backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// Nothing yet.
    Planned,
    /// The portal says so, and lists it no more.
    Deleted,
    /// The portal says so, but its history could not be read since.
    Unconfirmed,
    /// It is not listed any more, but the portal told an error: its file is perhaps left.
    RecordDeleted(Problem),
    /// The portal says that it is deleted, and lists it all the same.
    StillListed(Problem),
    /// The portal told an error.
    Failed(Problem),
    /// The program was stopped before.
    NotTried,
}

impl Fate {
    /// The word for programs.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Deleted => "deleted",
            Self::Unconfirmed => "unconfirmed",
            Self::RecordDeleted(_) => "record_deleted",
            Self::StillListed(_) => "still_listed",
            Self::Failed(_) => "failed",
            Self::NotTried => "not_tried",
        }
    }

    /// For people.
    pub(super) fn phrase(&self) -> String {
        match self {
            Self::Planned => "would be deleted".to_owned(),
            Self::Deleted => "deleted".to_owned(),
            Self::Unconfirmed => "deleted, as the portal says; its history could not be read since".to_owned(),
            Self::RecordDeleted(problem) => problem.message.clone(),
            Self::StillListed(problem) | Self::Failed(problem) => format!("NOT deleted: {}", problem.message),
            Self::NotTried => "NOT deleted: stopped before".to_owned(),
        }
    }

    /// Why it is not gone for sure.
    pub(super) fn problem(&self) -> Option<&Problem> {
        match self {
            Self::RecordDeleted(problem) | Self::StillListed(problem) | Self::Failed(problem) => Some(problem),
            Self::Planned | Self::Deleted | Self::Unconfirmed | Self::NotTried => None,
        }
    }
}

/// What the portal said to one deletion; `None` where it was not asked.
type Reply = Option<Result<(), Problem>>;

/// Deletes them one after the other, a failure or not, until a signal comes; a deletion that is under way is seen through.
pub(super) async fn remove(records: &[BackupRecord], client: &Portal, scope: Scope, signals: &Signals) -> Vec<Fate> {
    let mut replies = Vec::with_capacity(records.len());
    for record in records {
        let is_stopped = signals.stop.is_cancelled();
        replies.push(if is_stopped { None } else { Some(delete_one(&record.id, client).await) });
    }
    let left = left(client, scope, signals).await;
    records.iter().zip(replies).map(|(record, reply)| fate(&record.id, reply, left.as_deref())).collect()
}

async fn delete_one(id: &TaskId, client: &Portal) -> Result<(), Problem> {
    client.delete_backup(id).await.map_err(|error| Problem::from(&error))
}

/// What the history lists now; `None` where it cannot be read.
async fn left(client: &Portal, scope: Scope, signals: &Signals) -> Option<Vec<TaskId>> {
    let history = signals.unless_stopped(client.backup_history(scope)).await?.ok()?;
    Some(history.into_iter().map(|record| record.id).collect())
}

fn fate(id: &TaskId, reply: Reply, left: Option<&[TaskId]>) -> Fate {
    let is_listed = left.map(|left| left.contains(id));
    match (reply, is_listed) {
        (None, _) => Fate::NotTried,
        (Some(Ok(())), Some(false)) => Fate::Deleted,
        (Some(Ok(())), None) => Fate::Unconfirmed,
        (Some(Ok(())), Some(true)) => Fate::StillListed(still_listed()),
        (Some(Err(problem)), Some(false)) => Fate::RecordDeleted(file_left(&problem)),
        (Some(Err(problem)), Some(true) | None) => Fate::Failed(problem),
    }
}

/// The portal removes the record first, and then the file (contract §6).
fn file_left(problem: &Problem) -> Problem {
    let message = format!("no longer listed, but its file may be left: {}", problem.message);
    let file_left = Problem::new("file_left", ExitCode::Failed, message)
        .with_hint("look for the file where it was stored, for no list has it any more");
    Problem { status: problem.status, ..file_left }
}

fn still_listed() -> Problem {
    let message = "the portal says that it is deleted, and lists it all the same";
    Problem::new("still_listed", ExitCode::Failed, message)
        .with_hint("look again in a minute with `docspace-backup history`; an administrator of the server finds the cause in its logs")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::fixture::id;

    #[test]
    fn the_portals_answer_and_its_history_are_both_heard() {
        let refused = || Some(Err(Problem::new("refused", ExitCode::Failed, "cannot delete the backup: status 500")));
        let (listed, gone): (&[TaskId], &[TaskId]) = (&[id()], &[]);
        let mut lines = String::new();
        for reply in [Some(Ok(())), refused(), None] {
            for left in [Some(gone), Some(listed), None] {
                let fate = fate(&id(), reply.clone(), left);
                lines.push_str(&format!("{:14}  {}\n", fate.word(), fate.phrase()));
            }
        }
        expect![[r#"
            deleted         deleted
            still_listed    NOT deleted: the portal says that it is deleted, and lists it all the same
            unconfirmed     deleted, as the portal says; its history could not be read since
            record_deleted  no longer listed, but its file may be left: cannot delete the backup: status 500
            failed          NOT deleted: cannot delete the backup: status 500
            failed          NOT deleted: cannot delete the backup: status 500
            not_tried       NOT deleted: stopped before
            not_tried       NOT deleted: stopped before
            not_tried       NOT deleted: stopped before
        "#]]
        .assert_eq(&lines);
    }
}
