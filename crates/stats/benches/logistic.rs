//! How long a logistic regression takes: `cargo bench -p cotreat-stats --bench logistic`.

use cotreat_stats::Level;
use cotreat_stats::design::Design;
use cotreat_stats::glm::{Family, Glm, Variance};
use std::time::Instant;
fn main() {
    let n = 1_000_000;
    let mut s: u64 = 1;
    let mut next = || {
        s = s
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (s >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut cols: Vec<Vec<f64>> = vec![vec![1.0; n]];
    for j in 1..20 {
        cols.push(
            (0..n)
                .map(|_| {
                    let u = next();
                    if j % 3 == 0 {
                        f64::from(u8::from(u < 0.3))
                    } else {
                        2.0 * u - 1.0 + j as f64
                    }
                })
                .collect(),
        );
    }
    let y: Vec<f64> = (0..n)
        .map(|i| {
            let eta: f64 = (1..20).map(|j| 0.1 * (cols[j][i] - j as f64)).sum::<f64>() - 0.5;
            f64::from(u8::from(next() < 1.0 / (1.0 + (-eta).exp())))
        })
        .collect();
    let names: Vec<String> = (0..20).map(|j| format!("x{j}")).collect();
    let list: Vec<(&str, &[f64])> = names
        .iter()
        .zip(&cols)
        .map(|(n, c)| (n.as_str(), c.as_slice()))
        .collect();
    let t = Instant::now();
    let design = Design::from_columns(&list).unwrap();
    println!("design {:?}", t.elapsed());
    for _ in 0..3 {
        let t = Instant::now();
        let m = Glm::new(Family::Logistic).fit(&design, &y).unwrap();
        let a = t.elapsed();
        let e = m.estimates(Variance::Model, Level::default()).unwrap();
        println!(
            "fit {a:?} all {:?} rounds {} dev {} b1 {:?}",
            t.elapsed(),
            m.rounds(),
            m.deviance(),
            e[1]
        );
    }
}
