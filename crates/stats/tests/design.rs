//! Columns, their names, and adjusted means by an explicit grid.

use cotreat_stats::design::{Design, Variables};

use crate::near;

/// Six rows with two factors and two numbers.
fn variables() -> Variables {
    let mut variables = Variables::new();
    variables
        .number("x", &[1.0, 2.0, 4.0, 3.0, 5.0, 9.0])
        .and_then(|v| v.factor("visit", &["1", "2", "1", "2", "1", "2"], &["1", "2"]))
        .and_then(|v| v.factor("arm", &["a", "b", "c", "a", "b", "c"], &["a", "b", "c"]))
        .and_then(|v| v.number("female", &[0.0, 1.0, 1.0, 1.0, 0.0, 1.0]))
        .expect("variables");
    variables
}

/// The names that R's `model.matrix` gives.
#[test]
fn columns_are_coded_as_in_r() {
    let names = |formula: &str| {
        Design::formula(&variables(), formula)
            .expect("a design")
            .names()
            .join(" ")
    };
    assert_eq!(names("arm"), "(Intercept) armb armc");
    assert_eq!(names("0 + arm"), "arma armb armc");
    assert_eq!(
        names("x * visit + arm:visit"),
        "(Intercept) x visit2 x:visit2 visit1:armb visit2:armb visit1:armc visit2:armc"
    );
    assert_eq!(
        names("arm * visit"),
        "(Intercept) armb armc visit2 armb:visit2 armc:visit2"
    );
    assert_eq!(names("1"), "(Intercept)");
    assert_eq!(
        names("arm:visit"),
        "(Intercept) arma:visit1 armb:visit1 armc:visit1 arma:visit2 armb:visit2 armc:visit2"
    );
    assert_eq!(names("x:arm"), "(Intercept) x:arma x:armb x:armc");
    assert_eq!(names("x + x + arm:arm"), "(Intercept) x armb armc");
}

#[test]
fn columns_hold_products() {
    let design = Design::formula(&variables(), "x * arm").expect("a design");
    let row: Vec<f64> = (0..design.names().len())
        .map(|j| design.matrix()[(5, j)])
        .collect();
    assert_eq!(row, [1.0, 9.0, 0.0, 1.0, 0.0, 9.0]);
}

/// The slow twin lays out the grid that `emmeans` describes and averages its rows.
#[test]
fn adjusted_means_average_a_grid() {
    let formula = "x * visit + arm * visit + female * arm";
    let design = Design::formula(&variables(), formula).expect("a design");
    let mut grid = Variables::new();
    let (mut visits, mut females) = (Vec::new(), Vec::new());
    for visit in ["1", "2"] {
        for female in [0.0, 1.0] {
            visits.push(visit);
            females.push(female);
        }
    }
    // The mean of x is 4. Every combination stands once.
    grid.number("x", &[4.0; 4])
        .and_then(|v| v.factor("visit", &visits, &["1", "2"]))
        .and_then(|v| v.factor("arm", &["b"; 4], &["a", "b", "c"]))
        .and_then(|v| v.number("female", &females))
        .expect("a grid");
    let rows = Design::formula(&grid, formula).expect("a design");
    let own = design.adjusted(&[("arm", "b")]).expect("weights");
    for (at, weight) in own.iter().enumerate() {
        let mean = (0..4).map(|row| rows.matrix()[(row, at)]).sum::<f64>() / 4.0;
        near(*weight, mean, 1e-15);
    }
    let at_two = design
        .adjusted_means_at("arm", &[("visit", "2")])
        .expect("weights");
    assert_eq!(at_two.len(), 3);
    assert_eq!(at_two[1].level, "b");
    near(at_two[1].weights[2], 1.0, 0.0);
}
