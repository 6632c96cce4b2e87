//! Which permission each clinical act needs.

use cotreat_access::Action;
use cotreat_care::decide::Act;

/// The permission an act needs; the rules of the clinic then say whether it may happen.
#[must_use]
pub const fn action(act: &Act) -> Action {
    match act {
        Act::OpenEpisode(_) | Act::CloseEpisode(_) => Action::OpenEpisode,
        Act::RecordFacts(_) | Act::RecordAdverseEvent { .. } => Action::WriteFacts,
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
        Act::GiveTreatmentConsent(_)
        | Act::GiveSafetyNet(_)
        | Act::GiveConsent(_)
        | Act::WithdrawConsent(_) => Action::GiveConsent,
        Act::RecordSession { .. } | Act::AmendSession { .. } => Action::WriteSession,
        Act::AssignInstrument(_) => Action::AssignInstrument,
        Act::AnswerInstrument { .. } => Action::AnswerInstrument,
        Act::RecordMedication(_) => Action::WriteMedication,
        Act::AskQuestion(_) => Action::AskQuestion,
        Act::AnswerQuestion(_) => Action::AnswerQuestion,
        Act::MergePatients(_) | Act::UnmergePatients(_) => Action::MergePatients,
    }
}
