//! The two scales the whole product speaks in: how urgent an alarm is, and how likely a contributor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How soon something must be done about an alarm. Ordered: a later tier is more urgent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// No action on this alone.
    Watch,
    /// Routine work-up.
    Routine,
    /// Days.
    Urgent,
    /// Today.
    Emergency,
}

impl Tier {
    /// From the most to the least urgent.
    pub const DESCENDING: [Self; 4] = [Self::Emergency, Self::Urgent, Self::Routine, Self::Watch];

    /// The word used in files and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Watch => "watch",
            Self::Routine => "routine",
            Self::Urgent => "urgent",
            Self::Emergency => "emergency",
        }
    }

    /// The tier a file calls by this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::DESCENDING
            .into_iter()
            .find(|tier| tier.word() == word)
    }
}

/// The highest tier a profession may clear. Ordered.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ClearableTier {
    /// It clears nothing.
    None,
    /// Up to watch.
    Watch,
    /// Up to routine.
    Routine,
    /// Up to urgent.
    Urgent,
    /// Every tier.
    Emergency,
}

impl ClearableTier {
    /// Whether an alarm of `tier` may be cleared.
    #[must_use]
    pub fn covers(self, tier: Tier) -> bool {
        match self {
            Self::None => false,
            Self::Watch => tier <= Tier::Watch,
            Self::Routine => tier <= Tier::Routine,
            Self::Urgent => tier <= Tier::Urgent,
            Self::Emergency => true,
        }
    }
}

/// How likely a contributor is. Ordered.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Under one in ten.
    Unlikely,
    /// Up to one in two.
    Possible,
    /// Up to four in five.
    Likely,
    /// Above four in five.
    VeryLikely,
}

impl Band {
    /// From the least to the most likely.
    pub const ASCENDING: [Self; 4] = [
        Self::Unlikely,
        Self::Possible,
        Self::Likely,
        Self::VeryLikely,
    ];

    /// The word used in files and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unlikely => "unlikely",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::VeryLikely => "very_likely",
        }
    }

    /// The band a file calls by this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ASCENDING.into_iter().find(|band| band.word() == word)
    }
}
