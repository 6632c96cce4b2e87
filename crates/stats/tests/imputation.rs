//! Multiple imputation: closed forms, a second implementation of the draws, hostile input.

use cotreat_stats::design::{Design, Variables};
use cotreat_stats::imputation::{
    Chained, FilledTrajectories, Method, Pooled, Strategy, TippingPoint, Trajectories, pool,
    tipping_point,
};
use cotreat_stats::linear::{LinearModel, Variance};
use cotreat_stats::randomise::{Chance, Seed};
use cotreat_stats::{Estimate, Level, Outcome, Reference};
use proptest::prelude::*;

use crate::near;

fn seed() -> Seed {
    Seed::new([7; 32])
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|v| (v - middle).powi(2)).sum();
    squares / (values.len() - 1) as f64
}

fn estimate(value: f64, se: f64, df: f64) -> Estimate {
    Estimate::new(value, se, Reference::T(df), Level::default()).expect("an estimate")
}

/// Two sets by hand: estimates 1 and 3, variances 1 and 2; W = 1.5, B = 2, T = 4.5, λ = 2/3.
#[test]
fn rubins_rules_by_hand() {
    let own = pool(
        &[estimate(1.0, 1.0, 30.0), estimate(3.0, 2_f64.sqrt(), 30.0)],
        Level::default(),
    );
    let own = own.expect("a pooled estimate");
    near(own.estimate.value, 2.0, 1e-15);
    near(own.within, 1.5, 1e-15);
    near(own.between, 2.0, 1e-15);
    near(own.total, 4.5, 1e-15);
    near(own.rubin_df, 2.25, 1e-14);
    let observed = 31.0 / 33.0 * 30.0 / 3.0;
    let df = 2.25 * observed / (2.25 + observed);
    near(own.estimate.reference.df().expect("df"), df, 1e-14);
    // Estimates that do not differ are one estimate; only its degrees of freedom lose a little.
    let same = pool(&[estimate(1.0, 0.5, 30.0); 5], Level::default()).expect("an estimate");
    near(same.estimate.se, 0.5, 1e-15);
    near(
        same.estimate.reference.df().expect("df"),
        31.0 / 33.0 * 30.0,
        1e-12,
    );
    assert_eq!(same.rubin_df, f64::INFINITY);
    let normal = Estimate::new(1.0, 0.5, Reference::Normal, Level::default()).expect("one");
    let same = pool(&[normal; 3], Level::default()).expect("an estimate");
    assert_eq!(same.estimate.reference, Reference::Normal);
    let said = pool(&[normal], Level::default()).unwrap_err().to_string();
    assert_eq!(
        said,
        "pooling needs at least 2 imputed data sets; there are 1"
    );
}

/// By a second implementation of the generator, the quantiles (30 digits) and the draws in another language.
#[test]
fn frozen_imputations() {
    let y = [
        Some(3.0),
        None,
        Some(5.5),
        Some(4.0),
        None,
        Some(7.25),
        Some(6.0),
    ];
    let mut data = Chained::new();
    data.incomplete("y", &y, Method::Normal)
        .expect("a variable");
    let sets = data.impute(2, 3, &seed(), "frozen").expect("sets");
    let expected = [
        [4.067_849_516_122_902, 2.520_595_099_349_222_4],
        [6.036_572_483_777_512, 3.176_199_230_790_350_2],
    ];
    for (set, expected) in sets.iter().zip(expected) {
        let own = set.values("y").expect("values");
        near(own[1], expected[0], 1e-11);
        near(own[4], expected[1], 1e-11);
        assert_eq!(own[2], 5.5);
        assert_eq!(set.traces["y"].len(), 3);
    }
    // A set does not depend on how many follow, and another name gives another one.
    assert_eq!(
        data.impute(1, 3, &seed(), "frozen").expect("sets")[0],
        sets[0]
    );
    assert_ne!(
        data.impute(1, 3, &seed(), "other").expect("sets")[0],
        sets[0]
    );
}

/// 60 rows of which 20 lack y; x is known. Two columns on different scales.
fn gaps() -> (Vec<f64>, Vec<f64>, Vec<Option<f64>>) {
    let mut chance = Chance::new(&seed(), "gaps");
    let mut number = || chance.unit() + chance.unit() + chance.unit() - 1.5;
    let x: Vec<f64> = (0..60).map(|_| 50.0 + 10.0 * number()).collect();
    let z: Vec<f64> = (0..60).map(|at| f64::from(at % 2)).collect();
    let y: Vec<f64> = x
        .iter()
        .zip(&z)
        .map(|(x, z)| 0.2 * x - 2.0 * z + 3.0 * number())
        .collect();
    // Those with large x are missing more often: at random given x.
    let keep = |at: usize| !at.is_multiple_of(3) || x[at] < 45.0;
    let seen: Vec<Option<f64>> = (0..60).map(|at| keep(at).then_some(y[at])).collect();
    (x, z, seen)
}

/// With one incomplete variable the mean over infinitely many sets is regression imputation, and the variance between sets
/// (n_mis/n)²·E[σ*²]·(1/n_mis + d'(X'X)⁻¹d), d the mean predictors of the gaps and E[σ*²] = RSS/(df − 2).
#[test]
fn normal_imputation_in_closed_form() {
    let (x, z, y) = gaps();
    let mut data = Chained::new();
    data.complete("x", &x)
        .and_then(|data| data.complete("z", &z))
        .and_then(|data| data.incomplete("y", &y, Method::Normal))
        .expect("variables");
    let sets = data.impute(4000, 1, &seed(), "closed form").expect("sets");
    let means: Vec<f64> = sets
        .iter()
        .map(|set| mean(set.values("y").expect("y")))
        .collect();

    let seen: Vec<usize> = (0..60).filter(|at| y[*at].is_some()).collect();
    let of = |values: &[f64]| seen.iter().map(|at| values[*at]).collect::<Vec<f64>>();
    let ones = vec![1.0; seen.len()];
    let (x_seen, z_seen) = (of(&x), of(&z));
    let design =
        Design::from_columns(&[("1", &ones), ("x", &x_seen), ("z", &z_seen)]).expect("a design");
    let outcome: Vec<f64> = y.iter().flatten().copied().collect();
    let fit = LinearModel::fit(&design, &outcome).expect("a fit");
    let missing: Vec<usize> = (0..60).filter(|at| y[*at].is_none()).collect();
    let gaps = missing.len() as f64;
    let middle = |values: &[f64]| missing.iter().map(|at| values[*at]).sum::<f64>() / gaps;
    let d = [1.0, middle(&x), middle(&z)];
    let at_d = fit
        .estimate(&d, Variance::Classical, Level::default())
        .expect("an estimate");
    let expected = (outcome.iter().sum::<f64>() + gaps * at_d.value) / 60.0;
    let df = fit.residual_df();
    let sigma2 = fit.sigma().powi(2);
    let between = (gaps / 60.0).powi(2) * df / (df - 2.0) * (sigma2 / gaps + at_d.se.powi(2));
    // Five standard errors of 4,000 sets.
    assert!((mean(&means) - expected).abs() < 5.0 * (between / 4000.0).sqrt());
    assert!((variance(&means) / between - 1.0).abs() < 5.0 * (2.2_f64 / 4000.0).sqrt());
}

#[test]
fn matched_values_are_observed_ones() {
    let (x, z, y) = gaps();
    let mut data = Chained::new();
    data.complete("x", &x)
        .and_then(|data| data.complete("z", &z))
        .and_then(|data| data.incomplete("y", &y, Method::MeanMatching(5)))
        .expect("variables");
    let known: Vec<f64> = y.iter().flatten().copied().collect();
    let sets = data.impute(40, 2, &seed(), "matching").expect("sets");
    let mut total = 0.0;
    for set in &sets {
        let own = set.values("y").expect("values");
        for (own, given) in own.iter().zip(&y) {
            assert!(known.contains(own));
            assert!(given.is_none_or(|given| given == *own));
        }
        total += mean(own) / sets.len() as f64;
    }
    // The mean moves towards the gaps, whose x is larger.
    assert!(total > mean(&known));
}

/// Without predictors the logistic draws have the observed share; with a perfect predictor they still are drawn, and follow it.
#[test]
fn binary_imputation() {
    let y: Vec<Option<f64>> = (0..80)
        .map(|at| (at >= 40).then_some(f64::from(u8::from(at % 4 == 0))))
        .collect();
    let mut data = Chained::new();
    data.incomplete("y", &y, Method::Logistic)
        .expect("a variable");
    let sets = data.impute(500, 1, &seed(), "binary").expect("sets");
    let share = |set: &cotreat_stats::imputation::Filled| mean(&set.values("y").expect("y")[..40]);
    let own = mean(&sets.iter().map(share).collect::<Vec<f64>>());
    // The pseudo-observations of an intercept alone are none. The draw of the intercept pulls the mean towards ½ by about ½p(1−p)(1−2p)·variance = 0.006.
    assert!((own - 0.25).abs() < 0.02, "{own}");

    let x: Vec<f64> = (0..80).map(|at| f64::from(at % 4)).collect();
    data.complete("x", &x).expect("a variable");
    let sets = data.impute(200, 1, &seed(), "separated").expect("sets");
    let (mut with, mut without) = (0.0, 0.0);
    for set in &sets {
        let own = set.values("y").expect("values");
        with += (0..40).step_by(4).map(|at| own[at]).sum::<f64>() / 2000.0;
        without += (0..40)
            .filter(|at| at % 4 != 0)
            .map(|at| own[at])
            .sum::<f64>()
            / 6000.0;
    }
    assert!(with > 0.8 && without < 0.1, "{with} {without}");
}

/// Several variables with gaps in each other: pooled regression coefficients lie near those of the whole data, more so than those of complete rows would by luck; and the chain does not run away.
#[test]
fn variables_with_gaps_in_each_other() {
    let mut chance = Chance::new(&seed(), "mutual");
    let mut number = || chance.unit() + chance.unit() + chance.unit() - 1.5;
    let n = 400;
    let a: Vec<f64> = (0..n).map(|_| number()).collect();
    let b: Vec<f64> = a.iter().map(|a| a + number()).collect();
    let c: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a + b + number()).collect();
    let lost = |values: &[f64], at_rest: usize| -> Vec<Option<f64>> {
        let all = values.iter().enumerate();
        all.map(|(at, v)| (at % 5 != at_rest).then_some(*v))
            .collect()
    };
    let mut data = Chained::new();
    data.incomplete("a", &lost(&a, 0), Method::Normal)
        .and_then(|data| data.incomplete("b", &lost(&b, 1), Method::MeanMatching(5)))
        .and_then(|data| data.incomplete("c", &lost(&c, 2), Method::Normal))
        .expect("variables");
    let sets = data.impute(20, 10, &seed(), "mutual").expect("sets");
    let slope = |a: &[f64], b: &[f64], c: &[f64]| {
        let ones = vec![1.0; n];
        let design = Design::from_columns(&[("1", &ones), ("a", a), ("b", b)]).expect("a design");
        let fit = LinearModel::fit(&design, c).expect("a fit");
        let estimates = fit.estimates(Variance::Classical, Level::default());
        estimates.expect("estimates")[1]
    };
    let each: Vec<Estimate> = sets
        .iter()
        .map(|set| {
            let of = |name| set.values(name).expect("values");
            slope(of("a"), of("b"), of("c"))
        })
        .collect();
    let own = pool(&each, Level::default()).expect("a pooled estimate");
    let whole = slope(&a, &b, &c);
    assert!((own.estimate.value - whole.value).abs() < 3.0 * own.between.sqrt().max(0.03));
    assert!(own.estimate.se > whole.se);
    assert!(own.missing_information > 0.1 && own.missing_information < 0.7);
    for set in &sets {
        for trace in set.traces.values() {
            assert!(trace.iter().all(|mean| mean.abs() < 1.5));
        }
    }
}

/// 120 patients at two visits, two arms; every third of the treated leaves after the first.
fn leavers() -> (Vec<Vec<Option<f64>>>, Vec<&'static str>) {
    let mut chance = Chance::new(&seed(), "leavers");
    let mut number = || 2.0 * (chance.unit() + chance.unit() + chance.unit() - 1.5);
    let arm = |at: usize| {
        if at.is_multiple_of(2) {
            "usual"
        } else {
            "massage"
        }
    };
    let arms: Vec<&str> = (0..120).map(arm).collect();
    let outcome = arms.iter().enumerate().map(|(at, arm)| {
        let treated = f64::from(u8::from(*arm == "massage"));
        let first = 10.0 - 2.0 * treated + number();
        let second = 9.0 - 3.0 * treated + 0.6 * (first - 10.0 + 2.0 * treated) + number();
        let left = treated > 0.0 && at % 3 == 0;
        vec![Some(first), (!left).then_some(second)]
    });
    (outcome.collect(), arms)
}

/// Leaving after the first of two visits, the mean over infinitely many sets is known: regression on the first visit gives â + b̂y₁ in the own arm; the other strategies put in the reference arm's
/// mean and carry over b̂ times the deviation from the mean that they assume for the first visit.
#[test]
fn strategies_in_closed_form() {
    let (outcome, arms) = leavers();
    let data = Trajectories::new(&outcome, &arms, &["usual", "massage"]).expect("data");
    let treated: Vec<usize> = (0..120).filter(|at| arms[*at] == "massage").collect();
    let left: Vec<usize> = treated
        .iter()
        .copied()
        .filter(|at| outcome[*at][1].is_none())
        .collect();
    assert_eq!(left.len(), 20);
    // Least squares of those who stayed: second on first and arm.
    let stayed: Vec<usize> = (0..120).filter(|at| outcome[*at][1].is_some()).collect();
    let column = |f: &dyn Fn(usize) -> f64| stayed.iter().map(|at| f(*at)).collect::<Vec<f64>>();
    let first = |at: usize| outcome[at][0].expect("a first visit");
    let (ones, arm) = (
        column(&|_| 1.0),
        column(&|at| f64::from(u8::from(arms[at] == "massage"))),
    );
    let design = Design::from_columns(&[("1", &ones), ("arm", &arm), ("first", &column(&first))]);
    let second = column(&|at| outcome[at][1].expect("a second visit"));
    let fit = LinearModel::fit(&design.expect("a design"), &second).expect("a fit");
    let [a, effect, b] = fit.coefficients() else {
        panic!("three coefficients")
    };
    let mean_first = |name: &str| {
        let own: Vec<f64> = (0..120).filter(|at| arms[*at] == name).map(first).collect();
        mean(&own)
    };
    let (reference1, own1) = (mean_first("usual"), mean_first("massage"));
    let (reference2, own2) = (a + b * reference1, a + effect + b * own1);
    let expected = |strategy: Strategy| {
        let one = |at: &usize| match strategy {
            Strategy::MissingAtRandom => own2 + b * (first(*at) - own1),
            Strategy::JumpToReference => reference2 + b * (first(*at) - own1),
            Strategy::CopyIncrements => own1 + reference2 - reference1 + b * (first(*at) - own1),
            Strategy::CopyReference => reference2 + b * (first(*at) - reference1),
        };
        mean(&left.iter().map(one).collect::<Vec<f64>>())
    };
    for strategy in [
        Strategy::MissingAtRandom,
        Strategy::JumpToReference,
        Strategy::CopyIncrements,
        Strategy::CopyReference,
    ] {
        let sets = data
            .impute(&[strategy; 120], 200, &seed(), "leavers")
            .expect("sets");
        let means: Vec<f64> = sets
            .iter()
            .map(|set| {
                let second = set.visit(1).expect("a visit");
                mean(&left.iter().map(|at| second[*at]).collect::<Vec<f64>>())
            })
            .collect();
        // Five standard errors of 200 nearly independent sets.
        let error = 5.0 * (variance(&means) / 200.0).sqrt();
        let apart = mean(&means) - expected(strategy);
        assert!(apart.abs() < error, "{strategy:?}: {apart} beyond {error}");
        // What was observed stays.
        for (filled, given) in sets[0].values().iter().zip(&outcome) {
            assert!(
                given
                    .iter()
                    .zip(filled)
                    .all(|(g, f)| g.is_none_or(|g| g == *f))
            );
        }
    }
    // The reference arm does not depend on strategies, and a set not on how many follow.
    let sets = |strategy, count| {
        data.impute(&[strategy; 120], count, &seed(), "leavers")
            .expect("sets")
    };
    assert_eq!(
        sets(Strategy::CopyReference, 2)[0],
        sets(Strategy::CopyReference, 1)[0]
    );
}

/// A visit missed in between is missing at random under every strategy, and a patient who was never seen follows the reference under all but one.
#[test]
fn gaps_in_between_and_patients_never_seen() {
    let (mut outcome, arms) = leavers();
    for own in &mut outcome {
        let second = own[1];
        own.push(second.map(|value| value - 0.5 + 0.1 * (value * 7.0).sin()));
    }
    outcome[1] = vec![Some(8.0), None, Some(5.0)];
    outcome[5] = vec![None, None, None];
    let data = Trajectories::new(&outcome, &arms, &["usual", "massage"]).expect("data");
    let sets = |strategy| {
        data.impute(&[strategy; 120], 1, &seed(), "between")
            .expect("sets")
            .remove(0)
    };
    let (random, copied) = (
        sets(Strategy::MissingAtRandom),
        sets(Strategy::CopyReference),
    );
    assert_eq!(random.values()[1], copied.values()[1]);
    assert_ne!(random.values()[5], copied.values()[5]);
    assert_eq!(
        copied.values()[5],
        sets(Strategy::JumpToReference).values()[5]
    );
    // A shift reaches what lies after the last visit only.
    let shifted = random.shifted(|_, since| since as f64);
    assert_eq!(shifted.values()[1], random.values()[1]);
    for visit in 0..3 {
        near(
            shifted.values()[5][visit],
            random.values()[5][visit] + (visit + 1) as f64,
            1e-12,
        );
    }
}

fn difference(set: &FilledTrajectories, arms: &[&str]) -> Outcome<Estimate> {
    let mut variables = Variables::new();
    variables.factor("arm", arms, &["usual", "massage"])?;
    let fit = LinearModel::fit(&Design::formula(&variables, "arm")?, &set.visit(1)?)?;
    let weights = fit.design().coefficient("armmassage")?;
    fit.estimate(&weights, Variance::Classical, Level::default())
}

/// Shifting the 20 leavers of 60 treated moves a difference of means by a third of the shift; the tipping point has p = α.
#[test]
fn where_the_conclusion_tips() {
    let (outcome, arms) = leavers();
    let data = Trajectories::new(&outcome, &arms, &["usual", "massage"]).expect("data");
    let sets = data
        .impute(&[Strategy::MissingAtRandom; 120], 20, &seed(), "tipping")
        .expect("sets");
    let analyse = |delta: f64| -> Outcome<Pooled> {
        let each = sets.iter().map(|set| {
            let shifted = set.shifted(|patient, _| {
                if arms[patient] == "massage" {
                    delta
                } else {
                    0.0
                }
            });
            difference(&shifted, &arms)
        });
        pool(&each.collect::<Outcome<Vec<Estimate>>>()?, Level::default())
    };
    let (zero, one) = (
        analyse(0.0).expect("a result"),
        analyse(1.0).expect("a result"),
    );
    near(one.estimate.value - zero.estimate.value, 1.0 / 3.0, 1e-12);
    let TippingPoint::At { delta, pooled } = tipping_point(analyse, 30.0, 0.05).expect("a point")
    else {
        panic!("a shift of 30 must tip it");
    };
    near(pooled.estimate.p, 0.05, 1e-9);
    assert!(delta > 0.0 && analyse(0.9 * delta).expect("a result").estimate.p < 0.05);
    assert!(matches!(
        tipping_point(analyse, -30.0, 0.05).expect("a point"),
        TippingPoint::At { .. } | TippingPoint::Beyond { .. }
    ));
    assert!(matches!(
        tipping_point(analyse, 30.0, 1e-30).expect("a point"),
        TippingPoint::Never { .. }
    ));
    assert!(matches!(
        tipping_point(analyse, 0.01, 0.05).expect("a point"),
        TippingPoint::Beyond { .. }
    ));
    assert!(tipping_point(analyse, f64::NAN, 0.05).is_err());
    assert!(tipping_point(analyse, 1.0, 0.0).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Whatever is missing: observed values stay, gaps are filled with finite numbers, or a sentence says why not.
    #[test]
    fn gaps_anywhere(
        rows in proptest::collection::vec(
            (proptest::option::weighted(0.7, -5.0_f64..5.0), proptest::option::weighted(0.7, 0_u8..2), proptest::option::weighted(0.5, -1e6_f64..1e6)),
            0..40,
        ),
    ) {
        let a: Vec<Option<f64>> = rows.iter().map(|row| row.0).collect();
        let b: Vec<Option<f64>> = rows.iter().map(|row| row.1.map(f64::from)).collect();
        let c: Vec<Option<f64>> = rows.iter().map(|row| row.2).collect();
        let mut data = Chained::new();
        let built = data.incomplete("a", &a, Method::Normal).map(|_| ())
            .and_then(|()| data.incomplete("b", &b, Method::Logistic).map(|_| ()))
            .and_then(|()| data.incomplete("c", &c, Method::MeanMatching(3)).map(|_| ()));
        match built.and_then(|()| data.impute(2, 3, &seed(), "any")) {
            Err(fault) => prop_assert!(!fault.to_string().is_empty()),
            Ok(sets) => for set in sets {
                for (name, given) in [("a", &a), ("b", &b), ("c", &c)] {
                    let own = set.values(name).expect("values");
                    for (own, given) in own.iter().zip(given) {
                        prop_assert!(own.is_finite());
                        prop_assert!(given.is_none_or(|given| given == *own));
                    }
                }
            },
        }
    }
}

#[test]
fn hostile_input() {
    let said = |outcome: Outcome<()>| outcome.unwrap_err().to_string();
    let mut data = Chained::new();
    assert_eq!(
        said(data.impute(1, 1, &seed(), "x").map(|_| ())),
        "the data set is empty"
    );
    assert!(said(data.complete("x", &[1.0, f64::NAN]).map(|_| ())).contains("`x`, row 2"));
    let none = said(
        data.incomplete("y", &[None, None], Method::Normal)
            .map(|_| ()),
    );
    assert_eq!(none, "`y` has no observed value to learn from");
    let two = said(
        data.incomplete("y", &[Some(2.0), None], Method::Logistic)
            .map(|_| ()),
    );
    assert!(two.contains("0 or 1 for logistic regression"), "{two}");
    let wild = said(
        data.incomplete("y", &[Some(f64::INFINITY), None], Method::Normal)
            .map(|_| ()),
    );
    assert!(wild.contains("row 1: the value is inf"), "{wild}");
    assert!(
        data.incomplete("y", &[Some(1.0), None], Method::MeanMatching(0))
            .is_err()
    );
    data.complete("x", &[1.0, 2.0]).expect("a variable");
    assert!(said(data.complete("x", &[1.0, 2.0]).map(|_| ())).contains("given twice"));
    assert!(
        said(data.complete("z", &[1.0]).map(|_| ())).contains("has length 1 where 2 is needed")
    );
    data.incomplete("y", &[Some(1.0), None], Method::Normal)
        .expect("a variable");
    let one = said(data.impute(1, 1, &seed(), "x").map(|_| ()));
    assert!(
        one.starts_with(
            "`y` cannot be imputed from the other variables: a linear model with 2 columns needs"
        ),
        "{one}"
    );
    assert!(data.impute(1, 0, &seed(), "x").is_err());
    assert!(data.predicted_by("y", &["w"]).is_err());
    assert!(data.predicted_by("y", &["y"]).is_err());
    assert!(data.predicted_by("w", &["x"]).is_err());

    // Ten thousand columns for fifty rows.
    let mut wide = Chained::new();
    let gap: Vec<Option<f64>> = (0..50)
        .map(|at| (at > 0).then_some(f64::from(at)))
        .collect();
    wide.incomplete("y", &gap, Method::Normal)
        .expect("a variable");
    for at in 0..10_000 {
        wide.complete(&format!("x{at}"), &[f64::from(at); 50])
            .expect("a variable");
    }
    let many = said(wide.impute(1, 1, &seed(), "wide").map(|_| ()));
    assert!(
        many.contains("a linear model with 10001 columns needs at least 10002 rows; there are 49"),
        "{many}"
    );

    let none: [Vec<Option<f64>>; 0] = [];
    assert!(Trajectories::new(&none, &[] as &[&str], &["a"]).is_err());
    assert!(Trajectories::new(&[vec![]], &["a"], &["a"]).is_err());
    assert!(Trajectories::new(&[vec![Some(f64::NAN)]], &["a"], &["a"]).is_err());
    assert!(Trajectories::new(&[vec![Some(1.0)], vec![]], &["a", "a"], &["a"]).is_err());
    assert!(Trajectories::new(&[vec![Some(1.0)]], &["b"], &["a"]).is_err());
    let alone = Trajectories::new(&[vec![Some(1.0)]], &["a"], &["a"]).expect("data");
    let one = said(
        alone
            .impute(&[Strategy::MissingAtRandom], 1, &seed(), "x")
            .map(|_| ()),
    );
    assert!(
        one.starts_with("visit 1 cannot be modelled from the patients who came"),
        "{one}"
    );
    let wide = vec![vec![Some(1.0); 10_000]; 20];
    let wide = Trajectories::new(&wide, &["a"; 20], &["a"]).expect("data");
    let many = said(
        wide.impute(&[Strategy::MissingAtRandom; 20], 1, &seed(), "x")
            .map(|_| ()),
    );
    assert!(many.contains("needs at least 10002 patients"), "{many}");
    // Nobody of an arm came to the second visit.
    let (mut outcome, arms) = leavers();
    for (own, arm) in outcome.iter_mut().zip(&arms) {
        if *arm == "massage" {
            own[1] = None;
        }
    }
    let data = Trajectories::new(&outcome, &arms, &["usual", "massage"]).expect("data");
    let said = said(
        data.impute(&[Strategy::CopyReference; 120], 1, &seed(), "x")
            .map(|_| ()),
    );
    assert!(
        said.contains("visit 2") && said.contains("`armmassage` holds only zeros"),
        "{said}"
    );
}
