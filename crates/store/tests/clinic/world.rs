//! The words in which the stories of a clinic are told.

use cotreat_care::decide::{Act, Command, Refusal};
use cotreat_care::event::{
    Addressee, CareTeamLeft, EpisodeClosed, EpisodeOpened, Referral, ReferralAccepted,
    ReferralDrafted, ReferralSent, Who,
};
use cotreat_care::record::Record;
use cotreat_people::event::{
    Account, Actor, OrganisationEvent, OrganisationSettings, PatientEvent, Purpose, Qualification,
    Reach, Recorded, Sharing, UserEvent, VERSION,
};
use cotreat_people::{Identity, Role, Sight};
use cotreat_store::clinic::{batch, projections};
use cotreat_store::{Batch, Error, Expected, Store};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

use super::dump::dump;
use super::knowledge::knowledge;
use crate::support::{Place, minute};

/// The day on which every story begins.
pub const FIRST: Date = date(2026, 3, 2);

/// A clinic and its store.
pub struct Clinic {
    pub place: Place,
    pub store: Store,
}

/// Everything that was asked is asked at this instant, unless a story says otherwise.
pub fn now() -> Timestamp {
    minute(60 * 24)
}

impl Clinic {
    pub async fn open(place: Place) -> Self {
        let store = place.open_with(projections()).await;
        Self { place, store }
    }

    /// Closes and opens it again.
    pub async fn reopened(self) -> Self {
        self.store.close().await;
        Self::open(self.place).await
    }

    /// Made again from the events, every row of every table is as it was.
    pub async fn comes_out_the_same(&self) {
        let before = dump(&self.place).await;
        let remade = self
            .store
            .rebuild(&mut |_, _| ())
            .await
            .expect("it can be made again");
        let other: Vec<_> = remade.iter().filter(|table| !table.identical).collect();
        let after = dump(&self.place).await;
        assert!(other.is_empty(), "{other:?}\n{before:#?}\n{after:#?}");
        assert_eq!(after, before);
    }

    pub async fn append(&self, batch: Result<Batch, Error>) {
        let batch = batch.expect("it can be written");
        self.store.append(&batch, None).await.expect("it is stored");
    }

    pub async fn organisation(&self, id: &str, sharing: Sharing) {
        let settings = settings(id, sharing);
        self.organisation_event(id, OrganisationEvent::OrganisationRegistered { settings })
            .await;
    }

    pub async fn organisation_event(&self, id: &str, event: OrganisationEvent) {
        let events = [recorded(Actor::Operator, event)];
        self.append(batch::organisation(id, Expected::Any, &events))
            .await;
    }

    pub async fn user(&self, id: &str, name: &str, qualification: Option<Qualification>) {
        let account = account(name, qualification);
        self.user_event(id, UserEvent::UserAdded { account }).await;
    }

    pub async fn role(&self, user: &str, organisation: &str, role: Role) {
        let organisation = organisation.to_owned();
        self.user_event(user, UserEvent::RoleGranted { organisation, role })
            .await;
    }

    pub async fn user_event(&self, id: &str, event: UserEvent) {
        let events = [recorded(Actor::Operator, event)];
        self.append(batch::user(id, Expected::Any, &events)).await;
    }

    pub async fn patient(&self, id: &str, identity: Identity, organisation: &str) {
        let organisation = organisation.to_owned();
        self.patient_event(
            id,
            PatientEvent::PatientRegistered {
                identity,
                organisation,
            },
        )
        .await;
    }

    /// Something the front desk did.
    pub async fn patient_event(&self, id: &str, event: PatientEvent) {
        self.patient_event_by(id, by("dee", "clinic_a"), minute(0), event)
            .await;
    }

    pub async fn patient_event_by(&self, id: &str, by: Actor, at: Timestamp, event: PatientEvent) {
        let events = [Recorded {
            version: VERSION,
            by,
            at,
            event,
        }];
        self.append(batch::patient(id, Expected::Any, &events))
            .await;
    }

    pub async fn seen_at(&self, patient: &str, organisation: &str) {
        let organisation = organisation.to_owned();
        self.patient_event(patient, PatientEvent::SeenAt { organisation })
            .await;
    }

    pub async fn merge(&self, kept: &str, merged: &str) {
        let (merged, reason) = (merged.to_owned(), "same date of birth and phone".to_owned());
        self.patient_event(kept, PatientEvent::FileMerged { merged, reason })
            .await;
    }

    pub async fn unmerge(&self, kept: &str, merged: &str) {
        let (merged, reason) = (merged.to_owned(), "they are twins".to_owned());
        self.patient_event(kept, PatientEvent::FileUnmerged { merged, reason })
            .await;
    }

    /// Somebody breaks the glass for a number of minutes.
    pub async fn break_glass(&self, patient: &str, user: &str, at: i64, minutes: i64) {
        let event = PatientEvent::GlassBroken {
            reason: format!("{user} found them on the floor"),
            until: minute(at + minutes),
        };
        self.patient_event_by(patient, by(user, "clinic_b"), minute(at), event)
            .await;
    }

    pub async fn opened_record(&self, patient: &str, user: &str, at: i64, what: &str) {
        let event = PatientEvent::RecordOpened {
            purpose: Purpose::Care,
            what: what.to_owned(),
        };
        self.patient_event_by(patient, by(user, "clinic_a"), minute(at), event)
            .await;
    }

    /// What somebody does in an episode happens, or is refused.
    pub async fn act(&self, episode: &str, who: &Who, act: Act) -> Result<(), Refusal> {
        let read = self.store.episode(episode).await.expect("it can be read");
        let (record, version, patient) = match read {
            Some(read) => (read.record, Expected::Version(read.version), read.patient),
            None => (Record::default(), Expected::New, opens(&act)),
        };
        // An hour after the one before.
        let events = i64::try_from(record.events).expect("a small number");
        let command = Command {
            by: who.clone(),
            at: minute(0) + SignedDuration::from_hours(events),
            today: FIRST,
            day: FIRST,
            act,
        };
        let happened = cotreat_care::decide(&record, &command, knowledge())?;
        self.append(batch::episode(episode, &patient, version, &happened))
            .await;
        Ok(())
    }

    /// What somebody does in an episode happens.
    pub async fn happens(&self, episode: &str, who: &Who, act: Act) {
        let done = self.act(episode, who, act).await;
        done.unwrap_or_else(|refusal| panic!("refused: {refusal}"));
    }

    /// A practitioner opens an episode.
    pub async fn opens(&self, episode: &str, patient: &str, who: &Who) {
        self.happens(episode, who, open(patient)).await;
    }

    /// A practitioner refers a patient.
    pub async fn refers(&self, episode: &str, referral: &str, who: &Who, to: Addressee) {
        self.happens(episode, who, draft(referral, to)).await;
        self.happens(episode, who, send(referral)).await;
    }

    /// Whether somebody sees a patient, and as which file.
    pub async fn sees(&self, sight: &Sight, patient: &str) -> Option<String> {
        let found = self.store.patient(sight, now(), patient).await;
        found.expect("it can be asked").map(|found| found.patient)
    }
}

fn opens(act: &Act) -> String {
    match act {
        Act::OpenEpisode(opened) => opened.patient.clone(),
        other => panic!("there is no episode yet: {other:?}"),
    }
}

pub fn recorded<E>(by: Actor, event: E) -> Recorded<E> {
    Recorded {
        version: VERSION,
        by,
        at: minute(0),
        event,
    }
}

pub fn by(user: &str, organisation: &str) -> Actor {
    Actor::User {
        id: user.to_owned(),
        name: user.to_uppercase(),
        organisation: Some(organisation.to_owned()),
    }
}

pub fn settings(name: &str, sharing: Sharing) -> OrganisationSettings {
    OrganisationSettings {
        name: name.to_owned(),
        jurisdiction: "uk".to_owned(),
        time_zone: "Europe/London".to_owned(),
        profile: Some("uk".to_owned()),
        sharing,
        reach: Reach::default(),
    }
}

pub fn account(name: &str, qualification: Option<Qualification>) -> Account {
    Account {
        name: name.to_owned(),
        email: format!("{}@clinic.example", name.replace(' ', ".")),
        qualification,
    }
}

pub fn identity(family_name: &str, given_name: &str, born: Date) -> Identity {
    Identity {
        family_name: family_name.to_owned(),
        given_name: given_name.to_owned(),
        born,
        phone: None,
        email: None,
        address: None,
        language: None,
        number_elsewhere: None,
    }
}

pub fn practitioner(id: &str, profession: &str, organisation: &str) -> Who {
    Who::Practitioner {
        id: id.to_owned(),
        name: id.to_uppercase(),
        profession: profession.to_owned(),
        organisation: Some(organisation.to_owned()),
    }
}

/// The GP of clinic A.
pub fn gp() -> Who {
    practitioner("grey", "gp", "clinic_a")
}

/// A massage therapist of clinic B.
pub fn therapist() -> Who {
    practitioner("max", "massage_therapist", "clinic_b")
}

/// Another one, of clinic C.
pub fn other_therapist() -> Who {
    practitioner("mia", "massage_therapist", "clinic_c")
}

pub fn open(patient: &str) -> Act {
    Act::OpenEpisode(EpisodeOpened {
        patient: patient.to_owned(),
        setting: "primary_care".to_owned(),
        jurisdiction: "uk".to_owned(),
        profile: None,
        available: None,
        reopens: None,
        taken_on_by: None,
    })
}

pub fn close() -> Act {
    let reason = "free of pain".to_owned();
    Act::CloseEpisode(EpisodeClosed { reason })
}

pub fn leave(practitioner: &str) -> Act {
    Act::LeaveCareTeam(CareTeamLeft {
        practitioner: practitioner.to_owned(),
        reason: "maternity leave".to_owned(),
    })
}

/// To a massage therapist, or any.
pub fn to(practitioner: Option<&str>, organisation: Option<&str>) -> Addressee {
    Addressee {
        profession: "massage_therapist".to_owned(),
        practitioner: practitioner.map(str::to_owned),
        organisation: organisation.map(str::to_owned),
        outside: None,
    }
}

pub fn draft(referral: &str, to: Addressee) -> Act {
    let profession = knowledge().professions.get(&to.profession);
    let headings = &profession.expect("a profession").referral_content;
    Act::DraftReferral(ReferralDrafted {
        referral: referral.to_owned(),
        draft: Referral {
            pathway: None,
            to,
            content: headings
                .iter()
                .map(|heading| (heading.clone(), "as told".to_owned()))
                .collect(),
            guidance: Vec::new(),
        },
    })
}

pub fn send(referral: &str) -> Act {
    let referral = referral.to_owned();
    Act::SendReferral(ReferralSent { referral })
}

pub fn accept(referral: &str) -> Act {
    let referral = referral.to_owned();
    Act::AcceptReferral(ReferralAccepted { referral })
}

/// Sees whatever the care team of a user sees.
pub fn team_of(user: &str) -> Sight {
    Sight {
        team_of: Some(user.to_owned()),
        ..Sight::default()
    }
}

/// Sees every patient of an organisation.
pub fn desk(organisation: &str) -> Sight {
    Sight {
        desk: Some(organisation.to_owned()),
        ..Sight::default()
    }
}

pub fn own(patient: &str) -> Sight {
    Sight {
        own: Some(patient.to_owned()),
        ..Sight::default()
    }
}

/// A small generator with a known seed, so that every world can be made again.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let nth = self.below(u64::try_from(all.len()).expect("a small number"));
        &all[usize::try_from(nth).expect("a small number")]
    }
}
