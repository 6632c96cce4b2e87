//! Generalised estimating equations against published data, the simulated trial, slow twins, identities and hostile input.

use cotreat_stats::design::Design;
use cotreat_stats::gee::{Correlation, FittedGee, Freedom, Gee, Moments, Variance};
use cotreat_stats::glm::{self, Family, Glm};
use cotreat_stats::linear::{self, Clusters, LinearModel};
use cotreat_stats::{Level, Mat, Outcome};
use proptest::prelude::*;

use crate::linear::{eliminate, inverse_root};
use crate::table::Table;
use crate::{near, near_relative, trial};

/// What one cluster adds: variance, derivatives, residuals, and the derivatives through the inverse variance.
type Part = (Mat<f64>, Mat<f64>, Mat<f64>, Mat<f64>);

/// Wheezing at 7, 8, 9 and 10 years of 537 children of Steubenville, Ohio: how many had each pattern, of mothers who did not smoke and who did (Ware JH et al. Am Rev Respir
/// Dis 1984;129:366–374, as tabulated in Agresti's Categorical Data Analysis).
const WHEEZE: [([f64; 4], usize, usize); 16] = [
    ([0.0, 0.0, 0.0, 0.0], 237, 118),
    ([0.0, 0.0, 0.0, 1.0], 10, 6),
    ([0.0, 0.0, 1.0, 0.0], 15, 8),
    ([0.0, 0.0, 1.0, 1.0], 4, 2),
    ([0.0, 1.0, 0.0, 0.0], 16, 11),
    ([0.0, 1.0, 0.0, 1.0], 2, 1),
    ([0.0, 1.0, 1.0, 0.0], 7, 6),
    ([0.0, 1.0, 1.0, 1.0], 3, 4),
    ([1.0, 0.0, 0.0, 0.0], 24, 7),
    ([1.0, 0.0, 0.0, 1.0], 3, 3),
    ([1.0, 0.0, 1.0, 0.0], 3, 3),
    ([1.0, 0.0, 1.0, 1.0], 2, 1),
    ([1.0, 1.0, 0.0, 0.0], 6, 4),
    ([1.0, 1.0, 0.0, 1.0], 2, 2),
    ([1.0, 1.0, 1.0, 0.0], 5, 4),
    ([1.0, 1.0, 1.0, 1.0], 11, 7),
];

/// Made with R 4.2.2: `geepack::geeglm(resp ~ age * smoke, corstr = "exchangeable")`; its help page prints −1.9005 (0.1191), −0.1412 (0.0582), 0.3138 (0.1878), 0.0708 (0.0883).
#[test]
fn wheezing_children() {
    let (mut ids, mut age, mut smoke, mut both, mut wheeze) =
        (vec![], vec![], vec![], vec![], vec![]);
    let mut id = 0;
    for (pattern, without, with) in WHEEZE {
        for child in 0..without + with {
            id += 1;
            let smokes = f64::from(u8::from(child >= without));
            for (at, own) in pattern.iter().enumerate() {
                let years = at as f64 - 2.0;
                ids.push(id.to_string());
                age.push(years);
                smoke.push(smokes);
                both.push(years * smokes);
                wheeze.push(*own);
            }
        }
    }
    let ones = vec![1.0; age.len()];
    let design = Design::from_columns(&[
        ("one", &ones),
        ("age", &age),
        ("smoke", &smoke),
        ("both", &both),
    ])
    .expect("a design");
    let clusters = Clusters::new(&ids).expect("clusters");
    assert_eq!(clusters.count(), 537);
    let model = Gee::new(Family::Logistic, Correlation::Exchangeable, &clusters)
        .fit(&design, &wheeze)
        .expect("a fit");
    let expected = [
        (-1.900_495_178_842_82, 0.119_086_981_621_212),
        (-0.141_235_909_663_177, 0.058_200_885_219_646_1),
        (0.313_825_788_238_289, 0.187_841_815_074_153),
        (0.070_831_838_670_234_5, 0.088_278_852_383_755_1),
    ];
    check(&model, Variance::Robust, &expected);
    near_relative(model.scale(), 0.999_407_789_469_896, 1e-10);
    near_relative(
        model.alpha().expect("a correlation"),
        0.354_604_982_087_359,
        1e-10,
    );
}

/// Coefficients and standard errors.
fn check(model: &FittedGee<'_>, variance: Variance, expected: &[(f64, f64)]) {
    let own = model
        .estimates(variance, Freedom::Normal, Level::default())
        .expect("estimates");
    assert_eq!(own.len(), expected.len());
    for (own, (value, se)) in own.iter().zip(expected) {
        near_relative(own.value, *value, 1e-9);
        near_relative(own.se, *se, 1e-9);
    }
}

/// The visits of the simulated trial, numbered 1 to 3.
fn numbered(table: &Table) -> Vec<u32> {
    let number = |week: f64| {
        if week == 10.0 {
            1
        } else if week == 26.0 {
            2
        } else {
            3
        }
    };
    table.numbers("visit").into_iter().map(number).collect()
}

/// Made with R 4.2.2 and geepack 1.3.9 at `epsilon = 1e-14`: AR(1) with `waves`, so that missed visits leave their gap, and without.
#[test]
fn missed_visits_keep_their_place() {
    let table = trial::visits();
    let design = Design::formula(&trial::variables(&table), "rdq0 + arm").expect("a design");
    let outcome = table.numbers("rdq");
    let clusters = Clusters::new(&table.texts("id")).expect("clusters");
    let visits = numbered(&table);
    let gee = Gee::new(Family::Linear, Correlation::Ar1, &clusters);
    let model = gee.visits(&visits).fit(&design, &outcome).expect("a fit");
    let robust = [
        (1.939_460_878_101_23, 0.446_316_395_094_617),
        (0.580_460_439_400_659, 0.036_170_843_553_289_4),
        (-2.237_310_078_486_54, 0.379_106_635_965_772),
        (-1.744_690_578_463_57, 0.375_917_640_519_017),
    ];
    check(&model, Variance::Robust, &robust);
    let naive = model
        .estimates(Variance::Model, Freedom::Normal, Level::default())
        .expect("estimates");
    near_relative(naive[2].se, 0.368_743_895_010_514, 1e-9);
    near_relative(model.scale(), 12.622_602_342_549_3, 1e-10);
    near_relative(
        model.alpha().expect("a correlation"),
        0.668_437_698_101_422,
        1e-10,
    );
    let model = gee.fit(&design, &outcome).expect("a fit");
    near_relative(
        model.alpha().expect("a correlation"),
        0.665_668_403_494_961,
        1e-10,
    );
    near_relative(model.coefficients()[3], -1.723_796_058_873_47, 1e-10);
}

/// The same source: unstructured for patients with all three visits (`geepack` crashes where one is missing), and weights.
#[test]
fn unstructured_and_weighted() {
    let table = trial::visits();
    let ids = table.texts("id");
    let complete = |id: &String| ids.iter().filter(|own| *own == id).count() == 3;
    let part = trial::visits().keep(|cell| complete(&cell("id")));
    let design = Design::formula(&trial::variables(&part), "rdq0 + arm").expect("a design");
    let clusters = Clusters::new(&part.texts("id")).expect("clusters");
    let (outcome, visits) = (part.numbers("rdq"), numbered(&part));
    let model = Gee::new(Family::Linear, Correlation::Unstructured, &clusters)
        .visits(&visits)
        .fit(&design, &outcome)
        .expect("a fit");
    let expected = [
        (1.762_606_839_247_51, 0.452_074_350_722_684),
        (0.582_794_599_310_287, 0.036_139_854_808_421_6),
        (-2.127_757_611_146_84, 0.381_690_436_672_771),
        (-1.456_653_326_881_14, 0.383_411_371_285_141),
    ];
    check(&model, Variance::Robust, &expected);
    near_relative(
        model.correlation(1, 2).expect("a correlation"),
        0.604_494_203_562_415,
        1e-10,
    );
    near_relative(
        model.correlation(3, 1).expect("a correlation"),
        0.593_620_809_608_632,
        1e-10,
    );
    near_relative(
        model.correlation(2, 3).expect("a correlation"),
        0.552_653_811_490_25,
        1e-10,
    );
    assert_eq!(model.correlation(2, 4), None);
    // With missed visits every pair that somebody has is used.
    let design = Design::formula(&trial::variables(&table), "rdq0 + arm").expect("a design");
    let clusters = Clusters::new(&ids).expect("clusters");
    let (outcome, visits) = (table.numbers("rdq"), numbered(&table));
    let all = Gee::new(Family::Linear, Correlation::Unstructured, &clusters)
        .visits(&visits)
        .fit(&design, &outcome)
        .expect("a fit");
    assert!((all.coefficients()[2] - model.coefficients()[2]).abs() < 0.3);
    let weights: Vec<f64> = (0..outcome.len())
        .map(|row| [1.0, 2.0, 0.5, 1.5][row % 4])
        .collect();
    let gee = Gee::new(Family::Linear, Correlation::Exchangeable, &clusters);
    let model = gee.weights(&weights).fit(&design, &outcome).expect("a fit");
    let expected = [
        (1.544_672_121_526_19, 0.484_124_087_925_935),
        (0.631_346_072_872_219, 0.039_191_578_219_561),
        (-2.622_230_689_312_41, 0.426_444_629_920_606),
        (-1.854_655_031_694_43, 0.411_286_541_788_211),
    ];
    check(&model, Variance::Robust, &expected);
    near_relative(model.scale(), 12.511_128_130_458_6, 1e-10);
    near_relative(
        model.alpha().expect("a correlation"),
        0.558_484_044_172_159,
        1e-10,
    );
}

/// Rows in clusters of different sizes, with missed visits.
#[derive(Clone, Debug)]
struct Rows {
    x: Vec<f64>,
    arm: Vec<f64>,
    noise: Vec<f64>,
    weights: Vec<f64>,
    labels: Vec<String>,
    visits: Vec<u32>,
}

impl Rows {
    fn design(&self) -> Design {
        let ones = vec![1.0; self.x.len()];
        Design::from_columns(&[("one", &ones), ("x", &self.x), ("arm", &self.arm)])
            .expect("a design")
    }

    fn columns(&self) -> Mat<f64> {
        Mat::from_fn(self.x.len(), 3, |i, j| [1.0, self.x[i], self.arm[i]][j])
    }

    /// Rows of a cluster share a part of their chance, so that they are correlated.
    fn outcome(&self, family: Family) -> Vec<f64> {
        let own = |row: usize| {
            let shared = self.noise[self
                .labels
                .iter()
                .position(|label| *label == self.labels[row])
                .expect("a row")];
            let mixed = 0.5 * (shared + self.noise[row]);
            match family {
                Family::Linear => self.x[row] + 4.0 * mixed,
                Family::Poisson => (5.0 * mixed).floor(),
                _ if row < 8 => f64::from(u8::from(row % 4 < 2)),
                _ => f64::from(u8::from(mixed < 0.5)),
            }
        };
        (0..self.x.len()).map(own).collect()
    }
}

fn rows() -> impl Strategy<Value = Rows> {
    let row = (
        -2.0_f64..2.0,
        0.0_f64..1.0,
        0.4_f64..2.0,
        0_usize..8,
        1_u32..3,
    );
    proptest::collection::vec(row, 40..64).prop_map(|rows| {
        let at = 0..rows.len();
        let labels: Vec<String> = rows.iter().map(|row| row.3.to_string()).collect();
        let mut next = [0; 8];
        let visits = rows.iter().map(|row| {
            next[row.3] += row.4;
            next[row.3]
        });
        Rows {
            visits: visits.collect(),
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
            labels,
        }
    })
}

/// Everything of a solved model as its papers write it, with a matrix per cluster: the equations at the solution, and the variances.
struct Slow {
    /// The step that is still to be made.
    step: Vec<f64>,
    naive: Mat<f64>,
    robust: Mat<f64>,
    kauermann_carroll: Mat<f64>,
    mancl_derouen: Mat<f64>,
    fay_graubard: Mat<f64>,
    scale: f64,
    /// Of each pair: distance, product, weight.
    products: Vec<(f64, f64, f64)>,
}

fn slow(
    rows: &Rows,
    y: &[f64],
    family: Family,
    model: &FittedGee<'_>,
    correlation: Correlation,
) -> Slow {
    let (x, beta) = (rows.columns(), model.coefficients());
    let (p, alpha) = (3, model.alpha().unwrap_or(0.0));
    let eta: Vec<f64> = (0..y.len())
        .map(|i| (0..p).map(|j| x[(i, j)] * beta[j]).sum())
        .collect();
    let mean = |i: usize| match family {
        Family::Linear => eta[i],
        Family::Logistic => 1.0 / (1.0 + (-eta[i]).exp()),
        _ => eta[i].exp(),
    };
    // The links are canonical: the derivative of the mean is its variance.
    let variance = |i: usize| match family {
        Family::Linear => 1.0,
        Family::Logistic => mean(i) * (1.0 - mean(i)),
        _ => mean(i),
    };
    let pearson = |i: usize| (y[i] - mean(i)) / variance(i).sqrt();
    let total: f64 = rows.weights.iter().sum();
    let squares = |i: usize| rows.weights[i] * pearson(i).powi(2);
    let scale = (0..y.len()).map(squares).sum::<f64>() / total;
    let mut labels = rows.labels.clone();
    labels.sort();
    labels.dedup();
    let members = |label: &String| {
        (0..y.len())
            .filter(|i| rows.labels[*i] == *label)
            .collect::<Vec<usize>>()
    };
    let rho = |i: usize, j: usize| match (i == j, correlation) {
        (true, _) => 1.0,
        (_, Correlation::Independence) => 0.0,
        (_, Correlation::Exchangeable) => alpha,
        _ => alpha.powi(rows.visits[i].abs_diff(rows.visits[j]) as i32),
    };
    let (mut score, mut cross) = (vec![0.0; p], Mat::<f64>::zeros(p, p));
    let mut parts = Vec::new();
    let mut products = Vec::new();
    for label in &labels {
        let own = members(label);
        let v = Mat::from_fn(own.len(), own.len(), |i, j| {
            let root = |k: usize| (variance(own[k]) / rows.weights[own[k]]).sqrt();
            scale * root(i) * rho(own[i], own[j]) * root(j)
        });
        let d = Mat::from_fn(own.len(), p, |i, j| variance(own[i]) * x[(own[i], j)]);
        let r = Mat::from_fn(own.len(), 1, |i, _| y[own[i]] - mean(own[i]));
        let inverse = eliminate(&v, &Mat::identity(own.len(), own.len()));
        let through = d.transpose() * &inverse;
        cross += &through * &d;
        let own_score = &through * &r;
        for j in 0..p {
            score[j] += own_score[(j, 0)];
        }
        for (at, j) in own.iter().enumerate() {
            for k in &own[..at] {
                let lag = f64::from(rows.visits[*j].abs_diff(rows.visits[*k]));
                let weight = rows.weights[*j] * rows.weights[*k];
                products.push((lag, pearson(*j) * pearson(*k) / scale, weight));
            }
        }
        parts.push((v, d, r, through));
    }
    let bread = eliminate(&cross, &Mat::identity(p, p));
    let sandwich = |corrected: &dyn Fn(&Part) -> Mat<f64>| {
        let mut middle = Mat::<f64>::zeros(p, p);
        for part in &parts {
            let u = corrected(part);
            middle += &u * u.transpose();
        }
        &bread * middle * &bread
    };
    let hat = |part: &Part| {
        let h = &part.1 * &bread * &part.3;
        Mat::from_fn(h.nrows(), h.nrows(), |i, j| {
            f64::from(u8::from(i == j)) - h[(i, j)]
        })
    };
    Slow {
        robust: sandwich(&|part| &part.3 * &part.2),
        mancl_derouen: sandwich(&|part| &part.3 * eliminate(&hat(part), &part.2)),
        kauermann_carroll: sandwich(&|part| &part.3 * (inverse_root(&hat(part)) * &part.2)),
        fay_graubard: sandwich(&|part| {
            let share = &part.3 * &part.1 * &bread;
            let u = &part.3 * &part.2;
            Mat::from_fn(p, 1, |j, _| {
                u[(j, 0)] / (1.0 - share[(j, j)].min(0.75)).sqrt()
            })
        }),
        naive: bread.clone(),
        step: (0..p)
            .map(|i| (0..p).map(|j| bread[(i, j)] * score[j]).sum())
            .collect(),
        scale,
        products,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn solutions_and_variances_equal_their_slow_twins(rows in rows()) {
        let design = rows.design();
        let clusters = Clusters::new(&rows.labels).expect("clusters");
        for family in [Family::Linear, Family::Logistic, Family::Poisson] {
            let y = rows.outcome(family);
            for correlation in [Correlation::Independence, Correlation::Exchangeable, Correlation::Ar1] {
                let gee = Gee::new(family, correlation, &clusters).weights(&rows.weights).visits(&rows.visits);
                // Small samples can have a correlation that large clusters cannot; that is refused elsewhere.
                let Ok(model) = gee.fit(&design, &y) else { continue };
                let slow = slow(&rows, &y, family, &model, correlation);
                for (j, step) in slow.step.iter().enumerate() {
                    near(step / slow.naive[(j, j)].sqrt(), 0.0, 1e-8);
                }
                near_relative(model.scale(), slow.scale, 1e-9);
                let alpha = model.alpha().unwrap_or(0.0);
                let moment = slow.products.iter().map(|(lag, product, weight)| weight * match correlation {
                    Correlation::Independence => 0.0,
                    Correlation::Exchangeable => product - alpha,
                    _ => lag * alpha.powi(*lag as i32 - 1) * (product - alpha.powi(*lag as i32)),
                }).sum::<f64>();
                if alpha.abs() < 0.99 {
                    near(moment / slow.products.len().max(1) as f64, 0.0, 1e-8);
                }
                for (variance, twin) in [
                    (Variance::Model, &slow.naive),
                    (Variance::Robust, &slow.robust),
                    (Variance::KauermannCarroll, &slow.kauermann_carroll),
                    (Variance::ManclDeRouen, &slow.mancl_derouen),
                    (Variance::FayGraubard, &slow.fay_graubard),
                ] {
                    let own = model.covariance(variance).expect("a covariance");
                    for (i, j) in [(0, 0), (1, 1), (2, 2), (1, 2)] {
                        near(own[(i, j)], twin[(i, j)], 1e-7);
                    }
                    near_relative(own[(2, 2)], twin[(2, 2)], 1e-6);
                }
            }
        }
    }

    /// Under independence the linear family is least squares; Kauermann and Carroll's correction is CR2, with the same degrees of freedom.
    #[test]
    fn independence_is_a_model_with_clusters(rows in rows()) {
        let design = rows.design();
        let clusters = Clusters::new(&rows.labels).expect("clusters");
        let y = rows.outcome(Family::Linear);
        let model = Gee::new(Family::Linear, Correlation::Independence, &clusters).fit(&design, &y).expect("a fit");
        let least_squares = LinearModel::fit(&design, &y).expect("a fit");
        let own = model.estimates(Variance::KauermannCarroll, Freedom::Satterthwaite, Level::default()).expect("estimates");
        let twin = least_squares.estimates(linear::Variance::Cr2(&clusters), Level::default()).expect("estimates");
        for (own, twin) in own.iter().zip(&twin) {
            near(own.value, twin.value, 1e-10);
            near_relative(own.se, twin.se, 1e-9);
            near_relative(own.reference.df().expect("df"), twin.reference.df().expect("df"), 1e-8);
        }
        let y = rows.outcome(Family::Logistic);
        let model = Gee::new(Family::Logistic, Correlation::Independence, &clusters).fit(&design, &y).expect("a fit");
        let plain = Glm::new(Family::Logistic).fit(&design, &y).expect("a fit");
        let own = model.covariance(Variance::Robust).expect("a covariance");
        let twin = plain.covariance(glm::Variance::Cr0(&clusters)).expect("a covariance");
        near_relative(own[(2, 2)], twin[(2, 2)], 1e-9);
        let t = model.estimate(&[0.0, 0.0, 1.0], Variance::ManclDeRouen, Freedom::Clusters, Level::default()).expect("an estimate");
        assert_eq!(t.reference.df(), Some(clusters.count() as f64 - 3.0));
        let wald = model.wald(&[vec![0.0, 0.0, 1.0]], Variance::Robust).expect("a test");
        let z = model.estimate(&[0.0, 0.0, 1.0], Variance::Robust, Freedom::Normal, Level::default()).expect("an estimate");
        near_relative(wald.statistic, z.statistic.powi(2), 1e-10);
    }

    /// The order of rows, the names of clusters and the units of columns do not matter; two visits are AR(1) and exchangeable at once.
    #[test]
    fn solutions_do_not_depend_on_order_or_units(rows in rows()) {
        let y = rows.outcome(Family::Poisson);
        let clusters = Clusters::new(&rows.labels).expect("clusters");
        let order: Vec<usize> = (0..y.len()).rev().collect();
        let turned = Rows {
            x: order.iter().map(|at| 1e-4 * rows.x[*at] + 2.0).collect(),
            arm: order.iter().map(|at| rows.arm[*at]).collect(),
            labels: order.iter().map(|at| format!("cluster {}", rows.labels[*at])).collect(),
            visits: order.iter().map(|at| rows.visits[*at]).collect(),
            ..rows.clone()
        };
        let z: Vec<f64> = order.iter().map(|at| y[*at]).collect();
        let other = Clusters::new(&turned.labels).expect("clusters");
        let (one, two) = (rows.design(), turned.design());
        for moments in [Moments::Geepack, Moments::LiangZeger] {
            for correlation in [Correlation::Exchangeable, Correlation::Ar1] {
                let plain = Gee::new(Family::Poisson, correlation, &clusters).visits(&rows.visits).moments(moments).fit(&one, &y);
                let moved = Gee::new(Family::Poisson, correlation, &other).visits(&turned.visits).moments(moments).fit(&two, &z);
                let (Ok(plain), Ok(moved)) = (plain, moved) else { continue };
                near(moved.coefficients()[2], plain.coefficients()[2], 1e-8);
                near(1e-4 * moved.coefficients()[1], plain.coefficients()[1], 1e-8);
                for variance in [Variance::Robust, Variance::KauermannCarroll, Variance::ManclDeRouen] {
                    let se = |model: &FittedGee<'_>| model.estimate(&[0.0, 0.0, 1.0], variance, Freedom::Normal, Level::default()).expect("an estimate").se;
                    near_relative(se(&moved), se(&plain), 1e-6);
                }
            }
        }
        let pairs: Vec<String> = (0..y.len()).map(|i| (i / 2).to_string()).collect();
        let clusters = Clusters::new(&pairs).expect("clusters");
        let fit = |correlation| Gee::new(Family::Linear, correlation, &clusters).fit(&one, &y).expect("a fit");
        let (ar1, exchangeable, unstructured) = (fit(Correlation::Ar1), fit(Correlation::Exchangeable), fit(Correlation::Unstructured));
        near(ar1.coefficients()[2], exchangeable.coefficients()[2], 1e-9);
        near(ar1.alpha().expect("a correlation"), exchangeable.alpha().expect("a correlation"), 1e-10);
        near(unstructured.correlation(1, 2).expect("a correlation"), exchangeable.alpha().expect("a correlation"), 1e-10);
        near(unstructured.coefficients()[2], exchangeable.coefficients()[2], 1e-9);
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

#[test]
fn hostile_clusters() {
    let ones = [1.0; 6];
    let x = [1.0, 2.0, 4.0, 3.0, 0.0, 5.0];
    let y = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
    let design = Design::from_columns(&[("one", &ones), ("x", &x)]).expect("a design");
    let clusters = Clusters::new(&["a", "a", "b", "b", "c", "c"]).expect("clusters");
    let linear = Gee::new(Family::Linear, Correlation::Exchangeable, &clusters);
    assert_eq!(
        refusal(linear.visits(&[1, 1, 1, 2, 1, 2]).fit(&design, &y)),
        "rows 1 and 2 are the same visit (1) of one cluster; each visit counts once"
    );
    assert_eq!(
        refusal(linear.visits(&[1, 2]).fit(&design, &y)),
        "the list of visits has length 2 where 6 is needed"
    );
    assert_eq!(
        refusal(linear.fit(&design, &y[..4])),
        "the outcome has length 4 where 6 is needed"
    );
    assert_eq!(
        refusal(linear.weights(&[0.0; 6]).fit(&design, &y)),
        "the list of weights, row 1 is 0; it must be greater than zero"
    );
    assert!(
        refusal(linear.fit(&design, &[1.0, f64::NAN, 1.0, 1.0, 0.0, 1.0]))
            .contains("row 2: the value is NaN")
    );
    assert!(
        refusal(linear.offset(&[f64::INFINITY; 6]).fit(&design, &y))
            .starts_with("the offset, row 1")
    );
    assert_eq!(
        refusal(linear.fit(&design, &ones)),
        "the outcome about its fitted means does not vary, so that no standard error exists"
    );
    let fewer = Clusters::new(&["a", "a", "b", "b"]).expect("clusters");
    let other = Gee::new(Family::Linear, Correlation::Exchangeable, &fewer);
    assert_eq!(
        refusal(other.fit(&design, &y)),
        "the list of clusters has length 4 where 6 is needed"
    );
    assert!(
        refusal(
            Gee::new(Family::Logistic, Correlation::Exchangeable, &clusters)
                .fit(&design, &[1.0; 6])
        )
        .contains("the outcome is 1 in all 6 rows")
    );
    let two = Clusters::new(&["a", "a", "a", "b", "b", "b"]).expect("clusters");
    let model = Gee::new(Family::Linear, Correlation::Independence, &two)
        .fit(&design, &y)
        .expect("a fit");
    assert_eq!(
        refusal(model.estimates(Variance::Robust, Freedom::Normal, Level::default())),
        "a robust variance of 2 coefficients needs at least 3 clusters; there are 2"
    );
    assert!(
        model
            .estimates(Variance::Model, Freedom::Normal, Level::default())
            .is_ok()
    );
    let single = Clusters::new(&["a", "b", "c", "d", "e", "f"]).expect("clusters");
    assert_eq!(
        refusal(Gee::new(Family::Linear, Correlation::Exchangeable, &single).fit(&design, &y)),
        "a working correlation needs at least 1 pairs of rows within clusters; there are 0"
    );
}

/// Outcomes that are opposite within clusters have a correlation that no cluster of their size can have.
#[test]
fn correlations_that_cannot_be() {
    let mut y = Vec::new();
    let mut labels = Vec::new();
    for cluster in 0..12_u32 {
        let pattern: &[f64] = if cluster < 8 {
            &[3.0, -3.0]
        } else {
            &[0.1, -0.1, 0.1, -0.1, 0.1, -0.1]
        };
        for value in pattern {
            y.push(value + 0.01 * f64::from(cluster));
            labels.push(cluster.to_string());
        }
    }
    let ones = vec![1.0; y.len()];
    let design = Design::from_columns(&[("one", &ones)]).expect("a design");
    let clusters = Clusters::new(&labels).expect("clusters");
    let sentence =
        refusal(Gee::new(Family::Linear, Correlation::Exchangeable, &clusters).fit(&design, &y));
    assert!(
        sentence.contains("which 6 rows of a cluster cannot have"),
        "{sentence}"
    );
}
