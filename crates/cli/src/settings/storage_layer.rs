//! What one source of settings says about the place of a copy, and which of two sources wins.

use std::collections::BTreeMap;

use super::{Origin, Setting, SettingsError};
use crate::arguments::{StorageArguments, StorageWord};

/// Flags, or one table of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct StorageLayer {
    pub(super) storage: Option<Setting<StorageWord>>,
    pub(super) folder: Option<Setting<String>>,
    pub(super) params: BTreeMap<String, Setting<String>>,
}

impl StorageLayer {
    /// What was typed.
    ///
    /// # Errors
    ///
    /// When `--param` gives one key twice.
    pub(super) fn typed(typed: &StorageArguments) -> Result<Self, SettingsError> {
        Ok(Self {
            storage: typed.storage.map(|word| Setting::flag("--storage", word)),
            folder: typed.folder.clone().map(|folder| Setting::flag("--folder", folder)),
            params: typed_params(typed)?,
        })
    }

    /// This one over that one. The folder and the parameters below belong to the storage below: they are left aside where
    /// another one is named here.
    pub(super) fn over(mut self, below: &Self) -> Self {
        if self.suits(below) {
            self.folder = self.folder.or_else(|| below.folder.clone());
            for (key, param) in &below.params {
                self.params.entry(key.clone()).or_insert_with(|| param.clone());
            }
        }
        self.storage = self.storage.or_else(|| below.storage.clone());
        self
    }

    /// The storage where nobody names one.
    pub(super) fn usual_word(&self) -> StorageWord {
        match self.folder {
            Some(_) => StorageWord::Documents,
            None => StorageWord::Temporary,
        }
    }

    fn suits(&self, below: &Self) -> bool {
        let below_word = below.storage.as_ref().map_or_else(|| below.usual_word(), |word| word.value);
        self.storage.as_ref().is_none_or(|word| word.value == below_word)
    }
}

fn typed_params(typed: &StorageArguments) -> Result<BTreeMap<String, Setting<String>>, SettingsError> {
    let mut params = BTreeMap::new();
    for param in &typed.params {
        let setting = Setting::flag("--param", param.value.clone());
        if params.insert(param.key.clone(), setting).is_some() {
            let mistake = SettingsError::new(format!("param {}", param.key), "given twice");
            return Err(mistake.at(&Origin::Flag("--param")).with_hint("leave out one of the two"));
        }
    }
    Ok(params)
}
