//! Input that cannot be analysed is refused with a sentence that says what is wrong.

use cotreat_stats::design::{Design, Variables};
use cotreat_stats::linear::{Clusters, LinearModel, Variance};
use cotreat_stats::multiplicity::{Adjustment, adjust, tukey};
use cotreat_stats::{Fault, Level, Outcome};

/// The sentence of a refusal.
#[track_caller]
fn refusal<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => panic!("this should have been refused"),
        Err(fault) => fault.to_string(),
    }
}

fn model(columns: &[(&str, &[f64])], y: &[f64]) -> Outcome<LinearModel> {
    LinearModel::fit(&Design::from_columns(columns)?, y)
}

#[test]
fn numbers_that_are_none() {
    let x = [1.0, f64::NAN, 3.0];
    assert_eq!(
        refusal(Variables::new().number("age", &x).map(|_| ())),
        "`age`, row 2: the value is NaN; leave rows with missing values out beforehand, and say so"
    );
    assert_eq!(
        refusal(model(
            &[("x", &[1.0, 2.0, 4.0])],
            &[0.0, f64::INFINITY, 1.0]
        )),
        "the outcome, row 2: the value is inf; leave rows with missing values out beforehand, and say so"
    );
}

#[test]
fn columns_that_say_nothing_new() {
    let mut variables = Variables::new();
    variables
        .factor(
            "arm",
            &["usual", "massage", "usual", "massage", "usual"],
            &["usual", "massage", "exercise"],
        )
        .and_then(|v| v.number("age", &[30.0, 40.0, 50.0, 35.0, 61.0]))
        .and_then(|v| v.number("born", &[70.0, 60.0, 50.0, 65.0, 39.0]))
        .expect("variables");
    let design = Design::formula(&variables, "arm + age + born");
    let y = [1.0, 2.0, 4.0, 3.0, 1.0];
    assert_eq!(
        refusal(design.and_then(|design| LinearModel::fit(&design, &y))),
        "a linear model with 5 columns needs at least 6 rows; there are 5"
    );
    let design = Design::formula(&variables, "arm + age");
    assert_eq!(
        refusal(design.and_then(|design| LinearModel::fit(&design, &y))),
        "`armexercise` holds only zeros (no row has that level): leave out what says nothing new, or join levels"
    );
    let design = Design::formula(&variables, "age + born");
    assert_eq!(
        refusal(design.and_then(|design| LinearModel::fit(&design, &y))),
        "`born` follows from the columns before: leave out what says nothing new, or join levels"
    );
}

#[test]
fn sizes_that_do_not_fit() {
    assert_eq!(refusal(model(&[], &[])), "the data set is empty");
    assert_eq!(refusal(model(&[("x", &[])], &[])), "the data set is empty");
    assert_eq!(
        refusal(model(&[("x", &[1.0])], &[1.0])),
        "a linear model with 1 columns needs at least 2 rows; there are 1"
    );
    assert_eq!(
        refusal(model(&[("x", &[1.0, 2.0])], &[1.0])),
        "the outcome has length 1 where 2 is needed"
    );
    assert_eq!(
        refusal(Clusters::new(&["a", "a"])),
        "a cluster-robust variance needs at least 2 clusters; there are 1"
    );
    let mut variables = Variables::new();
    assert!(matches!(
        variables.factor("arm", &["a", "b"], &["a"]).map(|_| ()),
        Err(Fault::UnknownInRow { row: 2, .. })
    ));
    assert!(matches!(
        variables.factor("arm", &["a"], &[]).map(|_| ()),
        Err(Fault::Empty { .. })
    ));
    assert!(matches!(
        variables.factor("arm", &["a"], &["a", "a"]).map(|_| ()),
        Err(Fault::Twice { .. })
    ));
}

#[test]
fn names_that_do_not_exist() {
    let mut variables = Variables::new();
    variables
        .number("age", &[1.0, 2.0, 4.0])
        .expect("a variable");
    assert_eq!(
        refusal(Design::formula(&variables, "agge")),
        "there is no variable `agge`; there is `age`"
    );
    assert!(refusal(Design::formula(&variables, "age +")).contains("empty term"));
    assert!(refusal(Design::formula(&variables, "0")).contains("no term and no intercept"));
    let design = Design::formula(&variables, "age").expect("a design");
    assert!(refusal(design.adjusted_means("age")).contains("is a number"));
    assert!(refusal(design.coefficient("sex")).starts_with("there is no coefficient `sex`"));
}

#[test]
fn fits_without_uncertainty() {
    let x = [1.0, 2.0, 3.0, 4.0];
    let perfect = model(&[("one", &[1.0; 4]), ("x", &x)], &[3.0, 5.0, 7.0, 9.0]).expect("a fit");
    assert_eq!(
        refusal(perfect.estimates(Variance::Classical, Level::default())),
        "the outcome about its fitted values does not vary, so that no standard error exists"
    );
    let constant = model(&[("one", &[1.0; 4])], &[0.0; 4]).expect("a fit");
    assert!(refusal(constant.covariance(Variance::Hc0)).contains("does not vary"));
    // The only patient of an arm is fitted whatever happened to them.
    let alone = model(
        &[("one", &[1.0; 4]), ("arm", &[0.0, 0.0, 0.0, 1.0])],
        &[3.0, 5.0, 7.0, 9.0],
    )
    .expect("a fit");
    assert!(
        alone
            .estimates(Variance::Classical, Level::default())
            .is_ok()
    );
    assert!(
        refusal(alone.covariance(Variance::Hc3))
            .starts_with("row 4 alone determines a coefficient")
    );
}

#[test]
fn ten_thousand_columns() {
    let x: Vec<f64> = (0..50).map(f64::from).collect();
    let names: Vec<String> = (0..10_000).map(|at| format!("x{at}")).collect();
    let columns: Vec<(&str, &[f64])> = names
        .iter()
        .map(|name| (name.as_str(), x.as_slice()))
        .collect();
    assert_eq!(
        refusal(model(&columns, &x)),
        "a linear model with 10000 columns needs at least 10001 rows; there are 50"
    );
}

#[test]
fn huge_and_tiny_numbers() {
    let x = [1e300, 2e300, 4e300, 8e300];
    let fit = model(&[("one", &[1e-300; 4]), ("x", &x)], &[1.0, 2.0, 3.0, 9.0]).expect("a fit");
    assert!(fit.coefficients().iter().all(|b| b.is_finite()));
    // What cannot be represented is refused and does not travel on as an infinity.
    let outcome = fit.estimates(Variance::Classical, Level::default());
    assert!(outcome.map_or(true, |all| all.iter().all(|e| e.se.is_finite())));
}

#[test]
fn p_values_and_levels_outside_their_range() {
    assert_eq!(
        refusal(adjust(&[0.1, 1.2], Adjustment::Holm)),
        "p value 2 is 1.2; it must be between 0 and 1"
    );
    assert!(adjust(&[f64::NAN], Adjustment::Hommel).is_err());
    assert_eq!(adjust(&[], Adjustment::Hommel), Ok(Vec::new()));
    assert!(tukey(f64::NAN, 3, 10.0).is_err());
    assert!(tukey(2.0, 1, 10.0).is_err());
    assert_eq!(
        refusal(Level::new(95.0)),
        "the confidence level is 95; it must be between 0 and 1"
    );
}
