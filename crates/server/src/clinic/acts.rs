//! Which permission each clinical act needs, and about what.

use cotreat_access::Action;
use cotreat_care::decide::Act;

/// The permission an act needs; the rules of the clinic then say whether it may happen.
#[must_use]
pub const fn action(act: &Act) -> Action {
    match act {
        Act::OpenEpisode(_) => Action::OpenEpisode,
        Act::CloseEpisode(_) => Action::CloseEpisode,
        Act::RecordFacts(_) | Act::WarnPatient(_) => Action::WriteFacts,
        Act::TakeAlert(_) => Action::TakeAlert,
        Act::ClearAlarm { .. } => Action::ClearAlarm,
        Act::ShowAppraisal(_) => Action::SeeRecord,
        Act::AgreePlan(_) | Act::RevisePlan(_) => Action::AgreePlan,
        Act::DraftReferral(_)
        | Act::SendReferral(_)
        | Act::CancelReferral(_)
        | Act::ReopenReferral(_) => Action::DraftReferral,
        Act::AcceptReferral(_) | Act::DeclineReferral(_) => Action::AnswerReferral,
        Act::ScheduleReferral(_) | Act::MissReferral(_) => Action::ScheduleReferral,
        Act::StartReferral(_) | Act::CompleteReferral(_) => Action::CompleteReferral,
        Act::LeaveCareTeam(_) => Action::LeaveTeam,
        Act::GiveTreatmentConsent(_) | Act::GiveConsent(_) | Act::WithdrawConsent(_) => {
            Action::GiveConsent
        }
        Act::GiveSafetyNet(_)
        | Act::RecordSession { .. }
        | Act::AmendSession { .. }
        | Act::RecordAdverseEvent { .. } => Action::WriteSession,
        Act::AssignInstrument(_) => Action::AssignInstrument,
        Act::AnswerInstrument { .. } => Action::AnswerInstrument,
        Act::RecordMedication(_) => Action::WriteMedication,
        Act::AskQuestion(_) => Action::AskQuestion,
        Act::AnswerQuestion(_) => Action::AnswerQuestion,
        Act::MergePatients(_) | Act::UnmergePatients(_) => Action::MergePatients,
    }
}

/// The referral that is answered or arranged: who may goes by to whom it was sent, and somebody outside has a link to this one only.
#[must_use]
pub fn referral(act: &Act) -> Option<&str> {
    match act {
        Act::AcceptReferral(one) => Some(&one.referral),
        Act::DeclineReferral(one) => Some(&one.referral),
        Act::ScheduleReferral(one) => Some(&one.referral),
        Act::MissReferral(one) => Some(&one.referral),
        Act::StartReferral(one) => Some(&one.referral),
        Act::CompleteReferral(one) => Some(&one.referral),
        _ => None,
    }
}

/// The assignment an answer is for: a task link is for one.
#[must_use]
pub fn assignment(act: &Act) -> Option<&str> {
    match act {
        Act::AnswerInstrument { assignment, .. } => assignment.as_deref(),
        _ => None,
    }
}
