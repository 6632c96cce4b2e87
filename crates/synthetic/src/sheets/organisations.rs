//! `data/organisations.toml` as it is written.

use cotreat_knowledge::{Knowledge, Problem};
use cotreat_people::Role;
use cotreat_people::event::Sharing;
use serde::Deserialize;

use super::{Range, sixty, wrong};

const FILE: &str = "organisations.toml";

/// The practices of one town.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organisations {
    /// What the town is called.
    pub(crate) town: String,
    /// The IANA name of its time zone.
    pub(crate) zone: String,
    /// The rule of that zone, as POSIX writes it.
    pub(crate) clock: String,
    /// Days of the year on which all of them are closed: month and day.
    pub(crate) closed: Vec<String>,
    pub(crate) organisation: Vec<Organisation>,
}

/// One practice.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    /// The beginning of its e-mail addresses.
    pub(crate) mail: String,
    pub(crate) jurisdiction: String,
    pub(crate) profile: Option<String>,
    pub(crate) sharing: Sharing,
    /// Where its patients are seen, as episodes say it.
    pub(crate) setting: String,
    /// Of sixty patients so many come here first.
    pub(crate) of_60: u32,
    /// Days of the week on which it is open.
    pub(crate) open: Vec<Weekday>,
    /// From when to when.
    pub(crate) hours: [String; 2],
    pub(crate) post: Vec<Post>,
}

/// Some people who do the same.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Post {
    pub(crate) roles: Vec<Role>,
    /// Id of the profession of those who treat.
    pub(crate) profession: Option<String>,
    pub(crate) people: u32,
    #[serde(default)]
    pub(crate) training_hours: Range,
    /// One of them answers for privacy.
    #[serde(default)]
    pub(crate) privacy: bool,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Organisations {
    pub(super) fn check(&self, knowledge: &Knowledge, problems: &mut Vec<Problem>) {
        let rows = &self.organisation;
        sixty(
            problems,
            FILE,
            "organisations",
            rows.iter().map(|one| one.of_60),
        );
        for one in rows {
            let professions = one.post.iter().filter_map(|post| post.profession.as_ref());
            for id in professions.filter(|id| knowledge.professions.find(id).is_none()) {
                let message = format!("this knowledge has no profession `{id}`");
                wrong(problems, FILE, message, "name another one");
            }
            let profile = one.profile.as_ref();
            if let Some(id) = profile.filter(|id| knowledge.profiles.find(id).is_none()) {
                let message = format!("this knowledge has no profile `{id}`");
                wrong(problems, FILE, message, "name another one, or leave it out");
            }
            let has = |role: Role| {
                one.post
                    .iter()
                    .any(|post| post.roles.contains(&role) && post.people > 0)
            };
            if one.open.is_empty() || !has(Role::Clinician) || !has(Role::FrontDesk) {
                let message = format!(
                    "`{}` is never open, or lacks a clinician or a front desk",
                    one.name
                );
                wrong(
                    problems,
                    FILE,
                    message,
                    "somebody registers patients, and somebody treats them",
                );
            }
        }
    }
}
