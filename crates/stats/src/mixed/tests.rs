//! Exact derivatives against differences, and blocks against one matrix of the size of the data.

use faer::{Mat, Side, linalg::solvers::Solve as _};

use super::covariance::Covariance;
use super::evaluation::{deviance, evaluate};
use super::fitted::Likelihood;
use super::random::{RandomTerm, for_tests};
use super::visits::{Structure, shape_for_tests};

/// Eleven patients with up to three visits, one number and an outcome that follow no pattern.
fn data() -> (Mat<f64>, Vec<f64>, Vec<String>, Vec<String>) {
    let mut rows = Vec::new();
    for patient in 0..11_usize {
        for visit in 0..3_usize {
            if (patient * 5 + visit * 3) % 7 != 1 {
                rows.push((patient, visit));
            }
        }
    }
    let wave = |a: usize, b: usize| (a as f64 * 1.7 + b as f64 * 0.9).sin();
    let x = Mat::from_fn(rows.len(), 3, |i, j| match j {
        0 => 1.0,
        1 => rows[i].1 as f64,
        _ => wave(rows[i].0, 0),
    });
    let y = rows
        .iter()
        .map(|(p, v)| 3.0 + wave(*p, 7) * 2.0 + wave(3 * p + v, *v))
        .collect();
    let patients = rows.iter().map(|(p, _)| format!("p{p}")).collect();
    let visits = rows.iter().map(|(_, v)| format!("v{v}")).collect();
    (x, y, patients, visits)
}

/// The gradient and the second derivatives against central differences.
fn check(covariance: &dyn Covariance, theta: &[f64]) {
    let (x, y, _, _) = data();
    for likelihood in [Likelihood::Restricted, Likelihood::Full] {
        let own = evaluate(&x, &y, covariance, theta, likelihood).expect("an evaluation");
        let moved = |j: usize, by: f64| {
            let mut moved = theta.to_vec();
            moved[j] += by;
            moved
        };
        let step = 1e-5;
        for j in 0..theta.len() {
            let value =
                |by: f64| deviance(&x, &y, covariance, &moved(j, by), likelihood).expect("a value");
            let slope = (value(step) - value(-step)) / (2.0 * step);
            assert!(
                (own.gradient[j] - slope).abs() < 1e-6 * slope.abs().max(1.0),
                "{j}: {} {slope}",
                own.gradient[j]
            );
            let gradient = |by: f64| {
                evaluate(&x, &y, covariance, &moved(j, by), likelihood)
                    .expect("a value")
                    .gradient
            };
            let (up, down) = (gradient(step), gradient(-step));
            for k in 0..theta.len() {
                let slope = (up[k] - down[k]) / (2.0 * step);
                assert!(
                    (own.hessian[(j, k)] - slope).abs() < 1e-6 * slope.abs().max(1.0),
                    "{j} {k}: {} {slope}",
                    own.hessian[(j, k)]
                );
            }
        }
    }
}

#[test]
fn derivatives_of_visit_structures() {
    let (_, _, patients, visits) = data();
    let order = ["v0", "v1", "v2"];
    let shape = |structure| shape_for_tests(&patients, &visits, &order, structure);
    check(
        &shape(Structure::Unstructured),
        &[0.1, -0.2, 0.3, 0.4, -0.1, 0.2],
    );
    check(&shape(Structure::CompoundSymmetry), &[0.2, 0.5]);
    check(&shape(Structure::Autoregressive), &[0.2, -0.6]);
    check(
        &shape(Structure::HeterogeneousToeplitz),
        &[0.1, -0.2, 0.3, 0.4, 0.2],
    );
}

fn terms() -> Vec<RandomTerm> {
    let (x, y, patients, visits) = data();
    let ones = vec![1.0; y.len()];
    let slope: Vec<f64> = (0..y.len()).map(|i| x[(i, 1)]).collect();
    vec![
        RandomTerm::new("patient", &patients, &[("one", &ones), ("slope", &slope)])
            .expect("a term"),
        RandomTerm::intercept("visit", &visits).expect("a term"),
    ]
}

#[test]
fn derivatives_of_random_effects() {
    let (_, y, _, _) = data();
    let theta = [0.8, 0.3, 0.5, 0.4, -0.2];
    for_tests(&terms(), y.len(), |factors| check(factors, &theta), |_| ());
    for_tests(
        &terms(),
        y.len(),
        |_| (),
        |entries| check(entries, &[0.8, 0.1, 0.5, 0.4, 0.7]),
    );
}

/// −2 log-likelihood with one V for all rows, from what the structure says row by row.
#[test]
fn blocks_equal_one_large_matrix() {
    let (x, y, patients, _) = data();
    let term = RandomTerm::intercept("patient", &patients).expect("a term");
    let theta = [1.3_f64, -0.2];
    let n = y.len();
    let v = Mat::from_fn(n, n, |i, j| {
        let own = if i == j { (2.0 * theta[1]).exp() } else { 0.0 };
        own + if patients[i] == patients[j] {
            theta[0].powi(2)
        } else {
            0.0
        }
    });
    let factor = v.llt(Side::Lower).expect("positive definite");
    let weighted = factor.solve(&x);
    let information = x.transpose() * &weighted;
    let inner = information.llt(Side::Lower).expect("positive definite");
    let outcome = Mat::from_fn(n, 1, |i, _| y[i]);
    let beta = inner.solve(weighted.transpose() * &outcome);
    let residual = &outcome - &x * beta;
    let quadratic = (residual.transpose() * factor.solve(&residual))[(0, 0)];
    let logs = |l: faer::MatRef<'_, f64>| (0..l.nrows()).map(|i| 2.0 * l[(i, i)].ln()).sum::<f64>();
    let slow = logs(factor.L()) + logs(inner.L()) + quadratic;
    let check = |own: &dyn Covariance| {
        let fast = deviance(&x, &y, own, &theta, Likelihood::Restricted).expect("a value");
        assert!((fast - slow).abs() < 1e-10 * slow.abs(), "{fast} {slow}");
    };
    for_tests(&[term], n, check, |_| ());
}
