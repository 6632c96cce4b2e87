//! Meta-analysis: the BCG trials, slow twins with k × k matrices, the equations themselves, edges.

use cotreat_stats::meta::{
    Heterogeneity, MetaAnalysis, Prediction, Studies, Test, mantel_haenszel_difference,
    mantel_haenszel_odds, mantel_haenszel_ratio, peto,
};
use cotreat_stats::responders::TwoByTwo;
use cotreat_stats::{Level, Mat};
use proptest::prelude::*;

use crate::{near, near_relative};

/// Thirteen trials of BCG vaccination: cases and people vaccinated, then not. Colditz GA et al. JAMA 1994;271:698–702; the counts are also
/// printed in Berkey CS et al. Stat Med 1995;14:395–411, Table 1.
const BCG: [[u64; 4]; 13] = [
    [4, 123, 11, 139],
    [6, 306, 29, 303],
    [3, 231, 11, 220],
    [62, 13_598, 248, 12_867],
    [33, 5_069, 47, 5_808],
    [180, 1_541, 372, 1_451],
    [8, 2_545, 10, 629],
    [505, 88_391, 499, 88_391],
    [29, 7_499, 45, 7_277],
    [17, 1_716, 65, 1_665],
    [186, 50_634, 141, 27_338],
    [5, 2_498, 3, 2_341],
    [27, 16_913, 29, 17_854],
];

fn tables() -> Vec<TwoByTwo> {
    BCG.iter()
        .map(|[a, n1, c, n0]| TwoByTwo::new(*a, *n1, *c, *n0).expect("a table"))
        .collect()
}

fn pool(studies: &Studies, method: Heterogeneity, test: Test) -> MetaAnalysis {
    MetaAnalysis::pool(studies, method, test).expect("an analysis")
}

/// Viechtbauer W. J Stat Softw 2010;36(3), section 3: REML −0.7145 (0.1798), τ² 0.3132, I² 92.22 %, H² 12.86, Q 152.2330. DerSimonian–Laird
/// −0.7141 (0.1787), τ² 0.3088.
#[test]
fn bcg_as_printed() {
    let studies = Studies::log_risk_ratios(&tables()).expect("studies");
    let reml = pool(&studies, Heterogeneity::Reml, Test::Normal);
    let own = reml.pooled(Level::default()).expect("an effect");
    near(own.value, -0.7145, 5e-5);
    near(own.se, 0.1798, 5e-5);
    near(reml.tau2(), 0.3132, 5e-5);
    near(reml.i2(), 92.22, 1e-4);
    near(reml.h2(), 12.86, 5e-4);
    near(reml.q(), 152.233, 1e-5);
    let dl = pool(&studies, Heterogeneity::DerSimonianLaird, Test::Normal);
    near(dl.tau2(), 0.3088, 5e-5);
    near(
        dl.pooled(Level::default()).expect("an effect").se,
        0.1787,
        5e-5,
    );
}

/// The same trials with R 4.2.2, metafor 3.8.1: `rma.mh` and `rma.peto`, τ² with `test = "knha"`, prediction and Q-profile intervals.
#[test]
fn bcg_as_metafor() {
    let (tables, level) = (tables(), Level::default());
    let value = |own: cotreat_stats::Outcome<cotreat_stats::meta::PooledTables>| {
        own.expect("an effect").estimate
    };
    near_relative(
        value(mantel_haenszel_ratio(&tables, level)).se,
        0.039_337_366_871_294_4,
        1e-12,
    );
    near_relative(
        value(mantel_haenszel_odds(&tables, level)).value,
        -0.473_410_988_388_585,
        1e-12,
    );
    near_relative(
        value(mantel_haenszel_difference(&tables, level)).se,
        0.000_286_656_748_527_374,
        1e-11,
    );
    near_relative(
        value(peto(&tables, level)).value,
        -0.474_446_310_940_636,
        1e-12,
    );
    let studies = Studies::log_risk_ratios(&tables).expect("studies");
    let knapp = pool(&studies, Heterogeneity::DerSimonianLaird, Test::Hksj)
        .pooled(level)
        .expect("an effect");
    near_relative(knapp.se, 0.180_696_628_335_547, 1e-12);
    let pm = pool(&studies, Heterogeneity::PauleMandel, Test::Normal);
    near_relative(pm.tau2(), 0.318_068_452_205_024, 1e-8);
    let prediction = pm
        .prediction(Prediction::HigginsThompsonSpiegelhalter, level)
        .expect("an interval");
    near_relative(prediction.lower, -2.018_558_054_184_66, 1e-8);
    let profile = pool(&studies, Heterogeneity::Reml, Test::Normal)
        .heterogeneity_interval(level)
        .expect("an interval");
    near_relative(profile.tau2.upper, 1.111_479_084_060_93, 1e-7);
}

/// y'Ay for a matrix.
fn form(a: &Mat<f64>, y: &Mat<f64>) -> f64 {
    (y.transpose() * a * y)[(0, 0)]
}

fn trace(a: &Mat<f64>) -> f64 {
    (0..a.nrows()).map(|i| a[(i, i)]).sum()
}

/// P = W − W11'W/Σw laid out, as the papers write it.
fn projection(w: &[f64]) -> Mat<f64> {
    let sum: f64 = w.iter().sum();
    Mat::from_fn(w.len(), w.len(), |i, j| {
        let own = if i == j { w[i] } else { 0.0 };
        own - w[i] * w[j] / sum
    })
}

fn effects() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    proptest::collection::vec((-2.0_f64..2.0, 0.02_f64..1.0), 3..15)
        .prop_map(|pairs| pairs.into_iter().unzip())
}

/// −2 times the restricted log-likelihood up to a constant.
fn restricted_deviance(y: &[f64], v: &[f64], tau2: f64) -> f64 {
    let w: Vec<f64> = v.iter().map(|v| 1.0 / (v + tau2)).collect();
    let sum: f64 = w.iter().sum();
    let mean = w.iter().zip(y).map(|(w, y)| w * y).sum::<f64>() / sum;
    let squares: f64 = w.iter().zip(y).map(|(w, y)| w * (y - mean).powi(2)).sum();
    squares + sum.ln() - w.iter().map(|w| w.ln()).sum::<f64>()
}

proptest! {
    #[test]
    fn moments_equal_their_slow_twins((y, v) in effects()) {
        let studies = Studies::new(&y, &v).expect("studies");
        let column = Mat::from_fn(y.len(), 1, |i, _| y[i]);
        let k = y.len() as f64;
        let w: Vec<f64> = v.iter().map(|v| 1.0 / v).collect();
        let p = projection(&w);
        let dl = pool(&studies, Heterogeneity::DerSimonianLaird, Test::Normal);
        let slow = ((form(&p, &column) - (k - 1.0)) / trace(&p)).max(0.0);
        near(dl.tau2(), slow, 1e-10);
        let inner = 2.0 * (k - 1.0) + 4.0 * slow * trace(&p) + 2.0 * slow * slow * trace(&(&p * &p));
        near(dl.tau2_se().expect("se"), inner.sqrt() / trace(&p), 1e-9);
        let plain = projection(&vec![1.0; y.len()]);
        let variances = Mat::from_fn(y.len(), y.len(), |i, j| if i == j { v[i] } else { 0.0 });
        let pv = &plain * &variances;
        let slow = ((form(&plain, &column) - trace(&pv)) / (k - 1.0)).max(0.0);
        let hedges = pool(&studies, Heterogeneity::Hedges, Test::Normal);
        near(hedges.tau2(), slow, 1e-10);
        let inner = 2.0 * trace(&(&pv * &pv)) + 4.0 * slow * trace(&pv) + 2.0 * slow * slow * (k - 1.0);
        near(hedges.tau2_se().expect("se"), inner.sqrt() / (k - 1.0), 1e-9);
    }

    /// No τ² nearby and none on a grid is more likely than the restricted estimate.
    #[test]
    fn reml_is_the_maximum((y, v) in effects()) {
        let studies = Studies::new(&y, &v).expect("studies");
        let own = pool(&studies, Heterogeneity::Reml, Test::Normal).tau2();
        let best = restricted_deviance(&y, &v, own);
        for factor in [0.9, 0.99, 1.01, 1.1] {
            prop_assert!(restricted_deviance(&y, &v, own * factor) >= best - 1e-9);
        }
        for step in 0..40 {
            prop_assert!(restricted_deviance(&y, &v, 0.25 * f64::from(step)) >= best - 1e-9);
        }
    }

    /// Paule and Mandel's equation: Q at τ̂² is its expectation.
    #[test]
    fn paule_mandel_solves_its_equation((y, v) in effects()) {
        let studies = Studies::new(&y, &v).expect("studies");
        let own = pool(&studies, Heterogeneity::PauleMandel, Test::Normal);
        let moved: Vec<f64> = v.iter().map(|v| v + own.tau2()).collect();
        let q = pool(&Studies::new(&y, &moved).expect("studies"), Heterogeneity::Common, Test::Normal).q();
        if own.tau2() > 0.0 {
            near(q, y.len() as f64 - 1.0, 1e-9);
        } else {
            prop_assert!(q <= y.len() as f64 - 1.0 + 1e-9);
        }
    }

    /// Effects all moved by a constant move the pooled effect only; with the sign turned round it turns.
    #[test]
    fn pooling_is_equivariant((y, v) in effects(), shift in -5.0_f64..5.0) {
        let own = pool(&Studies::new(&y, &v).expect("studies"), Heterogeneity::Reml, Test::Hksj);
        let turned: Vec<f64> = y.iter().map(|y| shift - y).collect();
        let other = pool(&Studies::new(&turned, &v).expect("studies"), Heterogeneity::Reml, Test::Hksj);
        near(other.tau2(), own.tau2(), 1e-7);
        let (own, other) = (own.pooled(Level::default()), other.pooled(Level::default()));
        if let (Ok(own), Ok(other)) = (own, other) {
            near(other.value, shift - own.value, 1e-7);
        }
    }
}

#[test]
fn what_cannot_be_pooled_is_refused() {
    let why =
        |outcome: cotreat_stats::Outcome<Studies>| outcome.expect_err("a refusal").to_string();
    assert_eq!(
        why(Studies::new(&[0.1], &[0.2])),
        "a meta-analysis needs at least 2 studies; there are 1"
    );
    assert_eq!(
        why(Studies::new(&[0.1, 0.2], &[0.2, 0.0])),
        "the list of variances, row 2 is 0; it must be greater than zero"
    );
    assert!(
        why(Studies::new(&[0.1, f64::NAN], &[0.2, 0.1]))
            .starts_with("the list of effects, row 2: the value is NaN")
    );
    assert!(why(Studies::new(&[0.1, 0.2], &[0.2, f64::INFINITY])).contains("row 2"));
    let same = Studies::new(&[0.5, 0.5, 0.5], &[0.1, 0.2, 0.3]).expect("studies");
    for method in [
        Heterogeneity::Reml,
        Heterogeneity::Ml,
        Heterogeneity::PauleMandel,
        Heterogeneity::Hedges,
    ] {
        assert_eq!(pool(&same, method, Test::Normal).tau2(), 0.0);
    }
    let refused = MetaAnalysis::pool(&same, Heterogeneity::SidikJonkman, Test::Normal);
    assert!(
        refused
            .expect_err("no variation")
            .to_string()
            .contains("does not vary")
    );
    let two = Studies::new(&[0.1, 0.9], &[0.1, 0.2]).expect("studies");
    let own = pool(&two, Heterogeneity::Reml, Test::Normal);
    assert!(
        own.prediction(Prediction::HigginsThompsonSpiegelhalter, Level::default())
            .is_err()
    );
    assert!(own.leave_one_out(Level::default()).is_err());
    assert!(two.egger(Level::default()).is_err());
    let alike = Studies::new(&[0.1, 0.9, 0.4], &[0.2, 0.2, 0.2]).expect("studies");
    assert!(
        alike
            .egger(Level::default())
            .expect_err("no slope")
            .to_string()
            .contains("follows from the columns before")
    );
    let nobody = [TwoByTwo::new(0, 10, 0, 10).expect("a table")];
    assert!(
        peto(&nobody, Level::default())
            .expect_err("nothing")
            .to_string()
            .starts_with("no study says anything")
    );
    assert!(mantel_haenszel_ratio(&nobody, Level::default()).is_err());
    assert!(mantel_haenszel_difference(&[], Level::default()).is_err());
}
