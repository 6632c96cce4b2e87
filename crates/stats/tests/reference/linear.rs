//! Analyses of covariance: coefficients, robust and cluster-robust variances, adjusted means, comparisons.

use std::path::Path;

use cotreat_stats::design::{Design, Variables};
use cotreat_stats::linear::{Clusters, LinearModel, Variance};
use cotreat_stats::multiplicity::{Adjustment, adjust, tukey};
use cotreat_stats::{Estimate, Level};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;
use crate::table::Table;

/// A data set, its factors with levels in order, and the column that names clusters.
pub struct Trial {
    pub table: Table,
    pub factors: Vec<(&'static str, Vec<&'static str>)>,
}

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let kind = record.id.split('.').nth(1)?;
    if !(kind.starts_with("ancova") || kind == "interaction" || kind == "modifier") {
        return None;
    }
    let trial = trial(record, home);
    let formula = record.model.rsplit('|').next()?;
    let (outcome, right) = formula.split_once('~')?;
    let (outcome, right) = (outcome.trim(), right.trim());
    let trial = trial.complete(outcome, right);
    let model = fit(&trial, outcome, right);
    let mut compared = Compared::new(record);
    coefficients(&mut compared, &model, &record.results);
    comparisons(&mut compared, &model, &record.results);
    clusters(&mut compared, &model, &trial, &record.results);
    Some(compared)
}

impl Trial {
    /// The rows that have everything a formula names.
    pub fn complete(mut self, outcome: &str, right: &str) -> Self {
        let mut names = names(right);
        names.push(outcome);
        self.table = self.table.complete(&names);
        self
    }

    /// The variables that a formula names.
    pub fn variables(&self, right: &str) -> Variables {
        let mut variables = Variables::new();
        for name in names(right) {
            match self.factors.iter().find(|(factor, _)| *factor == name) {
                Some((_, levels)) => variables.factor(name, &self.table.texts(name), levels),
                None => variables.number(name, &self.table.numbers(name)),
            }
            .expect("a variable");
        }
        variables
    }
}

/// The names in a formula.
fn names(right: &str) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in right.split(['+', '*', ':']).map(str::trim) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn trial(record: &Record, home: &Path) -> Trial {
    let data = |path: &str| Table::read(&home.join("data").join(path));
    if record.id.starts_with("sim") {
        let table = data("cherkin_like/seed20110705.csv")
            .keep(|cell| cell("week") == "10")
            .with("cluster", |cell| match cell("therapist").as_str() {
                "" | "NA" => format!("patient {}", cell("id")),
                therapist => therapist.to_owned(),
            });
        return Trial {
            table,
            factors: vec![
                ("arm", vec!["usual", "relaxation", "structural"]),
                ("site", vec!["A", "B"]),
            ],
        };
    }
    if record.id.starts_with("acu") {
        let table = data("acupuncture_headache/acupuncture.csv")
            .with("arm", |cell| {
                if cell("group") == "1" {
                    "acu"
                } else {
                    "control"
                }
                .to_owned()
            })
            .with("cluster", |cell| cell("practice_id"));
        return Trial {
            table,
            factors: vec![("arm", vec!["control", "acu"])],
        };
    }
    Trial {
        table: data("mbsr_cbp/derived_wide.csv"),
        factors: vec![
            ("arm", vec!["Control", "Experimental"]),
            ("City", vec!["Madrid", "Vitoria"]),
            ("Gender", vec!["female", "male"]),
        ],
    }
}

fn fit(trial: &Trial, outcome: &str, right: &str) -> LinearModel {
    let design = Design::formula(&trial.variables(right), right).expect("a design");
    LinearModel::fit(&design, &trial.table.numbers(outcome)).expect("a fit")
}

fn coefficients(compared: &mut Compared, model: &LinearModel, results: &Value) {
    compared.near("n", model.design().rows() as f64, &results["n"]);
    compared.near("df", model.residual_df(), &results["df_residual"]);
    compared.near("sigma", model.sigma(), &results["sigma"]);
    compared.near("r_squared", model.r_squared(), &results["r_squared"]);
    let estimates = |variance| {
        model
            .estimates(variance, Level::default())
            .expect("estimates")
    };
    let classical = estimates(Variance::Classical);
    let robust = [
        ("se_HC0", estimates(Variance::Hc0)),
        ("se_HC1", estimates(Variance::Hc1)),
        ("se_HC2", estimates(Variance::Hc2)),
        ("se_HC3", estimates(Variance::Hc3)),
    ];
    let expected = results["coef"].as_object().expect("coefficients");
    compared.same("coefficients", model.design().names().len(), expected.len());
    for (at, name) in model.design().names().iter().enumerate() {
        let row = &results["coef"][name];
        if row.is_null() {
            compared.same("coefficient", name.as_str(), "a name of the record");
        }
        let own = &classical[at];
        compared.near(&format!("{name} p"), own.p, &row["p"]);
        compared.near(&format!("{name} t"), own.statistic, &row["t"]);
        compared.near(&format!("{name} estimate"), own.value, &row["estimate"]);
        compared.near(&format!("{name} se"), own.se, &row["se"]);
        compared.near(&format!("{name} lower"), own.interval.lower, &row["ci_lo"]);
        compared.near(&format!("{name} upper"), own.interval.upper, &row["ci_hi"]);
        for (kind, estimates) in &robust {
            compared.near(&format!("{name} {kind}"), estimates[at].se, &row[kind]);
        }
    }
}

/// What `emmeans` prints.
pub fn row(compared: &mut Compared, what: &str, own: &Estimate, mean: f64, expected: &Value) {
    compared.near(what, mean, &expected["emmean"]);
    compared.near(what, mean, &expected["estimate"]);
    compared.near(&format!("{what} se"), own.se, &expected["SE"]);
    compared.near(
        &format!("{what} df"),
        own.reference.df().unwrap_or(f64::INFINITY),
        &expected["df"],
    );
    compared.near(
        &format!("{what} lower"),
        own.interval.lower,
        &expected["lower.CL"],
    );
    compared.near(
        &format!("{what} upper"),
        own.interval.upper,
        &expected["upper.CL"],
    );
    compared.near(&format!("{what} t"), own.statistic, &expected["t.ratio"]);
    compared.near(&format!("{what} p"), own.p, &expected["p.value"]);
}

fn comparisons(compared: &mut Compared, model: &LinearModel, results: &Value) {
    if results["lsmeans"].is_null() {
        return;
    }
    let level = Level::default();
    let means = model
        .adjusted_means("arm", Variance::Classical, level)
        .expect("means");
    for (name, own) in &means {
        row(compared, name, own, own.value, &results["lsmeans"][name]);
    }
    let pairs = model
        .pairwise("arm", Variance::Classical, level)
        .expect("pairs");
    let p: Vec<f64> = pairs.iter().map(|(_, own)| own.p).collect();
    let holm = adjust(&p, Adjustment::Holm).expect("p values");
    for ((name, own), holm) in pairs.iter().zip(holm) {
        row(compared, name, own, own.value, &results["pairwise"][name]);
        let all = tukey(own.statistic, means.len(), model.residual_df()).expect("a p value");
        // R's ptukey is right to about 1e-11, whatever the size of the tail; see `units.rs`.
        let expected = &results["pairwise_tukey_p"][name];
        compared.near_absolute(&format!("{name} tukey"), all, expected, 2e-11);
        compared.near(
            &format!("{name} holm"),
            holm,
            &results["pairwise_holm_p"][name],
        );
    }
}

fn clusters(compared: &mut Compared, model: &LinearModel, trial: &Trial, results: &Value) {
    if results["cluster_CR2"].is_null() {
        return;
    }
    let clusters = Clusters::new(&trial.table.texts("cluster")).expect("clusters");
    let kinds = [
        ("cluster_CR0", Variance::Cr0(&clusters)),
        ("cluster_CR1", Variance::Cr1(&clusters)),
        ("cluster_CR1S", Variance::Cr1s(&clusters)),
        ("cluster_CR2", Variance::Cr2(&clusters)),
    ];
    for (kind, variance) in kinds {
        let estimates = model
            .estimates(variance, Level::default())
            .expect("estimates");
        for (name, own) in model.design().names().iter().zip(&estimates) {
            let row = &results[kind][name];
            compared.near(&format!("{kind} {name} se"), own.se, &row["se"]);
            if let Some(df) = own.reference.df() {
                compared.near(&format!("{kind} {name} df"), df, &row["df"]);
            }
            compared.near(&format!("{kind} {name} p"), own.p, &row["p"]);
        }
    }
}
