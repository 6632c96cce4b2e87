//! What people did and said, one event each, as it is stored.
//!
//! Events outlive the knowledge they were made under: they hold ids and words, never handles, and every version of every one loads for ever
//! (`tests/golden/events`). What follows from them is worked out anew by [`crate::record`]; nothing derived stands in them.

mod assess;
mod consent;
mod episode;
mod measure;
mod plan;
mod refer;
mod treat;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use assess::{
    AlarmCleared, AlertTaken, AppraisalShown, Drawing, Elsewhere, FactsRecorded, Feel, Mark,
    PatientWarned, Said, Stated, Wishes,
};
pub use consent::{ConsentGiven, ConsentWithdrawn, Giver, SafetyNetGiven, TreatmentConsentGiven};
pub use episode::{
    CareTeamLeft, EpisodeClosed, EpisodeOpened, PatientsMerged, PatientsUnmerged, QuestionAnswered,
    QuestionAsked,
};
pub use measure::{
    Amount, AnsweredBy, InstrumentAnswered, InstrumentAssigned, MedicationRecorded, Mode, Window,
};
pub use plan::{Override, Plan, PlanAgreed, PlanRevised, PlannedLine};
pub use refer::{
    Addressee, Guidance, Outside, Position, Referral, ReferralAccepted, ReferralCancelled,
    ReferralCompleted, ReferralDeclined, ReferralDrafted, ReferralMissed, ReferralReopened,
    ReferralScheduled, ReferralSent, ReferralStarted,
};
pub use treat::{
    AdverseEventRecorded, Expectedness, Experience, Relatedness, Response, Seriousness, Session,
    SessionAmended, SessionRecorded, Severity, Side, Work,
};

/// The version of the stored shape that this program writes.
pub const VERSION: u16 = 1;

/// An event with who, when and on which day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recorded {
    /// The version of the stored shape.
    pub version: u16,
    /// Who did it.
    pub by: Who,
    /// When it was written down.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// On which day it happened; a note may be written later.
    #[schemars(with = "String")]
    pub day: Date,
    /// What was done.
    #[serde(flatten)]
    pub event: Event,
}

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum Who {
    /// Somebody of a profession.
    Practitioner {
        /// Their id in the directory.
        id: String,
        /// Their name as it stood then.
        name: String,
        /// Id of their profession.
        profession: String,
        /// The organisation they act for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisation: Option<String>,
    },
    /// Somebody at the front desk.
    Staff {
        /// Their id in the directory.
        id: String,
        /// Their name as it stood then.
        name: String,
    },
    /// The patient, or whoever answers for them.
    Patient,
}

impl Who {
    /// The id in the directory; none for the patient.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Practitioner { id, .. } | Self::Staff { id, .. } => Some(id),
            Self::Patient => None,
        }
    }

    /// The name, or "the patient".
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Practitioner { name, .. } | Self::Staff { name, .. } => name,
            Self::Patient => "the patient",
        }
    }

    /// The profession of a practitioner.
    #[must_use]
    pub fn profession(&self) -> Option<&str> {
        match self {
            Self::Practitioner { profession, .. } => Some(profession),
            Self::Staff { .. } | Self::Patient => None,
        }
    }

    /// The organisation a practitioner acts for.
    #[must_use]
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Self::Practitioner { organisation, .. } => organisation.as_deref(),
            Self::Staff { .. } | Self::Patient => None,
        }
    }
}

/// What was done, named after what people did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An episode of care began.
    EpisodeOpened(EpisodeOpened),
    /// Somebody said, saw, tested or measured something.
    FactsRecorded(FactsRecorded),
    /// A named person cleared an alarm, with a reason.
    AlarmCleared(AlarmCleared),
    /// An appraisal was on somebody's screen or paper.
    AppraisalShown(AppraisalShown),
    /// A plan was agreed.
    PlanAgreed(PlanAgreed),
    /// The plan was changed.
    PlanRevised(PlanRevised),
    /// A referral was begun.
    ReferralDrafted(ReferralDrafted),
    /// A referral went out.
    ReferralSent(ReferralSent),
    /// Whoever it was sent to takes it.
    ReferralAccepted(ReferralAccepted),
    /// Whoever it was sent to does not take it, with a reason.
    ReferralDeclined(ReferralDeclined),
    /// The patient has an appointment.
    ReferralScheduled(ReferralScheduled),
    /// The patient came.
    ReferralStarted(ReferralStarted),
    /// The patient did not come.
    ReferralMissed(ReferralMissed),
    /// It is done, with a report.
    ReferralCompleted(ReferralCompleted),
    /// It is called off.
    ReferralCancelled(ReferralCancelled),
    /// It is taken up again, with a note.
    ReferralReopened(ReferralReopened),
    /// Somebody left the care team.
    CareTeamLeft(CareTeamLeft),
    /// A page told the patient to get help now.
    PatientWarned(PatientWarned),
    /// Somebody took up the alert.
    AlertTaken(AlertTaken),
    /// The patient agreed to a treatment after its risks were named.
    TreatmentConsentGiven(TreatmentConsentGiven),
    /// The patient was told when to come back at once.
    SafetyNetGiven(SafetyNetGiven),
    /// A treatment session took place.
    SessionRecorded(SessionRecorded),
    /// What was written about a session was corrected; what was written before stays.
    SessionAmended(SessionAmended),
    /// The patient is asked to answer an instrument.
    InstrumentAssigned(InstrumentAssigned),
    /// An instrument was answered.
    InstrumentAnswered(InstrumentAnswered),
    /// Something went wrong.
    AdverseEventRecorded(AdverseEventRecorded),
    /// What medicine is taken.
    MedicationRecorded(MedicationRecorded),
    /// The patient asked the team something.
    QuestionAsked(QuestionAsked),
    /// The team answered.
    QuestionAnswered(QuestionAnswered),
    /// The patient agreed to a use of the record.
    ConsentGiven(ConsentGiven),
    /// The patient no longer agrees.
    ConsentWithdrawn(ConsentWithdrawn),
    /// Two files turned out to be one patient.
    PatientsMerged(PatientsMerged),
    /// They were two patients after all.
    PatientsUnmerged(PatientsUnmerged),
    /// The episode ended.
    EpisodeClosed(EpisodeClosed),
}
