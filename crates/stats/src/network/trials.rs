//! Trials as contrasts between arms, checked: complete, consistent within a trial, connected as a network.

use std::collections::{BTreeMap, BTreeSet};

use faer::{Mat, Side};

use crate::fault::{Fault, Outcome};

/// The difference between two arms of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The trial.
    pub trial: String,
    /// The treatment whose effect is counted.
    pub treatment: String,
    /// The treatment it is compared with.
    pub against: String,
    /// Effect of `treatment` minus effect of `against`; ratios on the log scale.
    pub effect: f64,
    /// Its standard error.
    pub se: f64,
}

/// A network of trials.
#[derive(Clone, Debug)]
pub struct Trials {
    pub(super) treatments: Vec<String>,
    pub(super) trials: Vec<Trial>,
}

/// One trial.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    /// Treatments as places in the network's list, ascending.
    pub arms: Vec<usize>,
    /// Effect of the column's arm minus that of the row's.
    pub effects: Mat<f64>,
    /// Variances of these contrasts.
    pub variances: Mat<f64>,
}

impl Trials {
    /// A network from all pairwise contrasts of its trials: one for two arms, three for three, six for four.
    ///
    /// # Errors
    /// No contrasts; a contrast that is not finite, has no standard error, names one treatment twice or comes twice; a trial of several
    /// arms that lacks contrasts, whose contrasts contradict each other, or whose variances are impossible; a network in pieces.
    pub fn new(contrasts: &[Contrast]) -> Outcome<Self> {
        if contrasts.is_empty() {
            return Err(Fault::Empty {
                what: "the list of contrasts".into(),
            });
        }
        let mut names = BTreeSet::new();
        let mut by_trial: BTreeMap<&str, Vec<&Contrast>> = BTreeMap::new();
        for contrast in contrasts {
            check(contrast)?;
            names.insert(contrast.treatment.clone());
            names.insert(contrast.against.clone());
            by_trial.entry(&contrast.trial).or_default().push(contrast);
        }
        let treatments: Vec<String> = names.into_iter().collect();
        let trials = by_trial
            .iter()
            .map(|(name, own)| trial(name, own, &treatments));
        let network = Self {
            trials: trials.collect::<Outcome<_>>()?,
            treatments,
        };
        network.refuse_pieces()?;
        Ok(network)
    }

    /// The treatments, by name.
    pub fn treatments(&self) -> &[String] {
        &self.treatments
    }

    /// How many trials there are.
    pub fn count(&self) -> usize {
        self.trials.len()
    }

    /// Where a treatment stands.
    pub(super) fn find(&self, name: &str) -> Outcome<usize> {
        let found = self.treatments.iter().position(|own| own == name);
        found.ok_or_else(|| Fault::Unknown {
            kind: "treatment".into(),
            name: name.into(),
            known: self.treatments.clone(),
        })
    }

    fn refuse_pieces(&self) -> Outcome<()> {
        let mut piece: Vec<usize> = (0..self.treatments.len()).collect();
        for trial in &self.trials {
            let joined: Vec<usize> = trial.arms.iter().map(|arm| piece[*arm]).collect();
            let least = joined.iter().copied().min().unwrap_or(0);
            for own in &mut piece {
                if joined.contains(own) {
                    *own = least;
                }
            }
        }
        let mut pieces: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (name, own) in self.treatments.iter().zip(&piece) {
            pieces.entry(*own).or_default().push(name);
        }
        if pieces.len() == 1 {
            return Ok(());
        }
        let told: Vec<String> = pieces
            .values()
            .map(|names| format!("{{{}}}", names.join(", ")))
            .collect();
        Err(Fault::Refused {
            why: format!(
                "the network falls into {} pieces that no trial connects: {}; analyse them one by one",
                pieces.len(),
                told.join(" and ")
            ),
        })
    }
}

fn check(contrast: &Contrast) -> Outcome<()> {
    let Contrast {
        trial,
        treatment,
        against,
        effect,
        se,
    } = contrast;
    let why = if treatment == against {
        format!("trial `{trial}` compares `{treatment}` with itself")
    } else if !(effect.is_finite() && se.is_finite() && *se > 0.0) {
        format!(
            "trial `{trial}`, `{treatment}` against `{against}`: effect {effect} with standard error {se}; both must be finite, and the standard error greater than zero"
        )
    } else {
        return Ok(());
    };
    Err(Fault::Refused { why })
}

fn trial(name: &str, contrasts: &[&Contrast], treatments: &[String]) -> Outcome<Trial> {
    let place = |name: &str| treatments.iter().position(|own| own == name).unwrap_or(0);
    let arms: BTreeSet<usize> = contrasts
        .iter()
        .flat_map(|own| [place(&own.treatment), place(&own.against)])
        .collect();
    let arms: Vec<usize> = arms.into_iter().collect();
    let n = arms.len();
    let within = |name: &str| arms.iter().position(|own| *own == place(name)).unwrap_or(0);
    let mut effects = Mat::from_fn(n, n, |i, j| if i == j { 0.0 } else { f64::NAN });
    let mut variances = effects.clone();
    for own in contrasts {
        let (one, other) = (within(&own.treatment), within(&own.against));
        if !effects[(one, other)].is_nan() {
            return Err(Fault::Refused {
                why: format!(
                    "trial `{name}` gives `{}` against `{}` twice",
                    own.treatment, own.against
                ),
            });
        }
        effects[(other, one)] = own.effect;
        effects[(one, other)] = -own.effect;
        variances[(one, other)] = own.se * own.se;
        variances[(other, one)] = own.se * own.se;
    }
    let needed = n * (n - 1) / 2;
    if contrasts.len() != needed {
        return Err(Fault::TooFew {
            what: "contrasts",
            found: contrasts.len(),
            needed,
            purpose: format!("trial `{name}` with {n} arms (every arm against every other)"),
        });
    }
    let own = Trial {
        arms,
        effects,
        variances,
    };
    own.refuse_contradictions(name)?;
    Ok(own)
}

impl Trial {
    fn refuse_contradictions(&self, name: &str) -> Outcome<()> {
        let n = self.arms.len();
        for a in 1..n {
            for b in 1..a {
                let apart = self.effects[(0, a)] - self.effects[(0, b)] - self.effects[(b, a)];
                // Printed effects are rounded.
                let size = self.variances[(a, b)].sqrt();
                if apart.abs() > 0.05 * size + 1e-3 {
                    return Err(Fault::Refused {
                        why: format!(
                            "the effects of trial `{name}` contradict each other: going round its arms they add up to {apart:.4} where 0 is needed"
                        ),
                    });
                }
            }
        }
        if self.covariance(0.0).llt(Side::Lower).is_err() {
            return Err(Fault::Refused {
                why: format!(
                    "the standard errors of trial `{name}` are impossible together: that of one contrast is larger than the others allow"
                ),
            });
        }
        Ok(())
    }

    /// Contrasts to the first arm.
    pub(super) fn outcome(&self) -> Vec<f64> {
        (1..self.arms.len())
            .map(|arm| self.effects[(0, arm)])
            .collect()
    }

    /// Their covariance with heterogeneity.
    pub(super) fn covariance(&self, tau2: f64) -> Mat<f64> {
        let v = &self.variances;
        let n = self.arms.len() - 1;
        Mat::from_fn(n, n, |i, j| {
            let (b, c) = (i + 1, j + 1);
            0.5 * (v[(0, b)] + v[(0, c)] - v[(b, c)]) + tau2 * Self::shared(i, j)
        })
    }

    /// S.
    pub(super) fn shared(i: usize, j: usize) -> f64 {
        if i == j { 1.0 } else { 0.5 }
    }
}
