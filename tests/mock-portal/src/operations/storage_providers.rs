//! `settings/storage/backup`: the storage providers that backups can be sent to.

use serde_json::{Value, json};

use super::{Context, Outcome, dump_parameter};
use crate::answer::Answer;
use crate::gate;

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let dump = dump_parameter(context.request)?;
    gate::dump_call(context.state, dump)?;
    let providers = [
        provider("S3", "Amazon S3", &["bucket", "region"], Connection::Set),
        provider("GoogleCloud", "Google Cloud Storage", &["bucket"], Connection::Missing),
        provider("Selectel", "Selectel", &["private_container", "public_container"], Connection::Missing),
    ];
    context.note = format!("{} providers", providers.len());
    Ok(Answer::success(context.request, Some(&providers), providers.len()))
}

/// Whether the portal has the keys of a provider.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Connection {
    Set,
    Missing,
}

fn provider(id: &str, title: &str, properties: &[&str], connection: Connection) -> Value {
    let set = connection == Connection::Set;
    let property = |name: &&str| json!({"name": name, "value": if set { "mock" } else { "" }, "title": name});
    let properties: Vec<_> = properties.iter().map(property).collect();
    json!({"id": id, "title": title, "properties": properties, "current": false, "isSet": set})
}
