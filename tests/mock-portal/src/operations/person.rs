//! `people/@self`: the user behind the key.

use serde_json::json;

use super::{Context, Outcome};
use crate::answer::Answer;
use crate::caller::Role;

pub(super) const ID: &str = "66faa6e4-f133-11ea-b126-00ffeec8b4ef";
pub(super) const NAME: &str = "Key Owner";

pub(super) fn answer(context: &mut Context<'_>) -> Outcome {
    let role = context.state.caller.role;
    let person = json!({
        "id": ID,
        "userName": "key.owner",
        "displayName": NAME,
        "email": "key.owner@example.com",
        "isAdmin": role.manages_portal(),
        "isOwner": role == Role::Owner,
        "isRoomAdmin": role == Role::RoomAdmin,
        "isVisitor": false,
        "isCollaborator": role == Role::User,
        "status": 1,
        "activationStatus": 1,
    });
    Ok(Answer::success(context.request, Some(&person), 1))
}
