//! `folders`: the id of a folder, by what people call it.

use backup_core::{FolderSearch, FoundFolder, find_folders, top_folders};
use docspace_api::Portal;
use notify::one_line;
use serde_json::{Value, json};

use super::portal::connect;
use crate::{
    answer::{Answer, SCHEMA_VERSION},
    arguments::FoldersArguments,
    console::Console,
    exit_code::ExitCode,
    problem::Problem,
    report::PortalFacts,
    settings::Settings,
    table::{markdown_table, plain_table},
};

const HEADER: [&str; 3] = ["Folder ID", "Path", "Takes backups"];

/// Lists the uppermost folders, or those that are meant by a name; for a script one alone is a success.
pub(crate) async fn folders(
    arguments: &FoldersArguments,
    mut settings: Settings<'_>,
    console: &Console,
) -> Result<Answer, Problem> {
    let (client, portal) = connect(&mut settings).await?;
    settings.warnings().iter().for_each(|warning| console.warn(warning));
    let search = search(&client, arguments.name.as_deref()).await?;
    tell_gaps(&search, console);
    let problem = arguments.name.as_deref().and_then(|name| problem(name, &search));
    if let Some(problem) = &problem {
        console.error(&problem.message, problem.hint.as_deref());
    }
    Ok(answer(&portal, &search, problem.as_ref()))
}

async fn search(client: &Portal, name: Option<&str>) -> Result<FolderSearch, Problem> {
    let search = match name.map(str::trim) {
        Some("") => return Err(Problem::new("no_such_folder", ExitCode::Usage, "an empty name finds no folder")),
        Some(name) => find_folders(client, name).await,
        None => top_folders(client).await,
    };
    search.map_err(|error| Problem::from(&error))
}

/// What was not looked into may hold the folder that is missing.
fn tell_gaps(search: &FolderSearch, console: &Console) {
    if search.unread > 0 {
        console.warn(&format!("{} of the folders could not be looked into", search.unread));
    }
    if search.is_cut_short {
        console.warn("the portal has more folders than were looked into: give more of the path, or the id");
    }
}

fn problem(name: &str, search: &FolderSearch) -> Option<Problem> {
    let name = one_line(name);
    match search.found.len() {
        0 => {
            let message = format!("no folder is called {name}");
            Some(Problem::new("no_such_folder", ExitCode::NotFound, message).with_hint(
                "`docspace-backup folders` lists the uppermost ones; only what the key's owner sees is found",
            ))
        }
        1 => None,
        many => {
            let message = format!("{many} folders are called {name}");
            let hint = "give more of the path, a \"/\" before the whole of it, or take the id";
            Some(Problem::new("ambiguous_folder", ExitCode::Usage, message).with_hint(hint))
        }
    }
}

fn answer(portal: &PortalFacts, search: &FolderSearch, problem: Option<&Problem>) -> Answer {
    let rows = || search.found.iter().map(row);
    let exit = problem.map_or(ExitCode::Done, |problem| problem.exit);
    Answer {
        text: if search.found.is_empty() { String::new() } else { plain_table(&HEADER, rows()).trim_fmt() },
        markdown: markdown_table(&HEADER, rows()),
        document: Some(json!({
            "schema_version": SCHEMA_VERSION,
            "kind": "folders",
            "exit_code": exit.number(),
            "portal": { "name": portal.name, "host": portal.host },
            "folders": search.found.iter().map(entry).collect::<Vec<_>>(),
            "unread": search.unread,
            "error": problem,
        })),
        exit,
    }
}

fn row(found: &FoundFolder) -> [String; 3] {
    let takes = match found.takes_backups() {
        Some(true) => "yes",
        Some(false) => "no",
        None => "unknown",
    };
    [one_line(&found.folder.id.to_string()), one_line(&found.path_text()), takes.to_owned()]
}

fn entry(found: &FoundFolder) -> Value {
    json!({
        "id": found.folder.id.to_string(),
        "title": found.folder.title,
        "path": found.path_text(),
        "is_room": found.folder.room_type.is_some(),
        "takes_backups": found.takes_backups(),
    })
}
