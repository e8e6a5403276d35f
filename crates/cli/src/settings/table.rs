//! Tables of a settings file, read key by key; what is wrong is noted down, and what nobody asked for is an error.

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use clap::ValueEnum;
use notify::State;
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::{
    Origin, SecretSource, Setting, SettingsError,
    document::Document,
    nearest::hint_for,
    value::{self, Read},
};

/// One table. Each key is taken by name and type; [`finish`](Self::finish) then refuses what is left.
pub(super) struct Table<'d> {
    document: &'d Document<'d>,
    name: String,
    origin: Origin,
    entries: Vec<Entry<'d>>,
    known: Vec<&'static str>,
}

struct Entry<'d> {
    key: String,
    origin: Origin,
    value: DeValue<'d>,
}

impl<'d> Table<'d> {
    pub(super) fn new(document: &'d Document<'d>, name: String, origin: Origin, table: DeTable<'d>) -> Self {
        let mut entries: Vec<(usize, Entry<'d>)> =
            table.into_iter().map(|(key, value)| entry(document, key, value)).collect();
        entries.sort_by_key(|(offset, _)| *offset);
        Self {
            document,
            name,
            origin,
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
            known: Vec::new(),
        }
    }

    /// Where the table stands.
    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    pub(super) fn text(&mut self, key: &'static str) -> Option<Setting<String>> {
        self.read(key, |_, value| value::text(value))
    }

    pub(super) fn boolean(&mut self, key: &'static str) -> Option<Setting<bool>> {
        self.read(key, |_, value| value::boolean(value))
    }

    pub(super) fn duration(&mut self, key: &'static str) -> Option<Setting<Duration>> {
        self.read(key, |_, value| value::duration(value))
    }

    /// A text, or a number taken for its digits.
    pub(super) fn text_or_number(&mut self, key: &'static str) -> Option<Setting<String>> {
        self.read(key, |_, value| value::text_or_number(value))
    }

    /// A text or a number that `parse` understands; what it says otherwise follows the name of the setting.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Setting<T>> {
        self.read(key, |_, value| value::parsed(value, parse))
    }

    /// One text, or several in a list.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Setting<Vec<String>>> {
        self.read(key, |_, value| value::texts(value))
    }

    /// One of the words of `T`, in any case.
    pub(super) fn word<T: ValueEnum>(&mut self, key: &'static str) -> Option<Setting<T>> {
        self.read(key, |_, value| value::word(value))
    }

    /// The states that a channel gets, at least one.
    pub(super) fn states(&mut self, key: &'static str) -> Option<Setting<BTreeSet<State>>> {
        self.read(key, |_, value| value::states(value))
    }

    pub(super) fn path(&mut self, key: &'static str) -> Option<Setting<PathBuf>> {
        self.read(key, |document, value| Ok(document.resolve(&value::text(value)?)))
    }

    /// A program: a name that is looked for in PATH, or a path.
    pub(super) fn program(&mut self, key: &'static str) -> Option<Setting<PathBuf>> {
        self.read(key, |document, value| {
            let text = value::text(value)?;
            Ok(if text.contains('/') { document.resolve(&text) } else { text.into() })
        })
    }

    /// Texts in a list, each taken as it stands.
    pub(super) fn arguments(&mut self, key: &'static str) -> Option<Setting<Vec<String>>> {
        self.read(key, |_, value| value::arguments(value))
    }

    pub(super) fn secret(&mut self, key: &'static str) -> Option<Setting<SecretSource>> {
        self.read(key, value::secret)
    }

    /// A table whose keys are the user's own, and whose values are texts or numbers.
    pub(super) fn pairs(&mut self, key: &'static str) -> Vec<(String, Setting<String>)> {
        let Some(table) = self.table(key) else {
            return Vec::new();
        };
        let document = table.document;
        let read = table.entries.into_iter().filter_map(|Entry { key, origin, value }| {
            let value = document.check(&format!("{}.{key}", table.name), &origin, value::text_or_number(&value));
            Some((key, Setting { value: value?, origin }))
        });
        read.collect()
    }

    /// The table below that key; an empty one where it is missing or no table.
    pub(super) fn table(&mut self, key: &'static str) -> Option<Table<'d>> {
        let taken = self.take(key)?;
        self.below(taken)
    }

    /// The tables below that key, each with the name that the user gave it.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<(String, Table<'d>)> {
        let Some(mut table) = self.table(key) else { return Vec::new() };
        let entries = std::mem::take(&mut table.entries);
        let tables = entries.into_iter().filter_map(|entry| Some((entry.key.clone(), table.below(entry)?)));
        tables.collect()
    }

    /// Notes a mistake in the value of that key.
    pub(super) fn refuse(&self, key: &str, origin: &Origin, problem: &str, hint: &str) {
        let mistake = SettingsError::new(self.name_of(key), problem);
        self.document.note(mistake.at(origin).with_hint(hint));
    }

    /// Notes that a key which must be there is not.
    pub(super) fn require<T>(&self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.is_refused(key) {
            let mistake = SettingsError::new(self.name_of(key), "missing").at(&self.origin);
            self.document.note(mistake.with_hint(format!("write `{key} = …` in the table [{}]", self.name)));
        }
        value
    }

    /// Whether that key is there with a value that was refused.
    pub(super) fn is_refused(&self, key: &str) -> bool {
        self.document.is_noted(&self.name_of(key))
    }

    /// Refuses every key that nobody asked for.
    pub(super) fn finish(self) {
        for entry in &self.entries {
            let mistake = SettingsError::new(self.name_of(&entry.key), "there is no such setting");
            self.document.note(mistake.at(&entry.origin).with_hint(hint_for(&entry.key, &self.known)));
        }
    }

    /// The whole name of a key: `portals.main.host`.
    pub(super) fn name_of(&self, key: &str) -> String {
        match self.name.as_str() {
            "" => key.to_owned(),
            name => format!("{name}.{key}"),
        }
    }

    fn below(&self, entry: Entry<'d>) -> Option<Table<'d>> {
        let name = self.name_of(&entry.key);
        if let DeValue::Table(table) = entry.value {
            return Some(Table::new(self.document, name, entry.origin, table));
        }
        let problem = format!("a table is expected, not {}", value::kind_of(&entry.value));
        self.document.note(SettingsError::new(name, problem).at(&entry.origin).with_hint(value::SEE_SAMPLE));
        None
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&Document<'_>, &DeValue<'_>) -> Read<T>,
    ) -> Option<Setting<T>> {
        let Entry { origin, value, .. } = self.take(key)?;
        let value = self.document.check(&self.name_of(key), &origin, read(self.document, &value));
        Some(Setting { value: value?, origin })
    }

    fn take(&mut self, key: &'static str) -> Option<Entry<'d>> {
        self.known.push(key);
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(index))
    }
}

/// The entry, and where it begins in the text.
fn entry<'d>(document: &Document<'_>, key: Spanned<DeString<'d>>, value: Spanned<DeValue<'d>>) -> (usize, Entry<'d>) {
    let offset = key.span().start;
    let entry =
        Entry { origin: document.origin(offset), key: key.into_inner().into_owned(), value: value.into_inner() };
    (offset, entry)
}
