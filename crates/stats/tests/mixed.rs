//! Mixed models: balanced data with answers in closed form, the simulated trial, edges.

use cotreat_stats::design::{Design, Variables};
use cotreat_stats::mixed::{Freedom, Likelihood, MixedModel, Mmrm, RandomTerm, Structure};
use cotreat_stats::{Fault, Level, Outcome};

use crate::{near, near_relative, trial};

/// Distance from the pituitary to the pterygomaxillary fissure (mm) of 27 children at 8, 10, 12 and 14 years; whether a girl. Potthoff RF, Roy SN.
/// Biometrika 1964;51:313–326, Table 1.
const CHILDREN: [(bool, [f64; 4]); 27] = [
    (false, [26.0, 25.0, 29.0, 31.0]),
    (false, [21.5, 22.5, 23.0, 26.5]),
    (false, [23.0, 22.5, 24.0, 27.5]),
    (false, [25.5, 27.5, 26.5, 27.0]),
    (false, [20.0, 23.5, 22.5, 26.0]),
    (false, [24.5, 25.5, 27.0, 28.5]),
    (false, [22.0, 22.0, 24.5, 26.5]),
    (false, [24.0, 21.5, 24.5, 25.5]),
    (false, [23.0, 20.5, 31.0, 26.0]),
    (false, [27.5, 28.0, 31.0, 31.5]),
    (false, [23.0, 23.0, 23.5, 25.0]),
    (false, [21.5, 23.5, 24.0, 28.0]),
    (false, [17.0, 24.5, 26.0, 29.5]),
    (false, [22.5, 25.5, 25.5, 26.0]),
    (false, [23.0, 24.5, 26.0, 30.0]),
    (false, [22.0, 21.5, 23.5, 25.0]),
    (true, [21.0, 20.0, 21.5, 23.0]),
    (true, [21.0, 21.5, 24.0, 25.5]),
    (true, [20.5, 24.0, 24.5, 26.0]),
    (true, [23.5, 24.5, 25.0, 26.5]),
    (true, [21.5, 23.0, 22.5, 23.5]),
    (true, [20.0, 21.0, 21.0, 22.5]),
    (true, [21.5, 22.5, 23.0, 25.0]),
    (true, [23.0, 23.0, 23.5, 24.0]),
    (true, [20.0, 21.0, 22.0, 21.5]),
    (true, [16.5, 19.0, 19.0, 19.5]),
    (true, [24.5, 25.0, 28.0, 28.0]),
];

const AGES: [&str; 4] = ["8", "10", "12", "14"];

/// One row per child and age.
struct Long {
    variables: Variables,
    distance: Vec<f64>,
    child: Vec<String>,
    visit: Vec<&'static str>,
}

fn long() -> Long {
    let rows = || (0..27).flat_map(|child| (0..4).map(move |age| (child, age)));
    let sex: Vec<&str> = rows()
        .map(|(child, _)| if CHILDREN[child].0 { "girl" } else { "boy" })
        .collect();
    let visit: Vec<&str> = rows().map(|(_, age)| AGES[age]).collect();
    let age: Vec<f64> = rows().map(|(_, age)| 8.0 + 2.0 * age as f64).collect();
    let mut variables = Variables::new();
    variables
        .factor("sex", &sex, &["boy", "girl"])
        .and_then(|v| v.factor("visit", &visit, &AGES))
        .and_then(|v| v.number("age", &age))
        .expect("variables");
    Long {
        variables,
        distance: rows().map(|(child, age)| CHILDREN[child].1[age]).collect(),
        child: rows().map(|(child, _)| child.to_string()).collect(),
        visit,
    }
}

/// With complete data and an unstructured covariance the comparison at each visit is the pooled t test of that visit: 25 degrees of freedom,
/// whatever the method.
#[test]
fn unstructured_and_complete_is_a_t_test_per_visit() {
    let data = long();
    let design = Design::formula(&data.variables, "sex * visit").expect("a design");
    let model = Mmrm::fit(
        &design,
        &data.distance,
        &data.child,
        &data.visit,
        &AGES,
        Structure::Unstructured,
        Likelihood::Restricted,
    );
    let model = model.expect("a fit");
    for (at, age) in AGES.iter().enumerate() {
        let of = |girl: bool| -> Vec<f64> {
            let own = CHILDREN.iter().filter(|(sex, _)| *sex == girl);
            own.map(|(_, values)| values[at]).collect()
        };
        let (girls, boys) = (of(true), of(false));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let squares = |values: &[f64]| {
            values
                .iter()
                .map(|v| (v - mean(values)).powi(2))
                .sum::<f64>()
        };
        let variance = (squares(&girls) + squares(&boys)) / 25.0;
        let se = (variance * (1.0 / 11.0 + 1.0 / 16.0)).sqrt();
        near_relative(model.visit_covariance()[(at, at)], variance, 1e-9);
        for freedom in [Freedom::Satterthwaite, Freedom::KenwardRogerLinear] {
            let own = model
                .fitted()
                .pairwise("sex", &[("visit", age)], freedom, Level::default())
                .expect("a comparison");
            assert_eq!(own[0].0, "girl - boy");
            near_relative(own[0].1.value, mean(&girls) - mean(&boys), 1e-9);
            near_relative(own[0].1.se, se, 1e-8);
            near_relative(own[0].1.reference.df().expect("df"), 25.0, 1e-7);
        }
    }
}

/// Balanced random intercepts have restricted estimates in closed form: residual = mean square within children, intercept = (mean square between −
/// residual)/4. Between children Satterthwaite and Kenward–Roger give 25 degrees of freedom, within children 79.
#[test]
fn balanced_random_intercepts_in_closed_form() {
    let data = long();
    let design = Design::formula(&data.variables, "age * sex").expect("a design");
    let terms = [RandomTerm::intercept("child", &data.child).expect("a term")];
    let model =
        MixedModel::fit(&design, &data.distance, &terms, Likelihood::Restricted).expect("a fit");
    let (mut between, mut within) = (0.0, 0.0);
    for girl in [false, true] {
        let own: Vec<&[f64; 4]> = CHILDREN
            .iter()
            .filter(|(sex, _)| *sex == girl)
            .map(|(_, v)| v)
            .collect();
        let n = own.len() as f64;
        let mean = |values: &[f64; 4]| values.iter().sum::<f64>() / 4.0;
        let grand = own.iter().map(|v| mean(v)).sum::<f64>() / n;
        between += own
            .iter()
            .map(|v| 4.0 * (mean(v) - grand).powi(2))
            .sum::<f64>();
        // The slope of a group on age, which runs −3, −1, 1, 3 about its middle.
        let slope = own
            .iter()
            .map(|v| -3.0 * v[0] - v[1] + v[2] + 3.0 * v[3])
            .sum::<f64>()
            / (20.0 * n);
        for values in own {
            for (value, age) in values.iter().zip([-3.0, -1.0, 1.0, 3.0]) {
                within += (value - mean(values) - slope * age).powi(2);
            }
        }
    }
    let residual = within / 79.0;
    near_relative(model.sigma().powi(2), residual, 1e-8);
    near_relative(
        model.components()[0].value,
        (between / 25.0 - residual) / 4.0,
        1e-8,
    );
    assert!(!model.fitted().is_singular());
    let slope = design.coefficient("age:sexgirl").expect("a coefficient");
    for freedom in [Freedom::Satterthwaite, Freedom::KenwardRoger] {
        let own = model
            .fitted()
            .estimate(&slope, freedom, Level::default())
            .expect("an estimate");
        near_relative(own.reference.df().expect("df"), 79.0, 1e-6);
        near_relative(
            own.se,
            (residual * (1.0 / (20.0 * 11.0) + 1.0 / (20.0 * 16.0))).sqrt(),
            1e-8,
        );
    }
}

/// A random intercept and compound symmetry are one model where the correlation is positive.
#[test]
fn compound_symmetry_is_a_random_intercept() {
    let data = long();
    let design = Design::formula(&data.variables, "visit * sex").expect("a design");
    let terms = [RandomTerm::intercept("child", &data.child).expect("a term")];
    for likelihood in [Likelihood::Restricted, Likelihood::Full] {
        let mixed = MixedModel::fit(&design, &data.distance, &terms, likelihood).expect("a fit");
        let model = Mmrm::fit(
            &design,
            &data.distance,
            &data.child,
            &data.visit,
            &AGES,
            Structure::CompoundSymmetry,
            likelihood,
        )
        .expect("a fit");
        near_relative(
            model.fitted().log_likelihood(),
            mixed.fitted().log_likelihood(),
            1e-12,
        );
        near_relative(
            model.visit_covariance()[(0, 1)],
            mixed.components()[0].value,
            1e-7,
        );
        let all = |fitted: &cotreat_stats::mixed::Fitted| {
            fitted
                .estimates(Freedom::Satterthwaite, Level::default())
                .expect("estimates")
        };
        for (one, other) in all(model.fitted()).iter().zip(all(mixed.fitted())) {
            near_relative(one.se, other.se, 1e-8);
            near_relative(
                one.reference.df().expect("df"),
                other.reference.df().expect("df"),
                1e-5,
            );
        }
    }
}

/// Made with R 4.2.2: `mmrm` 0.3.18 brought to the exact optimum, `lme4` 1.1-31 with `lmerTest` and `pbkrtest`, on the simulated trial.
#[test]
fn the_simulated_trial() {
    let table = trial::visits();
    let mut variables = trial::variables(&table);
    let visits = table.texts("visit");
    let order = ["10", "26", "52"];
    variables.factor("visit", &visits, &order).expect("visits");
    let (y, patients) = (table.numbers("rdq"), table.texts("id"));
    let design = Design::formula(&variables, "rdq0 * visit + site + age + female + arm:visit")
        .expect("a design");
    let model = Mmrm::fit(
        &design,
        &y,
        &patients,
        &visits,
        &order,
        Structure::Unstructured,
        Likelihood::Restricted,
    )
    .expect("a fit");
    near_relative(
        model.fitted().log_likelihood(),
        -2_934.339_824_503_65,
        1e-12,
    );
    near_relative(model.visit_covariance()[(0, 0)], 13.440_713_723_371_8, 1e-7);
    let weights = design
        .coefficient("visit10:armrelaxation")
        .expect("a coefficient");
    let of = |freedom| {
        model
            .fitted()
            .estimate(&weights, freedom, Level::default())
            .expect("an estimate")
    };
    let own = of(Freedom::Satterthwaite);
    near_relative(own.value, -2.875_480_586_064_76, 1e-8);
    near_relative(own.se, 0.454_087_211_098_866, 1e-8);
    near_relative(own.reference.df().expect("df"), 387.425_595, 1e-6);
    near_relative(of(Freedom::KenwardRoger).se, 0.453_542_485_460_422, 1e-7);
    near_relative(
        of(Freedom::KenwardRogerLinear).se,
        0.454_158_077_000_992,
        1e-7,
    );
    let at = design
        .names()
        .iter()
        .position(|name| name == "visit10:armrelaxation")
        .expect("a place");
    near_relative(
        model.fitted().empirical_covariance()[(at, at)].sqrt(),
        0.442_653_563_672_513,
        1e-5,
    );

    let design =
        Design::formula(&variables, "rdq0 + arm * visit + site + age + female").expect("a design");
    let terms = [RandomTerm::intercept("id", &patients).expect("a term")];
    let mixed = MixedModel::fit(&design, &y, &terms, Likelihood::Restricted).expect("a fit");
    near_relative(
        mixed.fitted().log_likelihood(),
        -2_933.384_466_523_89,
        1e-12,
    );
    near_relative(mixed.components()[0].value, 7.492_964_537, 1e-6);
    let weights = design.coefficient("armrelaxation").expect("a coefficient");
    let own = mixed
        .fitted()
        .estimate(&weights, Freedom::KenwardRoger, Level::default())
        .expect("an estimate");
    near_relative(own.se, 0.441_283_983_238_732, 1e-7);
    near_relative(own.reference.df().expect("df"), 703.782_607_6, 1e-6);
}

#[test]
fn a_variance_of_zero_is_said_to_be_zero() {
    // Pairs that differ more within than between.
    let y = [1.0, 9.0, 2.0, 8.5, 1.5, 9.5, 0.5, 8.0, 1.2, 9.1];
    let pair: Vec<String> = (0..10).map(|at| (at / 2).to_string()).collect();
    let ones = [1.0; 10];
    let design = Design::from_columns(&[("one", &ones)]).expect("a design");
    let terms = [RandomTerm::intercept("pair", &pair).expect("a term")];
    let model = MixedModel::fit(&design, &y, &terms, Likelihood::Restricted).expect("a fit");
    assert!(model.fitted().is_singular());
    near(model.components()[0].value, 0.0, 1e-6);
    // What is left is the plain mean with its plain standard error.
    let mean = y.iter().sum::<f64>() / 10.0;
    let variance = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / 9.0;
    let own = model
        .fitted()
        .estimate(&[1.0], Freedom::Satterthwaite, Level::default())
        .expect("an estimate");
    near_relative(own.se, (variance / 10.0).sqrt(), 1e-7);
    near_relative(own.reference.df().expect("df"), 9.0, 1e-5);
}

#[track_caller]
fn refusal<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => panic!("this should have been refused"),
        Err(fault) => fault.to_string(),
    }
}

fn small(y: &[f64], patients: &[&str], visits: &[&str], order: &[&str]) -> Outcome<Mmrm> {
    let ones = vec![1.0; y.len()];
    let design = Design::from_columns(&[("one", &ones)])?;
    Mmrm::fit(
        &design,
        y,
        patients,
        visits,
        order,
        Structure::Unstructured,
        Likelihood::Restricted,
    )
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    let y = [1.0, 2.0, 4.0, 3.5];
    let two = ["1", "2"];
    assert_eq!(
        refusal(small(
            &y,
            &["a", "a", "b", "a"],
            &["1", "2", "1", "2"],
            &two
        )),
        "patient `a` has visit `2` twice (row 4); keep one row per patient and visit"
    );
    assert_eq!(
        refusal(small(
            &y,
            &["a", "a", "b", "b"],
            &["1", "2", "1", "3"],
            &two
        )),
        "row 4: `3` is no visit in the list of visits; there is `1`, `2`"
    );
    assert_eq!(
        refusal(small(
            &y,
            &["a", "a", "b", "b"],
            &["1", "2", "1", "2"],
            &["1", "2", "3"]
        )),
        "nobody has visit `3`; leave it out of the list of visits"
    );
    assert_eq!(
        refusal(small(&y, &["a", "b", "c", "d"], &["1"; 4], &["1"])),
        "a model for repeated measures needs at least 2 visits; there are 1"
    );
    assert!(refusal(small(&y, &["a", "a", "b"], &["1", "2", "1"], &two)).contains("length"));
    assert!(refusal(small(&y, &["a", "a", "b"], &["1", "2", "1", "2"], &two)).contains("length"));
    assert!(
        refusal(small(
            &[1.0, f64::NAN, 2.0, 3.0],
            &["a", "a", "b", "b"],
            &["1", "2", "1", "2"],
            &two
        ))
        .contains("NaN")
    );
    assert!(
        refusal(small(
            &[2.0; 4],
            &["a", "a", "b", "b"],
            &["1", "2", "1", "2"],
            &two
        ))
        .contains("does not vary")
    );
    // Two visits that nobody attended both: their covariance is not told by the data.
    let apart = small(
        &[1.0, 2.0, 4.0, 3.5, 2.0, 5.0],
        &["a", "b", "c", "d", "e", "f"],
        &["1", "2", "1", "2", "1", "2"],
        &two,
    );
    let told = apart.and_then(|model| {
        model
            .fitted()
            .estimates(Freedom::Satterthwaite, Level::default())
    });
    assert!(told.is_err());
    // One patient: nothing tells visits from each other.
    let alone = small(
        &[1.0, 2.0, 4.0],
        &["a"; 3],
        &["1", "2", "3"],
        &["1", "2", "3"],
    );
    let told = alone.and_then(|model| {
        model
            .fitted()
            .estimates(Freedom::KenwardRoger, Level::default())
    });
    assert!(told.is_err());
}

#[test]
fn random_effects_that_cannot_be_told_are_refused() {
    assert!(matches!(
        RandomTerm::intercept("id", &["a", "a"]),
        Err(Fault::TooFew { .. })
    ));
    assert!(matches!(
        RandomTerm::new("id", &["a", "b"], &[]),
        Err(Fault::Empty { .. })
    ));
    assert!(matches!(
        RandomTerm::new("id", &["a", "b"], &[("x", &[1.0])]),
        Err(Fault::Lengths { .. })
    ));
    assert!(matches!(
        RandomTerm::new("id", &["a", "b"], &[("x", &[1.0, f64::NAN])]),
        Err(Fault::NotFinite { .. })
    ));
    let ones = [1.0; 4];
    let design = Design::from_columns(&[("one", &ones)]).expect("a design");
    let y = [1.0, 2.0, 4.0, 3.5];
    let each = RandomTerm::intercept("row", &["a", "b", "c", "d"]).expect("a term");
    assert!(
        refusal(MixedModel::fit(
            &design,
            &y,
            &[each],
            Likelihood::Restricted
        ))
        .contains("fewer random effects than rows")
    );
    assert!(
        refusal(MixedModel::fit(&design, &y, &[], Likelihood::Restricted))
            .contains("random terms is empty")
    );
    let pairs = RandomTerm::intercept("pair", &["a", "a", "b", "b"]).expect("a term");
    let twice = [pairs.clone(), pairs];
    let told = MixedModel::fit(&design, &y, &twice, Likelihood::Restricted).and_then(|model| {
        model
            .fitted()
            .estimates(Freedom::KenwardRoger, Level::default())
    });
    assert!(told.is_err(), "the same groups twice cannot be told apart");
}
