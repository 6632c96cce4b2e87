//! Bounds below which a one-sided trial stops because success has become unlikely.

use super::boundaries::{bound_above, bound_below, cumulative, upper};
use super::ongoing::Ongoing;
use super::{Analyses, Rule, Spending};
use crate::distribution::normal_quantile;
use crate::estimate::Sides;
use crate::fault::{Fault, Outcome, finite, length};
use crate::roots::bisect_brent;

/// Futility bounds, and whether they must be obeyed.
#[derive(Clone, Debug, PartialEq)]
pub struct Futility {
    /// Where they lie.
    pub stop: Stop,
    /// Whether the upper bounds count on them: then a trial that goes on below a bound loses its type I error.
    pub binding: bool,
}

/// Where futility bounds lie.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// At these values of Z, one per interim analysis.
    Bounds(Vec<f64>),
    /// Where a function spends the type II error `beta`.
    Spending {
        /// The type II error; 0.2 for a power of 80 %.
        beta: f64,
        /// How it is spent over the information.
        rule: Spending,
    },
}

/// Bounds laid out by spending, and the drift with power 1 − β.
pub(super) struct Laid {
    pub(super) upper: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) drift: f64,
}

/// Given bounds; the last one is open until the upper bound is known.
pub(super) fn given(bounds: &[f64], analyses: &Analyses) -> Outcome<Vec<f64>> {
    length(
        "the list of futility bounds (one per interim analysis)",
        bounds.len(),
        analyses.count() - 1,
    )?;
    finite("the list of futility bounds", bounds)?;
    let mut lower = bounds.to_vec();
    lower.push(f64::NEG_INFINITY);
    Ok(lower)
}

/// The last lower bound is the upper one; the others must lie below.
pub(super) fn close(upper: &[f64], mut lower: Vec<f64>) -> Outcome<Vec<f64>> {
    let last = upper.len() - 1;
    lower[last] = upper[last];
    if let Some(at) = (0..last).find(|at| lower[*at] >= upper[*at]) {
        return Err(Fault::Refused {
            why: format!(
                "at analysis {} the futility bound {:.4} reaches the upper bound {:.4}, so that every trial would stop there",
                at + 1,
                lower[at],
                upper[at]
            ),
        });
    }
    Ok(lower)
}

/// Spends `beta` under the drift at which exactly that is the type II error in the end.
pub(super) fn spent(
    analyses: &Analyses,
    tail: f64,
    rule: Rule,
    beta: f64,
    spending: Spending,
    binding: bool,
) -> Outcome<Laid> {
    spending.check()?;
    if !(beta > 0.0 && beta < 1.0 - tail) {
        return Err(Fault::OutOfRange {
            what: "the type II error".into(),
            value: beta,
            range: "between 0 and 1 minus the type I error",
        });
    }
    let ignoring = upper(
        analyses,
        tail,
        Sides::One,
        rule,
        &vec![f64::NEG_INFINITY; analyses.count()],
    )?;
    let source = match (binding, rule) {
        (false, _) => Upper::Fixed(ignoring),
        (true, Rule::Spending(own)) => Upper::Spent(cumulative(analyses, |t| own.spent(tail, t))),
        (true, _) => {
            return Err(Fault::Refused {
                why: "binding futility bounds by spending need upper bounds by spending as well"
                    .into(),
            });
        }
    };
    let targets = cumulative(analyses, |t| spending.spent(beta, t));
    let lay_out = |drift: f64| lay_out(analyses, &source, &targets, drift);
    // A drift for which no layout exists is too small.
    let f = |drift: f64| {
        lay_out(drift).map_or(f64::NEG_INFINITY, |(_, missed)| beta.ln() - missed.ln())
    };
    let fixed = -normal_quantile(tail) - normal_quantile(beta);
    let drift = bisect_brent(f, 0.5 * fixed.max(0.1), 100.0, 1.05 * fixed.max(0.1));
    let (mut laid, missed) = lay_out(drift)?;
    if (missed / beta - 1.0).abs() > 1e-9 {
        return Err(Fault::Refused {
            why: "no drift makes these futility bounds spend the type II error".into(),
        });
    }
    laid.drift = drift;
    Ok(laid)
}

/// Where upper bounds come from.
enum Upper {
    Fixed(Vec<f64>),
    /// What is spent up to each analysis, where trials below the lower bounds have stopped.
    Spent(Vec<f64>),
}

/// The bounds under a drift, and the type II error they have in the end.
fn lay_out(
    analyses: &Analyses,
    source: &Upper,
    targets: &[f64],
    drift: f64,
) -> Outcome<(Laid, f64)> {
    let fractions = analyses.fractions();
    let (mut null, mut alternative) = (Ongoing::start(), Ongoing::start());
    let mut laid = Laid {
        upper: Vec::new(),
        lower: Vec::new(),
        drift,
    };
    let mut missed = 0.0;
    for (at, t) in fractions.iter().enumerate() {
        let increment = |list: &[f64]| list[at] - if at == 0 { 0.0 } else { list[at - 1] };
        let above = match source {
            Upper::Fixed(bounds) => bounds[at],
            Upper::Spent(spent) => bound_above(&null, *t, 0.0, increment(spent))?,
        };
        laid.upper.push(above);
        let Some(after) = fractions.get(at + 1) else {
            missed += alternative.below(*t, drift, above);
            laid.lower.push(above);
            break;
        };
        // With a small drift the bound would pass the upper one: everybody stops, and the type II error is too large.
        let below = bound_below(&alternative, *t, drift, increment(targets))?.min(above);
        missed += alternative.below(*t, drift, below);
        laid.lower.push(below);
        null = null.continued(*t, 0.0, (below, above), Some(*after));
        alternative = alternative.continued(*t, drift, (below, above), Some(*after));
    }
    Ok((laid, missed))
}
