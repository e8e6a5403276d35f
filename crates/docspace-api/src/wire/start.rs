//! The body of `startbackup` (contract §2).

use serde::Serialize;

use super::{
    names::storage_name,
    params::{self, Param},
};
use crate::{Scope, StartBackup};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    storage_type: &'static str,
    storage_params: Vec<Param<'a>>,
    dump: bool,
}

pub(crate) fn start_body(order: &StartBackup) -> Vec<u8> {
    params::json(&Body {
        storage_type: storage_name(order.target.storage()),
        storage_params: params::of_target(&order.target),
        dump: order.scope == Scope::Server,
    })
}
