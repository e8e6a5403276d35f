//! `type = "command"`: a program of the user's own.

use std::{path::PathBuf, sync::Arc};

use notify::{CommandNotifier, CommandSettings, Notifier};

use super::{Ingredients, Made, Place, Shown};
use crate::settings::{Setting, table::Table};

/// A program, and what it is started with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommandPlan {
    program: Setting<PathBuf>,
    args: Option<Setting<Vec<String>>>,
}

impl CommandPlan {
    pub(super) fn read(table: &mut Table<'_>) -> Option<Self> {
        let (program, args) = (table.program("program"), table.arguments("args"));
        Some(Self { program: table.require("program", program)?, args })
    }

    /// An argument may be what only its reader should know.
    pub(super) fn shown(&self) -> Vec<(&'static str, Shown<'_>)> {
        let args = self.args.iter().map(|args| ("args", Shown::Hidden(args)));
        [("program", Shown::Path(&self.program))].into_iter().chain(args).collect()
    }

    /// Whether the program is there can be seen without starting it.
    pub(super) async fn build(&self, ingredients: &mut Ingredients<'_>) -> Made<Arc<dyn Notifier>> {
        let settings = CommandSettings {
            program: self.program.value.clone(),
            args: self.args.as_ref().map(|args| args.value.clone()).unwrap_or_default(),
            timeout: ingredients.time_limit().unwrap_or(CommandSettings::TIMEOUT),
        };
        let hint = "name a program that is there and may be executed, by its path or as PATH finds it";
        let place = Place::Setting("program", &self.program.origin);
        let made = CommandNotifier::new(ingredients.name(), settings);
        let notifier = ingredients.made(place, hint, made)?;
        ingredients.proven(place, hint, notifier).await
    }
}
