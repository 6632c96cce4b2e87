//! Least squares and its variances against slow twins and the simulated trial.

use cotreat_stats::design::Design;
use cotreat_stats::linear::{Clusters, LinearModel, Variance};
use cotreat_stats::{Level, Mat};
use proptest::prelude::*;

use crate::{near, near_relative, trial};

/// Made with R 4.2.2: `lm(rdq ~ rdq0 + arm + site + age + female)` at week 10, `sandwich::vcovHC`, `emmeans`,
/// `clubSandwich::vcovCR` and `coef_test` with therapists as clusters and patients of usual care alone.
#[test]
fn ancova_of_the_simulated_trial() {
    let table = trial::week("10");
    let design = Design::formula(
        &trial::variables(&table),
        "rdq0 + arm + site + age + female",
    )
    .expect("a design");
    let model = LinearModel::fit(&design, &table.numbers("rdq")).expect("a fit");
    assert_eq!(model.residual_df(), 375.0);
    near_relative(model.sigma(), 3.658_949_582_892_5, 1e-12);
    near_relative(model.r_squared(), 0.404_252_511_141_386, 1e-12);
    let relaxation = design.coefficient("armrelaxation").expect("a coefficient");
    let of = |variance| {
        model
            .estimate(&relaxation, variance, Level::default())
            .expect("an estimate")
    };
    let own = of(Variance::Classical);
    near_relative(own.value, -2.773_124_316_230_85, 1e-12);
    near_relative(own.se, 0.458_380_972_787_796, 1e-12);
    near_relative(own.p, 3.513_115_460_874_74e-9, 1e-11);
    near_relative(own.interval.upper, -1.871_805_151_919_72, 1e-12);
    near_relative(of(Variance::Hc3).se, 0.453_071_870_390_729, 1e-12);
    let clusters = Clusters::new(&table.texts("cluster")).expect("clusters");
    let own = of(Variance::Cr2(&clusters));
    near_relative(own.se, 0.419_214_923_415_407, 1e-12);
    near_relative(own.reference.df().expect("df"), 81.189_474_238_947_5, 1e-11);
    let means = model
        .adjusted_means("arm", Variance::Classical, Level::default())
        .expect("means");
    near_relative(means[0].1.value, 8.385_175_117_685_99, 1e-12);
    near_relative(means[0].1.se, 0.358_366_873_683_815, 1e-12);
}

/// Solves A·b = c by Gauss elimination: the slow twin of everything that is decomposed.
pub fn eliminate(a: &Mat<f64>, c: &Mat<f64>) -> Mat<f64> {
    let n = a.nrows();
    let (mut a, mut c) = (a.clone(), c.clone());
    for pivot in 0..n {
        for row in pivot + 1..n {
            let factor = a[(row, pivot)] / a[(pivot, pivot)];
            for j in pivot..n {
                a[(row, j)] -= factor * a[(pivot, j)];
            }
            for j in 0..c.ncols() {
                c[(row, j)] -= factor * c[(pivot, j)];
            }
        }
    }
    let mut b = Mat::zeros(n, c.ncols());
    for row in (0..n).rev() {
        for j in 0..c.ncols() {
            let known: f64 = (row + 1..n).map(|k| a[(row, k)] * b[(k, j)]).sum();
            b[(row, j)] = (c[(row, j)] - known) / a[(row, row)];
        }
    }
    b
}

/// The inverse square root of a symmetric positive definite matrix by Denman and Beavers' iteration.
pub fn inverse_root(a: &Mat<f64>) -> Mat<f64> {
    let unit = Mat::<f64>::identity(a.nrows(), a.nrows());
    let (mut y, mut z) = (a.clone(), unit.clone());
    for _ in 0..60 {
        let (next_y, next_z) = (eliminate(&z, &unit), eliminate(&y, &unit));
        y = Mat::from_fn(a.nrows(), a.nrows(), |i, j| {
            0.5 * (y[(i, j)] + next_y[(i, j)])
        });
        z = Mat::from_fn(a.nrows(), a.nrows(), |i, j| {
            0.5 * (z[(i, j)] + next_z[(i, j)])
        });
    }
    z
}

/// CR2 and Satterthwaite's degrees of freedom as the papers write them, with matrices of the size of the data.
fn slow_cr2(x: &Mat<f64>, y: &Mat<f64>, labels: &[String], c: &[f64]) -> (f64, f64) {
    let n = x.nrows();
    let cross = x.transpose() * x;
    let unit = Mat::<f64>::identity(x.ncols(), x.ncols());
    let bread = eliminate(&cross, &unit);
    let hat = x * &bread * x.transpose();
    let rest = Mat::from_fn(n, n, |i, j| f64::from(u8::from(i == j)) - hat[(i, j)]);
    let e = &rest * y;
    let c = Mat::from_fn(c.len(), 1, |i, _| c[i]);
    let mut groups = labels.to_vec();
    groups.sort();
    groups.dedup();
    let mut variance = 0.0;
    let mut columns = Vec::new();
    for group in &groups {
        let rows: Vec<usize> = (0..n).filter(|i| labels[*i] == *group).collect();
        let block = Mat::from_fn(rows.len(), rows.len(), |i, j| rest[(rows[i], rows[j])]);
        let part = Mat::from_fn(rows.len(), x.ncols(), |i, j| x[(rows[i], j)]);
        let g = inverse_root(&block) * part * &bread * &c;
        variance += (0..rows.len())
            .map(|i| g[(i, 0)] * e[(rows[i], 0)])
            .sum::<f64>()
            .powi(2);
        let full = Mat::from_fn(n, 1, |i, _| {
            rows.iter()
                .position(|r| *r == i)
                .map_or(0.0, |at| g[(at, 0)])
        });
        columns.push(&rest * full);
    }
    let p = Mat::from_fn(groups.len(), groups.len(), |i, j| {
        (columns[i].transpose() * &columns[j])[(0, 0)]
    });
    let trace: f64 = (0..groups.len()).map(|i| p[(i, i)]).sum();
    let square: f64 = (0..groups.len())
        .map(|i| (0..groups.len()).map(|j| p[(i, j)].powi(2)).sum::<f64>())
        .sum();
    (variance.sqrt(), trace * trace / square)
}

/// Rows with an intercept, a number and a two-armed factor coded 0 and 1, an outcome, and cluster labels.
type Rows = (Vec<f64>, Vec<f64>, Vec<f64>, Vec<String>);

fn rows() -> impl Strategy<Value = Rows> {
    let row = (-3.0_f64..3.0, -5.0_f64..5.0, 0_u8..7);
    proptest::collection::vec(row, 24..40).prop_map(|rows| {
        let arm = (0..rows.len())
            .map(|at| f64::from(u8::from(at % 3 == 0)))
            .collect();
        let labels = rows.iter().map(|row| row.2.to_string()).collect();
        (
            rows.iter().map(|row| row.0).collect(),
            arm,
            rows.iter().map(|row| row.1).collect(),
            labels,
        )
    })
}

proptest! {
    #[test]
    fn qr_equals_the_normal_equations((x, arm, y, _) in rows()) {
        let ones = vec![1.0; x.len()];
        let design = Design::from_columns(&[("one", &ones), ("x", &x), ("arm", &arm)]).expect("a design");
        let model = LinearModel::fit(&design, &y).expect("a fit");
        let cross = design.matrix().transpose() * design.matrix();
        let right = design.matrix().transpose() * Mat::from_fn(y.len(), 1, |i, _| y[i]);
        let slow = eliminate(&cross, &right);
        for (at, own) in model.coefficients().iter().enumerate() {
            near(*own, slow[(at, 0)], 1e-10);
        }
        let inverse = eliminate(&cross, &Mat::identity(3, 3));
        let own = model.covariance(Variance::Classical).expect("a covariance");
        near(own[(1, 2)], inverse[(1, 2)] * model.sigma().powi(2), 1e-10);
    }

    #[test]
    fn cr2_equals_its_slow_twin((x, arm, y, labels) in rows()) {
        let ones = vec![1.0; x.len()];
        let design = Design::from_columns(&[("one", &ones), ("x", &x), ("arm", &arm)]).expect("a design");
        let model = LinearModel::fit(&design, &y).expect("a fit");
        let clusters = Clusters::new(&labels).expect("clusters");
        let weights = [0.0, 0.5, 1.0];
        let own = model.estimate(&weights, Variance::Cr2(&clusters), Level::default()).expect("an estimate");
        let outcome = Mat::from_fn(y.len(), 1, |i, _| y[i]);
        let (se, df) = slow_cr2(design.matrix(), &outcome, &labels, &weights);
        near_relative(own.se, se, 1e-8);
        near_relative(own.reference.df().expect("df"), df, 1e-8);
    }

    /// Clusters of one row are no clusters: CR2 is HC2, and CR0 is HC0.
    #[test]
    fn single_rows_are_no_clusters((x, arm, y, _) in rows()) {
        let ones = vec![1.0; x.len()];
        let design = Design::from_columns(&[("one", &ones), ("x", &x), ("arm", &arm)]).expect("a design");
        let model = LinearModel::fit(&design, &y).expect("a fit");
        let labels: Vec<String> = (0..x.len()).map(|i| i.to_string()).collect();
        let clusters = Clusters::new(&labels).expect("clusters");
        for (alone, clustered) in [(Variance::Hc2, Variance::Cr2(&clusters)), (Variance::Hc0, Variance::Cr0(&clusters))] {
            let (alone, clustered) = (model.covariance(alone).expect("a"), model.covariance(clustered).expect("b"));
            near_relative(clustered[(2, 2)], alone[(2, 2)], 1e-10);
        }
    }
}
