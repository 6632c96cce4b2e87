//! What becomes of people.

use serde::Deserialize;

/// What becomes of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Well within weeks.
    RecoversFast,
    /// Well within months.
    RecoversSlowly,
    /// Better, and then as bad as before.
    Relapses,
    /// No better by week 6: the plan is looked at again.
    NoBetter,
    /// Worse than at the beginning.
    Worsens,
    /// Does not come back.
    DropsOut,
    /// Wants advice and nothing else.
    DeclinesTreatment,
    /// Whoever the referral went to does not take it; somebody else does.
    ReferralDeclined,
    /// The patient does not come to the first appointment.
    ReferralMissed,
    /// Nobody answers the referral.
    ReferralOverdue,
    /// The referral comes back with a report.
    ReferralCompleted,
    /// An alarm stops care until somebody clears it who may.
    AlarmCleared,
    /// An alarm that is an emergency.
    AlarmEmergency,
    /// Something goes wrong after a session.
    AdverseEvent,
    /// The patient no longer agrees to a use of the record.
    WithdrawsConsent,
    /// The episode ends, and is taken up again later.
    Reopened,
    /// The patient has two files, which are merged.
    Merged,
    /// Registered within the last hour; nobody has appraised anything.
    NewToday,
    /// The patient has not answered yet, and waits for an answer too.
    WaitingForAnswers,
}

impl Fate {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::RecoversFast,
        Self::RecoversSlowly,
        Self::Relapses,
        Self::NoBetter,
        Self::Worsens,
        Self::DropsOut,
        Self::DeclinesTreatment,
        Self::ReferralDeclined,
        Self::ReferralMissed,
        Self::ReferralOverdue,
        Self::ReferralCompleted,
        Self::AlarmCleared,
        Self::AlarmEmergency,
        Self::AdverseEvent,
        Self::WithdrawsConsent,
        Self::Reopened,
        Self::Merged,
        Self::NewToday,
        Self::WaitingForAnswers,
    ];
}
