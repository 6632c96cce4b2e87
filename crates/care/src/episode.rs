//! An episode of back-pain care as far as reasoning needs it: what is known on a day.

use cotreat_knowledge::Handle;
use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::{
    Condition, Instrument, Intervention, Profession, Profile, ScoreRef,
};
use jiff::civil::Date;

use crate::fact::Fact;

/// What is known about one patient's episode.
#[derive(Clone, Debug)]
pub struct Episode {
    /// What to call the patient or case in print; never an identifier.
    pub title: String,
    /// The day for which the appraisal is made. No clock is read.
    pub as_of: Date,
    /// Where the patient is seen.
    pub setting: Setting,
    /// Which scope of practice holds, e.g. `us_pa`; `any` when not told.
    pub jurisdiction: String,
    /// Whose guidelines count; `None` for all of them side by side.
    pub profile: Option<Handle<Profile>>,
    /// The professions within reach; `None` for all.
    pub available: Option<Vec<Handle<Profession>>>,
    /// What the patient would like.
    pub wants: Vec<Handle<Intervention>>,
    /// What the patient does not want.
    pub declines: Vec<Handle<Intervention>>,
    /// What the patient wants to be able to do, in their words.
    pub goals: Vec<String>,
    /// The facts, in any order.
    pub facts: Vec<Fact>,
    /// Totals that were entered.
    pub scores: Vec<EnteredScore>,
    /// Item answers.
    pub answers: Vec<AnswerSheet>,
    /// Alarms that a person cleared.
    pub cleared: Vec<ClearedAlarm>,
}

/// A score that somebody entered as a total.
#[derive(Clone, Debug)]
pub struct EnteredScore {
    /// Which score.
    pub score: ScoreRef,
    /// Its value.
    pub value: f64,
}

/// The answers to one instrument.
#[derive(Clone, Debug)]
pub struct AnswerSheet {
    /// Which instrument.
    pub instrument: Handle<Instrument>,
    /// One answer for each item; `None` where it is missing.
    pub answers: Vec<Option<f64>>,
}

/// An alarm that a named person cleared, with a reason.
#[derive(Clone, Debug)]
pub struct ClearedAlarm {
    /// For which condition.
    pub condition: Handle<Condition>,
    /// Who.
    pub by: String,
    /// Their profession, which must be allowed to clear the tier.
    pub profession: Handle<Profession>,
    /// Why.
    pub reason: String,
    /// When. Newer facts raise the alarm again.
    pub on: Date,
}
