//! Which backups are meant: all of them or none, if one of the ids is unknown.

use docspace_api::{BackupRecord, Portal, Progress, RetryPolicy, Scope, TaskId};

use crate::{arguments::DeleteArguments, commands::history::newest_first, exit_code::ExitCode, problem::Problem};

/// The backups in the order in which they were named, each once; all of them newest first.
///
/// The history alone tells what is this portal's own: it answers "done" to the id of another one's (contract §6).
pub(super) async fn choose(
    arguments: &DeleteArguments,
    client: &Portal,
    scope: Scope,
) -> Result<Vec<BackupRecord>, Problem> {
    let mut records = client.backup_history(scope).await.map_err(|error| Problem::from(&error))?;
    newest_first(&mut records);
    if arguments.all {
        return Ok(records);
    }
    match pick(&records, &arguments.ids) {
        Ok(chosen) => Ok(chosen),
        Err(unknown) => Err(refuse(&unknown, running(client, scope).await.as_ref(), scope)),
    }
}

fn pick(records: &[BackupRecord], ids: &[TaskId]) -> Result<Vec<BackupRecord>, Vec<TaskId>> {
    let (mut chosen, mut unknown) = (Vec::<BackupRecord>::new(), Vec::new());
    for id in ids {
        match records.iter().find(|record| record.id == *id) {
            Some(record) if chosen.iter().any(|known| known.id == record.id) => {}
            Some(record) => chosen.push(record.clone()),
            None => unknown.push(id.clone()),
        }
    }
    if unknown.is_empty() { Ok(chosen) } else { Err(unknown) }
}

/// A job that is not over yet stands in no history. Nothing is lost where it cannot be looked at: the ids stay unknown.
async fn running(client: &Portal, scope: Scope) -> Option<Progress> {
    let slot = client.with_retry(RetryPolicy::NEVER).backup_progress(scope).await.ok().flatten();
    slot.filter(|progress| !progress.state.is_over())
}

fn refuse(unknown: &[TaskId], running: Option<&Progress>, scope: Scope) -> Problem {
    if let Some(job) = running.filter(|job| unknown.contains(&job.task)) {
        let message = format!("backup {} is not made yet: it is running; nothing was deleted", job.task);
        return Problem::new("not_made_yet", ExitCode::NotFound, message)
            .with_hint(format!("stop it with `docspace-backup cancel {}`, or wait for its end", job.task));
    }
    let ids: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    let message = format!("the portal's history does not list {}; nothing was deleted", ids.join(", "));
    let others = match scope {
        Scope::Portal => "dumps of the server are another list: --dump",
        Scope::Server => "backups of one portal are another list: leave out --dump",
    };
    Problem::new("no_such_backup", ExitCode::NotFound, message)
        .with_hint(format!("`docspace-backup history` lists the backups that exist; {others}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{id, record};

    #[test]
    fn one_unknown_id_spoils_all_and_a_repeated_one_counts_once() {
        let other: TaskId = "00000000-0000-4000-8000-000000000001".parse().unwrap();
        let records = [record("a.tar.gz")];
        assert_eq!(pick(&records, &[id(), id()]).unwrap(), records);
        assert_eq!(pick(&records, &[id(), other.clone()]).unwrap_err(), [other]);
    }
}
