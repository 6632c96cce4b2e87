//! Linear mixed models and MMRM.

use std::path::Path;

use cotreat_stats::design::{Design, Variables};
use cotreat_stats::mixed::{Fitted, Freedom, Likelihood, MixedModel, Mmrm, RandomTerm, Structure};
use cotreat_stats::{Estimate, Level};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;
use crate::table::Table;

/// Degrees of freedom: the README of the records asks for 1e-4; they come from numerical second derivatives there.
const DF: f64 = 1e-4;
/// `lme4`, `nlme` and `mmrm` stop before the optimum. Where the likelihood here is higher than theirs, numbers may differ by this much.
const STOPPED: f64 = 2e-3;

/// A data set in long form.
pub struct Data {
    pub table: Table,
    pub factors: Vec<(&'static str, Vec<&'static str>)>,
    pub patient: &'static str,
}

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let id = record.id.as_str();
    let repeated = [".mmrm", ".gls", ".un"]
        .iter()
        .any(|kind| id.contains(kind));
    let mixed = [".lmm", ".rs", ".ri"].iter().any(|kind| id.contains(kind));
    if !(repeated || mixed) {
        return None;
    }
    let formula = record.model.rsplit('|').collect::<Vec<_>>();
    let formula = formula.iter().rev().find(|part| part.contains('~'))?;
    let (outcome, right) = formula.split_once('~')?;
    let fixed = fixed(right);
    let mut data = data(record, home)?;
    let mut names = names(&fixed);
    names.push(outcome.trim());
    names.push(data.patient);
    data.table = data.table.complete(&names);
    let design = Design::formula(&data.variables(&fixed), &fixed).expect("a design");
    let y = data.table.numbers(outcome.trim());
    let mut compared = Compared::new(record);
    if repeated {
        repeated_measures(&mut compared, record, &design, &y, &data);
    } else {
        random_effects(&mut compared, record, &design, &y, &data);
    }
    Some(compared)
}

/// The terms of a formula without random terms, covariance structures and the word behind them.
fn fixed(right: &str) -> String {
    let right = right.split(" gls ").next().unwrap_or(right);
    let right = right.replace(" REML", "");
    let special = |term: &str| {
        term.contains('(') || term.contains('|') || term.contains(')') || term.is_empty()
    };
    let terms = right
        .split('+')
        .map(str::trim)
        .filter(|term| !special(term));
    terms.collect::<Vec<_>>().join(" + ")
}

pub fn names(fixed: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in fixed.split(['+', '*', ':']).map(str::trim) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl Data {
    pub fn variables(&self, fixed: &str) -> Variables {
        let mut variables = Variables::new();
        for name in names(fixed) {
            match self.factors.iter().find(|(factor, _)| *factor == name) {
                Some((_, levels)) => variables.factor(name, &self.table.texts(name), levels),
                None => variables.number(name, &self.table.numbers(name)),
            }
            .expect("a variable");
        }
        variables
    }
}

pub fn data(record: &Record, home: &Path) -> Option<Data> {
    let read = |path: &str| Table::read(&home.join("data").join(path));
    let set = record.id.split('.').next()?;
    Some(match set {
        "sleep" => Data {
            table: read("sleepstudy/sleepstudy.csv"),
            factors: vec![],
            patient: "Subject",
        },
        "ortho" => Data {
            table: read("orthodont/orthodont.csv").with("visit", |cell| cell("age")),
            factors: vec![
                ("Sex", vec!["Male", "Female"]),
                ("visit", vec!["8", "10", "12", "14"]),
            ],
            patient: "Subject",
        },
        "btheb" => Data {
            table: read("btheb/btheb_long.csv")
                .renamed("subject", "subj")
                .with("visit", |cell| cell("time")),
            factors: vec![
                ("treatment", vec!["TAU", "BtheB"]),
                ("drug", vec!["No", "Yes"]),
                ("length", vec!["<6m", ">6m"]),
                ("visit", vec!["2", "3", "5", "8"]),
            ],
            patient: "subj",
        },
        "fev" => Data {
            table: read("mmrm_fev/mmrm_fev.csv"),
            factors: vec![
                ("RACE", vec!["Asian", "Black or African American", "White"]),
                ("SEX", vec!["Male", "Female"]),
                ("ARMCD", vec!["PBO", "TRT"]),
                ("AVISIT", vec!["VIS1", "VIS2", "VIS3", "VIS4"]),
            ],
            patient: "USUBJID",
        },
        "acu" => Data {
            table: if record.id.ends_with("practice12m") {
                read("acupuncture_headache/acupuncture.csv").with("arm", |cell| {
                    if cell("group") == "1" {
                        "acu"
                    } else {
                        "control"
                    }
                    .to_owned()
                })
            } else {
                read("acupuncture_headache/derived_long.csv")
            },
            factors: vec![("arm", vec!["control", "acu"]), ("visit", vec!["3", "12"])],
            patient: "id",
        },
        "sim20110705" => Data {
            // The slope model counts time in half years; its formula says `week` all the same.
            table: if record.id.ends_with("slope") {
                read("cherkin_like/seed20110705.csv")
                    .renamed("week", "weeks")
                    .with("week", |cell| {
                        (cell("weeks").parse::<f64>().expect("a week") / 26.0).to_string()
                    })
            } else {
                read("cherkin_like/seed20110705.csv").with("visit", |cell| cell("week"))
            },
            factors: vec![
                ("arm", vec!["usual", "relaxation", "structural"]),
                ("visit", vec!["10", "26", "52"]),
                ("site", vec!["A", "B"]),
            ],
            patient: "id",
        },
        "mbsr" => Data {
            table: read("mbsr_cbp/dataset_MBSRCBP.csv")
                .with("arm", |cell| cell("Group"))
                .with("post", |cell| {
                    if cell("Time") == "Pre" { "0" } else { "1" }.to_owned()
                }),
            factors: vec![
                ("arm", vec!["Control", "Experimental"]),
                ("City", vec!["Madrid", "Vitoria"]),
            ],
            patient: "ID",
        },
        _ => return None,
    })
}

/// The tolerance for what depends on the optimum: the record's, or wider where the record's program stopped at a lower likelihood.
fn tolerance(compared: &mut Compared, record: &Record, own: f64, expected: &Value) -> f64 {
    let theirs = expected.as_f64().expect("a log-likelihood");
    compared.near_within("log-likelihood", own, expected, 1e-8);
    if own < theirs - 1e-7 {
        compared.same(
            "likelihood",
            format!("{own}, lower"),
            format!("{theirs} or higher"),
        );
    }
    let polished = record.id.contains("polished");
    if own > theirs + 1e-12 * theirs.abs() && !polished {
        STOPPED
    } else if record.id.starts_with("fev.mmrm") {
        // `mmrm` stops at a gradient of 1e-4, and the polished record's own is 3.7e-6, for the least certain covariance of all.
        if polished { 1e-5 } else { 5e-5 }
    } else {
        record.relative
    }
}

fn row(compared: &mut Compared, what: &str, own: &Estimate, expected: &Value, tolerance: f64) {
    compared.near_within(
        &format!("{what} estimate"),
        own.value,
        &expected["estimate"],
        tolerance,
    );
    compared.near_within(&format!("{what} se"), own.se, &expected["se"], tolerance);
    compared.near_within(
        &format!("{what} se"),
        own.se,
        &expected["se_adj"],
        tolerance,
    );
    let df = own.reference.df().unwrap_or(f64::INFINITY);
    for name in ["df", "df_satterthwaite"] {
        compared.near_within(
            &format!("{what} df"),
            df,
            &expected[name],
            DF.max(tolerance),
        );
    }
    compared.near_within(
        &format!("{what} t"),
        own.statistic,
        &expected["t"],
        tolerance,
    );
    let far = (own.statistic.powi(2) * tolerance * 4.0).max(10.0 * DF.max(tolerance));
    if !expected["df"].is_null() || !expected["df_satterthwaite"].is_null() {
        compared.near_within(&format!("{what} p"), own.p, &expected["p"], far);
    }
}

fn rows(
    compared: &mut Compared,
    fitted: &Fitted,
    freedom: Freedom,
    expected: &Value,
    tolerance: f64,
) {
    if expected.is_null() {
        return;
    }
    let estimates = fitted
        .estimates(freedom, Level::default())
        .expect("estimates");
    for (name, own) in fitted.design().names().iter().zip(&estimates) {
        compared.same(name, expected[name].is_null(), false);
        row(
            compared,
            &format!("{freedom:?} {name}"),
            own,
            &expected[name],
            tolerance,
        );
    }
}

fn repeated_measures(
    compared: &mut Compared,
    record: &Record,
    design: &Design,
    y: &[f64],
    data: &Data,
) {
    let structure = match record.id.rsplit('_').next() {
        Some("cs") => Structure::CompoundSymmetry,
        Some("ar1") => Structure::Autoregressive,
        Some("toeph") => Structure::HeterogeneousToeplitz,
        _ => Structure::Unstructured,
    };
    let visit = if record.id.starts_with("fev") {
        "AVISIT"
    } else {
        "visit"
    };
    let levels = data.factors.iter().find(|(name, _)| *name == visit);
    let order = &levels.expect("visits").1;
    let (patients, visits) = (data.table.texts(data.patient), data.table.texts(visit));
    let model = Mmrm::fit(
        design,
        y,
        &patients,
        &visits,
        order,
        structure,
        Likelihood::Restricted,
    );
    let model = model.expect("a fit");
    let (fitted, results) = (model.fitted(), &record.results);
    let tolerance = tolerance(
        compared,
        record,
        fitted.log_likelihood(),
        &results["reml_logLik"],
    );
    for i in 0..order.len() {
        for j in 0..order.len() {
            let own = model.visit_covariance()[(i, j)];
            compared.near_within(
                "covariance",
                own,
                &results["cov_unstructured"][i][j],
                tolerance,
            );
        }
    }
    rows(
        compared,
        fitted,
        Freedom::Satterthwaite,
        &results["Satterthwaite"],
        tolerance,
    );
    rows(
        compared,
        fitted,
        Freedom::KenwardRoger,
        &results["Kenward-Roger"],
        tolerance,
    );
    rows(
        compared,
        fitted,
        Freedom::KenwardRogerLinear,
        &results["Kenward-Roger-Linear"],
        tolerance,
    );
    // `coef` of the polished records has Satterthwaite's degrees of freedom; that of `gls` has none.
    let coefficients = &results["coef"];
    let estimates = fitted
        .estimates(Freedom::Satterthwaite, Level::default())
        .expect("estimates");
    for (name, own) in design.names().iter().zip(&estimates) {
        let expected = &coefficients[name];
        compared.near_within(name, own.value, &expected["estimate"], tolerance);
        compared.near_within(name, own.se, &expected["se"], tolerance);
        compared.near_within(
            name,
            own.reference.df().unwrap_or(0.0),
            &expected["df_satterthwaite"],
            DF,
        );
    }
    let empirical = fitted.empirical_covariance();
    for (at, name) in design.names().iter().enumerate() {
        let expected = &results["sandwich_Empirical"][name]["se"];
        compared.near_within("sandwich", empirical[(at, at)].sqrt(), expected, tolerance);
    }
}

fn random_terms(record: &Record, data: &Data) -> Vec<RandomTerm> {
    let table = &data.table;
    let n = table.texts(data.patient).len();
    let ones = vec![1.0; n];
    let patient = table.texts(data.patient);
    let intercept = |name: &str| RandomTerm::intercept(name, &table.texts(name)).expect("a term");
    let slope = |name: &str| {
        let values = table.numbers(name);
        let effects: [(&str, &[f64]); 2] = [("(Intercept)", &ones), (name, &values)];
        vec![RandomTerm::new(data.patient, &patient, &effects).expect("a term")]
    };
    match record.id.as_str() {
        "sleep.rs" => slope("Days"),
        "ortho.rs" => slope("age"),
        "btheb.rs" => slope("time"),
        "sim20110705.lmm_slope" => slope("week"),
        "sleep.rs_uncor" => {
            let days = table.numbers("Days");
            let days = RandomTerm::new("Subject", &patient, &[("Days", &days)]).expect("a term");
            vec![intercept("Subject"), days]
        }
        "acu.lmm.id_practice" => vec![intercept("id"), intercept("practice_id")],
        "acu.lmm.practice12m" => vec![intercept("practice_id")],
        _ => vec![intercept(data.patient)],
    }
}

fn random_effects(
    compared: &mut Compared,
    record: &Record,
    design: &Design,
    y: &[f64],
    data: &Data,
) {
    let terms = random_terms(record, data);
    let results = &record.results;
    let model = MixedModel::fit(design, y, &terms, Likelihood::Restricted).expect("a fit");
    let fitted = model.fitted();
    let tolerance = tolerance(
        compared,
        record,
        fitted.log_likelihood(),
        &results["reml_logLik"],
    );
    components(compared, &model, &results["varcomp"], tolerance);
    compared.near_within("sigma", model.sigma(), &results["sigma"], tolerance);
    rows(
        compared,
        fitted,
        Freedom::Satterthwaite,
        &results["coef_satterthwaite"],
        tolerance,
    );
    rows(
        compared,
        fitted,
        Freedom::KenwardRoger,
        &results["coef_kenward_roger"],
        tolerance,
    );
    let full = MixedModel::fit(design, y, &terms, Likelihood::Full).expect("a fit");
    compared.near_within(
        "ML",
        full.fitted().log_likelihood(),
        &results["ML"]["logLik"],
        1e-8,
    );
    for (name, own) in design.names().iter().zip(full.fitted().coefficients()) {
        compared.near_within(name, own, &results["ML"]["fixef"][name], STOPPED);
    }
    components(compared, &full, &results["ML"]["varcomp"], STOPPED);
}

fn components(compared: &mut Compared, model: &MixedModel, expected: &Value, tolerance: f64) {
    for row in expected.as_array().into_iter().flatten() {
        let text = |field: &str| row[field].as_str();
        if text("grp") == Some("Residual") {
            compared.near_within("residual", model.sigma().powi(2), &row["vcov"], tolerance);
            continue;
        }
        // `Days || Subject` makes two groups of the same name, told apart by a number.
        let group = text("grp")
            .expect("a group")
            .split('.')
            .next()
            .expect("a name");
        let effect = text("var1").expect("an effect");
        let other = text("var2").unwrap_or(effect);
        let own = model
            .components()
            .iter()
            .find(|own| own.term == group && own.effect == effect && own.other == other);
        let value = own.map_or(f64::NAN, |own| own.value);
        // A variance of zero is any number that vanishes beside the residual.
        let absolute = 1e-9 * model.sigma().powi(2);
        if row["vcov"]
            .as_f64()
            .is_some_and(|theirs| theirs.abs() < absolute)
        {
            compared.near_absolute("component", value, &row["vcov"], absolute);
        } else {
            compared.near_within(
                &format!("{group} {effect} {other}"),
                value,
                &row["vcov"],
                tolerance,
            );
        }
    }
}
