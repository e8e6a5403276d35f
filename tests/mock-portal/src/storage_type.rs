//! Where a backup goes, in the portal's numbers and spellings (contract §1.2).

/// A `BackupStorageType`; any integer is accepted at the start and fails later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageType {
    /// 0: a folder of the portal.
    Documents,
    /// 1: a folder of a connected drive; the portal spells it `ThridpartyDocuments`.
    ThirdPartyDocuments,
    /// 2: known by name, implemented nowhere.
    CustomCloud,
    /// 3: a directory of the server.
    Local,
    /// 4: the portal's temporary store, where a copy lives for 24 hours.
    DataStore,
    /// 5: a connected storage provider.
    ThirdPartyConsumer,
    /// Any other integer.
    Unknown(i32),
}

const NAMED: [(&str, StorageType); 6] = [
    ("Documents", StorageType::Documents),
    ("ThridpartyDocuments", StorageType::ThirdPartyDocuments),
    ("CustomCloud", StorageType::CustomCloud),
    ("Local", StorageType::Local),
    ("DataStore", StorageType::DataStore),
    ("ThirdPartyConsumer", StorageType::ThirdPartyConsumer),
];

impl StorageType {
    /// The integer that answers carry.
    pub fn number(self) -> i32 {
        match self {
            Self::Documents => 0,
            Self::ThirdPartyDocuments => 1,
            Self::CustomCloud => 2,
            Self::Local => 3,
            Self::DataStore => 4,
            Self::ThirdPartyConsumer => 5,
            Self::Unknown(number) => number,
        }
    }

    pub(crate) fn from_number(number: i32) -> Self {
        let known = NAMED.into_iter().map(|(_, storage)| storage).find(|storage| storage.number() == number);
        known.unwrap_or(Self::Unknown(number))
    }

    /// Reads a request's text: the portal's own spelling in any case, or digits.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let named = NAMED.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, storage)| storage);
        named.or_else(|| text.parse().ok().map(Self::from_number))
    }
}

#[cfg(test)]
mod tests {
    use super::StorageType;

    #[test]
    fn only_the_portals_own_misspelling_is_understood() {
        assert_eq!(StorageType::from_text("thridpartydocuments"), Some(StorageType::ThirdPartyDocuments));
        assert_eq!(StorageType::from_text("ThirdPartyDocuments"), None);
        assert_eq!(StorageType::from_text("ThirdPartyConsumer"), Some(StorageType::ThirdPartyConsumer));
    }

    #[test]
    fn every_number_keeps_its_value() {
        for number in -1..8 {
            assert_eq!(StorageType::from_number(number).number(), number);
        }
    }
}
