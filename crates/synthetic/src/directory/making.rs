//! How practices and staff come to be: as the sheets say, by asking what the directory allows.

use cotreat_care::event::Who;
use cotreat_knowledge::model::{Profession, Technique};
use cotreat_knowledge::{Handle, Knowledge, Place, Problem};
use cotreat_people::decide::{self, OrganisationAct, Refusal, UserAct, Wish};
use cotreat_people::event::{Account, Actor, OrganisationSettings, Qualification, Reach};
use cotreat_people::organisation::{self, Organisation as Known};
use cotreat_people::user::{self, User};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Directory, Practice, Staff, may_use};
use crate::calendar::{Hours, ahead};
use crate::draws::Draws;
use crate::entry::Entry;
use crate::person;
use crate::sheets::{Organisation, Post, Sheets};

/// How many techniques somebody is found by.
const OFFERED: usize = 8;

/// What the directory is made with.
pub(super) struct Making<'a> {
    pub(super) seed: u64,
    pub(super) knowledge: &'a Knowledge,
    pub(super) sheets: &'a Sheets,
    pub(super) draws: Draws,
    /// When the last thing happened.
    pub(super) at: Timestamp,
}

impl Making<'_> {
    /// A practice with everybody in it.
    pub(super) fn practice(
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
            reach: Reach::default(),
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
            ..Qualification::default()
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
pub(super) fn refused(one: &Organisation, refusal: &Refusal) -> Problem {
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
