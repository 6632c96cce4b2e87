//! From what somebody wants to do to what happened, or to a refusal in the clinic's words.
//!
//! [`decide`] is pure: ids, instants and the day come in the command, and the same record, command and knowledge give the same answer.
//! It refuses what must not happen; what is stored is what happened.

mod assess;
mod episode;
mod general;
mod judge;
mod look;
mod measure;
mod plan;
mod refer;
mod refusal;
mod safety;
mod scope;
mod session;

use std::collections::BTreeMap;

use cotreat_knowledge::Knowledge;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::{
    AlertTaken, AnsweredBy, AppraisalShown, CareTeamLeft, ConsentGiven, ConsentWithdrawn,
    EpisodeClosed, EpisodeOpened, Event, Expectedness, Experience, FactsRecorded,
    InstrumentAssigned, MedicationRecorded, Mode, PatientWarned, PatientsMerged, PatientsUnmerged,
    PlanAgreed, PlanRevised, QuestionAnswered, QuestionAsked, Recorded, ReferralAccepted,
    ReferralCancelled, ReferralCompleted, ReferralDeclined, ReferralDrafted, ReferralMissed,
    ReferralReopened, ReferralScheduled, ReferralSent, ReferralStarted, Relatedness,
    SafetyNetGiven, Seriousness, Session, Severity, TreatmentConsentGiven, VERSION, Who,
};
use crate::record::Record;

pub use judge::{judge_lines, judge_work};
use look::Look;
pub use refusal::{Cited, Refusal, Refused};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// Who.
    pub by: Who,
    /// The instant at which it is written down.
    pub at: Timestamp,
    /// The day of that instant where the clinic is.
    pub today: Date,
    /// The day on which it happened.
    pub day: Date,
    /// What.
    pub act: Act,
}

/// What can be done. Most acts hold exactly what the event will hold; the others are spelled out here, and `decide` works out the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Begin an episode.
    OpenEpisode(EpisodeOpened),
    /// End it.
    CloseEpisode(EpisodeClosed),
    /// Write down facts, wishes, treatment elsewhere.
    RecordFacts(FactsRecorded),
    /// Clear an alarm.
    ClearAlarm {
        /// Id of the condition.
        condition: String,
        /// Why it no longer stands.
        reason: String,
    },
    /// Note what was shown.
    ShowAppraisal(AppraisalShown),
    /// Note what a page told the patient when their answers raised an emergency.
    WarnPatient(PatientWarned),
    /// Take up the alert that followed.
    TakeAlert(AlertTaken),
    /// Agree a plan.
    AgreePlan(PlanAgreed),
    /// Change it.
    RevisePlan(PlanRevised),
    /// Write a referral, or write it anew.
    DraftReferral(ReferralDrafted),
    /// Send it.
    SendReferral(ReferralSent),
    /// Take it.
    AcceptReferral(ReferralAccepted),
    /// Not take it.
    DeclineReferral(ReferralDeclined),
    /// Give an appointment.
    ScheduleReferral(ReferralScheduled),
    /// The patient came.
    StartReferral(ReferralStarted),
    /// The patient did not come.
    MissReferral(ReferralMissed),
    /// Finish it with a report.
    CompleteReferral(ReferralCompleted),
    /// Call it off.
    CancelReferral(ReferralCancelled),
    /// Take it up again.
    ReopenReferral(ReferralReopened),
    /// Leave the care team.
    LeaveCareTeam(CareTeamLeft),
    /// Note consent to treatment.
    GiveTreatmentConsent(TreatmentConsentGiven),
    /// Note safety-net advice.
    GiveSafetyNet(SafetyNetGiven),
    /// Note a session.
    RecordSession {
        /// Id of the session.
        session: String,
        /// What was done and what it did.
        did: Session,
        /// Training and practice of whoever treated, from the directory.
        experience: Experience,
    },
    /// Correct what was written about a session.
    AmendSession {
        /// Id of the session.
        session: String,
        /// The whole corrected session.
        did: Session,
        /// Why.
        reason: String,
    },
    /// Ask the patient to answer an instrument.
    AssignInstrument(InstrumentAssigned),
    /// Note the answers to an instrument.
    AnswerInstrument {
        /// Id of the assignment; none when nobody asked.
        assignment: Option<String>,
        /// Id of the instrument.
        instrument: String,
        /// Item → answer.
        answers: BTreeMap<String, f64>,
        /// How it was answered.
        mode: Mode,
        /// Who answered.
        answered_by: AnsweredBy,
    },
    /// Note that something went wrong.
    RecordAdverseEvent {
        /// What happened.
        what: String,
        /// In or after which session.
        session: Option<String>,
        /// Whether it was serious.
        seriousness: Option<Seriousness>,
        /// How bad it was.
        severity: Option<Severity>,
        /// Whether the treatment caused it.
        relatedness: Option<Relatedness>,
        /// Whether it was to be expected.
        expectedness: Option<Expectedness>,
    },
    /// Note what medicine is taken.
    RecordMedication(MedicationRecorded),
    /// Ask the team something.
    AskQuestion(QuestionAsked),
    /// Answer.
    AnswerQuestion(QuestionAnswered),
    /// Note consent to a use of the record.
    GiveConsent(ConsentGiven),
    /// Note that it is withdrawn.
    WithdrawConsent(ConsentWithdrawn),
    /// Read two files as one patient.
    MergePatients(PatientsMerged),
    /// Read them as two again.
    UnmergePatients(PatientsUnmerged),
}

/// What happens when somebody does something.
///
/// # Errors
/// A refusal in the clinic's words: what, why, on which statement of a source, and what to do.
pub fn decide(
    record: &Record,
    command: &Command,
    knowledge: &Knowledge,
) -> Result<Vec<Recorded>, Refusal> {
    general::check(record, command)?;
    let look = Look {
        record,
        command,
        knowledge,
    };
    let events = events(&look)?;
    let recorded = |event| Recorded {
        version: VERSION,
        by: command.by.clone(),
        at: command.at,
        day: command.day,
        event,
    };
    Ok(events.into_iter().map(recorded).collect())
}

fn events(look: &Look<'_>) -> Result<Vec<Event>, Refusal> {
    match &look.command.act {
        Act::OpenEpisode(opened) => episode::open(look, opened),
        Act::CloseEpisode(closed) => episode::close(look, closed),
        Act::RecordFacts(facts) => assess::record(look, facts),
        Act::ClearAlarm { condition, reason } => assess::clear(look, condition, reason),
        Act::ShowAppraisal(shown) => Ok(vec![Event::AppraisalShown(shown.clone())]),
        Act::WarnPatient(warned) => assess::warn(look, warned),
        Act::TakeAlert(taken) => assess::take_alert(look, taken),
        Act::AgreePlan(agreed) => plan::agree(look, agreed),
        Act::RevisePlan(revised) => plan::revise(look, revised),
        Act::DraftReferral(_)
        | Act::SendReferral(_)
        | Act::AcceptReferral(_)
        | Act::DeclineReferral(_)
        | Act::ScheduleReferral(_)
        | Act::StartReferral(_)
        | Act::MissReferral(_)
        | Act::CompleteReferral(_)
        | Act::CancelReferral(_)
        | Act::ReopenReferral(_) => refer::step(look),
        Act::LeaveCareTeam(left) => refer::leave(look, left),
        Act::GiveTreatmentConsent(given) => session::consent(look, given),
        Act::GiveSafetyNet(given) => session::safety_net(given),
        Act::RecordSession {
            session,
            did,
            experience,
        } => session::record(look, session, did, *experience),
        Act::AmendSession {
            session,
            did,
            reason,
        } => session::amend(look, session, did, reason),
        Act::AssignInstrument(assigned) => measure::assign(look, assigned),
        Act::AnswerInstrument { .. } => measure::answer(look),
        Act::RecordAdverseEvent { .. } => measure::adverse_event(look),
        Act::RecordMedication(taken) => measure::medication(look, taken),
        Act::AskQuestion(asked) => episode::ask(look, asked),
        Act::AnswerQuestion(answered) => episode::answer(look, answered),
        Act::GiveConsent(given) => episode::consent(given),
        Act::WithdrawConsent(withdrawn) => episode::withdraw(look, withdrawn),
        Act::MergePatients(merged) => episode::merge(look, merged),
        Act::UnmergePatients(unmerged) => episode::unmerge(look, unmerged),
    }
}
