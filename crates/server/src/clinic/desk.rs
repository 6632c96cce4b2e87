//! The front desk: whom to expect today, what each has yet to do, and what is overdue. Nothing here opens a record.

use cotreat_access::{Action, Resource};
use cotreat_care::decide::Act;
use cotreat_care::event::InstrumentAssigned;
use cotreat_care::record::{Overdue, State, Waiting};
use cotreat_knowledge::format::Asked;
use cotreat_knowledge::model::Instrument;
use cotreat_people::Identity;
use cotreat_store::account::{Booked, DiaryLine};
use cotreat_store::clinic::ask::{
    DueWanted, IntakeDue, QuestionnaireDue, ReferralListed, ReferralsWanted, Way,
};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Caller, Clinic, Refused, new_id};
use crate::diary::Diary;

/// What the link for an intake is made for, beside the episode: `EPISODE/intake`.
pub use cotreat_care::intake::INTAKE;
/// An intake that was not sent in so long after the episode began is not chased any more.
const INTAKE_CHASED: i64 = 90;
/// So much is listed at most of each.
const LISTED: u32 = 500;

/// An open episode, as the front desk knows it: that it is there, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskEpisode {
    /// Its id.
    pub episode: String,
    /// The day it began.
    pub opened_on: Date,
}

/// What a patient is asked to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Id of the episode.
    pub episode: String,
    /// Id of the instrument.
    pub instrument: String,
    /// The wave it belongs to.
    pub wave: Option<String>,
    /// The day it is due.
    pub due: Date,
}

/// What patients have yet to do, and what is waited for.
#[derive(Debug, Default)]
pub struct Due {
    /// Intakes that were not sent in.
    pub intakes: Vec<IntakeDue>,
    /// Questionnaires that were not answered.
    pub questionnaires: Vec<QuestionnaireDue>,
    /// Referrals without an answer or an appointment, with how long beyond the time they should take.
    pub referrals: Vec<(ReferralListed, Option<Overdue>)>,
}

/// An appointment of today.
#[derive(Debug)]
pub struct Expected {
    /// What the diary says, and whom it means.
    pub booked: Booked,
    /// The intake was not sent in: id of its episode.
    pub intake: Option<IntakeDue>,
    /// Questionnaires that were not answered.
    pub questionnaires: Vec<QuestionnaireDue>,
    /// Referrals without an answer or an appointment.
    pub referrals: usize,
}

/// What came of reading a diary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// So many appointments are of known patients.
    pub known: usize,
    /// So many are of nobody who is registered here.
    pub unknown: usize,
    /// The numbers of lines that cannot be read.
    pub unread: Vec<usize>,
}

impl Clinic {
    /// What is due for the patients whom the caller may chase, or for one of them.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn due(&self, caller: &Caller, patient: Option<&str>) -> Result<Due, Refused> {
        self.at_the_desk(caller)?;
        let now = self.clock.now();
        let today = self.today(&caller.viewer, now).await?;
        let sight = self.access.sight(&caller.viewer, Action::SeeDue);
        let wanted = DueWanted {
            patient,
            most: LISTED,
        };
        let since = today.checked_sub(INTAKE_CHASED.days()).unwrap_or(today);
        let store = &self.store;
        let intakes = store.intakes_due(&sight, now, since, INTAKE, wanted);
        let intakes = intakes.await?;
        let questionnaires = store.questionnaires_due(&sight, now, today, wanted);
        let questionnaires = questionnaires.await?;
        let organisation = caller.viewer.organisation();
        let mut referrals = Vec::new();
        for way in [Way::Out, Way::In] {
            let wanted = ReferralsWanted {
                way,
                practitioner: None,
                organisation,
                over: false,
            };
            for one in store.referrals(&sight, now, wanted).await? {
                let theirs = patient.is_none_or(|patient| patient == one.patient);
                if theirs && waits(one.state) && !referrals.iter().any(|(other, _)| *other == one) {
                    let overdue = waiting(&one).overdue(&self.knowledge, today);
                    referrals.push((one, overdue));
                }
            }
        }
        referrals.sort_by_key(|(_, overdue)| std::cmp::Reverse(overdue.map(|late| late.days)));
        Ok(Due {
            intakes,
            questionnaires,
            referrals,
        })
    }

    /// The appointments of a day with what is due for each. Whoever was registered since the diary was read is known now.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn expected(&self, caller: &Caller, day: Date) -> Result<Vec<Expected>, Refused> {
        let organisation = self.at_the_desk(caller)?;
        let now = self.clock.now();
        let mut booked = self.store.diary(&organisation, day).await?;
        for line in booked.iter_mut().filter(|line| line.patient.is_none()) {
            line.patient = self.whom(caller, &line.told).await?;
            if line.patient.is_some() {
                self.store.keep_diary_line(&organisation, line, now).await?;
            }
        }
        let due = self.due(caller, None).await?;
        let expected = booked.into_iter().map(|booked| expected(booked, &due));
        Ok(expected.collect())
    }

    /// How many appointments a day has.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn appointments(&self, caller: &Caller, day: Date) -> Result<usize, Refused> {
        let organisation = self.at_the_desk(caller)?;
        Ok(self.store.diary(&organisation, day).await?.len())
    }

    /// Keeps what a diary says, each line with the patient it means: by the number under which the other program knows them, else by name and date of birth together.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn keep_diary(&self, caller: &Caller, diary: Diary) -> Result<Kept, Refused> {
        let organisation = self.at_the_desk(caller)?;
        let mut kept = Kept {
            unread: diary.unread,
            ..Kept::default()
        };
        let mut lines = Vec::new();
        for (day, told) in diary.lines {
            let patient = self.whom(caller, &told).await?;
            if patient.is_some() {
                kept.known += 1;
            } else {
                kept.unknown += 1;
            }
            lines.push(Booked {
                id: new_id(),
                day,
                patient,
                told,
            });
        }
        let mut days: Vec<Date> = lines.iter().map(|line| line.day).collect();
        days.sort_unstable();
        days.dedup();
        let now = self.clock.now();
        self.store
            .keep_diary(&organisation, &days, &lines, now)
            .await?;
        Ok(kept)
    }

    /// The open episodes of a patient, for whoever sees what is due.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn open_episodes(
        &self,
        caller: &Caller,
        patient: &str,
    ) -> Result<Vec<DeskEpisode>, Refused> {
        self.permit(&caller.viewer, Action::SeeDue, patient).await?;
        let sight = self.access.sight(&caller.viewer, Action::SeeDue);
        let now = self.clock.now();
        let found = self.store.episodes_of(&sight, now, patient).await?;
        let open = found.into_iter().filter(|one| one.closed_on.is_none());
        let known = open.map(|one| DeskEpisode {
            episode: one.episode,
            opened_on: one.opened_on,
        });
        Ok(known.collect())
    }

    /// Instruments that a patient can answer by a link: those for patients whose every question may be shown.
    pub fn to_be_answered(&self) -> impl Iterator<Item = &str> {
        let shown = |one: &Instrument| {
            one.asked_of == Asked::Patient && one.items.iter().all(|item| item.text.is_some())
        };
        let all = self.knowledge.instruments.iter();
        all.filter(move |(_, one)| shown(one))
            .map(|(_, one)| one.id.as_str())
    }

    /// That the caller may ask a patient to answer something.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the store failed.
    pub async fn may_assign(&self, caller: &Caller, patient: &str) -> Result<(), Refused> {
        let may = self.permit(&caller.viewer, Action::AssignInstrument, patient);
        may.await.map(drop)
    }

    /// Asks a patient to answer an instrument by a day. Whoever assigns need not see the record that it goes into.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the rules of the clinic refuse it.
    pub async fn assign(
        &self,
        caller: &Caller,
        patient: &str,
        asked: Assigned,
    ) -> Result<(), Refused> {
        let relation = self
            .permit(&caller.viewer, Action::AssignInstrument, patient)
            .await?;
        let read = self.store.episode(&asked.episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let file = self.relation(&read.patient, self.clock.now()).await?;
        if file.patient != relation.patient {
            return Err(Refused::NotFound);
        }
        let act = Act::AssignInstrument(InstrumentAssigned {
            // A form that is sent twice asks for the same thing.
            assignment: caller.request.as_deref().map_or_else(new_id, short),
            instrument: asked.instrument,
            wave: asked.wave,
            due: asked.due,
        });
        self.act(caller, &asked.episode, read.version, act, None)
            .await
            .map(drop)
    }

    /// A line of the diary of a day, for whoever registers the patient it means.
    ///
    /// # Errors
    /// It is not for the caller, there is no such line, or the store failed.
    pub async fn booked(&self, caller: &Caller, day: Date, id: &str) -> Result<Booked, Refused> {
        let organisation = self.at_the_desk(caller)?;
        let lines = self.store.diary(&organisation, day).await?;
        let found = lines.into_iter().find(|line| line.id == id);
        found.ok_or(Refused::NotFound)
    }

    /// The patient a line means, if it is one and no other. Only those whom the caller may find are thought of.
    async fn whom(&self, caller: &Caller, told: &DiaryLine) -> Result<Option<String>, Refused> {
        if let Some(number) = &told.number {
            let found = self.find(caller, number).await?;
            let same = |one: &&_| has_number(one, number);
            let mut same = found.iter().filter(same);
            if let (Some(one), None) = (same.next(), same.next()) {
                return Ok(Some(one.patient.clone()));
            }
        }
        let Some(born) = told.born else {
            return Ok(None);
        };
        let found = self.find(caller, &format!("{} {born}", told.name)).await?;
        let mut same = found
            .iter()
            .filter(|one| one.identity.born == born && is_called(&one.identity, &told.name));
        Ok(match (same.next(), same.next()) {
            (Some(one), None) => Some(one.patient.clone()),
            _ => None,
        })
    }

    /// The organisation of the caller, if they may register its patients: the front desk, and clinicians who do its work.
    fn at_the_desk(&self, caller: &Caller) -> Result<String, Refused> {
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        let resource = Resource::organisation(organisation);
        self.allow(&caller.viewer, Action::RegisterPatient, &resource)?;
        Ok(organisation.to_owned())
    }
}

fn expected(booked: Booked, due: &Due) -> Expected {
    let of = |patient: &str| booked.patient.as_deref() == Some(patient);
    Expected {
        intake: due.intakes.iter().find(|one| of(&one.patient)).cloned(),
        questionnaires: due
            .questionnaires
            .iter()
            .filter(|one| of(&one.patient))
            .cloned()
            .collect(),
        referrals: due
            .referrals
            .iter()
            .filter(|(one, _)| of(&one.patient))
            .count(),
        booked,
    }
}

/// An id out of a request key, so that a repeated request is the same request.
fn short(key: &str) -> String {
    let hash = blake3::hash(key.as_bytes()).to_hex();
    hash.chars().take(24).collect()
}

/// Whether somebody has yet to answer, or to give an appointment that is kept.
const fn waits(state: State) -> bool {
    matches!(
        state,
        State::Sent | State::Accepted | State::Scheduled | State::Missed
    )
}

fn waiting(one: &ReferralListed) -> Waiting<'_> {
    Waiting {
        state: one.state,
        since: one.since,
        counts_from: one.counts_from,
        appointment: one.appointment,
        pathway: one.pathway.as_deref(),
        profession: &one.to_profession,
    }
}

fn has_number(one: &cotreat_store::clinic::ask::Found, number: &str) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let known = one.identity.number_elsewhere.as_deref();
    known.is_some_and(|known| plain(known) == plain(number))
}

/// Whether a diary means somebody of this name: the same words, in whichever order.
fn is_called(identity: &Identity, name: &str) -> bool {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        let split = lower.split(|letter: char| !letter.is_alphanumeric());
        let mut words: Vec<String> = split
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words
    };
    words(&identity.full_name()) == words(name)
}
