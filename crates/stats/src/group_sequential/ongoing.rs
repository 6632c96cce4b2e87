//! Trials that have not stopped yet: where their statistics lie, and with what chance they stop at the next analysis.

use super::quadrature::panels;
use crate::distribution::{normal_density, normal_lower, normal_upper};

/// Standard deviations beyond which a density counts as zero: φ(12) is 2e-32.
const REACH: f64 = 12.0;

/// The statistic Z at one analysis among trials that go on: nodes, and density times weight of the quadrature rule.
#[derive(Clone, Debug)]
pub(super) struct Ongoing {
    information: f64,
    nodes: Vec<f64>,
    masses: Vec<f64>,
    /// Where the process began: information and score Z√t.
    origin: (f64, f64),
}

impl Ongoing {
    /// A trial that begins.
    pub(super) fn start() -> Self {
        Self::at(0.0, 0.0)
    }

    /// A trial with a known Z at some information.
    pub(super) fn at(information: f64, z: f64) -> Self {
        Self {
            information,
            nodes: vec![z],
            masses: vec![1.0],
            origin: (information, z * information.sqrt()),
        }
    }

    /// P(it goes on until here, and Z at the next `information` is at least `bound`).
    pub(super) fn above(&self, information: f64, drift: f64, bound: f64) -> f64 {
        self.tail(information, drift, bound, normal_upper)
    }

    /// P(it goes on until here, and Z at the next `information` is at most `bound`).
    pub(super) fn below(&self, information: f64, drift: f64, bound: f64) -> f64 {
        self.tail(information, drift, bound, normal_lower)
    }

    fn tail(&self, information: f64, drift: f64, bound: f64, tail: fn(f64) -> f64) -> f64 {
        let step = Step::new(self.information, information, drift);
        let all = self.nodes.iter().zip(&self.masses);
        all.map(|(from, mass)| mass * tail(step.standardised(*from, bound)))
            .sum()
    }

    /// Those that go on at the next analysis, with Z between the bounds; `after` is the information of the analysis after that, if there is one.
    pub(super) fn continued(
        &self,
        information: f64,
        drift: f64,
        (lower, upper): (f64, f64),
        after: Option<f64>,
    ) -> Self {
        let step = Step::new(self.information, information, drift);
        let scale = information.sqrt();
        let since = information - self.origin.0;
        let middle = (self.origin.1 + drift * since) / scale;
        let reach = REACH * since.sqrt() / scale;
        // In units of Z here: how wide the step to here is, and how wide the next one.
        let narrow = after.map_or(step.sd, |after| step.sd.min((after - information).sqrt()));
        let grid = panels(
            lower.max(middle - reach),
            upper.min(middle + reach),
            4.0 * narrow / scale,
        );
        let masses = grid.iter().map(|(to, weight)| {
            let from = self.near(*to, &step);
            let density = from.map(|at| {
                let apart = step.standardised(self.nodes[at], *to);
                self.masses[at] * normal_density(apart)
            });
            weight * density.sum::<f64>() * scale / step.sd
        });
        Self {
            information,
            masses: masses.collect(),
            nodes: grid.iter().map(|(z, _)| *z).collect(),
            origin: self.origin,
        }
    }

    /// The nodes from which a step to `to` is not out of reach.
    fn near(&self, to: f64, step: &Step) -> std::ops::Range<usize> {
        let first = self
            .nodes
            .partition_point(|from| step.standardised(*from, to) > REACH);
        let end = self
            .nodes
            .partition_point(|from| step.standardised(*from, to) >= -REACH);
        first..end
    }
}

/// From the score at one analysis to the score at the next.
struct Step {
    from: f64,
    to: f64,
    mean: f64,
    sd: f64,
}

impl Step {
    fn new(from: f64, to: f64, drift: f64) -> Self {
        Self {
            from: from.sqrt(),
            to: to.sqrt(),
            mean: drift * (to - from),
            sd: (to - from).sqrt(),
        }
    }

    /// The step from Z = `from` to Z = `to` in its standard deviations, about its mean.
    fn standardised(&self, from: f64, to: f64) -> f64 {
        (to * self.to - from * self.from - self.mean) / self.sd
    }
}
