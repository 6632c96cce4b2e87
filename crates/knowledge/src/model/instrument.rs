//! Instruments and their scoring.

use crate::format::Missing;
use crate::format::{Asked, LicenceTier, ScoreDirection, ScoreMethod};
use crate::handle::Handle;
use crate::model::Statement;
use crate::problem::Place;

/// A questionnaire.
#[derive(Clone, Debug)]
pub struct Instrument {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// What it measures.
    pub measures: String,
    /// Whether the item text may be shipped.
    pub tier: LicenceTier,
    /// The licence, in words.
    pub licence: String,
    /// Who answers it.
    pub asked_of: Asked,
    /// How long it takes, in seconds.
    pub burden_seconds: u32,
    /// Its items.
    pub items: Vec<Item>,
    /// Its scores; the first is the total.
    pub scores: Vec<Score>,
    /// Rules for a change that matters.
    pub changes: Vec<MeaningfulChange>,
    /// How it is scored.
    pub statement: Statement,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// One item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Unique in the instrument.
    pub id: String,
    /// Its wording, where it may be shipped.
    pub text: Option<String>,
    /// Smallest answer.
    pub min: i32,
    /// Largest answer.
    pub max: i32,
    /// Words for the answers.
    pub labels: Vec<String>,
}

/// How one score is made.
#[derive(Clone, Debug)]
pub struct Score {
    /// Unique in the instrument.
    pub id: String,
    /// How it is made.
    pub method: ScoreMethod,
    /// Positions of the items.
    pub items: Vec<ScoredItem>,
    /// How many items may be missing.
    pub max_missing: u32,
    /// What happens to missing items.
    pub missing: Missing,
    /// Smallest possible score.
    pub min: f64,
    /// Largest possible score.
    pub max: f64,
    /// Which way is worse.
    pub higher: ScoreDirection,
    /// Decimals it is rounded to.
    pub decimals: u8,
    /// Bands.
    pub bands: Vec<Band>,
}

/// An item as one score uses it.
#[derive(Clone, Debug)]
pub struct ScoredItem {
    /// Position of the item in the instrument.
    pub item: usize,
    /// What each answer counts, by position from the item's minimum.
    pub counts: Vec<f64>,
}

/// A named range of a score.
#[derive(Clone, Debug)]
pub struct Band {
    /// Unique in the score.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Lowest score in it.
    pub from: f64,
    /// Highest score in it.
    pub to: f64,
    /// On what it rests.
    pub statement: Statement,
}

/// A rule for a change that matters.
#[derive(Clone, Debug)]
pub struct MeaningfulChange {
    /// Unique in the instrument.
    pub id: String,
    /// Position of the score.
    pub score: usize,
    /// Change in points.
    pub points: Option<f64>,
    /// Change in percent of the first value.
    pub percent: Option<f64>,
    /// The statement.
    pub statement: Statement,
}

/// One score of one instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScoreRef {
    /// The instrument.
    pub instrument: Handle<Instrument>,
    /// Position of the score in it.
    pub score: usize,
}

impl Score {
    /// The score for these item answers (`None`: missing), or `None` when too many are missing.
    ///
    /// Answers outside an item's range count as missing; whoever takes them in refuses them before.
    #[must_use]
    pub fn of(&self, items: &[Item], answers: &[Option<f64>]) -> Option<f64> {
        let mut sum = 0.0;
        let mut possible = 0.0;
        let mut answered = 0_u32;
        for scored in &self.items {
            let Some(answer) = answers.get(scored.item).copied().flatten() else {
                continue;
            };
            let Some(counts) = scored.count(&items[scored.item], answer) else {
                continue;
            };
            sum += match self.method {
                ScoreMethod::Count => f64::from(u8::from(counts != 0.0)),
                ScoreMethod::Sum | ScoreMethod::Mean | ScoreMethod::Percent => counts,
            };
            possible += scored.largest();
            answered += 1;
        }
        let all = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        if answered == 0 || all - answered > self.max_missing {
            return None;
        }
        let scale = if self.missing == Missing::Prorate {
            f64::from(all) / f64::from(answered)
        } else {
            1.0
        };
        let raw = match self.method {
            ScoreMethod::Sum | ScoreMethod::Count => sum * scale,
            ScoreMethod::Mean if self.missing == Missing::Zero => sum / f64::from(all),
            ScoreMethod::Mean => sum / f64::from(answered),
            ScoreMethod::Percent if possible > 0.0 => sum / possible * 100.0,
            ScoreMethod::Percent => return None,
        };
        Some(self.round(raw))
    }

    /// Rounds to the decimals of the score, halves away from zero; the one place where scores are rounded.
    #[must_use]
    pub fn round(&self, value: f64) -> f64 {
        let factor = 10_f64.powi(i32::from(self.decimals));
        // The nudge keeps 2.675 from becoming 2.67 because the binary fraction lies a hair below.
        let scaled = value * factor;
        (scaled + scaled.signum() * 1e-9).round() / factor
    }

    /// The band a score lies in.
    #[must_use]
    pub fn band(&self, score: f64) -> Option<&Band> {
        self.bands
            .iter()
            .find(|band| band.from <= score && score <= band.to)
    }

    /// Smallest and largest score that the items can give.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        let low = |item: &ScoredItem| item.counts.iter().copied().fold(f64::INFINITY, f64::min);
        match self.method {
            ScoreMethod::Sum => (
                self.items.iter().map(low).sum(),
                self.items.iter().map(ScoredItem::largest).sum(),
            ),
            ScoreMethod::Count => (
                0.0,
                f64::from(u32::try_from(self.items.len()).unwrap_or(u32::MAX)),
            ),
            ScoreMethod::Mean => {
                let n = f64::from(u32::try_from(self.items.len().max(1)).unwrap_or(u32::MAX));
                let sums: (f64, f64) = (
                    self.items.iter().map(low).sum(),
                    self.items.iter().map(ScoredItem::largest).sum(),
                );
                (self.round(sums.0 / n), self.round(sums.1 / n))
            }
            ScoreMethod::Percent => (0.0, 100.0),
        }
    }
}

impl ScoredItem {
    fn count(&self, item: &Item, answer: f64) -> Option<f64> {
        let offset = answer - f64::from(item.min);
        if offset < 0.0 || offset.fract() != 0.0 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole and not negative, checked above; `get` bounds it"
        )]
        self.counts.get(offset as usize).copied()
    }

    fn largest(&self) -> f64 {
        self.counts
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max)
    }
}
