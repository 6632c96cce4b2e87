//! Files that could not be read. What they define exists all the same, so nobody who cites it is told that it does not.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use crate::format::Kind;

/// The ids that unreadable files define.
#[derive(Debug, Default)]
pub(crate) struct Unread {
    ids: BTreeMap<Kind, BTreeSet<String>>,
    files: BTreeSet<String>,
}

impl Unread {
    /// Remembers a file: by its name, and by its `id` where that much can be read.
    pub(crate) fn add(&mut self, kind: Kind, file: &str, text: &str) {
        self.files.insert(file.to_owned());
        let ids = self.ids.entry(kind).or_default();
        let name = file.rsplit('/').next().unwrap_or_default();
        ids.insert(name.trim_end_matches(".toml").to_owned());
        let (table, _) = DeTable::parse_recoverable(text);
        if let Some(DeValue::String(id)) = table.get_ref().get("id").map(toml::Spanned::get_ref) {
            ids.insert(id.to_string());
        }
    }

    /// The ids of one kind.
    pub(crate) fn ids(&self, kind: Kind) -> BTreeSet<String> {
        self.ids.get(&kind).cloned().unwrap_or_default()
    }

    /// Whether any file of a kind could not be read.
    pub(crate) fn any(&self, kind: Kind) -> bool {
        self.ids.contains_key(&kind)
    }

    /// Whether any file below a folder could not be read.
    pub(crate) fn any_below(&self, folder: &str) -> bool {
        self.files.iter().any(|file| file.starts_with(folder))
    }
}
