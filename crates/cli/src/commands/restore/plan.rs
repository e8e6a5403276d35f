//! What a restore would do, shown before anybody is asked.

use backup_core::{RestoreCopy, RestorePlan, RestoreWish};
use docspace_api::{FileId, NotifyUsers, RestoreSource};
use notify::one_line;
use serde_json::{Value, json};

use super::Problem;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::RestoreArguments,
    exit_code::ExitCode,
    markdown::escape,
    report::{Fact, PortalFacts, fact_lines},
    settings::{RunSettings, Settings},
    words,
};

pub(super) fn wish(arguments: &RestoreArguments, settings: &Settings<'_>) -> Result<RestoreWish, Problem> {
    let copy = match (&arguments.id, &arguments.file) {
        (Some(id), _) => RestoreCopy::Record(id.clone()),
        (None, Some(file)) => RestoreCopy::File(source(file)?),
        (None, None) => return Err(Problem::new("usage", ExitCode::Usage, "give the id of a backup, or --file ID")),
    };
    let notify_users = if arguments.notify_users { NotifyUsers::Yes } else { NotifyUsers::No };
    Ok(RestoreWish { copy, scope: settings.resolve_scope(arguments.storage.dump), notify_users })
}

fn source(file: &str) -> Result<RestoreSource, Problem> {
    match file.parse() {
        Ok(FileId::Number(file)) => Ok(RestoreSource::DocumentsFile { file }),
        Ok(FileId::Text(file)) => Ok(RestoreSource::ThirdpartyFile { file }),
        Err(_) => Err(Problem::new("usage", ExitCode::Usage, "--file is empty: a file's id is expected")),
    }
}

/// The name that has to be typed; where the portal has none, its host's.
pub(super) fn portal_name(plan: &RestorePlan, facts: &PortalFacts) -> String {
    let names = [&plan.portal.name, &plan.portal.alias];
    let name = names.into_iter().flatten().map(|name| name.trim()).find(|name| !name.is_empty());
    name.unwrap_or_else(|| facts.host.split_once("://").map_or(&*facts.host, |(_, host)| host)).to_owned()
}

/// The plan for people.
pub(super) fn text(plan: &RestorePlan, facts: &PortalFacts, backup: Option<&RunSettings>) -> String {
    let consequences: String = plan.consequences.iter().map(|it| format!("  - {it}\n")).collect();
    format!("This will be done:\n{}And this comes of it:\n{consequences}", fact_lines(&rows(plan, facts, backup)))
}

fn rows(plan: &RestorePlan, facts: &PortalFacts, backup: Option<&RunSettings>) -> Vec<Fact> {
    let mut rows = vec![
        Fact::new("Portal", format!("{} ({})", portal_name(plan, facts), facts.host)),
        Fact::new("Puts back", words::scope(plan.order.scope)),
    ];
    match (&plan.record, &plan.order.source) {
        (Some(record), _) => {
            rows.push(Fact::new("Backup ID", record.id.to_string()));
            rows.push(Fact::new("File", record.file_name.clone()));
            rows.push(Fact::new("Made at", record.created_on.map_or_else(|| "unknown".to_owned(), words::time)));
            rows.push(Fact::new("Storage", words::storage(record.storage)));
        }
        (None, source) => rows.push(Fact::new("File", file_of(source))),
    }
    let fresh = backup.map_or("none, as asked".to_owned(), |wanted| words::storage(wanted.backup.target.storage()));
    rows.push(Fact::new("Fresh backup", fresh));
    rows
}

fn file_of(source: &RestoreSource) -> String {
    match source {
        RestoreSource::Backup { id, .. } => format!("that of backup {id}"),
        RestoreSource::DocumentsFile { file } => format!("file {file} of the portal's documents"),
        RestoreSource::ThirdpartyFile { file } => format!("file {file} of a connected drive"),
        RestoreSource::ConsumerFile { module, path, .. } => format!("{path} at {module}"),
        RestoreSource::UploadedFile => "the one that was uploaded last".to_owned(),
    }
}

/// The answer of a dry run.
pub(super) fn answer(plan: &RestorePlan, facts: &PortalFacts, backup: Option<&RunSettings>) -> Answer {
    let text = format!("A dry run: nothing was changed.\n{}", text(plan, facts, backup));
    let items = |item: String| format!("- {}\n", escape(&one_line(&item)));
    let rows = rows(plan, facts, backup).into_iter().map(|row| items(format!("{}: {}", row.label, row.value)));
    let rows = rows.chain(plan.consequences.iter().map(|it| items(it.to_string())));
    Answer {
        markdown: format!("A dry run: nothing was changed.\n\n{}", rows.collect::<String>()),
        text,
        document: Some(document(plan, facts, backup)),
        exit: ExitCode::Done,
    }
}

fn document(plan: &RestorePlan, facts: &PortalFacts, backup: Option<&RunSettings>) -> Value {
    let record = plan.record.as_ref();
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "restore_plan",
        "exit_code": ExitCode::Done.number(),
        "portal": { "name": facts.name, "host": facts.host, "title": portal_name(plan, facts) },
        "backup": {
            "id": record.map(|record| &record.id),
            "file_name": record.map(|record| &record.file_name),
            "storage": record.map(|record| words::storage(record.storage)),
            "created_on": record.and_then(|record| record.created_on),
            "dump": plan.order.scope == docspace_api::Scope::Server,
        },
        "fresh_backup": backup.map(|wanted| words::storage(wanted.backup.target.storage())),
        "consequences": plan.consequences.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
