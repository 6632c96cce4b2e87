//! The practices and the people who work in them, with the events by which they came to be known.

mod making;

use cotreat_care::event::{Experience, Who};
use cotreat_knowledge::model::{Profession, Technique};
use cotreat_knowledge::{Handle, Knowledge, Problem};
use cotreat_people::Role;
use cotreat_people::event::{Actor, OrganisationSettings};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::{Hours, later};
use crate::draws::Draws;
use crate::entry::Entry;
use crate::sheets::{Post, Sheets};

use making::{Making, refused};

/// One practice.
#[derive(Debug)]
pub(crate) struct Practice {
    pub(crate) id: String,
    pub(crate) settings: OrganisationSettings,
    /// Where its patients are seen, as episodes say it.
    pub(crate) setting: String,
    pub(crate) hours: Hours,
    /// Of sixty patients so many come here first.
    pub(crate) of_60: u32,
}

/// Somebody who works in a practice.
#[derive(Debug)]
pub(crate) struct Staff {
    pub(crate) id: String,
    /// Position of the practice.
    pub(crate) practice: usize,
    roles: Vec<Role>,
    /// The profession of those who treat.
    pub(crate) profession: Option<Handle<Profession>>,
    /// As clinical events name them.
    pub(crate) who: Who,
    /// As the events of the directory name them.
    pub(crate) actor: Actor,
    training_hours: Option<u32>,
    practising_since: i16,
}

impl Staff {
    /// What is copied into a session of this day.
    pub(crate) fn experience(&self, day: Date) -> Experience {
        Experience {
            training_hours: self.training_hours,
            years_of_practice: u32::try_from(day.year() - self.practising_since).ok(),
        }
    }

    fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether they do what a post is for: they are of its profession, or have its first role.
    fn does(&self, post: &Post, knowledge: &Knowledge) -> bool {
        match (&post.profession, self.profession) {
            (Some(id), Some(own)) => knowledge.professions.id(own) == id,
            (None, None) => self.roles.first() == post.roles.first(),
            _ => false,
        }
    }
}

/// Everybody.
#[derive(Debug)]
pub(crate) struct Directory {
    pub(crate) practices: Vec<Practice>,
    pub(crate) staff: Vec<Staff>,
    /// How they came to be known.
    pub(crate) entries: Vec<Entry>,
}

/// The directory was there before the first patient, in days before today.
const KNOWN_SINCE: i64 = 400;
impl Directory {
    /// Makes everybody, as the sheets say.
    pub(crate) fn new(
        seed: u64,
        knowledge: &Knowledge,
        sheets: &Sheets,
        now: Timestamp,
    ) -> Result<Self, Vec<Problem>> {
        let mut directory = Self {
            practices: Vec::new(),
            staff: Vec::new(),
            entries: Vec::new(),
        };
        let mut making = Making {
            seed,
            knowledge,
            sheets,
            draws: Draws::of(seed, "directory", 0),
            at: now,
        };
        for one in &sheets.organisations.organisation {
            let hours = Hours::of(&sheets.organisations, one).map_err(|problem| vec![problem])?;
            let first = hours.next_open(later(hours.day_of(now), -KNOWN_SINCE));
            making.at = hours.instant(first, hours.minutes()[0]);
            let made = making.practice(one, hours, &mut directory);
            made.map_err(|refusal| vec![refused(one, &refusal)])?;
        }
        Ok(directory)
    }

    /// The clinicians of a practice, by position.
    pub(crate) fn clinicians(&self, practice: usize) -> Vec<usize> {
        self.with(practice, Role::Clinician)
    }

    /// Those of them to whom patients come first: they lead plans, or are guided within one and nobody at the practice leads.
    pub(crate) fn assessing(&self, practice: usize, knowledge: &Knowledge) -> Vec<usize> {
        let clinicians = self.clinicians(practice);
        let leads = |at: &usize| {
            let profession = self.staff[*at].profession;
            profession.is_some_and(|handle| knowledge.professions[handle].may_lead)
        };
        let leading: Vec<usize> = clinicians.iter().copied().filter(leads).collect();
        if leading.is_empty() {
            clinicians
        } else {
            leading
        }
    }

    /// The front desk of a practice, by position.
    pub(crate) fn desk(&self, practice: usize) -> Vec<usize> {
        self.with(practice, Role::FrontDesk)
    }

    fn with(&self, practice: usize, role: Role) -> Vec<usize> {
        let there = |(_, one): &(usize, &Staff)| one.practice == practice && one.is(role);
        let all = self.staff.iter().enumerate();
        all.filter(there).map(|(at, _)| at).collect()
    }

    /// Everybody of a profession that this is true of, by position.
    pub(crate) fn of_profession(&self, fits: impl Fn(Handle<Profession>) -> bool) -> Vec<usize> {
        let fits = |(_, one): &(usize, &Staff)| one.profession.is_some_and(&fits);
        let all = self.staff.iter().enumerate();
        all.filter(fits).map(|(at, _)| at).collect()
    }
}

/// Whether a technique lies inside the scope of a profession in a place.
pub(crate) fn may_use(
    knowledge: &Knowledge,
    profession: Handle<Profession>,
    jurisdiction: &str,
    technique: Handle<Technique>,
) -> bool {
    let one = &knowledge.techniques[technique];
    let scope = knowledge.professions[profession].scope(jurisdiction);
    let delivers = &knowledge.interventions[one.intervention].delivered_by;
    delivers.contains(&profession)
        && (one.delivered_by.is_empty() || one.delivered_by.contains(&profession))
        && scope.is_some_and(|(_, scope)| {
            scope.allows(one.intervention) && scope.allows_technique(technique)
        })
}
