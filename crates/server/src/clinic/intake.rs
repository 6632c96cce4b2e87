//! The intake by a patient's link: what the pages ask from, the warning that cannot wait, and what is written when the answers are sent in.

use std::collections::BTreeSet;

use cotreat_access::{Action, Relation, Viewer};
use cotreat_care::decide::{Act, Command, decide};
use cotreat_care::event::{AnsweredBy, AppraisalShown, FactsRecorded, Mode, PatientWarned};
use cotreat_care::intake::{Intake, Page};
use cotreat_care::record::Record;
use cotreat_care::{Appraisal, appraise, evolve};
use cotreat_people::Identity;
use cotreat_people::event::Reach;
use cotreat_store::clinic::batch;
use cotreat_store::outbox::Message;
use cotreat_store::{Batch, Error, Expected, Request};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::own::day_here;
use super::{Clinic, ENGINE, INTAKE, Place, Refused, who};

/// The outbox's topic for an alert that was just raised.
pub const ALERT: &str = "alert";
/// The outbox's topic for the same alert a while later: whoever delivers it looks whether somebody took it up.
pub const ALERT_WAITS: &str = "alert_waits";
/// After so long an alert that nobody took up goes to those who answer for the organisation.
pub const ALERT_PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// What an intake is asked from.
#[derive(Debug)]
pub struct Asking {
    /// What is on record.
    pub record: Record,
    /// Its version.
    version: u64,
    /// The file that the episode's events belong to.
    file: String,
    relation: Relation,
    /// The day it is where the patient is seen.
    pub today: Date,
    /// The name of the clinic.
    pub clinic: String,
    /// When and how it is reached.
    pub reach: Reach,
    /// Who the patient is.
    pub identity: Identity,
}

impl Clinic {
    /// The record behind an intake, for whoever came by its link. Nothing of it is shown; what is asked follows from it.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn asking(&self, viewer: &Viewer, place: Place<'_>) -> Result<Asking, Refused> {
        if place.assignment != INTAKE {
            return Err(Refused::NotFound);
        }
        let now = self.clock.now();
        let read = self.store.episode(place.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self.relation(&read.patient, now).await?;
        self.decide_task(viewer, Action::WriteFacts, place, &relation)?;
        let house = self.seen_where(&relation, &read.record).await?;
        Ok(Asking {
            identity: self.behind_link(&relation.patient).await?,
            today: day_here(&read.record, now, house.zone),
            record: read.record,
            version: read.version,
            file: read.patient,
            relation,
            clinic: house.name,
            reach: house.reach,
        })
    }

    /// What can be said with the answers of an intake.
    #[must_use]
    pub fn appraised(&self, asking: &Asking, intake: &Intake) -> Appraisal {
        let episode = intake.episode(&asking.record, &self.knowledge, asking.today);
        appraise(&episode, &self.knowledge)
    }

    /// The conditions for which an emergency stands with the answers of an intake, and of which its pages have not warned the patient yet.
    #[must_use]
    pub fn new_emergencies(&self, asking: &Asking, intake: &Intake) -> BTreeSet<String> {
        let standing = intake.emergencies(&asking.record, &self.knowledge, asking.today);
        standing.difference(&intake.warned).cloned().collect()
    }

    /// Writes down at once what a patient answered and what the page tells them, and alerts whoever answers for them. The same warning is written once, however often it is tried.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn warn(
        &self,
        viewer: &Viewer,
        place: Place<'_>,
        asking: &Asking,
        intake: &mut Intake,
        conditions: &BTreeSet<String>,
        told: Vec<String>,
    ) -> Result<(), Refused> {
        let now = self.clock.now();
        let appraisal = self.appraised(asking, intake);
        let json = appraisal.to_json().map_err(|error| Error::Damaged {
            what: format!("an appraisal that cannot be written down ({error})"),
        })?;
        let shown = self
            .store
            .keep_shown(&asking.file, json.as_bytes(), now)
            .await?;
        let facts = intake.facts(&self.knowledge).facts;
        let (mut events, stated) = self.fitting(&asking.record, &who(viewer), asking.today, facts);
        let warned = Act::WarnPatient(PatientWarned {
            conditions: conditions.iter().cloned().collect(),
            told,
            number: self
                .knowledge
                .emergency(asking.record.jurisdiction())
                .map(|one| one.number.clone()),
            shown: AppraisalShown {
                appraisal: shown,
                engine: ENGINE.to_owned(),
                knowledge: self.knowledge.hash.clone(),
            },
        });
        let record = events.iter().fold(asking.record.clone(), evolve);
        events.extend(decide(
            &record,
            &self.telling(viewer, asking, warned, now),
            &self.knowledge,
        )?);
        let mut batch = batch::episode(place.episode, &asking.file, Expected::Any, &events)?;
        batch.messages = alert(place.episode, &asking.relation.patient, now);
        let key = format!(
            "warn/{}/{}",
            place.to_text(),
            conditions.iter().cloned().collect::<Vec<_>>().join(",")
        );
        let request = Request::new(&key, b"warn");
        self.store.append_for(&[batch], Some(&request)).await?;
        intake.note_written(&stated);
        intake.warned.extend(conditions.iter().cloned());
        intake.understood = false;
        Ok(())
    }

    /// What is written when an intake is sent in: everything, or nothing and why.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the clinic refuse it.
    pub fn sent_in(
        &self,
        viewer: &Viewer,
        place: Place<'_>,
        asking: &Asking,
        intake: &Intake,
    ) -> Result<Batch, Refused> {
        let now = self.clock.now();
        let (mut record, mut events) = (asking.record.clone(), Vec::new());
        for act in acts(intake, &self.knowledge) {
            self.decide_task(viewer, super::action(&act), place, &asking.relation)?;
            let command = self.telling(viewer, asking, act, now);
            let happened = decide(&record, &command, &self.knowledge)?;
            record = happened.iter().fold(record, evolve);
            events.extend(happened);
        }
        let expected = Expected::Version(asking.version);
        Ok(batch::episode(
            place.episode,
            &asking.file,
            expected,
            &events,
        )?)
    }

    fn telling(&self, viewer: &Viewer, asking: &Asking, act: Act, at: Timestamp) -> Command {
        Command {
            by: who(viewer),
            at,
            today: asking.today,
            day: asking.today,
            act,
        }
    }
}

/// What sending in does, step by step.
fn acts(intake: &Intake, knowledge: &cotreat_knowledge::Knowledge) -> Vec<Act> {
    let facts = intake.facts(knowledge);
    let nothing = facts == FactsRecorded::default();
    let facts = (!nothing).then_some(Act::RecordFacts(facts));
    let medicines = intake.medicines.iter().cloned().map(Act::RecordMedication);
    let sheets = intake.pages.iter().filter_map(|page| {
        let Page::Sheet {
            assignment,
            instrument,
        } = page
        else {
            return None;
        };
        let answers = intake.sheets.get(instrument)?.clone();
        (!answers.is_empty()).then(|| Act::AnswerInstrument {
            assignment: Some(assignment.clone()),
            instrument: instrument.clone(),
            answers,
            mode: Mode::Online,
            answered_by: AnsweredBy::Patient,
        })
    });
    facts.into_iter().chain(medicines).chain(sheets).collect()
}

/// The alert goes out at once, and again when it has waited.
fn alert(episode: &str, patient: &str, now: Timestamp) -> Vec<Message> {
    let body = json!({ "episode": episode, "patient": patient }).to_string();
    let message = |topic: &str, due_at| Message {
        topic: topic.to_owned(),
        body: body.clone().into_bytes(),
        due_at,
    };
    vec![
        message(ALERT, now),
        message(ALERT_WAITS, now.checked_add(ALERT_PATIENCE).unwrap_or(now)),
    ]
}
