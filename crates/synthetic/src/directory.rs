//! The practices and the people who work in them, with the events by which they came to be known.

use cotreat_care::event::{Experience, Who};
use cotreat_knowledge::model::{Profession, Technique};
use cotreat_knowledge::{Handle, Knowledge, Place, Problem};
use cotreat_people::Role;
use cotreat_people::decide::{self, OrganisationAct, Refusal, UserAct, Wish};
use cotreat_people::event::{Account, Actor, OrganisationSettings, Qualification};
use cotreat_people::organisation::{self, Organisation as Known};
use cotreat_people::user::{self, User};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::calendar::{Hours, ahead, later};
use crate::draws::Draws;
use crate::entry::Entry;
use crate::person;
use crate::sheets::{Organisation, Post, Sheets};

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
/// How many techniques somebody is found by.
const OFFERED: usize = 8;

impl Directory {
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

/// What the directory is made with.
struct Making<'a> {
    seed: u64,
    knowledge: &'a Knowledge,
    sheets: &'a Sheets,
    draws: Draws,
    at: Timestamp,
}

impl Making<'_> {
    fn practice(
        &mut self,
        one: &Organisation,
        hours: Hours,
        directory: &mut Directory,
    ) -> Result<(), Refusal> {
        let id = self.draws.id();
        let settings = OrganisationSettings {
            name: one.name.clone(),
            jurisdiction: one.jurisdiction.clone(),
            time_zone: self.sheets.organisations.zone.clone(),
            profile: one.profile.clone(),
            sharing: one.sharing,
        };
        let registered = OrganisationAct::RegisterOrganisation {
            settings: settings.clone(),
        };
        let mut known = Known::default();
        self.organisation(&id, &mut known, registered, &mut directory.entries)?;
        let at = directory.practices.len();
        directory.practices.push(Practice {
            id: id.clone(),
            settings,
            setting: one.setting.clone(),
            hours,
            of_60: one.of_60,
        });
        let mut officer = None;
        for post in &one.post {
            for _ in 0..post.people {
                let same =
                    |staff: &&Staff| staff.practice == at && staff.does(post, self.knowledge);
                let nth = directory.staff.iter().filter(same).count() + 1;
                let staff = self.somebody(one, &id, at, post, nth, &mut directory.entries)?;
                if post.privacy && officer.is_none() {
                    officer = Some(staff.id.clone());
                }
                directory.staff.push(staff);
            }
        }
        if let Some(user) = officer {
            let named = OrganisationAct::NamePrivacyOfficer {
                user,
                works_here: true,
            };
            self.organisation(&id, &mut known, named, &mut directory.entries)?;
        }
        Ok(())
    }

    fn somebody(
        &mut self,
        one: &Organisation,
        organisation: &str,
        practice: usize,
        post: &Post,
        nth: usize,
        entries: &mut Vec<Entry>,
    ) -> Result<Staff, Refusal> {
        let id = self.draws.id();
        let named = person::named(&self.sheets.names, None, &mut self.draws);
        let name = format!("{} {}", named.given, named.family);
        let profession = post.profession.as_ref();
        let handle = profession.and_then(|id| self.knowledge.professions.find(id));
        let since = i64::from(self.at.to_zoned(TimeZone::UTC).year())
            - self.draws.between(self.sheets.tables.since.practised);
        let practising_since = i16::try_from(since).unwrap_or(0);
        let training_hours =
            handle.and_then(|_| u32::try_from(self.draws.between(post.training_hours)).ok());
        let role = post.roles.first().map_or("", |role| role.id());
        let mail = profession.map_or(role, String::as_str).replace('_', "-");
        let qualification = handle.map(|handle| Qualification {
            profession: profession.cloned().unwrap_or_default(),
            training_hours,
            practising_since: Some(practising_since),
            techniques: self.offered(handle, &one.jurisdiction),
            languages: languages(&named.language),
        });
        let account = Account {
            name: name.clone(),
            email: format!("{mail}.{nth}@{}-{}.example.org", one.mail, self.seed),
            qualification,
        };
        let mut known = User::default();
        self.user(&id, &mut known, UserAct::AddUser { account }, entries)?;
        for role in &post.roles {
            let granted = UserAct::GrantRole {
                organisation: organisation.to_owned(),
                role: *role,
            };
            self.user(&id, &mut known, granted, entries)?;
        }
        Ok(Staff {
            practice,
            roles: post.roles.clone(),
            profession: handle,
            who: match profession {
                Some(profession) => Who::Practitioner {
                    id: id.clone(),
                    name: name.clone(),
                    profession: profession.clone(),
                    organisation: Some(organisation.to_owned()),
                },
                None => Who::Staff {
                    id: id.clone(),
                    name: name.clone(),
                },
            },
            actor: Actor::User {
                id: id.clone(),
                name,
                organisation: Some(organisation.to_owned()),
            },
            id,
            training_hours,
            practising_since,
        })
    }

    /// Some of the techniques that lie inside their scope.
    fn offered(&mut self, profession: Handle<Profession>, jurisdiction: &str) -> Vec<String> {
        let all = self.knowledge.techniques.handles();
        let mut offered: Vec<Handle<Technique>> = all
            .filter(|one| may_use(self.knowledge, profession, jurisdiction, *one))
            .collect();
        self.draws.shuffle(&mut offered);
        offered.truncate(OFFERED);
        let ids = offered
            .into_iter()
            .map(|one| self.knowledge.techniques.id(one));
        ids.map(str::to_owned).collect()
    }

    fn organisation(
        &mut self,
        id: &str,
        known: &mut Known,
        act: OrganisationAct,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Refusal> {
        for event in decide::organisation(known, &self.wish(act))? {
            *known = organisation::evolve(std::mem::take(known), &event);
            let id = id.to_owned();
            entries.push(Entry::Organisation { id, event });
        }
        Ok(())
    }

    fn user(
        &mut self,
        id: &str,
        known: &mut User,
        act: UserAct,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Refusal> {
        for event in decide::user(known, &self.wish(act))? {
            *known = user::evolve(std::mem::take(known), &event);
            let id = id.to_owned();
            entries.push(Entry::User { id, event });
        }
        Ok(())
    }

    /// The operator wants it, a minute after what came before.
    fn wish<A>(&mut self, act: A) -> Wish<A> {
        self.at = ahead(self.at, 1);
        Wish {
            by: Actor::Operator,
            at: self.at,
            today: self.at.to_zoned(TimeZone::UTC).date(),
            act,
        }
    }
}

/// What the sheet says and the rules of the directory refuse.
fn refused(one: &Organisation, refusal: &Refusal) -> Problem {
    let place = Place::file("crates/synthetic/src/data/organisations.toml");
    Problem::new(place, format!("`{}`: {refusal}", one.name)).help("correct the sheet")
}

/// English, and their own.
fn languages(own: &str) -> Vec<String> {
    let mut all = vec!["en".to_owned()];
    if own != "en" {
        all.push(own.to_owned());
    }
    all
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
