//! Who has to do with a patient.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_people::Sight;
use jiff::{SignedDuration, Timestamp};

/// How long the broken glass holds.
pub const GLASS_HOLDS: SignedDuration = SignedDuration::from_hours(4);

/// Who has to do with a patient at an instant, as the store knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// Id of the patient; of merged files the one that stays.
    pub patient: String,
    /// The instant.
    pub at: Timestamp,
    /// Organisations that see the patient.
    pub seen_at: BTreeSet<String>,
    /// Organisations that share the records of their patients within the whole clinic.
    pub shared_by: BTreeSet<String>,
    /// Users in the care team of an open episode.
    pub team: BTreeSet<String>,
    /// Who broke the glass, and until when it holds: that instant no longer counts.
    pub glass: BTreeMap<String, Timestamp>,
    /// Referrals that are sent and unanswered, and to whom.
    pub referrals: BTreeMap<String, Addressee>,
    /// The patient agreed to research, and did not take it back.
    pub research: bool,
}

/// To whom a referral was sent. One that names a person is for that person, whichever organisation it names beside; one that names neither is nobody's yet and stands in no
/// [`Relation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressee {
    /// One user.
    User(String),
    /// Any clinician of an organisation.
    Organisation(String),
}

impl Relation {
    /// For whom the broken glass still holds.
    pub(crate) fn glass_holds(&self) -> impl Iterator<Item = &str> {
        let holds = |(_, until): &(&String, &Timestamp)| **until > self.at;
        self.glass
            .iter()
            .filter(holds)
            .map(|(user, _)| user.as_str())
    }

    /// Users who have a referral to answer.
    pub(crate) fn referred(&self) -> impl Iterator<Item = &str> {
        self.referrals.values().filter_map(|to| match to {
            Addressee::User(user) => Some(user.as_str()),
            Addressee::Organisation(_) => None,
        })
    }

    /// Organisations that have a referral to answer.
    pub(crate) fn referred_organisations(&self) -> impl Iterator<Item = &str> {
        self.referrals.values().filter_map(|to| match to {
            Addressee::Organisation(organisation) => Some(organisation.as_str()),
            Addressee::User(_) => None,
        })
    }

    /// Whether the patient is among those a [`Sight`] opens: what a query with this row filter returns, worked out in memory.
    #[must_use]
    pub fn within(&self, sight: &Sight) -> bool {
        let given = |part: &Option<String>, holds: &dyn Fn(&String) -> bool| {
            part.as_ref().is_some_and(holds)
        };
        given(&sight.team_of, &|user| self.team.contains(user))
            || given(&sight.clinic, &|ours| {
                self.seen_at.contains(ours) && self.shared_by.contains(ours)
            })
            || given(&sight.desk, &|ours| self.seen_at.contains(ours))
            || given(&sight.glass_of, &|user| {
                self.glass_holds().any(|one| one == user)
            })
            || given(&sight.referred_to, &|user| {
                self.referred().any(|one| one == user)
            })
            || given(&sight.referred_to_organisation, &|ours| {
                self.referred_organisations().any(|one| one == ours)
            })
            || given(&sight.own, &|patient| self.patient == *patient)
    }
}
