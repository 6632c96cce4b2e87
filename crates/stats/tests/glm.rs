//! Generalised linear models against printed tables, the simulated trial, slow twins, identities and hostile input.

use cotreat_stats::design::{Design, Variables};
use cotreat_stats::distribution::chi_squared_upper;
use cotreat_stats::glm::{Covariates, Family, FittedGlm, Glm, Variance};
use cotreat_stats::linear::{self, Clusters, LinearModel};
use cotreat_stats::responders::{Method, TwoByTwo};
use cotreat_stats::{Fault, Level, Mat, Outcome};
use proptest::prelude::*;

use crate::linear::eliminate;
use crate::table::Table;
use crate::{near, near_relative, trial};

const FAMILIES: [Family; 4] = [
    Family::Linear,
    Family::Logistic,
    Family::Poisson,
    Family::ModifiedPoisson,
];

/// Deaths of beetles after five hours of carbon disulphide (Bliss 1935), as Dobson prints them (An Introduction to Generalized Linear Models,
/// table 7.2 and the fit in table 7.4): intercept −60.72 (5.18), slope 34.27 (2.91), deviance 11.23.
#[test]
fn beetles_as_printed() {
    let dose = [
        1.6907, 1.7242, 1.7552, 1.7842, 1.8113, 1.8369, 1.8610, 1.8839,
    ];
    let beetles = [59.0, 60.0, 62.0, 56.0, 63.0, 59.0, 62.0, 60.0];
    let dead = [6.0, 13.0, 18.0, 28.0, 52.0, 53.0, 61.0, 60.0];
    let share: Vec<f64> = dead.iter().zip(beetles).map(|(d, n)| d / n).collect();
    let design = Design::from_columns(&[("one", &[1.0; 8]), ("dose", &dose)]).expect("a design");
    let model = Glm::new(Family::Logistic)
        .weights(&beetles)
        .fit(&design, &share)
        .expect("a fit");
    let own = model
        .estimates(Variance::Model, Level::default())
        .expect("estimates");
    assert!((own[0].value + 60.717).abs() < 5e-4 && (own[0].se - 5.181).abs() < 5e-4);
    assert!((own[1].value - 34.270).abs() < 5e-4 && (own[1].se - 2.912).abs() < 5e-4);
    assert!((model.deviance() - 11.232).abs() < 5e-4);
    assert!((model.null_deviance().expect("a null model") - 284.202).abs() < 5e-4);
    assert!((model.aic() - 41.43).abs() < 5e-3);
}

/// Counts of Dobson's trial (1990, page 93) as the help page of R's `glm` prints them.
#[test]
fn counts_as_printed() {
    let counts = [18.0, 17.0, 15.0, 20.0, 10.0, 20.0, 25.0, 13.0, 12.0];
    let mut variables = Variables::new();
    variables
        .factor(
            "outcome",
            &["1", "2", "3", "1", "2", "3", "1", "2", "3"],
            &["1", "2", "3"],
        )
        .and_then(|v| {
            v.factor(
                "treatment",
                &["1", "1", "1", "2", "2", "2", "3", "3", "3"],
                &["1", "2", "3"],
            )
        })
        .expect("variables");
    let design = Design::formula(&variables, "outcome + treatment").expect("a design");
    let model = Glm::new(Family::Poisson)
        .fit(&design, &counts)
        .expect("a fit");
    let own = model
        .estimates(Variance::Model, Level::default())
        .expect("estimates");
    let printed = [
        (3.045, 0.1709),
        (-0.4543, 0.2022),
        (-0.2930, 0.1927),
        (0.0, 0.2),
        (0.0, 0.2),
    ];
    for (own, (value, se)) in own.iter().zip(printed) {
        assert!(
            (own.value - value).abs() < 5e-4 && (own.se - se).abs() < 5e-5,
            "{own:?}"
        );
    }
    assert!((model.deviance() - 5.1291).abs() < 5e-5);
    assert!((model.aic() - 56.76).abs() < 5e-3);
}

/// Improvement by three points or more at week 10.
fn improved(table: &Table) -> Vec<f64> {
    let (before, after) = (table.numbers("rdq0"), table.numbers("rdq"));
    before
        .iter()
        .zip(&after)
        .map(|(b, a)| f64::from(u8::from(b - a >= 3.0)))
        .collect()
}

/// Made with R 4.2.2: `glm`, `sandwich::vcovHC` and `vcovCL`; the profile by `uniroot` on refits, as `confint` interpolates. `glm` was started again from its own result
/// until nothing changed, as its standard errors are those of the last step but one.
#[test]
fn logistic_model_of_the_simulated_trial() {
    let table = trial::week("10");
    let design = Design::formula(
        &trial::variables(&table),
        "rdq0 + arm + site + age + female",
    )
    .expect("a design");
    let outcome = improved(&table);
    let model = Glm::new(Family::Logistic)
        .fit(&design, &outcome)
        .expect("a fit");
    near_relative(model.deviance(), 418.398_427_689_341, 1e-12);
    near_relative(
        model.null_deviance().expect("a null model"),
        487.215_789_766_585,
        1e-12,
    );
    near_relative(model.log_likelihood(), -209.199_213_844_67, 1e-12);
    let relaxation = design.coefficient("armrelaxation").expect("a coefficient");
    let clusters = Clusters::new(&table.texts("cluster")).expect("clusters");
    let of = |variance| {
        model
            .estimate(&relaxation, variance, Level::default())
            .expect("an estimate")
    };
    near_relative(of(Variance::Model).value, 1.465_363_439_081_43, 1e-12);
    for (variance, se) in [
        (Variance::Model, 0.295_078_836_600_196),
        (Variance::Hc0, 0.289_673_530_201_524),
        (Variance::Hc1, 0.292_364_649_326_719),
        (Variance::Hc2, 0.292_479_361_519_394),
        (Variance::Hc3, 0.295_319_795_772_706),
        (Variance::Cr0(&clusters), 0.268_289_669_434_32),
        (Variance::Cr1(&clusters), 0.269_170_754_464_327),
    ] {
        near_relative(of(variance).se, se, 1e-11);
    }
    let profile = model
        .profile_interval("siteB", Level::default())
        .expect("a profile");
    near_relative(profile.lower, 0.051_865_103_289_312_9, 1e-9);
    near_relative(profile.upper, 1.206_694_246_427_68, 1e-10);
}

/// The same source: tests of both arms at once.
#[test]
fn tests_of_several_coefficients() {
    let table = trial::week("10");
    let variables = trial::variables(&table);
    let whole = Design::formula(&variables, "rdq0 + arm + site + age + female").expect("a design");
    let part = Design::formula(&variables, "rdq0 + site + age + female").expect("a design");
    let outcome = improved(&table);
    let fit = |design| {
        Glm::new(Family::Logistic)
            .fit(design, &outcome)
            .expect("a fit")
    };
    let ratio = fit(&whole).likelihood_ratio(&fit(&part)).expect("a test");
    near_relative(ratio.statistic, 29.559_654_007_928_2, 1e-11);
    near_relative(ratio.p, 3.812_437_113_562_53e-7, 1e-10);
    let arms: Vec<Vec<f64>> = ["armrelaxation", "armstructural"]
        .iter()
        .map(|name| whole.coefficient(name).expect("a coefficient"))
        .collect();
    let wald = fit(&whole).wald(&arms, Variance::Model).expect("a test");
    near_relative(wald.statistic, 28.225_742_243_313_8, 1e-12);
    assert_eq!(wald.df, 2.0);
    // One coefficient alone is the square of its z.
    let one = fit(&whole).wald(&arms[..1], Variance::Hc0).expect("a test");
    let z = fit(&whole)
        .estimate(&arms[0], Variance::Hc0, Level::default())
        .expect("an estimate");
    near_relative(one.p, z.p, 1e-10);
    near_relative(one.statistic, z.statistic.powi(2), 1e-12);
    let other = [arms[0].clone(), arms[0].clone()];
    assert!(matches!(
        fit(&whole).wald(&other, Variance::Model),
        Err(Fault::NotPositiveDefinite { .. })
    ));
    assert!(fit(&part).likelihood_ratio(&fit(&whole)).is_err());
}

/// The same source: risks if everybody were in one arm, by the delta method and by stacked estimating equations.
#[test]
fn standardised_risks() {
    let table = trial::week("10");
    let design = Design::formula(
        &trial::variables(&table),
        "rdq0 + arm + site + age + female",
    )
    .expect("a design");
    let outcome = improved(&table);
    let model = Glm::new(Family::Logistic)
        .fit(&design, &outcome)
        .expect("a fit");
    let level = Level::default();
    let clusters = Clusters::new(&table.texts("cluster")).expect("clusters");
    let of = |covariates, variance| {
        model
            .standardised("arm", "relaxation", "usual", covariates, variance)
            .expect("risks")
    };
    let fixed = of(Covariates::Fixed, Variance::Model);
    near_relative(
        fixed.mean1(level).expect("a risk").value,
        0.782_323_904_673_006,
        1e-12,
    );
    near_relative(
        fixed.mean0(level).expect("a risk").value,
        0.491_505_965_314_568,
        1e-12,
    );
    near_relative(
        fixed.difference(level).expect("a difference").value,
        0.290_817_939_358_437,
        1e-12,
    );
    near_relative(
        fixed.difference(level).expect("a difference").se,
        0.054_545_814_588_027_2,
        1e-11,
    );
    let drawn = of(Covariates::Drawn, Variance::Hc0);
    near_relative(
        drawn.difference(level).expect("a difference").se,
        0.054_309_105_103_718_9,
        1e-11,
    );
    near_relative(
        drawn.log_ratio(level).expect("a ratio").se,
        0.096_339_615_747_375_8,
        1e-11,
    );
    let drawn = of(Covariates::Drawn, Variance::Cr0(&clusters));
    near_relative(
        drawn.difference(level).expect("a difference").se,
        0.052_741_890_268_540_5,
        1e-11,
    );
}

/// Coefficients and standard errors.
fn check(model: &FittedGlm<'_>, variance: Variance<'_>, expected: &[(f64, f64)]) {
    let own = model
        .estimates(variance, Level::default())
        .expect("estimates");
    assert_eq!(own.len(), expected.len());
    for (own, (value, se)) in own.iter().zip(expected) {
        near_relative(own.value, *value, 1e-11);
        near_relative(own.se, *se, 1e-11);
    }
}

/// Made with R 4.2.2: `glm` with `binomial("log")`, `binomial("identity")`, and `poisson` with weights and offset, started again from their own results; weighted `lm` with HC3.
#[test]
fn other_families_of_the_simulated_trial() {
    let table = trial::week("10");
    let variables = trial::variables(&table);
    let outcome = improved(&table);
    let design = Design::formula(&variables, "female + arm").expect("a design");
    let log = Glm::new(Family::LogBinomial)
        .fit(&design, &outcome)
        .expect("a fit");
    let expected = [
        (-0.768_088_083_723_39, 0.106_000_583_717_103),
        (0.034_794_016_198_330_5, 0.069_946_054_612_054_5),
        (0.508_576_928_918_308, 0.103_919_240_787_075),
        (0.425_250_766_456_533, 0.108_534_548_629_899),
    ];
    check(&log, Variance::Model, &expected);
    near_relative(log.deviance(), 456.225_440_911_244, 1e-12);
    let identity = Glm::new(Family::IdentityBinomial)
        .fit(&design, &outcome)
        .expect("a fit");
    let expected = [
        (0.467_316_167_221_262, 0.055_854_274_915_914_8),
        (0.012_806_013_381_33, 0.048_390_025_985_736_5),
        (0.312_962_059_332_064, 0.057_063_737_306_724_4),
        (0.250_203_345_292_661, 0.059_856_383_982_775_4),
    ];
    check(&identity, Variance::Model, &expected);
    near_relative(identity.deviance(), 456.409_731_327_138, 1e-12);
    let weights: Vec<f64> = (0..design.rows())
        .map(|row| [1.0, 2.0, 0.5][row % 3])
        .collect();
    let offset: Vec<f64> = table.numbers("age").iter().map(|age| age.ln()).collect();
    let (rdq, arms) = (
        table.numbers("rdq"),
        Design::formula(&variables, "arm").expect("a design"),
    );
    let poisson = Glm::new(Family::Poisson)
        .weights(&weights)
        .offset(&offset)
        .fit(&arms, &rdq)
        .expect("a fit");
    let expected = [
        (-1.671_400_302_660_02, 0.061_439_606_931_852_5),
        (-0.483_811_740_012_338, 0.095_495_566_725_446_8),
        (-0.274_137_753_367_75, 0.101_815_139_773_631),
    ];
    check(&poisson, Variance::Hc0, &expected);
    near_relative(poisson.deviance(), 1_810.213_445_501_73, 1e-12);
    near_relative(
        poisson.null_deviance().expect("a null model"),
        1_932.865_181_894_69,
        1e-12,
    );
    let wide = Design::formula(&variables, "arm + rdq0").expect("a design");
    let linear = Glm::new(Family::Linear)
        .weights(&weights)
        .fit(&wide, &rdq)
        .expect("a fit");
    let expected = [
        (2.062_820_331_123_27, 0.587_985_522_503_677),
        (-3.167_148_411_845_65, 0.517_949_144_016_58),
        (-2.275_232_412_548_95, 0.546_156_821_993_84),
        (0.615_733_404_975_334, 0.048_356_785_246_352_9),
    ];
    check(&linear, Variance::Hc3, &expected);
    near_relative(linear.log_likelihood(), -1_068.302_224_261_18, 1e-12);
    near_relative(linear.aic(), 2_146.604_448_522_36, 1e-12);
}

/// A saturated model is the table: log odds ratio with Woolf's standard error, log risk ratio with Katz's, risk difference with Wald's.
#[test]
fn two_by_two_tables() {
    let (events1, total1, events0, total0) = (30_u8, 70_u8, 18_u8, 64_u8);
    let table = TwoByTwo::new(30, 70, 18, 64).expect("a table");
    let mut arm = vec![1.0; usize::from(total1)];
    arm.resize(usize::from(total1) + usize::from(total0), 0.0);
    let y: Vec<f64> = (0..total1)
        .map(|at| f64::from(u8::from(at < events1)))
        .chain((0..total0).map(|at| f64::from(u8::from(at < events0))))
        .collect();
    let ones = vec![1.0; y.len()];
    let design = Design::from_columns(&[("one", &ones), ("arm", &arm)]).expect("a design");
    let of = |family, variance| {
        let model = Glm::new(family).fit(&design, &y).expect("a fit");
        model
            .estimate(&[0.0, 1.0], variance, Level::default())
            .expect("an estimate")
    };
    let level = Level::default();
    let odds = of(Family::Logistic, Variance::Model);
    near_relative(
        odds.value.exp(),
        table
            .odds_ratio(Method::Wald, level)
            .expect("an odds ratio")
            .value,
        1e-12,
    );
    near_relative(odds.se, table.log_odds_ratio_se().expect("se"), 1e-12);
    let ratio = table
        .risk_ratio(Method::Wald, level)
        .expect("a ratio")
        .value;
    for (family, variance) in [
        (Family::ModifiedPoisson, Variance::Hc0),
        (Family::LogBinomial, Variance::Model),
    ] {
        let own = of(family, variance);
        near_relative(own.value.exp(), ratio, 1e-12);
        near_relative(own.se, table.log_risk_ratio_se().expect("se"), 1e-12);
    }
    let difference = of(Family::IdentityBinomial, Variance::Model);
    near_relative(
        difference.value,
        table
            .risk_difference(Method::Wald, level)
            .expect("a difference")
            .value,
        1e-12,
    );
    near_relative(difference.se, table.risk_difference_se(), 1e-12);
}

/// Rows with an intercept, a number and an arm, and an outcome that each family can have.
#[derive(Clone, Debug)]
struct Rows {
    x: Vec<f64>,
    arm: Vec<f64>,
    noise: Vec<f64>,
    weights: Vec<f64>,
}

impl Rows {
    fn columns(&self) -> Mat<f64> {
        Mat::from_fn(self.x.len(), 3, |i, j| [1.0, self.x[i], self.arm[i]][j])
    }

    fn design(&self) -> Design {
        let ones = vec![1.0; self.x.len()];
        Design::from_columns(&[("one", &ones), ("x", &self.x), ("arm", &self.arm)])
            .expect("a design")
    }

    /// Outcomes of both kinds in both arms and for all x, so that an estimate exists.
    fn outcome(&self, family: Family) -> Vec<f64> {
        let rows = self.noise.iter().zip(&self.x).enumerate();
        rows.map(|(at, (noise, x))| match (family, at) {
            (Family::Linear, _) => x + noise * 4.0,
            (Family::Poisson, _) => (noise * 6.0).floor(),
            (_, 0..8) => f64::from(u8::from(at % 4 < 2)),
            _ => f64::from(u8::from(*noise < 0.4)),
        })
        .collect()
    }
}

fn rows() -> impl Strategy<Value = Rows> {
    let row = (-2.0_f64..2.0, 0.0_f64..1.0, 0.2_f64..3.0);
    proptest::collection::vec(row, 24..60).prop_map(|rows| {
        let at = 0..rows.len();
        Rows {
            // The first eight rows pair every outcome with both ends of x in both arms.
            x: at
                .clone()
                .map(|i| {
                    if i < 8 {
                        [-3.0, 3.0][usize::from(i >= 4)]
                    } else {
                        rows[i].0
                    }
                })
                .collect(),
            arm: at.map(|i| f64::from(u8::from(i % 2 == 0))).collect(),
            noise: rows.iter().map(|row| row.1).collect(),
            weights: rows.iter().map(|row| row.2).collect(),
        }
    })
}

/// Iterated weighted least squares as the textbook writes it, by elimination on the normal equations: coefficients, (X'WX)⁻¹ and scores.
fn slow_fit(
    x: &Mat<f64>,
    y: &[f64],
    weights: &[f64],
    offset: &[f64],
    family: Family,
) -> (Vec<f64>, Mat<f64>, Vec<f64>) {
    let (n, p) = (x.nrows(), x.ncols());
    let mut beta = Mat::<f64>::zeros(p, 1);
    let mut bread = Mat::zeros(p, p);
    let mut scores = vec![0.0; n];
    for _ in 0..60 {
        let eta = x * &beta;
        let eta: Vec<f64> = (0..n).map(|i| eta[(i, 0)] + offset[i]).collect();
        let mean: Vec<f64> = eta
            .iter()
            .map(|eta| match family {
                Family::Linear => *eta,
                Family::Logistic => eta.exp() / (1.0 + eta.exp()),
                _ => eta.exp(),
            })
            .collect();
        // All three links are canonical: the derivative of the mean is the variance.
        let slope: Vec<f64> = mean
            .iter()
            .map(|mean| match family {
                Family::Linear => 1.0,
                Family::Logistic => mean * (1.0 - mean),
                _ => *mean,
            })
            .collect();
        let weighted = Mat::from_fn(n, p, |i, j| weights[i] * slope[i] * x[(i, j)]);
        let working = Mat::from_fn(n, 1, |i, _| {
            eta[i] - offset[i] + (y[i] - mean[i]) / slope[i]
        });
        let cross = weighted.transpose() * x;
        beta = eliminate(&cross, &(weighted.transpose() * working));
        bread = eliminate(&cross, &Mat::identity(p, p));
        scores = (0..n).map(|i| weights[i] * (y[i] - mean[i])).collect();
    }
    ((0..p).map(|j| beta[(j, 0)]).collect(), bread, scores)
}

proptest! {
    #[test]
    fn fits_equal_their_slow_twin(rows in rows()) {
        let (design, x) = (rows.design(), rows.columns());
        let offset: Vec<f64> = rows.noise.iter().map(|noise| 0.3 * noise).collect();
        for family in FAMILIES {
            let y = rows.outcome(family);
            let model = Glm::new(family).weights(&rows.weights).offset(&offset).fit(&design, &y).expect("a fit");
            let (beta, bread, scores) = slow_fit(&x, &y, &rows.weights, &offset, family);
            for (own, slow) in model.coefficients().iter().zip(&beta) {
                near(*own, *slow, 1e-9);
            }
            let meat = Mat::from_fn(3, 3, |i, j| (0..x.nrows()).map(|row| scores[row].powi(2) * x[(row, i)] * x[(row, j)]).sum::<f64>());
            let slow = &bread * meat * &bread;
            let own = model.covariance(Variance::Hc0).expect("a covariance");
            for (i, j) in [(0, 0), (1, 2), (2, 2)] {
                near(own[(i, j)], slow[(i, j)], 1e-9);
            }
            if family != Family::ModifiedPoisson {
                let own = model.covariance(Variance::Model).expect("a covariance");
                let spread = if family == Family::Linear { model.dispersion() } else { 1.0 };
                near(own[(1, 2)], spread * bread[(1, 2)], 1e-9);
                near(own[(2, 2)], spread * bread[(2, 2)], 1e-9);
            }
        }
    }

    /// Rows in another order, a column in another unit and moved, and weights as repeated rows change nothing.
    #[test]
    fn fits_do_not_depend_on_order_units_or_repetition(rows in rows()) {
        for family in FAMILIES {
            let (design, y) = (rows.design(), rows.outcome(family));
            let plain = Glm::new(family).fit(&design, &y).expect("a fit");
            let order: Vec<usize> = (0..y.len()).rev().collect();
            let turned = Rows {
                x: order.iter().map(|at| 1000.0 * rows.x[*at] + 7.0).collect(),
                arm: order.iter().map(|at| rows.arm[*at]).collect(),
                ..rows.clone()
            };
            let (other, z): (Design, Vec<f64>) = (turned.design(), order.iter().map(|at| y[*at]).collect());
            let moved = Glm::new(family).fit(&other, &z).expect("a fit");
            near(moved.deviance(), plain.deviance(), 1e-10);
            near(moved.coefficients()[2], plain.coefficients()[2], 1e-9);
            near(1000.0 * moved.coefficients()[1], plain.coefficients()[1], 1e-9);
            let se = |model: &FittedGlm<'_>| model.estimate(&[0.0, 0.0, 1.0], Variance::Hc3, Level::default()).expect("an estimate").se;
            near_relative(se(&moved), se(&plain), 1e-8);
            let twice = Rows { x: [rows.x.clone(), rows.x.clone()].concat(), arm: [rows.arm.clone(), rows.arm.clone()].concat(), ..rows.clone() };
            let (double, zz) = (twice.design(), [y.clone(), y.clone()].concat());
            let two = vec![2.0; y.len()];
            let repeated = Glm::new(family).fit(&double, &zz).expect("a fit");
            let weighted = Glm::new(family).weights(&two).fit(&design, &y).expect("a fit");
            near(weighted.deviance(), repeated.deviance(), 1e-10);
            near(weighted.coefficients()[2], repeated.coefficients()[2], 1e-9);
        }
    }

    /// The linear family is the linear model, with all its variances; clusters of one row are no clusters.
    #[test]
    fn the_linear_family_is_the_linear_model(rows in rows()) {
        let (design, y) = (rows.design(), rows.outcome(Family::Linear));
        let own = Glm::new(Family::Linear).fit(&design, &y).expect("a fit");
        let other = LinearModel::fit(&design, &y).expect("a fit");
        let groups: Vec<String> = (0..y.len()).map(|i| (i % 7).to_string()).collect();
        let clusters = Clusters::new(&groups).expect("clusters");
        for (variance, twin) in [
            (Variance::Model, linear::Variance::Classical),
            (Variance::Hc0, linear::Variance::Hc0),
            (Variance::Hc1, linear::Variance::Hc1),
            (Variance::Hc2, linear::Variance::Hc2),
            (Variance::Hc3, linear::Variance::Hc3),
            (Variance::Cr0(&clusters), linear::Variance::Cr0(&clusters)),
            (Variance::Cr1(&clusters), linear::Variance::Cr1(&clusters)),
        ] {
            let own = own.estimates(variance, Level::default()).expect("estimates");
            let twin = other.estimates(twin, Level::default()).expect("estimates");
            for (own, twin) in own.iter().zip(&twin) {
                near(own.value, twin.value, 1e-10);
                near_relative(own.se, twin.se, 1e-9);
                assert_eq!(own.reference, twin.reference);
            }
        }
        let single: Vec<String> = (0..y.len()).map(|i| i.to_string()).collect();
        let single = Clusters::new(&single).expect("clusters");
        let logit = rows.outcome(Family::Logistic);
        let model = Glm::new(Family::Logistic).fit(&design, &logit).expect("a fit");
        let (alone, clustered) = (model.covariance(Variance::Hc0).expect("a"), model.covariance(Variance::Cr0(&single)).expect("b"));
        near_relative(clustered[(2, 2)], alone[(2, 2)], 1e-10);
    }

    /// The other outcome has the opposite coefficients.
    #[test]
    fn logistic_models_are_symmetric(rows in rows()) {
        let (design, y) = (rows.design(), rows.outcome(Family::Logistic));
        let other: Vec<f64> = y.iter().map(|y| 1.0 - y).collect();
        let (one, zero) = (Glm::new(Family::Logistic).fit(&design, &y).expect("a fit"), Glm::new(Family::Logistic).fit(&design, &other).expect("a fit"));
        for (a, b) in one.coefficients().iter().zip(zero.coefficients()) {
            near(*a, -b, 1e-10);
        }
    }

    /// At the ends of the profile interval the likelihood ratio test, with the coefficient held there, has p = 0.05.
    #[test]
    fn profiles_end_where_the_test_rejects(rows in rows()) {
        for family in [Family::Logistic, Family::Poisson] {
            let (design, y) = (rows.design(), rows.outcome(family));
            let model = Glm::new(family).fit(&design, &y).expect("a fit");
            let interval = model.profile_interval("arm", Level::default()).expect("a profile");
            let ones = vec![1.0; y.len()];
            let rest = Design::from_columns(&[("one", &ones), ("x", &rows.x)]).expect("a design");
            for end in [interval.lower, interval.upper] {
                let offset: Vec<f64> = rows.arm.iter().map(|arm| end * arm).collect();
                let held = Glm::new(family).offset(&offset).fit(&rest, &y).expect("a fit");
                near(chi_squared_upper(held.deviance() - model.deviance(), 1.0), 0.05, 1e-7);
            }
            assert!(interval.lower < model.coefficients()[2] && model.coefficients()[2] < interval.upper);
        }
    }

    /// A linear model's standardised difference is the coefficient; a logistic model without covariates gives the shares themselves.
    #[test]
    fn standardised_means_in_closed_form(rows in rows()) {
        let labels: Vec<&str> = rows.arm.iter().map(|arm| if *arm == 1.0 { "b" } else { "a" }).collect();
        let mut variables = Variables::new();
        variables.number("x", &rows.x).and_then(|v| v.factor("arm", &labels, &["a", "b"])).expect("variables");
        let level = Level::default();
        let design = Design::formula(&variables, "x + arm").expect("a design");
        let y = rows.outcome(Family::Linear);
        let model = Glm::new(Family::Linear).fit(&design, &y).expect("a fit");
        let own = model.standardised("arm", "b", "a", Covariates::Fixed, Variance::Model).expect("means").difference(level).expect("a difference");
        let coefficient = model.estimate(&design.coefficient("armb").expect("a coefficient"), Variance::Model, level).expect("an estimate");
        near(own.value, coefficient.value, 1e-10);
        near_relative(own.se, coefficient.se, 1e-9);
        let design = Design::formula(&variables, "arm").expect("a design");
        let y = rows.outcome(Family::Logistic);
        let model = Glm::new(Family::Logistic).fit(&design, &y).expect("a fit");
        let count = |arm: f64| rows.arm.iter().zip(&y).filter(|(own, _)| **own == arm).map(|(_, y)| *y).fold((0, 0), |(k, n), y| (k + u64::from(y == 1.0), n + 1));
        let ((k1, n1), (k0, n0)) = (count(1.0), count(0.0));
        let table = TwoByTwo::new(k1, n1, k0, n0).expect("a table");
        let wald = table.risk_difference(Method::Wald, level).expect("a difference");
        for (covariates, variance) in [(Covariates::Fixed, Variance::Model), (Covariates::Drawn, Variance::Hc0)] {
            let own = model.standardised("arm", "b", "a", covariates, variance).expect("risks");
            let difference = own.difference(level).expect("a difference");
            near(difference.value, wald.value, 1e-10);
            near_relative(difference.se, table.risk_difference_se(), 1e-8);
            near_relative(own.log_ratio(level).expect("a ratio").se, table.log_risk_ratio_se().expect("se"), 1e-8);
        }
    }
}

/// Columns of which little is new take the way by QR: years and their squares against the same years counted from their middle.
#[test]
fn nearly_dependent_columns() {
    let n = 3000;
    let year: Vec<f64> = (0..n).map(|i| 2000.0 + f64::from(i % 37) * 0.7).collect();
    let centred: Vec<f64> = year.iter().map(|year| year - 2012.0).collect();
    let square = |list: &[f64]| list.iter().map(|v| v * v).collect::<Vec<f64>>();
    let y: Vec<f64> = (0..n)
        .map(|i| f64::from(u8::from((i * 7919) % 101 < 20 + i % 37)))
        .collect();
    let ones = vec![1.0; y.len()];
    let (squared, centred_square) = (square(&year), square(&centred));
    let wide = Design::from_columns(&[("one", &ones), ("year", &year), ("square", &squared)])
        .expect("a design");
    let narrow = Design::from_columns(&[
        ("one", &ones),
        ("year", &centred),
        ("square", &centred_square),
    ])
    .expect("a design");
    let fit = |design| Glm::new(Family::Logistic).fit(design, &y).expect("a fit");
    let (wide, narrow) = (fit(&wide), fit(&narrow));
    near(wide.deviance(), narrow.deviance(), 1e-12);
    near_relative(wide.coefficients()[2], narrow.coefficients()[2], 1e-6);
    for variance in [Variance::Model, Variance::Hc0, Variance::Hc3] {
        let se = |model: &FittedGlm<'_>| {
            model
                .estimate(&[0.0, 0.0, 1.0], variance, Level::default())
                .expect("an estimate")
                .se
        };
        near_relative(se(&wide), se(&narrow), 1e-7);
    }
}

/// The sentence of a refusal.
#[track_caller]
fn refusal<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => panic!("this should have been refused"),
        Err(fault) => fault.to_string(),
    }
}

fn fit(family: Family, columns: &[(&str, &[f64])], y: &[f64]) -> String {
    let design = Design::from_columns(columns).expect("a design");
    refusal(Glm::new(family).fit(&design, y))
}

#[test]
fn separation_is_named() {
    let ones = [1.0; 8];
    let arm = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
    let age = [30.0, 41.0, 52.0, 63.0, 35.0, 44.0, 57.0, 61.0];
    let y = [0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    let remedy = "; no finite estimate exists: join levels, leave the column out, or compare proportions by an exact or score interval";
    assert_eq!(
        fit(
            Family::Logistic,
            &[("one", &ones), ("armacu", &arm), ("age", &age)],
            &y
        ),
        format!("the outcome is 1 for everybody with `armacu` (4 rows){remedy}")
    );
    // The reference level is the one that is certain.
    let other: Vec<f64> = arm.iter().map(|arm| 1.0 - arm).collect();
    assert_eq!(
        fit(
            Family::Logistic,
            &[("one", &ones), ("armusual", &other), ("age", &age)],
            &y
        ),
        format!("the outcome is 1 for everybody without `armusual` (4 rows){remedy}")
    );
    // A number that parts the outcomes at a threshold, with and without a tie.
    let parted = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0];
    assert_eq!(
        fit(Family::Logistic, &[("one", &ones), ("age", &age)], &parted),
        format!("`age` foretells the outcome of 8 rows without exception{remedy}")
    );
    let tied = [1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0, 7.0];
    let last = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    assert_eq!(
        fit(Family::Logistic, &[("one", &ones), ("age", &tied)], &last),
        format!("`age` foretells the outcome of 6 rows without exception{remedy}")
    );
    // Nobody in an arm has an event.
    let none = [3.0, 0.0, 2.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for family in [
        Family::Poisson,
        Family::ModifiedPoisson,
        Family::LogBinomial,
    ] {
        let y = none.map(|y: f64| {
            if family == Family::Poisson {
                y
            } else {
                y.min(1.0)
            }
        });
        assert_eq!(
            fit(family, &[("one", &ones), ("armacu", &arm)], &y),
            format!("the outcome is 0 for everybody with `armacu` (4 rows){remedy}")
        );
    }
    for (family, y) in [
        (Family::Logistic, 0.0),
        (Family::Logistic, 1.0),
        (Family::Poisson, 0.0),
        (Family::ModifiedPoisson, 1.0),
    ] {
        assert_eq!(
            fit(family, &[("one", &ones), ("arm", &arm)], &[y; 8]),
            format!(
                "the outcome is {y} in all 8 rows; there is nothing to explain, and no finite estimate"
            )
        );
    }
}

/// Large coefficients are no separation as long as one row disagrees.
#[test]
fn steep_but_finite() {
    let x: Vec<f64> = (0..200).map(f64::from).collect();
    let y: Vec<f64> = x.iter().map(|x| f64::from(u8::from(*x > 99.5))).collect();
    let ones = vec![1.0; 200];
    let design = Design::from_columns(&[("one", &ones), ("x", &x)]).expect("a design");
    assert!(matches!(
        Glm::new(Family::Logistic).fit(&design, &y),
        Err(Fault::Separated { .. })
    ));
    let mut close = y.clone();
    close.swap(99, 100);
    let model = Glm::new(Family::Logistic)
        .fit(&design, &close)
        .expect("a fit");
    // By symmetry half the people are expected to respond in the middle; the slope is steep.
    near(
        -model.coefficients()[0] / model.coefficients()[1],
        99.5,
        1e-9,
    );
    assert!(model.coefficients()[1] > 1.0);
}

/// A risk that would pass 1 has no estimate with a log or identity link.
#[test]
fn estimates_at_the_edge() {
    let table = trial::week("10");
    let design = Design::formula(&trial::variables(&table), "rdq0 + arm").expect("a design");
    let outcome = improved(&table);
    for family in [Family::LogBinomial, Family::IdentityBinomial] {
        let sentence = refusal(Glm::new(family).fit(&design, &outcome));
        assert!(
            sentence.contains("lies at the edge: it gives row") && sentence.contains("a risk of 1"),
            "{sentence}"
        );
    }
}

#[test]
fn hostile_rows() {
    let ones = [1.0; 4];
    let x = [1.0, 2.0, 4.0, 3.0];
    let columns: [(&str, &[f64]); 2] = [("one", &ones), ("x", &x)];
    let y = [0.0, 1.0, 1.0, 0.0];
    assert_eq!(
        fit(Family::Logistic, &columns, &[0.0, f64::NAN, 1.0, 0.0]),
        "the outcome, row 2: the value is NaN; leave rows with missing values out beforehand, and say so"
    );
    assert_eq!(
        fit(Family::Logistic, &columns, &[0.0, 2.0, 1.0, 0.0]),
        "the outcome of row 2 is 2; it must be between 0 and 1"
    );
    assert_eq!(
        fit(Family::Poisson, &columns, &[0.0, -2.0, 1.0, 0.0]),
        "the outcome of row 2 is -2; it must be zero or greater"
    );
    assert_eq!(
        fit(Family::ModifiedPoisson, &columns, &[0.0, 0.5, 1.0, 0.0]),
        "the outcome of row 2 is 0.5; it must be 0 or 1"
    );
    assert_eq!(
        fit(Family::Logistic, &columns, &y[..3]),
        "the outcome has length 3 where 4 is needed"
    );
    assert_eq!(
        fit(Family::Logistic, &[("one", &[1.0]), ("x", &[2.0])], &[1.0]),
        "a model with 2 columns needs at least 2 rows; there are 1"
    );
    assert_eq!(
        fit(Family::Linear, &[("one", &[1.0])], &[1.0]),
        "a model with 1 columns needs at least 2 rows; there are 1"
    );
    assert_eq!(
        fit(
            Family::Logistic,
            &[
                ("one", &ones),
                ("x", &x),
                ("zero", &[0.0; 4]),
                ("y", &[2.0, 4.0, 8.0, 6.0])
            ],
            &y
        ),
        "`zero` holds only zeros (no row has that level); `y` follows from the columns before: leave out what says nothing new, or join levels"
    );
    let design = Design::from_columns(&columns).expect("a design");
    let with = |weights: &[f64], offset: &[f64]| {
        refusal(
            Glm::new(Family::Logistic)
                .weights(weights)
                .offset(offset)
                .fit(&design, &y),
        )
    };
    assert_eq!(
        with(&[1.0, -1.0, 1.0, 1.0], &ones),
        "the weight of row 2 is -1; it must be zero or greater"
    );
    assert_eq!(
        with(&[0.0, 0.0, 0.0, 0.0], &ones),
        "a model with 2 columns needs at least 2 rows; there are 0"
    );
    assert!(
        with(&[f64::INFINITY, 1.0, 1.0, 1.0], &ones)
            .starts_with("the list of weights, row 1: the value is inf")
    );
    assert!(with(&ones, &[f64::NAN, 1.0, 1.0, 1.0]).starts_with("the offset, row 1"));
    assert!(with(&ones[..2], &ones).contains("the list of weights has length 2"));
    let names: Vec<String> = (0..10_000).map(|at| format!("x{at}")).collect();
    let many: Vec<(&str, &[f64])> = names
        .iter()
        .map(|name| (name.as_str(), x.as_slice()))
        .collect();
    assert_eq!(
        fit(Family::Logistic, &many, &y),
        "a model with 10000 columns needs at least 10000 rows; there are 4"
    );
}

/// A row that weighs nothing does not count, whatever it says.
#[test]
fn rows_without_weight() {
    let ones = [1.0; 6];
    let x = [1.0, 2.0, 4.0, 3.0, 2.5, 900.0];
    let y = [0.0, 1.0, 1.0, 0.0, 1.0, 0.0];
    let weights = [1.0, 1.0, 1.0, 1.0, 1.0, 0.0];
    let all = Design::from_columns(&[("one", &ones), ("x", &x)]).expect("a design");
    let part = Design::from_columns(&[("one", &ones[..5]), ("x", &x[..5])]).expect("a design");
    let weighted = Glm::new(Family::Logistic)
        .weights(&weights)
        .fit(&all, &y)
        .expect("a fit");
    let plain = Glm::new(Family::Logistic)
        .fit(&part, &y[..5])
        .expect("a fit");
    assert_eq!(weighted.residual_df(), plain.residual_df());
    near(weighted.log_likelihood(), plain.log_likelihood(), 1e-12);
    let se = |model: &FittedGlm<'_>| {
        model
            .estimate(&[0.0, 1.0], Variance::Hc1, Level::default())
            .expect("an estimate")
            .se
    };
    near_relative(se(&weighted), se(&plain), 1e-9);
}

#[test]
fn variances_that_do_not_exist() {
    let ones = [1.0; 5];
    let alone = [0.0, 0.0, 0.0, 0.0, 1.0];
    let design = Design::from_columns(&[("one", &ones), ("alone", &alone)]).expect("a design");
    let y = [1.0, 3.0, 0.0, 2.0, 4.0];
    let model = Glm::new(Family::Poisson).fit(&design, &y).expect("a fit");
    assert!(
        refusal(model.covariance(Variance::Hc3))
            .starts_with("row 5 alone determines a coefficient")
    );
    let modified = Glm::new(Family::ModifiedPoisson);
    let x = [1.0, 2.0, 4.0, 3.0, 2.0];
    let wide = Design::from_columns(&[("one", &ones), ("x", &x)]).expect("a design");
    let binary = [0.0, 1.0, 1.0, 0.0, 1.0];
    let model = modified.fit(&wide, &binary).expect("a fit");
    assert!(refusal(model.covariance(Variance::Model)).contains("ask for a robust"));
    assert!(refusal(model.profile_interval("x", Level::default())).contains("is not profiled"));
    assert!(
        refusal(model.standardised("arm", "a", "b", Covariates::Fixed, Variance::Hc0))
            .starts_with("there is no variable `arm`")
    );
    let flat = Glm::new(Family::Linear).fit(&wide, &ones).expect("a fit");
    assert!(refusal(flat.estimates(Variance::Model, Level::default())).contains("does not vary"));
}

/// Nothing panics, and what is printed is finite.
#[test]
fn huge_and_tiny_numbers() {
    let ones = [1e-300; 5];
    let x = [1e300, 2e300, 4e300, 8e300, 1e300];
    let design = Design::from_columns(&[("one", &ones), ("x", &x)]).expect("a design");
    for family in FAMILIES {
        let y = if family == Family::Poisson {
            [1e15, 3.0, 0.0, 2.0, 1e-300]
        } else {
            [0.0, 1.0, 1.0, 0.0, 1.0]
        };
        if let Ok(model) = Glm::new(family).fit(&design, &y) {
            let outcome = model.estimates(Variance::Hc0, Level::default());
            assert!(outcome.map_or(true, |all| {
                all.iter()
                    .all(|own| own.se.is_finite() && own.value.is_finite())
            }));
        }
    }
}
