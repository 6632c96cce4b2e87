//! `data/shares.toml` as it is written.

use serde::Deserialize;

use crate::fate::Fate;

/// At least and at most.
pub(crate) type Range = [i64; 2];

/// On what a number rests. There is one answer, and every row gives it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Basis {
    /// Invented for demonstration; it measures nothing.
    Invented,
}

/// The whole sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shares {
    pub(super) fate: Vec<FateRow>,
    pub(super) course: Vec<CourseRow>,
    pub(super) score: ScoreRow,
    pub(super) instrument: Vec<InstrumentRow>,
    pub(super) wave: Vec<Wave>,
    pub(super) days: Days,
    pub(super) minutes: Minutes,
    pub(super) habits: Habits,
    pub(super) session: SessionRow,
    pub(super) since: Since,
    pub(super) opioid: Opioid,
    pub(super) age: Vec<AgeRow>,
    pub(super) told_by: ToldBy,
    pub(super) varies: Vec<VariesRow>,
}

/// One thing that becomes of people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FateRow {
    pub(crate) id: Fate,
    /// Of sixty patients so many.
    pub(crate) of_60: u32,
    /// Which picture they come with.
    pub(crate) picture: Kind,
    /// Id of the course of their scores.
    pub(crate) course: String,
    /// Days before today on which it begins.
    pub(crate) began: Range,
    /// Sessions of one practitioner.
    pub(crate) sessions: Range,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    pub(super) basis: Basis,
}

/// What a picture asks for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// No alarm stops care, and there is something to treat.
    Calm,
    /// An alarm stops hands-on care until somebody clears it.
    Urgent,
    /// An emergency.
    Emergency,
}

/// How a score moves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CourseRow {
    pub(crate) id: String,
    /// Week, and how much of the first value is left.
    pub(crate) points: Vec<(u32, f64)>,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// The first value of a score, and how it scatters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScoreRow {
    pub(crate) first: [f64; 2],
    pub(crate) noise: f64,
    pub(crate) again: f64,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// An instrument that is handed out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct InstrumentRow {
    pub(super) id: String,
    pub(super) shows: Shows,
    pub(super) weight: f64,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// What an instrument shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Shows {
    /// How bad it is.
    Severity,
    /// How much better or worse it is than at first.
    Change,
}

/// A time at which instruments are handed out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wave {
    /// What assignments call it.
    pub(crate) id: String,
    pub(crate) week: i64,
    /// So many days before it is due.
    pub(crate) asked_before: i64,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// How many days things take.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Days {
    pub(crate) to_first_visit: Range,
    pub(crate) to_answer: Range,
    pub(crate) to_appointment: Range,
    pub(crate) to_report: Range,
    pub(crate) between_sessions: Range,
    pub(crate) to_return_sheet: Range,
    pub(crate) late_sheet: Range,
    pub(crate) to_reply: Range,
    pub(crate) to_close: Range,
    pub(crate) unseen: Range,
    pub(crate) to_return: Range,
    pub(crate) to_second_file: Range,
    pub(crate) to_merging: Range,
    pub(crate) to_question: Range,
    pub(crate) to_tests: Range,
    pub(crate) to_withdrawal: Range,
    pub(crate) to_relapse: Range,
    pub(crate) to_take_up: Range,
    pub(crate) to_settle: Range,
    pub(crate) to_plan: Range,
    pub(crate) to_hospital_news: Range,
    pub(crate) to_look: Range,
    pub(crate) to_setback: Range,
    pub(crate) taken_since: Range,
    pub(crate) elsewhere_since: Range,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// How many minutes things take.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Minutes {
    pub(crate) between_steps: Range,
    pub(crate) session: Range,
    pub(crate) to_emergency: Range,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// How often people do things, as shares of 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Habits {
    pub(crate) sheet_missing: f64,
    pub(crate) sheet_late: f64,
    pub(crate) item_missing: f64,
    pub(crate) by_telephone: f64,
    pub(crate) in_clinic: f64,
    pub(crate) helped: f64,
    pub(crate) treated_by_another: f64,
    pub(crate) takes_medicine: f64,
    pub(crate) takes_opioid: f64,
    pub(crate) treated_elsewhere: f64,
    pub(crate) asks_question: f64,
    pub(crate) agrees_to_research: f64,
    pub(crate) agrees_to_messages: f64,
    pub(crate) session_amended: f64,
    pub(crate) symptoms_spread: f64,
    pub(crate) private_note: f64,
    pub(crate) new_telephone: f64,
    pub(crate) looks_at_own: f64,
    pub(crate) glass_broken: f64,
    pub(crate) emergency_cleared: f64,
    pub(crate) serious: f64,
    pub(crate) given_up: f64,
    pub(crate) written_advice: f64,
    pub(crate) told_again: f64,
    pub(crate) to_a_practice: f64,
    pub(crate) guided: f64,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// What sessions do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SessionRow {
    /// Points of pain that are gone afterwards.
    pub(crate) eased: Range,
    /// Percent of the home programme.
    pub(crate) adherence: Range,
    /// Sessions that are added to a plan that is looked at again.
    pub(crate) added: i64,
    /// The session after which something goes wrong.
    pub(crate) setback_after: u32,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// How long ago things began.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    /// Minutes, of those who are new today.
    pub(crate) new: Range,
    /// Years that staff had practised when they came to be known.
    pub(crate) practised: Range,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// How much people take who take an opioid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opioid {
    /// In mg of oral morphine a day.
    pub(crate) oral_morphine: [f64; 2],
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// People of these years.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgeRow {
    pub(crate) years: Range,
    pub(crate) of_60: u32,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// Ids of the findings of which an identity and a first score are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToldBy {
    pub(super) age: String,
    pub(super) sex: String,
    pub(super) intensity: String,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}

/// A finding in which one patient of a picture differs from the next.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariesRow {
    pub(super) finding: String,
    /// In the finding's unit, up or down.
    #[serde(default)]
    pub(super) by: f64,
    /// As a part of the value, up or down.
    #[serde(default)]
    pub(super) part: f64,
    #[expect(dead_code, reason = "it must be written, and says all by that")]
    basis: Basis,
}
