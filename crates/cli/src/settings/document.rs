//! The text of a settings file, and what is wrong with it by line.

use std::{cell::RefCell, path::PathBuf};

use toml::de::DeTable;

use super::{
    Environment, Origin, SettingsError,
    table::Table,
    value::{Read, SEE_SAMPLE},
};

/// A settings file while it is read.
pub(super) struct Document<'e> {
    path: PathBuf,
    text: String,
    environment: &'e Environment,
    mistakes: RefCell<Vec<SettingsError>>,
}

impl<'e> Document<'e> {
    pub(super) fn new(path: PathBuf, text: String, environment: &'e Environment) -> Self {
        let mistakes = RefCell::default();
        Self { path, text, environment, mistakes }
    }

    /// The outermost table; `None` where the text is not TOML, which is noted.
    ///
    /// Only the line is told: what the parser shows of it may hold a secret.
    pub(super) fn root(&self) -> Option<Table<'_>> {
        match DeTable::parse(&self.text) {
            Ok(table) => Some(Table::new(self, String::new(), self.origin(0), table.into_inner())),
            Err(error) => {
                let origin = self.origin(error.span().map_or(0, |span| span.start));
                let mistake = SettingsError::new("settings file", format!("not TOML: {}", error.message()));
                self.note(mistake.at(&origin).with_hint(SEE_SAMPLE));
                None
            }
        }
    }

    /// Everything that was wrong, in the order of its lines.
    pub(super) fn into_mistakes(self) -> Vec<SettingsError> {
        let mut mistakes = self.mistakes.into_inner();
        mistakes.sort_by_key(|mistake| match mistake.origin() {
            Some(Origin::File { line, .. }) => *line,
            Some(Origin::Flag(_) | Origin::Environment(_) | Origin::Default) | None => 0,
        });
        mistakes
    }

    pub(super) fn origin(&self, offset: usize) -> Origin {
        let before = self.text.as_bytes().iter().take(offset);
        Origin::File { path: self.path.clone(), line: 1 + before.filter(|byte| **byte == b'\n').count() }
    }

    pub(super) fn note(&self, mistake: SettingsError) {
        self.mistakes.borrow_mut().push(mistake);
    }

    /// The value, or `None` after noting what is expected of it.
    pub(super) fn check<T>(&self, setting: &str, origin: &Origin, read: Read<T>) -> Option<T> {
        read.map_err(|refusal| self.note(refusal.of(setting, origin))).ok()
    }

    /// Whether something was noted about the setting of that name.
    pub(super) fn is_noted(&self, setting: &str) -> bool {
        self.mistakes.borrow().iter().any(|mistake| mistake.setting() == setting)
    }

    /// A relative path counts from the folder of the settings file, `~/` from the home.
    pub(super) fn resolve(&self, path: &str) -> PathBuf {
        let path = self.environment.expand_home(path);
        self.path.parent().map_or_else(|| path.clone(), |folder| folder.join(&path))
    }
}
