//! Where the copy goes: the word, the folder and the parameters that belong together.

use std::collections::BTreeMap;

use docspace_api::BackupTarget;

use super::{Setting, SettingsError, nearest::hint_for, storage_layer::StorageLayer};
use crate::arguments::StorageWord;

/// The place as the settings describe it; [`target`](Self::target) tells whether it makes sense.
#[derive(Debug)]
pub(crate) struct StoragePlan {
    pub(crate) word: Setting<StorageWord>,
    pub(crate) folder: Option<Setting<String>>,
    pub(crate) params: BTreeMap<String, Setting<String>>,
}

impl StoragePlan {
    /// The place that is left when all sources have been laid over each other.
    pub(super) fn of(place: StorageLayer) -> Self {
        let word = place.storage.clone().unwrap_or_else(|| Setting::by_default(place.usual_word()));
        Self { word, folder: place.folder, params: place.params }
    }

    /// The target.
    ///
    /// # Errors
    ///
    /// When the storage lacks what it needs, or is given what it has no use for.
    pub(crate) fn target(&self) -> Result<BackupTarget, SettingsError> {
        match self.word.value {
            StorageWord::Temporary => {
                self.refuse_folder("documents takes a folder: give --storage documents, or leave the folder out")?;
                self.refuse_params()?;
                Ok(BackupTarget::DataStore)
            }
            StorageWord::Documents => {
                self.refuse_params()?;
                self.number().map(|folder| BackupTarget::Documents { folder })
            }
            StorageWord::ThirdPartyDocuments => {
                self.refuse_params()?;
                self.drive_folder().map(|folder| BackupTarget::ThirdpartyDocuments { folder })
            }
            StorageWord::ThirdPartyStorage => {
                self.refuse_folder("the provider's own keys are given with --param KEY=VALUE")?;
                self.consumer()
            }
            StorageWord::Local => {
                self.refuse_folder("the directory is given with --param filePath=/path")?;
                self.directory().map(|directory| BackupTarget::Local { directory })
            }
        }
    }

    fn number(&self) -> Result<u64, SettingsError> {
        let folder = self.folder("give --folder with the number at the end of the folder's address")?;
        match folder.value.parse() {
            Ok(number) if number > 0 => Ok(number),
            Ok(_) | Err(_) => {
                let mistake =
                    SettingsError::new("folder", "a folder of the portal's documents has a number").at(&folder.origin);
                Err(mistake.with_hint("for a connected drive give --storage third-party-documents"))
            }
        }
    }

    fn drive_folder(&self) -> Result<String, SettingsError> {
        let folder = self.folder("give --folder with the id that the portal shows for the drive's folder")?;
        match folder.value.parse::<i64>() {
            Err(_) => Ok(folder.value.clone()),
            Ok(_) => {
                let mistake = SettingsError::new("folder", "a number is a folder of the portal's own documents");
                Err(mistake.at(&folder.origin).with_hint("give --storage documents, or the id of the drive's folder"))
            }
        }
    }

    fn folder(&self, hint: &str) -> Result<&Setting<String>, SettingsError> {
        let given = self.folder.as_ref().filter(|folder| !folder.value.trim().is_empty());
        given.ok_or_else(|| {
            let mistake = SettingsError::new("storage", format!("{} needs a folder", self.word.value));
            mistake.at(&self.word.origin).with_hint(hint)
        })
    }

    fn consumer(&self) -> Result<BackupTarget, SettingsError> {
        let module = self.param("module", "name the provider as the portal does: --param module=S3")?;
        let others = self.params.iter().filter(|(key, _)| *key != "module");
        Ok(BackupTarget::ThirdPartyConsumer {
            module,
            params: others.map(|(key, param)| (key.clone(), param.value.clone())).collect(),
        })
    }

    fn directory(&self) -> Result<String, SettingsError> {
        if let Some((key, param)) = self.params.iter().find(|(key, _)| *key != "filePath") {
            let mistake = SettingsError::new(format!("param {key}"), "local takes filePath alone").at(&param.origin);
            return Err(mistake.with_hint(hint_for(key, &["filePath"])));
        }
        self.param("filePath", "name the directory on the portal's server: --param filePath=/backups")
    }

    fn param(&self, key: &str, hint: &str) -> Result<String, SettingsError> {
        let given = self.params.get(key).filter(|param| !param.value.trim().is_empty());
        given.map(|param| param.value.clone()).ok_or_else(|| {
            let mistake = SettingsError::new("storage", format!("{} needs the parameter {key}", self.word.value));
            mistake.at(&self.word.origin).with_hint(hint)
        })
    }

    fn refuse_folder(&self, hint: &str) -> Result<(), SettingsError> {
        self.folder.as_ref().map_or(Ok(()), |folder| {
            let problem = format!("contradicts the storage {} ({})", self.word.value, self.word.origin);
            Err(SettingsError::new("folder", problem).at(&folder.origin).with_hint(hint))
        })
    }

    fn refuse_params(&self) -> Result<(), SettingsError> {
        self.params.iter().next().map_or(Ok(()), |(key, param)| {
            let problem = format!("the storage {} ({}) takes no parameters", self.word.value, self.word.origin);
            let mistake = SettingsError::new(format!("param {key}"), problem).at(&param.origin);
            Err(mistake.with_hint("a folder is given with --folder; parameters are for local and third-party-storage"))
        })
    }
}
