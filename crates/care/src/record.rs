//! What an episode is: the sum of its events.
//!
//! [`evolve`] is total: any event on any record, never a panic. An event is passed over only where it can mean nothing, such as an amendment
//! of a session that nobody recorded. Nothing is thrown away: what was corrected stays beside its correction.

mod evolve;
mod known;
mod medicine;
mod referral;
mod team;
mod understood;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::event::{
    AdverseEventRecorded, AlarmCleared, AlertTaken, AppraisalShown, ConsentWithdrawn, Drawing,
    Elsewhere, EpisodeClosed, EpisodeOpened, Experience, InstrumentAnswered, InstrumentAssigned,
    MedicationRecorded, PatientWarned, PatientsMerged, Plan, Recorded, SafetyNetGiven, Session,
    Stated, TreatmentConsentGiven, Who, Wishes,
};

pub use evolve::evolve;
pub use known::Known;
pub(crate) use known::setting;
pub use medicine::{Days, OralMorphine, days_of, oral_morphine};
pub(crate) use referral::days_between;
pub use referral::{Overdue, ReferralRecord, State, Step, Waiting, next};
pub use team::Membership;
pub use understood::NotUnderstood;
pub(crate) use understood::fact as understood_fact;

/// Something with who wrote it when, and on which day it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted<T> {
    /// Its place in the order of events, from 0.
    pub nth: u64,
    /// Who.
    pub by: Who,
    /// When it was written down.
    pub at: Timestamp,
    /// On which day it happened.
    pub day: Date,
    /// What.
    pub what: T,
}

/// A session with every version of what was written about it, the last one valid.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionRecord {
    /// Id of the profession of whoever treated.
    pub profession: String,
    /// Their training and practice.
    pub experience: Experience,
    /// Every version; never empty.
    pub versions: Vec<Noted<SessionVersion>>,
}

/// What was written about a session at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionVersion {
    /// What was done and what it did.
    pub did: Session,
    /// It was stopped because symptoms spread down the leg.
    pub stopped: bool,
    /// Why it differs from the version before; none for the first.
    pub reason: Option<String>,
}

/// A question to the team.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionRecord {
    /// Its words.
    pub asked: Noted<String>,
    /// What was answered.
    pub answers: Vec<Noted<String>>,
}

/// An agreed plan.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreedPlan {
    /// The plan.
    pub plan: Plan,
    /// Why it differs from the plan before; none for the first.
    pub reason: Option<String>,
}

/// Consent to a use of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentSpan {
    /// The day it was given.
    pub from: Date,
    /// The day it was withdrawn.
    pub to: Option<Date>,
}

/// What an episode is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// How many events there were.
    pub events: u64,
    /// How it began; none: not yet.
    pub opened: Option<Noted<EpisodeOpened>>,
    /// How it ended; none: not yet.
    pub closed: Option<Noted<EpisodeClosed>>,
    /// Every fact, in the order in which they were written down. Of one finding and day the last one counts.
    pub facts: Vec<Noted<Stated>>,
    /// What the patient wants and expects, each time it was asked; the last one counts.
    pub wishes: Vec<Noted<Wishes>>,
    /// Treatment outside the plan.
    pub elsewhere: Vec<Noted<Elsewhere>>,
    /// Body charts, each time one was marked; the last one counts.
    pub drawings: Vec<Noted<Drawing>>,
    /// What pages told the patient when their answers raised an emergency.
    pub warnings: Vec<Noted<PatientWarned>>,
    /// Who took up the alerts that followed.
    pub alerts_taken: Vec<Noted<AlertTaken>>,
    /// Alarms that were cleared.
    pub cleared: Vec<Noted<AlarmCleared>>,
    /// Appraisals that were shown.
    pub shown: Vec<Noted<AppraisalShown>>,
    /// Since an event said so and nobody looked: why the appraisal is due again.
    pub appraisal_due: Option<Noted<AppraisalDue>>,
    /// Every plan; the last one is in force.
    pub plans: Vec<Noted<AgreedPlan>>,
    /// Referrals by id.
    pub referrals: BTreeMap<String, ReferralRecord>,
    /// The care team, with those who left.
    pub team: Vec<Membership>,
    /// Consent to treatment.
    pub treatment_consents: Vec<Noted<TreatmentConsentGiven>>,
    /// Consent that was withdrawn, to a use of the record or to a treatment.
    pub withdrawals: Vec<Noted<ConsentWithdrawn>>,
    /// Safety-net advice.
    pub safety_nets: Vec<Noted<SafetyNetGiven>>,
    /// Sessions by id.
    pub sessions: BTreeMap<String, SessionRecord>,
    /// Instruments that were asked for, by id of the assignment; one whose id was given twice is the later one.
    pub assignments: BTreeMap<String, Noted<InstrumentAssigned>>,
    /// Instruments that were answered; of one instrument the last answer counts.
    pub answers: Vec<Noted<InstrumentAnswered>>,
    /// What went wrong.
    pub adverse_events: Vec<Noted<AdverseEventRecorded>>,
    /// Medicines.
    pub medication: Vec<Noted<MedicationRecorded>>,
    /// Questions by id.
    pub questions: BTreeMap<String, QuestionRecord>,
    /// Consent to uses of the record, by purpose.
    pub consents: BTreeMap<String, Vec<ConsentSpan>>,
    /// Files that are now read as another: (kept, merged).
    pub merged: BTreeSet<(String, String)>,
    /// Every merging.
    pub mergings: Vec<Noted<PatientsMerged>>,
}

/// Why the appraisal is due again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppraisalDue {
    /// Symptoms spread down the leg in a session.
    SymptomsSpread,
    /// Something serious went wrong.
    SeriousAdverseEvent,
}

impl Record {
    /// The record of a stream of events.
    #[must_use]
    pub fn of<'e>(events: impl IntoIterator<Item = &'e Recorded>) -> Self {
        events.into_iter().fold(Self::default(), evolve)
    }

    /// The plan in force.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&Plan> {
        self.plans.last().map(|noted| &noted.what.plan)
    }

    /// The alert that nobody has taken up: the first warning since somebody last did.
    #[must_use]
    pub fn open_alert(&self) -> Option<&Noted<PatientWarned>> {
        let taken = self.alerts_taken.last().map(|noted| noted.nth);
        self.warnings
            .iter()
            .find(|warned| taken.is_none_or(|taken| warned.nth > taken))
    }

    /// The day the episode began.
    #[must_use]
    pub fn began(&self) -> Option<Date> {
        self.opened.as_ref().map(|opened| opened.day)
    }

    /// Which scope of practice holds.
    #[must_use]
    pub fn jurisdiction(&self) -> &str {
        self.opened
            .as_ref()
            .map_or(ANYWHERE, |opened| &opened.what.jurisdiction)
    }

    /// Whether the patient agrees to a use of the record.
    #[must_use]
    pub fn consents_to(&self, purpose: &str) -> bool {
        self.consents
            .get(purpose)
            .and_then(|spans| spans.last())
            .is_some_and(|span| span.to.is_none())
    }

    /// Whether the patient agreed to a treatment and did not withdraw it since.
    #[must_use]
    pub fn agreed_to_treatment(&self, intervention: &str) -> bool {
        let given = self.treatment_consents.iter();
        let given = given.filter(|noted| noted.what.intervention == intervention);
        let withdrawn = self.withdrawals.iter();
        let withdrawn = withdrawn.filter(|noted| noted.what.purpose == intervention);
        given.map(|noted| noted.nth).max() > withdrawn.map(|noted| noted.nth).max()
    }
}

impl SessionRecord {
    /// What is valid.
    #[must_use]
    pub fn valid(&self) -> Option<&SessionVersion> {
        self.versions.last().map(|version| &version.what)
    }
}

/// The jurisdiction of an episode that names none.
const ANYWHERE: &str = "any";
