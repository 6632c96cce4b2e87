//! `data/names.toml` as it is written.

use std::collections::BTreeMap;

use cotreat_knowledge::Problem;
use serde::Deserialize;

use super::{sixty, wrong};

const FILE: &str = "names.toml";

/// How people are called and reached.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    /// Beginnings of telephone numbers that nobody has; three digits follow.
    pub(crate) telephones: Vec<String>,
    pub(crate) streets: Vec<String>,
    pub(crate) group: Vec<Group>,
}

/// Names of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// The language that people of the group read, as a BCP 47 tag.
    pub(crate) language: String,
    /// Of sixty people so many.
    pub(crate) of_60: u32,
    /// Given names by the answer to the question for the sex.
    pub(crate) given: BTreeMap<String, Vec<String>>,
    /// Family names.
    pub(crate) family: Vec<String>,
    /// Beginnings of further family names.
    #[serde(default)]
    pub(crate) begins: Vec<String>,
    /// Their ends.
    #[serde(default)]
    pub(crate) ends: Vec<String>,
}

impl Names {
    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        sixty(
            problems,
            FILE,
            "groups",
            self.group.iter().map(|group| group.of_60),
        );
        let empty = |group: &&Group| {
            group.family.is_empty()
                || group.given.is_empty()
                || group.given.values().any(Vec::is_empty)
        };
        for group in self.group.iter().filter(empty) {
            wrong(
                problems,
                FILE,
                format!("the group `{}` lacks names", group.language),
                "write at least one given and one family name",
            );
        }
    }
}
