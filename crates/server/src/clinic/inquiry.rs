//! People who come by the public page of a clinic: what they are asked first, what they leave, and how they become patients.

use cotreat_care::decide::{Act, Command, decide};
use cotreat_care::event::{EpisodeOpened, Event, FactsRecorded, Recorded, Stated, VERSION, Who};
use cotreat_care::intake::Intake;
use cotreat_care::record::Record;
use cotreat_care::{Appraisal, appraise, evolve};
use cotreat_people::Identity;
use cotreat_store::Expected;
use cotreat_store::clinic::batch;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Alike, Caller, Clinic, Refused, Registered, new_id};

/// The clinic behind a public page, and the empty record that its questions start from.
#[derive(Debug)]
pub struct OpenHouse {
    /// Its id.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// Where it is, as scopes of practice and emergency numbers go.
    pub jurisdiction: String,
    /// A record on which nothing stands but that it was opened there.
    pub record: Record,
    /// The day it is there.
    pub today: Date,
}

/// What somebody leaves.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// Who they are and how to reach them.
    pub identity: Identity,
    /// What they want, in their words.
    pub says: String,
    /// What they answered.
    pub intake: Intake,
}

impl std::fmt::Debug for Left {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Left(..)")
    }
}

/// Somebody who waits to be registered.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// Id of the inquiry.
    pub id: String,
    /// What they left.
    pub left: Left,
    /// When.
    pub sent_at: Timestamp,
}

/// What came of taking somebody in.
#[derive(Debug)]
pub enum TakenIn {
    /// They are a patient now.
    Patient(String),
    /// Somebody alike is registered: look first, or say that it is somebody else.
    Alike(Vec<Alike>),
}

/// The setting of whoever comes by the public page: general practice, direct-access therapy, the community.
const SETTING: &str = "primary_care";

impl Clinic {
    /// The clinic behind a public page.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn open_house(&self, organisation: &str) -> Result<OpenHouse, Refused> {
        let found = self.store.organisation(organisation).await?;
        let settings = found.ok_or(Refused::NotFound)?.settings;
        let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
        let now = self.clock.now();
        let today = now.to_zoned(zone).date();
        let opened = Recorded {
            version: VERSION,
            by: Who::Patient,
            at: now,
            day: today,
            event: Event::EpisodeOpened(EpisodeOpened {
                patient: String::new(),
                setting: SETTING.to_owned(),
                jurisdiction: settings.jurisdiction.clone(),
                profile: settings.profile,
                available: None,
                reopens: None,
                taken_on_by: None,
            }),
        };
        Ok(OpenHouse {
            organisation: organisation.to_owned(),
            name: settings.name,
            jurisdiction: settings.jurisdiction,
            record: evolve(Record::default(), &opened),
            today,
        })
    }

    /// What can be said to whoever came, with what they answered.
    #[must_use]
    pub fn said_to(&self, house: &OpenHouse, intake: &Intake) -> Appraisal {
        appraise(
            &intake.episode(&house.record, &self.knowledge, house.today),
            &self.knowledge,
        )
    }

    /// Keeps what somebody leaves, until the clinic registers them. The same key twice is kept once.
    ///
    /// # Errors
    /// The store failed.
    pub async fn leave(&self, house: &OpenHouse, key: &str, left: &Left) -> Result<(), Refused> {
        let body = serde_json::to_vec(left).map_err(|error| cotreat_store::Error::Damaged {
            what: format!("an inquiry that cannot be written down ({error})"),
        })?;
        let now = self.clock.now();
        let kept = self
            .store
            .keep_inquiry(&house.organisation, key, &body, now);
        Ok(kept.await?)
    }

    /// Who waits to be registered with the organisation for which the caller acts.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn waiting(&self, caller: &Caller) -> Result<Vec<Waiting>, Refused> {
        self.may_register(caller)?;
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        let all = self.store.inquiries(organisation).await?;
        // What cannot be read any more is passed over; it goes by itself.
        Ok(all.into_iter().filter_map(read).collect())
    }

    /// Makes a patient with an episode of somebody who waits, in one step: what they answered stands in it as theirs.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: somebody took them in before; it is not for the caller, or the rules refuse it.
    pub async fn take_in(
        &self,
        caller: &Caller,
        id: &str,
        clinician: Option<&str>,
        somebody_else: bool,
    ) -> Result<TakenIn, Refused> {
        self.may_register(caller)?;
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        let found = self.store.inquiry(organisation, id).await?;
        let waiting = found.and_then(read).ok_or(Refused::NotFound)?;
        let left = waiting.left;
        let patient = match self.register(caller, left.identity, somebody_else).await? {
            Registered::New(patient) => patient,
            Registered::Alike(alike) => return Ok(TakenIn::Alike(alike)),
        };
        let episode = self
            .begin(caller, &patient, SETTING, clinician, None)
            .await?;
        self.write_answers(&episode, &left.intake).await?;
        self.store.forget_inquiry(organisation, id).await?;
        Ok(TakenIn::Patient(patient))
    }

    /// Throws away what somebody left: a joke, or somebody who is a patient already.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn turn_away(&self, caller: &Caller, id: &str) -> Result<(), Refused> {
        self.may_register(caller)?;
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        self.store.forget_inquiry(organisation, id).await?;
        Ok(())
    }

    async fn write_answers(&self, episode: &str, intake: &Intake) -> Result<(), Refused> {
        let read = self.store.episode(episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let day = read.record.began().unwrap_or_default();
        let facts = intake.facts(&self.knowledge).facts;
        let (events, _) = self.fitting(&read.record, &Who::Patient, day, facts);
        let batch = batch::episode(episode, &read.patient, Expected::Any, &events)?;
        self.store.append_all(&[batch], None).await?;
        Ok(())
    }

    /// Facts as events: all together where they fit, else each for itself as far as it fits, so that a slip in one answer does not keep the others off the record.
    pub(super) fn fitting(
        &self,
        record: &Record,
        by: &Who,
        day: Date,
        facts: Vec<Stated>,
    ) -> (Vec<Recorded>, Vec<Stated>) {
        let at = self.clock.now();
        let decided = |record: &Record, facts: Vec<Stated>| {
            let command = Command {
                by: by.clone(),
                at,
                today: day,
                day,
                act: Act::RecordFacts(FactsRecorded {
                    facts,
                    ..FactsRecorded::default()
                }),
            };
            decide(record, &command, &self.knowledge)
        };
        if let Ok(events) = decided(record, facts.clone()) {
            return (events, facts);
        }
        let (mut record, mut events, mut stated) = (record.clone(), Vec::new(), Vec::new());
        for fact in facts {
            if let Ok(happened) = decided(&record, vec![fact.clone()]) {
                record = happened.iter().fold(record, evolve);
                events.extend(happened);
                stated.push(fact);
            }
        }
        (events, stated)
    }
}

/// A key of a form, under which what it leaves is kept once.
#[must_use]
pub fn inquiry_key() -> String {
    new_id()
}

fn read(inquiry: cotreat_store::account::Inquiry) -> Option<Waiting> {
    Some(Waiting {
        left: serde_json::from_slice(&inquiry.body).ok()?,
        id: inquiry.id,
        sent_at: inquiry.sent_at,
    })
}
