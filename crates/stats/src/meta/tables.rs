//! Pooling of two-by-two tables without a variance per study: Mantel–Haenszel and Peto, for rare events.
//!
//! Study i: aᵢ of n₁ᵢ respond in arm 1, cᵢ of n₀ᵢ in arm 0, Nᵢ in all; bᵢ and dᵢ do not.
//! - risk ratio: Σ aᵢn₀ᵢ/Nᵢ / Σ cᵢn₁ᵢ/Nᵢ; variance of Greenland and Robins;
//! - odds ratio: Σ aᵢdᵢ/Nᵢ / Σ bᵢcᵢ/Nᵢ; variance of Robins, Breslow and Greenland;
//! - risk difference: Σ(aᵢn₀ᵢ − cᵢn₁ᵢ)/Nᵢ / Σ n₁ᵢn₀ᵢ/Nᵢ; variance of Sato, Greenland and Robins;
//! - Peto's odds ratio: exp(Σ(aᵢ − Eᵢ)/ΣVᵢ) with hypergeometric mean and variance.
//!
//! Heterogeneity: Q = Σ(yᵢ − θ̂)²/vᵢ over the studies whose own effect and variance exist.
//!
//! References: Greenland S, Robins JM. Biometrics 1985;41:55–68. Robins J, Breslow N, Greenland S. Biometrics 1986;42:311–323. Sato T, Greenland S,
//! Robins JM. Biometrics 1989;45:1323–1324. Yusuf S et al. Prog Cardiovasc Dis 1985;27:335–371. Agrees with `metafor::rma.mh` and `rma.peto`.

use crate::estimate::{Estimate, Level, Reference};
use crate::fault::{Fault, Outcome};
use crate::responders::TwoByTwo;

/// Two-by-two tables, one per study.
pub type Tables = [TwoByTwo];

/// A pooled effect; ratios on the log scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PooledTables {
    /// The effect.
    pub estimate: Estimate,
    /// Cochran's Q.
    pub q: f64,
    /// How many studies it is made of.
    pub q_studies: usize,
}

/// The cells of one study.
struct Cells {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
}

impl Cells {
    fn of(table: &TwoByTwo) -> Self {
        let [a, n1, c, n0] = table.real();
        Self {
            a,
            b: n1 - a,
            c,
            d: n0 - c,
        }
    }

    fn n1(&self) -> f64 {
        self.a + self.b
    }

    fn n0(&self) -> f64 {
        self.c + self.d
    }

    fn all(&self) -> f64 {
        self.n1() + self.n0()
    }
}

fn cells(tables: &Tables) -> Vec<Cells> {
    tables.iter().map(Cells::of).collect()
}

fn total(cells: &[Cells], term: impl Fn(&Cells) -> f64) -> f64 {
    cells.iter().map(term).sum()
}

/// Q from each study's own effect and variance; a study without either does not count.
fn pooled(
    value: f64,
    variance: f64,
    own: impl Iterator<Item = (f64, f64)>,
    level: Level,
) -> Outcome<PooledTables> {
    let (mut q, mut q_studies) = (0.0, 0);
    for (effect, variance) in own {
        if effect.is_finite() && variance.is_finite() && variance > 0.0 {
            q += (effect - value).powi(2) / variance;
            q_studies += 1;
        }
    }
    Ok(PooledTables {
        estimate: Estimate::new(value, variance.sqrt(), Reference::Normal, level)?,
        q,
        q_studies,
    })
}

fn informative(sums: [f64; 2], what: &str) -> Outcome<()> {
    if sums.iter().all(|sum| *sum > 0.0) {
        return Ok(());
    }
    Err(Fault::Refused {
        why: format!(
            "no study says anything about the {what}: in every one an arm has no responder, or everybody responds"
        ),
    })
}

/// The logarithm of the Mantel–Haenszel risk ratio.
///
/// # Errors
/// No responder in one arm of all studies together.
pub fn mantel_haenszel_ratio(tables: &Tables, level: Level) -> Outcome<PooledTables> {
    let cells = cells(tables);
    let r = total(&cells, |s| s.a * s.n0() / s.all());
    let s = total(&cells, |s| s.c * s.n1() / s.all());
    informative([r, s], "risk ratio")?;
    let p = total(&cells, |s| {
        (s.n1() * s.n0() * (s.a + s.c) - s.a * s.c * s.all()) / s.all().powi(2)
    });
    let own = cells.iter().map(|s| {
        let effect = (s.a / s.n1() / (s.c / s.n0())).ln();
        (effect, 1.0 / s.a - 1.0 / s.n1() + 1.0 / s.c - 1.0 / s.n0())
    });
    pooled((r / s).ln(), p / (r * s), own, level)
}

/// The logarithm of the Mantel–Haenszel odds ratio.
///
/// # Errors
/// Tables that say nothing about it.
pub fn mantel_haenszel_odds(tables: &Tables, level: Level) -> Outcome<PooledTables> {
    let cells = cells(tables);
    let up = |s: &Cells| s.a * s.d / s.all();
    let down = |s: &Cells| s.b * s.c / s.all();
    let same = |s: &Cells| (s.a + s.d) / s.all();
    let other = |s: &Cells| (s.b + s.c) / s.all();
    let (r, s) = (total(&cells, up), total(&cells, down));
    informative([r, s], "odds ratio")?;
    let variance = total(&cells, |s| same(s) * up(s)) / (2.0 * r * r)
        + total(&cells, |s| same(s) * down(s) + other(s) * up(s)) / (2.0 * r * s)
        + total(&cells, |s| other(s) * down(s)) / (2.0 * s * s);
    let own = cells.iter().map(|s| {
        let effect = (s.a * s.d / (s.b * s.c)).ln();
        (effect, 1.0 / s.a + 1.0 / s.b + 1.0 / s.c + 1.0 / s.d)
    });
    pooled((r / s).ln(), variance, own, level)
}

/// The Mantel–Haenszel risk difference.
///
/// # Errors
/// No tables, or no variation at all.
pub fn mantel_haenszel_difference(tables: &Tables, level: Level) -> Outcome<PooledTables> {
    let cells = cells(tables);
    let weight = total(&cells, |s| s.n1() * s.n0() / s.all());
    informative([weight, weight], "risk difference")?;
    let value = total(&cells, |s| (s.a * s.n0() - s.c * s.n1()) / s.all()) / weight;
    let p = total(&cells, |s| {
        let (one, zero) = (s.n1() / s.all(), s.n0() / s.all());
        s.c * one * one - s.a * zero * zero + one * zero * (s.n0() - s.n1()) / 2.0
    });
    let q = total(&cells, |s| (s.a * s.d + s.c * s.b) / s.all()) / 2.0;
    let own = cells.iter().map(|s| {
        let (p1, p0) = (s.a / s.n1(), s.c / s.n0());
        (p1 - p0, p1 * (1.0 - p1) / s.n1() + p0 * (1.0 - p0) / s.n0())
    });
    pooled(value, (value * p + q) / (weight * weight), own, level)
}

/// The logarithm of Peto's odds ratio.
///
/// # Errors
/// Nobody responds in any study, or everybody does.
pub fn peto(tables: &Tables, level: Level) -> Outcome<PooledTables> {
    let cells = cells(tables);
    let excess = |s: &Cells| s.a - (s.a + s.c) * s.n1() / s.all();
    let variance = |s: &Cells| {
        let (responders, others, n) = (s.a + s.c, s.b + s.d, s.all());
        responders * others * (s.n1() / n) * (s.n0() / n) / (n - 1.0)
    };
    let sum = total(&cells, variance);
    informative([sum, sum], "odds ratio")?;
    let own = cells
        .iter()
        .map(|s| (excess(s) / variance(s), 1.0 / variance(s)));
    pooled(total(&cells, excess) / sum, 1.0 / sum, own, level)
}
