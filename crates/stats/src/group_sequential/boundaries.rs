//! The bounds of a trial, and the chances of crossing them.

use super::ongoing::Ongoing;
use super::{Analyses, Futility, Rule, Stop};
use crate::distribution::{normal_quantile, normal_upper};
use crate::estimate::Sides;
use crate::fault::{Fault, Outcome};
use crate::roots::bisect_brent;

/// The bounds of a group-sequential trial, on the scale of Z.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundaries {
    pub(super) analyses: Analyses,
    pub(super) sides: Sides,
    /// The type I error of one direction.
    pub(super) tail: f64,
    pub(super) upper: Vec<f64>,
    pub(super) lower: Vec<f64>,
    /// Whether the lower bounds are counted on where the type I error is.
    pub(super) binding: bool,
    pub(super) planned_drift: Option<f64>,
}

/// The probabilities of stopping at each analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// At or above the upper bound.
    pub above: Vec<f64>,
    /// At or below the lower bound.
    pub below: Vec<f64>,
}

impl Boundaries {
    /// Bounds without futility; `alpha` is the type I error of both sides together.
    ///
    /// # Errors
    /// An error or a parameter out of range, a rule other than spending for a trial that goes on, or Haybittle and Peto's bounds that spend the error before
    /// the last analysis.
    pub fn new(analyses: &Analyses, alpha: f64, sides: Sides, rule: Rule) -> Outcome<Self> {
        let tail = sides.tail(alpha)?;
        let open = vec![f64::NEG_INFINITY; analyses.count()];
        let upper = upper(analyses, tail, sides, rule, &open)?;
        let lower = match sides {
            Sides::One => open,
            Sides::Two => upper.iter().map(|bound| -bound).collect(),
        };
        Ok(Self {
            analyses: analyses.clone(),
            sides,
            tail,
            upper,
            lower,
            binding: sides == Sides::Two,
            planned_drift: None,
        })
    }

    /// One-sided bounds with futility.
    ///
    /// # Errors
    /// Those of [`Boundaries::new`], a trial that goes on, a number of futility bounds other than that of interim analyses, futility bounds that reach the
    /// upper bounds, or binding bounds by spending beside an upper rule other than spending.
    pub fn with_futility(
        analyses: &Analyses,
        alpha: f64,
        rule: Rule,
        futility: &Futility,
    ) -> Outcome<Self> {
        let tail = Sides::One.tail(alpha)?;
        if !analyses.finished() {
            return Err(Fault::Refused {
                why: "futility bounds need the plan of the whole trial, with its last analysis"
                    .into(),
            });
        }
        let (upper, lower, planned_drift) = match &futility.stop {
            Stop::Bounds(bounds) => {
                let lower = super::futility::given(bounds, analyses)?;
                let counted = if futility.binding {
                    lower.clone()
                } else {
                    vec![f64::NEG_INFINITY; analyses.count()]
                };
                (
                    upper(analyses, tail, Sides::One, rule, &counted)?,
                    lower,
                    None,
                )
            }
            Stop::Spending {
                beta,
                rule: spending,
            } => {
                let own = super::futility::spent(
                    analyses,
                    tail,
                    rule,
                    *beta,
                    *spending,
                    futility.binding,
                )?;
                (own.upper, own.lower, Some(own.drift))
            }
        };
        let lower = super::futility::close(&upper, lower)?;
        Ok(Self {
            analyses: analyses.clone(),
            sides: Sides::One,
            tail,
            upper,
            lower,
            binding: futility.binding,
            planned_drift,
        })
    }

    /// The analyses they belong to.
    pub fn analyses(&self) -> &Analyses {
        &self.analyses
    }

    /// One upper bound per analysis; infinite where less than 1e-40 may be spent.
    pub fn upper(&self) -> &[f64] {
        &self.upper
    }

    /// One lower bound per analysis; minus infinity where there is none.
    pub fn lower(&self) -> &[f64] {
        &self.lower
    }

    /// The one-sided p value that Z reaches at each upper bound.
    pub fn stage_levels(&self) -> Vec<f64> {
        self.upper
            .iter()
            .map(|bound| normal_upper(*bound))
            .collect()
    }

    /// The type I error used up to each analysis, both sides together; with futility bounds that do not bind, as if nobody obeyed them.
    pub fn alpha_spent(&self) -> Vec<f64> {
        let crossing = self.walk(0.0, self.binding);
        let mut sum = 0.0;
        let both = if self.sides == Sides::Two { 2.0 } else { 1.0 };
        let each = crossing.above.iter().map(|own| {
            sum += both * own;
            sum
        });
        each.collect()
    }

    /// The probabilities of stopping at each analysis under a drift (the expected Z at full information), all bounds obeyed.
    ///
    /// # Errors
    /// A drift beyond ±100, or NaN.
    pub fn crossing(&self, drift: f64) -> Outcome<Crossing> {
        if drift.abs() <= 100.0 {
            return Ok(self.walk(drift, true));
        }
        Err(Fault::OutOfRange {
            what: "the drift".into(),
            value: drift,
            range: "from -100 to 100",
        })
    }

    /// The drift that spending for futility was laid out for: there the power is 1 − β.
    pub fn planned_drift(&self) -> Option<f64> {
        self.planned_drift
    }

    /// The bounds of one analysis; the lower one open if futility is not obeyed.
    pub(super) fn bounds(&self, at: usize, obeyed: bool) -> (f64, f64) {
        let lower = if obeyed {
            self.lower[at]
        } else {
            f64::NEG_INFINITY
        };
        (lower, self.upper[at])
    }

    fn walk(&self, drift: f64, obeyed: bool) -> Crossing {
        self.walk_from(Ongoing::start(), 0, drift, obeyed)
    }

    /// Stopping at the analyses from number `first` (counted from 0) on.
    pub(super) fn walk_from(
        &self,
        mut state: Ongoing,
        first: usize,
        drift: f64,
        obeyed: bool,
    ) -> Crossing {
        let mut crossing = Crossing {
            above: Vec::new(),
            below: Vec::new(),
        };
        let fractions = self.analyses.fractions();
        for at in first..fractions.len() {
            let bounds = self.bounds(at, obeyed);
            crossing
                .above
                .push(state.above(fractions[at], drift, bounds.1));
            crossing
                .below
                .push(state.below(fractions[at], drift, bounds.0));
            if at + 1 < fractions.len() {
                let after = fractions.get(at + 1).copied();
                state = state.continued(fractions[at], drift, bounds, after);
            }
        }
        crossing
    }
}

/// Upper bounds whose crossing costs `tail`, where trials at or below the counted lower bounds have stopped (in two-sided trials, at or below minus the upper bound).
pub(super) fn upper(
    analyses: &Analyses,
    tail: f64,
    sides: Sides,
    rule: Rule,
    counted: &[f64],
) -> Outcome<Vec<f64>> {
    rule.check()?;
    if !analyses.finished() && !matches!(rule, Rule::Spending(_)) {
        return Err(Fault::Refused {
            why: "only a spending function gives bounds before the trial's last analysis is known"
                .into(),
        });
    }
    let shape = |delta: f64| {
        let powers = analyses.fractions().iter();
        powers
            .map(|t| (t / analyses.last()).powf(delta - 0.5))
            .collect::<Vec<f64>>()
    };
    match rule {
        Rule::Pocock => multiple(analyses, tail, sides, &shape(0.5), counted),
        Rule::OBrienFleming => multiple(analyses, tail, sides, &shape(0.0), counted),
        Rule::WangTsiatis(delta) => multiple(analyses, tail, sides, &shape(delta), counted),
        Rule::HaybittlePeto(early) => last(analyses, tail, sides, early, counted),
        Rule::Spending(spending) => {
            let spent: Vec<f64> = cumulative(analyses, |t| spending.spent(tail, t));
            stepwise(analyses, sides, counted, |at, state, t| {
                let before = if at == 0 { 0.0 } else { spent[at - 1] };
                bound_above(state, t, 0.0, spent[at] - before)
            })
        }
    }
}

/// What a function spends up to each analysis; all of it at the last one.
pub(super) fn cumulative(analyses: &Analyses, spent: impl Fn(f64) -> f64) -> Vec<f64> {
    let last = analyses.count() - 1;
    let each = analyses.fractions().iter().enumerate();
    each.map(|(at, t)| {
        let ends = at == last && analyses.finished();
        spent(if ends { 1.0 } else { *t })
    })
    .collect()
}

/// C·shape with the C that costs `tail`.
fn multiple(
    analyses: &Analyses,
    tail: f64,
    sides: Sides,
    shape: &[f64],
    counted: &[f64],
) -> Outcome<Vec<f64>> {
    let scaled = |c: f64| shape.iter().map(|own| c * own).collect::<Vec<f64>>();
    let cost = |c: f64| cost(analyses, sides, &scaled(c), counted);
    let f = |c: f64| tail.ln() - cost(c).ln();
    let c = bisect_brent(f, 0.0, 100.0, -normal_quantile(tail));
    if (cost(c) / tail - 1.0).abs() > 1e-9 {
        return Err(Fault::Refused {
            why: "no bounds of this shape spend the type I error; futility bounds that bind leave too little of it".into(),
        });
    }
    Ok(scaled(c))
}

/// `early` at every analysis but the last, whose bound takes what is left.
fn last(
    analyses: &Analyses,
    tail: f64,
    sides: Sides,
    early: f64,
    counted: &[f64],
) -> Outcome<Vec<f64>> {
    let mut left = tail;
    stepwise(analyses, sides, counted, |at, state, t| {
        if at + 1 < analyses.count() {
            left -= state.above(t, 0.0, early);
            return Ok(early);
        }
        if left < 1e-6 * tail {
            return Err(Fault::Refused {
                why: format!(
                    "the bound {early} at each interim analysis spends the whole type I error before the last one; take a higher bound"
                ),
            });
        }
        bound_above(state, t, 0.0, left)
    })
}

/// Finds bounds one after the other under no drift.
fn stepwise(
    analyses: &Analyses,
    sides: Sides,
    counted: &[f64],
    mut bound: impl FnMut(usize, &Ongoing, f64) -> Outcome<f64>,
) -> Outcome<Vec<f64>> {
    let fractions = analyses.fractions();
    let (mut state, mut upper) = (Ongoing::start(), Vec::new());
    for (at, t) in fractions.iter().enumerate() {
        let own = bound(at, &state, *t)?;
        upper.push(own);
        if let Some(after) = fractions.get(at + 1) {
            let bounds = (lower_of(sides, own, counted[at]), own);
            state = state.continued(*t, 0.0, bounds, Some(*after));
        }
    }
    Ok(upper)
}

/// P₀(crossing the upper bounds).
fn cost(analyses: &Analyses, sides: Sides, upper: &[f64], counted: &[f64]) -> f64 {
    let fractions = analyses.fractions();
    let (mut state, mut sum) = (Ongoing::start(), 0.0);
    for (at, t) in fractions.iter().enumerate() {
        sum += state.above(*t, 0.0, upper[at]);
        if let Some(after) = fractions.get(at + 1) {
            let bounds = (lower_of(sides, upper[at], counted[at]), upper[at]);
            state = state.continued(*t, 0.0, bounds, Some(*after));
        }
    }
    sum
}

fn lower_of(sides: Sides, upper: f64, counted: f64) -> f64 {
    match sides {
        Sides::One => counted,
        Sides::Two => -upper,
    }
}

/// Less than this cannot be spent by any bound worth a number.
const NOTHING: f64 = 1e-40;

/// The bound that trials which go on cross from below with probability `target`.
pub(super) fn bound_above(state: &Ongoing, t: f64, drift: f64, target: f64) -> Outcome<f64> {
    if target < NOTHING {
        return Ok(f64::INFINITY);
    }
    let f = |bound: f64| target.ln() - state.above(t, drift, bound).ln();
    found(
        bisect_brent(f, -100.0, 100.0, -normal_quantile(target.min(0.5))),
        f,
    )
}

/// The bound that trials which go on end below with probability `target`.
pub(super) fn bound_below(state: &Ongoing, t: f64, drift: f64, target: f64) -> Outcome<f64> {
    if target < NOTHING {
        return Ok(f64::NEG_INFINITY);
    }
    let f = |bound: f64| state.below(t, drift, bound).ln() - target.ln();
    found(
        bisect_brent(
            f,
            -200.0,
            200.0,
            normal_quantile(target.min(0.5)) + drift * t.sqrt(),
        ),
        f,
    )
}

fn found(bound: f64, f: impl Fn(f64) -> f64) -> Outcome<f64> {
    if f(bound).abs() < 1e-9 {
        return Ok(bound);
    }
    Err(Fault::Refused {
        why: "too few trials go on to an analysis for what it should spend; make earlier bounds less strict".into(),
    })
}
