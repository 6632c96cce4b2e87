//! The pooled effect, and where the effect of a new study would lie.
//!
//! Prediction intervals, by name: normal β̂ ± z·√(τ² + se²) (the default of `metafor`); Higgins, Thompson and Spiegelhalter's with t and k − 2
//! degrees of freedom (J R Stat Soc A 2009;172:137–159); and with the standard error of Hartung, Knapp, Sidik and Jonkman and k − 1.

use super::analysis::{MetaAnalysis, Test};
use crate::estimate::{Estimate, Interval, Level, Reference};
use crate::fault::{Fault, Outcome};

/// Kinds of prediction intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prediction {
    /// Normal; too short with few studies.
    Normal,
    /// Higgins, Thompson and Spiegelhalter: t with k − 2 degrees of freedom.
    HigginsThompsonSpiegelhalter,
    /// Standard error of Hartung, Knapp, Sidik and Jonkman, t with k − 1.
    Hksj,
}

impl MetaAnalysis {
    /// The pooled effect (the first coefficient).
    ///
    /// # Errors
    /// Those of [`MetaAnalysis::estimates`].
    pub fn pooled(&self, level: Level) -> Outcome<Estimate> {
        self.estimates(level)?
            .into_iter()
            .next()
            .ok_or(Fault::Empty {
                what: "the model".into(),
            })
    }

    /// Where the true effect of a new study lies with this level.
    ///
    /// # Errors
    /// A meta-regression, fewer than three studies for k − 2 degrees of freedom, and those of [`MetaAnalysis::pool`].
    pub fn prediction(&self, kind: Prediction, level: Level) -> Outcome<Interval> {
        if self.x.ncols() != 1 {
            return Err(Fault::Refused {
                why: "a prediction interval for a new study needs a pooled effect; a meta-regression has one for each kind of study".into(),
            });
        }
        let k = self.studies.count() as f64;
        let (test, reference) = match kind {
            Prediction::Normal => (Test::Normal, Reference::Normal),
            Prediction::HigginsThompsonSpiegelhalter => {
                if k < 3.0 {
                    return Err(Fault::TooFew {
                        what: "studies",
                        found: self.studies.count(),
                        needed: 3,
                        purpose: "a prediction interval with k − 2 degrees of freedom".into(),
                    });
                }
                (Test::Normal, Reference::T(k - 2.0))
            }
            Prediction::Hksj => (Test::Hksj, Reference::T(k - 1.0)),
        };
        let pooled = Self::pool(&self.studies, self.method, test)?.pooled(level)?;
        let spread = (self.tau2() + pooled.se * pooled.se).sqrt();
        Ok(Interval::around(
            pooled.value,
            reference.reach(level) * spread,
        ))
    }
}
