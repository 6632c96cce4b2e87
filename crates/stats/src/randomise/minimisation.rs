//! Minimisation: the arm that keeps the levels of prognostic factors most even is likely.
//!
//! Score of arm t for a patient with levels l: Σ_f w_f · D({(n_fla + [a = t])/r_a : arms a}), n_fla being the patients of arm a who share level l of factor
//! f. Arms whose scores lie within 1e-9 of the smallest are preferred together.

use super::chance::{Chance, Seed};
use super::imbalance::Imbalance;
use super::{Arm, check_arms};
use crate::fault::{Fault, Outcome, length};

/// A prognostic factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What it is called.
    pub name: String,
    /// How many levels it has.
    pub levels: usize,
    /// How much it counts; greater than zero.
    pub weight: f64,
}

/// How a preferred arm becomes an allocation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coin {
    /// The preferred arms share this probability, the others share the rest. With unequal ratios this does *not* keep the ratio.
    Simple(f64),
    /// Han, Enas and McEntegart: the arm with the smallest ratio, when preferred, gets this probability; otherwise the patient is drawn by
    /// ratio. If arms are preferred as often as their ratios say, the allocation keeps the ratio.
    KeepsRatio(f64),
}

/// How many patients of each arm have each level: factor, level, arm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts(Vec<Vec<Vec<u64>>>);

/// What was decided for one patient, and all it was decided by.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// One score per arm.
    pub scores: Vec<f64>,
    /// The arms with the smallest score.
    pub preferred: Vec<usize>,
    /// One probability per arm.
    pub probabilities: Vec<f64>,
    /// The number in 0 ≤ u < 1 that was drawn.
    pub draw: f64,
    /// The arm whose part of the probabilities holds the draw.
    pub arm: usize,
}

/// The rule of a minimised trial; with a seed it fixes every allocation.
#[derive(Clone, Debug)]
pub struct Minimisation {
    arms: Vec<Arm>,
    factors: Vec<Factor>,
    measure: Imbalance,
    coin: Coin,
    list: String,
    seed: Seed,
}

impl Minimisation {
    /// A rule. `list` names the trial and its version; another name gives other draws.
    ///
    /// # Errors
    /// Arms that cannot be randomised to, no factors, a factor without two levels or with a weight that is not greater than zero, or a
    /// probability below the arms' fair share or above 1.
    pub fn new(
        arms: &[Arm],
        factors: &[Factor],
        measure: Imbalance,
        coin: Coin,
        list: &str,
        seed: Seed,
    ) -> Outcome<Self> {
        check_arms(arms)?;
        if factors.is_empty() {
            return Err(Fault::Empty {
                what: "the list of factors to minimise".into(),
            });
        }
        for factor in factors {
            if factor.levels < 2 {
                return Err(Fault::TooFew {
                    what: "levels",
                    found: factor.levels,
                    needed: 2,
                    purpose: format!("the factor `{}`", factor.name),
                });
            }
            if !(factor.weight > 0.0 && factor.weight.is_finite()) {
                return Err(Fault::OutOfRange {
                    what: format!("the weight of `{}`", factor.name),
                    value: factor.weight,
                    range: "greater than zero",
                });
            }
        }
        let (Coin::Simple(p) | Coin::KeepsRatio(p)) = coin;
        let fair = 1.0 / arms.len() as f64;
        if !(p >= fair && p <= 1.0) {
            return Err(Fault::OutOfRange {
                what: "the probability of the preferred arm".into(),
                value: p,
                range: "at least one over the number of arms, and at most 1",
            });
        }
        Ok(Self {
            arms: arms.to_vec(),
            factors: factors.to_vec(),
            measure,
            coin,
            list: list.into(),
            seed,
        })
    }

    /// No patients yet.
    pub fn no_patients(&self) -> Counts {
        let arms = vec![0; self.arms.len()];
        Counts(
            self.factors
                .iter()
                .map(|f| vec![arms.clone(); f.levels])
                .collect(),
        )
    }

    /// Adds a patient with these levels (one per factor, counted from 0) to an arm.
    ///
    /// # Errors
    /// A wrong number of levels, a level or arm that does not exist, or counts of another rule.
    pub fn add(&self, counts: &mut Counts, levels: &[usize], arm: usize) -> Outcome<()> {
        self.check(counts, levels)?;
        if arm >= self.arms.len() {
            return Err(Fault::Refused {
                why: format!(
                    "there is no arm {arm}; arms are counted from 0 to {}",
                    self.arms.len() - 1
                ),
            });
        }
        for (factor, level) in counts.0.iter_mut().zip(levels) {
            factor[*level][arm] += 1;
        }
        Ok(())
    }

    /// Decides for the patient with this number (counted from 1) and these levels. A pure function of rule, seed, counts, levels and number.
    ///
    /// # Errors
    /// A wrong number of levels, a level that does not exist, or counts of another rule.
    pub fn decide(&self, counts: &Counts, levels: &[usize], number: usize) -> Outcome<Decision> {
        self.check(counts, levels)?;
        let scores: Vec<f64> = (0..self.arms.len())
            .map(|arm| self.score(counts, levels, arm))
            .collect();
        let smallest = scores.iter().copied().fold(f64::INFINITY, f64::min);
        let near = smallest + 1e-9 * smallest.abs().max(1.0);
        let preferred: Vec<usize> = (0..scores.len())
            .filter(|arm| scores[*arm] <= near)
            .collect();
        let probabilities = self.probabilities(&preferred);
        let name = format!("minimisation/{}:{}/{number}", self.list.len(), self.list);
        let draw = Chance::new(&self.seed, &name).unit();
        Ok(Decision {
            arm: pick(&probabilities, draw),
            scores,
            preferred,
            probabilities,
            draw,
        })
    }

    /// Runs through patients in the order of their numbers and decides for each in turn: the way to allocate a whole trial, and the way
    /// to check one.
    ///
    /// # Errors
    /// A patient with a wrong number of levels, or a level that does not exist.
    pub fn replay(&self, patients: &[Vec<usize>]) -> Outcome<Vec<Decision>> {
        let mut counts = self.no_patients();
        let mut decisions = Vec::with_capacity(patients.len());
        for (at, levels) in patients.iter().enumerate() {
            let decision = self.decide(&counts, levels, at + 1)?;
            self.add(&mut counts, levels, decision.arm)?;
            decisions.push(decision);
        }
        Ok(decisions)
    }

    fn score(&self, counts: &Counts, levels: &[usize], candidate: usize) -> f64 {
        let one = |(at, factor): (usize, &Factor)| {
            let shares: Vec<f64> = self
                .arms
                .iter()
                .enumerate()
                .map(|(arm, of)| {
                    let own = counts.0[at][levels[at]][arm] + u64::from(arm == candidate);
                    own as f64 / f64::from(of.ratio)
                })
                .collect();
            factor.weight * self.measure.of(&shares, candidate)
        };
        self.factors.iter().enumerate().map(one).sum()
    }

    fn probabilities(&self, preferred: &[usize]) -> Vec<f64> {
        let arms = self.arms.len();
        let ratios: Vec<f64> = self.arms.iter().map(|arm| f64::from(arm.ratio)).collect();
        let whole: f64 = ratios.iter().sum();
        let tied = preferred.len();
        match self.coin {
            Coin::Simple(_) | Coin::KeepsRatio(_) if tied == arms => {
                ratios.iter().map(|ratio| ratio / whole).collect()
            }
            Coin::Simple(p) => {
                let share = |arm| {
                    if preferred.contains(&arm) {
                        p / tied as f64
                    } else {
                        (1.0 - p) / (arms - tied) as f64
                    }
                };
                (0..arms).map(share).collect()
            }
            Coin::KeepsRatio(p) => {
                let smallest = ratios.iter().copied().fold(f64::INFINITY, f64::min);
                // With this probability the patient is drawn by ratio instead.
                let by_ratio = ((1.0 - p) / (1.0 - smallest / whole)).min(1.0);
                let tied: f64 = preferred.iter().map(|arm| ratios[*arm]).sum();
                let share = |arm: usize| {
                    let own = if preferred.contains(&arm) {
                        (1.0 - by_ratio) * ratios[arm] / tied
                    } else {
                        0.0
                    };
                    own + by_ratio * ratios[arm] / whole
                };
                (0..arms).map(share).collect()
            }
        }
    }

    fn check(&self, counts: &Counts, levels: &[usize]) -> Outcome<()> {
        length(
            "the patient's list of levels",
            levels.len(),
            self.factors.len(),
        )?;
        let fits = counts.0.len() == self.factors.len()
            && counts.0.iter().zip(&self.factors).all(|(own, factor)| {
                own.len() == factor.levels && own.iter().all(|arms| arms.len() == self.arms.len())
            });
        if !fits {
            return Err(Fault::Refused {
                why: "the counts belong to another trial: factors, levels or arms differ".into(),
            });
        }
        for (factor, level) in self.factors.iter().zip(levels) {
            if *level >= factor.levels {
                return Err(Fault::Refused {
                    why: format!(
                        "`{}` has no level {level}; levels are counted from 0 to {}",
                        factor.name,
                        factor.levels - 1
                    ),
                });
            }
        }
        Ok(())
    }
}

/// The arm whose part of 0 … 1 holds the draw.
fn pick(probabilities: &[f64], draw: f64) -> usize {
    let mut upto = 0.0;
    for (arm, probability) in probabilities.iter().enumerate() {
        upto += probability;
        if draw < upto {
            return arm;
        }
    }
    // Rounding may leave the sum below one; an arm that cannot be drawn must not be.
    probabilities.iter().rposition(|p| *p > 0.0).unwrap_or(0)
}
