//! What a patient is asked by a task link, and what they answer.

use std::collections::BTreeMap;

use cotreat_access::{Action, Relation, Resource, Viewer};
use cotreat_care::decide::{Act, Command, decide};
use cotreat_care::event::{AnsweredBy, InstrumentAnswered, Mode};
use cotreat_care::evolve;
use cotreat_care::record::{Noted, Record};
use cotreat_knowledge::Handle;
use cotreat_knowledge::model::Instrument;
use cotreat_people::event::Reach;
use cotreat_people::{Identity, Sight};
use cotreat_store::clinic::{EpisodeRead, batch};
use cotreat_store::{Batch, Expected};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::own::day_here;
use super::{Caller, Clinic, INTAKE, Refused, who};

/// An assignment in an episode, as a link names it: `EPISODE/ASSIGNMENT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Id of the episode.
    pub episode: &'a str,
    /// Id of the assignment.
    pub assignment: &'a str,
}

impl<'a> Place<'a> {
    /// Reads what [`Self::to_text`] wrote.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let (episode, assignment) = text.split_once('/')?;
        Some(Self {
            episode,
            assignment,
        })
    }

    /// One text.
    #[must_use]
    pub fn to_text(self) -> String {
        format!("{}/{}", self.episode, self.assignment)
    }
}

impl Clinic {
    /// Who a patient is, for a link that asks for their date of birth or writes to their address. Nothing of it is shown.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: they were erased; or the store failed.
    pub async fn behind_link(&self, patient: &str) -> Result<Identity, Refused> {
        let own = Sight {
            own: Some(patient.to_owned()),
            ..Sight::default()
        };
        let now = self.clock.now();
        let found = self.store.patient(&own, now, patient).await?;
        Ok(found.ok_or(Refused::NotFound)?.identity)
    }

    /// The assignment of an episode, for whoever may send the patient a link to it; an intake needs none. Returns the patient.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn assignment(&self, caller: &Caller, place: Place<'_>) -> Result<String, Refused> {
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self
            .permit(&caller.viewer, Action::MakeLink, &read.patient)
            .await?;
        if place.assignment != INTAKE && !read.record.assignments.contains_key(place.assignment) {
            return Err(Refused::NotFound);
        }
        Ok(relation.patient)
    }

    /// What is asked by an assignment: its questionnaire, and those of the same wave that wait too.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn asked(&self, viewer: &Viewer, place: Place<'_>) -> Result<Asked, Refused> {
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let now = self.clock.now();
        let relation = self.relation(&read.patient, now).await?;
        self.decide_task(viewer, Action::AnswerInstrument, place, &relation)?;
        let record = &read.record;
        let first = record.assignments.get(place.assignment);
        let wave = &first.ok_or(Refused::NotFound)?.what.wave;
        let waits = |id: &str| {
            let answered =
                |noted: &&Noted<InstrumentAnswered>| noted.what.assignment.as_deref() == Some(id);
            !record.answers.iter().any(|noted| answered(&noted))
        };
        let together = record.assignments.iter().filter(|(id, noted)| {
            id.as_str() == place.assignment
                || (wave.is_some() && noted.what.wave == *wave && waits(id))
        });
        let instruments = &self.knowledge.instruments;
        let mut sheets: Vec<(String, Handle<Instrument>)> = together
            .filter_map(|(id, noted)| Some((id.clone(), instruments.find(&noted.what.instrument)?)))
            .collect();
        // The one that was asked for comes first.
        sheets.sort_by_key(|(id, _)| id != place.assignment);
        if sheets.is_empty() {
            return Err(Refused::NotFound);
        }
        let house = self.seen_where(&relation, record).await?;
        Ok(Asked {
            identity: self.behind_link(&relation.patient).await?,
            today: day_here(record, now, house.zone),
            sheets,
            clinic: house.name,
            read,
        })
    }

    /// What is written when a patient sends in their answers; a questionnaire without any is left out, unless it is the only one.
    ///
    /// # Errors
    /// The rules of the clinic refuse it.
    pub fn answered(
        &self,
        viewer: &Viewer,
        place: Place<'_>,
        asked: &Asked,
        answers: &BTreeMap<String, BTreeMap<String, f64>>,
    ) -> Result<Batch, Refused> {
        let at = self.clock.now();
        let (mut record, mut events) = (asked.read.record.clone(), Vec::new());
        for (assignment, instrument) in &asked.sheets {
            let given = answers.get(assignment).cloned().unwrap_or_default();
            if given.is_empty() && asked.sheets.len() > 1 {
                continue;
            }
            let command = Command {
                by: who(viewer),
                at,
                today: asked.today,
                day: asked.today,
                act: Act::AnswerInstrument {
                    assignment: Some(assignment.clone()),
                    instrument: self.knowledge.instruments.id(*instrument).to_owned(),
                    answers: given,
                    mode: Mode::Online,
                    answered_by: AnsweredBy::Patient,
                },
            };
            let happened = decide(&record, &command, &self.knowledge)?;
            record = happened.iter().fold(record, evolve);
            events.extend(happened);
        }
        Ok(batch::episode(
            place.episode,
            &asked.read.patient,
            Expected::Version(asked.read.version),
            &events,
        )?)
    }

    /// Lets the policies decide about something that a link for one assignment takes.
    pub(super) fn decide_task(
        &self,
        viewer: &Viewer,
        action: Action,
        place: Place<'_>,
        relation: &Relation,
    ) -> Result<(), Refused> {
        let assignment = place.to_text();
        let resource = Resource::Assignment {
            of: relation,
            assignment: &assignment,
        };
        self.decide(viewer, action, &resource, relation)
    }

    /// The organisation that has an episode, as its patient reads of it: whoever took the patient on works there; else one that sees the patient.
    pub(super) async fn seen_where(
        &self,
        relation: &Relation,
        record: &Record,
    ) -> Result<House, Refused> {
        let opened = record.opened.as_ref();
        let first = opened.and_then(|opened| {
            let by = opened.what.taken_on_by.as_ref();
            by.unwrap_or(&opened.by).organisation()
        });
        let sees = |id: &&str| relation.seen_at.contains(*id);
        let one = first.filter(sees);
        let one = one.or_else(|| relation.seen_at.iter().next().map(String::as_str));
        let found = match one {
            Some(one) => self.store.organisation(one).await?,
            None => None,
        };
        Ok(found.map_or_else(House::default, |found| {
            let settings = found.settings;
            House {
                zone: TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC),
                name: settings.name,
                reach: settings.reach,
            }
        }))
    }
}

/// An organisation, as its patients read of it.
#[derive(Debug)]
pub(super) struct House {
    /// Its name.
    pub(super) name: String,
    /// What time it is there.
    pub(super) zone: TimeZone,
    /// When and how it is reached.
    pub(super) reach: Reach,
}

impl Default for House {
    fn default() -> Self {
        Self {
            name: String::new(),
            zone: TimeZone::UTC,
            reach: Reach::default(),
        }
    }
}

/// What a link asks.
#[derive(Debug)]
pub struct Asked {
    /// Assignments and their questionnaires, in the order in which they are shown.
    pub sheets: Vec<(String, Handle<Instrument>)>,
    /// The name of the clinic.
    pub clinic: String,
    /// Who the patient is.
    pub identity: Identity,
    /// The day it is where the patient is seen.
    today: Date,
    read: EpisodeRead,
}
