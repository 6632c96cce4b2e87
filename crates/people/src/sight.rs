//! Which patients somebody sees, as a value that becomes part of every query.
//!
//! Each part that is given opens the rows for which it holds; parts add up; nothing given opens nothing. Who gets which part is for
//! `cotreat-access` to say, and a property test shows that both agree row by row.

/// Which patients somebody sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    /// A user: patients of whom they are in the care team of an open episode.
    pub team_of: Option<String>,
    /// An organisation, for its clinicians: its patients, where it shares within the whole clinic.
    pub clinic: Option<String>,
    /// An organisation, for its front desk: its patients, whatever it shares.
    pub desk: Option<String>,
    /// A user: patients for whom they broke the glass, as long as it holds.
    pub glass_of: Option<String>,
    /// A user: patients of whom a referral to them is sent and unanswered.
    pub referred_to: Option<String>,
    /// An organisation, for its clinicians: patients of whom a referral to it is sent and unanswered.
    pub referred_to_organisation: Option<String>,
    /// A patient: their own record.
    pub own: Option<String>,
}
