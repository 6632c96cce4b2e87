//! Refusals: what is refused, why, on which statement, and what to do.

use std::fmt;

use cotreat_knowledge::model::Statement;
use cotreat_knowledge::{Knowledge, Place};
use serde::{Deserialize, Serialize};

/// Why something is refused, for programs; the words are for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// There is no episode yet.
    NotOpened,
    /// There is an episode already.
    AlreadyOpened,
    /// The episode is over.
    Closed,
    /// It lies in the future.
    InTheFuture,
    /// It lies before the episode.
    BeforeTheEpisode,
    /// A profession does this, not the front desk or the patient.
    NotForThem,
    /// The knowledge has no such word.
    NotKnownHere,
    /// An answer is not one of those that are possible.
    DoesNotFit,
    /// Facts cannot all be true.
    Contradicts,
    /// A reason, a text or the like is missing.
    WordsMissing,
    /// An id was used before.
    AlreadyThere,
    /// It lies outside the scope of practice.
    OutOfScope,
    /// The profession may not clear an alarm of this tier.
    MayNotClear,
    /// There is no alarm to clear.
    NoAlarm,
    /// The profession may not lead a plan.
    MayNotLead,
    /// There is no plan to revise.
    NoPlan,
    /// The plan has no goal.
    NoGoal,
    /// The plan has no review ahead.
    NoReview,
    /// Nobody delivers a line.
    NoDeliverer,
    /// Passive care without active care.
    PassiveAlone,
    /// A contraindication stops it.
    Contraindicated,
    /// Something must be known first.
    MustKnow,
    /// An urgent or emergency alarm stands.
    AlarmStands,
    /// The risks were not named before consent.
    NoConsent,
    /// The guidance of the referral forbids it.
    AgainstGuidance,
    /// Nobody recorded that session.
    NoSuchSession,
    /// The referral cannot take that step from where it stands.
    NoSuchStep,
    /// The referral does not say what it must.
    ContentMissing,
    /// It was not sent to them.
    NotSentToThem,
    /// They are not in the care team.
    NotInTeam,
    /// Nobody asked for that instrument.
    NoSuchAssignment,
    /// What kind of adverse event it was is not said.
    AdverseEventIncomplete,
    /// Nobody asked that question.
    NoSuchQuestion,
    /// There is no consent to withdraw.
    NoSuchConsent,
    /// A patient cannot be merged with itself.
    MergedWithItself,
    /// They were never merged.
    NeverMerged,
    /// No clinician takes the patient on.
    NobodyTakesThemOn,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Why, for programs.
    pub refused: Refused,
    /// What is refused.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do.
    pub remedy: String,
    /// The statement of knowledge behind it, where there is one.
    pub cited: Option<Box<Cited>>,
}

/// The statement of knowledge behind a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// What it says.
    pub says: String,
    /// Its source in a word or two; none: expert judgement.
    pub source: Option<String>,
    /// Where in the source.
    pub location: String,
    /// The knowledge file.
    pub file: String,
    /// The line in it.
    pub line: u32,
}

impl Refusal {
    pub(super) fn new(
        refused: Refused,
        what: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            refused,
            what: what.into(),
            why: why.into(),
            remedy: remedy.into(),
            cited: None,
        }
    }

    /// The same refusal, resting on a statement.
    pub(super) fn citing(mut self, knowledge: &Knowledge, statement: &Statement) -> Self {
        let Place { file, line, .. } = statement.place.clone();
        self.cited = Some(Box::new(Cited {
            says: statement.says.clone(),
            source: statement
                .source
                .map(|source| knowledge.sources[source].short.clone()),
            location: statement.location.clone(),
            file,
            line,
        }));
        self
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)?;
        if let Some(cited) = &self.cited {
            let source = cited.source.as_deref().unwrap_or("expert judgement");
            write!(f, "\n  {} ({source}", cited.says)?;
            if !cited.location.is_empty() {
                write!(f, ", {}", cited.location)?;
            }
            write!(f, "; {}:{})", cited.file, cited.line)?;
        }
        write!(f, "\n  {}", self.remedy)
    }
}
