//! Generalised linear models: responders adjusted for covariates, standardised risks, counts.

use std::path::Path;

use cotreat_stats::Level;
use cotreat_stats::design::Design;
use cotreat_stats::glm::{Covariates, Family, FittedGlm, Glm, Variance};
use serde_json::Value;

use crate::compare::Compared;
use crate::linear::Trial;
use crate::record::Record;
use crate::table::Table;

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let mut compared = Compared::new(record);
    match record.id.split('.').nth(1)? {
        "resp_adj" | "resp3_adj" => responders(&mut compared, record, home),
        "glm" => counts(&mut compared, record, home),
        _ => return None,
    }
    Some(compared)
}

/// `confint` interpolates the profile: its ends lie up to 4e-4 standard errors beside the roots that refits within R find to 12 digits, which
/// the committed tests hold.
const PROFILE: f64 = 5e-4;

fn responders(compared: &mut Compared, record: &Record, home: &Path) {
    let trial = trial(record, home);
    let formula = record.model.rsplit('|').next().expect("a formula");
    let (outcome, right) = formula.split_once('~').expect("a formula");
    let trial = trial.complete(outcome.trim(), right.trim());
    let design = Design::formula(&trial.variables(right.trim()), right.trim()).expect("a design");
    let outcome = trial.table.numbers(outcome.trim());
    compared.near("n", design.rows() as f64, &record.results["n"]);
    let logistic = Glm::new(Family::Logistic)
        .fit(&design, &outcome)
        .expect("a fit");
    logistic_model(compared, &logistic, &record.results);
    let poisson = Glm::new(Family::ModifiedPoisson)
        .fit(&design, &outcome)
        .expect("a fit");
    modified_poisson(compared, &poisson, &record.results["modified_poisson"]);
    standardised(
        compared,
        &logistic,
        &record.results["standardised_vs_reference"],
    );
}

fn trial(record: &Record, home: &Path) -> Trial {
    let data = |path: &str| Table::read(&home.join("data").join(path));
    let responds = |yes: bool| if yes { "1" } else { "0" }.to_owned();
    let number = |text: String| text.parse().unwrap_or(f64::NAN);
    match record.id.split('.').next() {
        Some("acu") => Trial {
            table: data("acupuncture_headache/acupuncture.csv")
                .complete(&["pk1", "pk5"])
                .with("r50", |cell| {
                    responds(number(cell("pk5")) <= 0.5 * number(cell("pk1")))
                })
                .with("arm", |cell| {
                    if cell("group") == "1" {
                        "acu"
                    } else {
                        "control"
                    }
                    .to_owned()
                }),
            factors: vec![("arm", vec!["control", "acu"])],
        },
        Some("mbsr") => Trial {
            table: data("mbsr_cbp/derived_wide.csv")
                .complete(&["RMQ_Total_0", "RMQ_Total_1"])
                .keep(|cell| cell("RMQ_Total_0") != "0")
                .with("r30", |cell| {
                    responds(number(cell("RMQ_Total_1")) <= 0.7 * number(cell("RMQ_Total_0")))
                }),
            factors: vec![("arm", vec!["Control", "Experimental"])],
        },
        _ => Trial {
            table: data("cherkin_like/seed20110705.csv")
                .complete(&["rdq"])
                .keep(|cell| cell("week") == "10")
                .with("imp3", |cell| {
                    responds(number(cell("rdq0")) - number(cell("rdq")) >= 3.0)
                }),
            factors: vec![
                ("arm", vec!["usual", "relaxation", "structural"]),
                ("site", vec!["A", "B"]),
            ],
        },
    }
}

fn logistic_model(compared: &mut Compared, model: &FittedGlm<'_>, results: &Value) {
    compared.near("deviance", model.deviance(), &results["deviance"]);
    let of = |variance| {
        model
            .estimates(variance, Level::default())
            .expect("estimates")
    };
    let (own, robust) = (of(Variance::Model), of(Variance::Hc0));
    for (at, name) in model.design().names().iter().enumerate() {
        let row = &results["logistic"][name];
        compared.same("coefficient", row.is_object(), true);
        compared.near(&format!("{name} log OR"), own[at].value, &row["log_or"]);
        compared.near(&format!("{name} se"), own[at].se, &row["se"]);
        compared.near(&format!("{name} z"), own[at].statistic, &row["z"]);
        compared.near(&format!("{name} p"), own[at].p, &row["p"]);
        compared.near(
            &format!("{name} lower"),
            own[at].interval.lower,
            &row["ci_lo"],
        );
        compared.near(
            &format!("{name} upper"),
            own[at].interval.upper,
            &row["ci_hi"],
        );
        compared.near(&format!("{name} HC0"), robust[at].se, &row["se_HC0"]);
        let profile = model
            .profile_interval(name, Level::default())
            .expect("a profile");
        let row = &results["profile_ci"][name];
        let allowed = PROFILE * own[at].se;
        compared.near_absolute(
            &format!("{name} profile lower"),
            profile.lower,
            &row["lo"],
            allowed,
        );
        compared.near_absolute(
            &format!("{name} profile upper"),
            profile.upper,
            &row["hi"],
            allowed,
        );
    }
}

fn modified_poisson(compared: &mut Compared, model: &FittedGlm<'_>, results: &Value) {
    let own = model
        .estimates(Variance::Hc0, Level::default())
        .expect("estimates");
    for (name, own) in model.design().names().iter().zip(own) {
        let (row, ratio) = (&results[name], own.interval.map(f64::exp));
        compared.near(&format!("{name} log RR"), own.value, &row["log_rr"]);
        compared.near(&format!("{name} RR se"), own.se, &row["se_HC0"]);
        compared.near(&format!("{name} RR"), own.value.exp(), &row["rr"]);
        compared.near(&format!("{name} RR lower"), ratio.lower, &row["lo"]);
        compared.near(&format!("{name} RR upper"), ratio.upper, &row["hi"]);
    }
}

fn standardised(compared: &mut Compared, model: &FittedGlm<'_>, results: &Value) {
    let level = Level::default();
    for (arm, row) in results.as_object().expect("arms") {
        let reference = match arm.as_str() {
            "acu" => "control",
            "Experimental" => "Control",
            _ => "usual",
        };
        for (kind, variance) in [("model", Variance::Model), ("robust", Variance::Hc0)] {
            let own = model
                .standardised("arm", arm, reference, Covariates::Fixed, variance)
                .expect("standardised risks");
            let difference = own.difference(level).expect("a difference");
            let ratio = own.log_ratio(level).expect("a ratio");
            compared.near("p1", own.mean1(level).expect("a risk").value, &row["p1"]);
            compared.near("p0", own.mean0(level).expect("a risk").value, &row["p0"]);
            compared.near("RD", difference.value, &row["RD"]);
            compared.near("RD se", difference.se, &row[&format!("RD_se_{kind}")]);
            compared.near("RR", ratio.value.exp(), &row["RR"]);
            compared.near("RR se", ratio.se, &row[&format!("logRR_se_{kind}")]);
        }
    }
}

fn counts(compared: &mut Compared, record: &Record, home: &Path) {
    let trial = epil(home);
    let right = "lbase * trt + lage + V4";
    let design = Design::formula(&trial.variables(right), right).expect("a design");
    let outcome = trial.table.numbers("y");
    let model = Glm::new(Family::Poisson)
        .fit(&design, &outcome)
        .expect("a fit");
    let own = model
        .estimates(Variance::Model, Level::default())
        .expect("estimates");
    for (name, own) in design.names().iter().zip(own) {
        let row = &record.results["coef"][name];
        compared.near(&format!("{name} estimate"), own.value, &row["estimate"]);
        compared.near(&format!("{name} se"), own.se, &row["se"]);
        compared.near(&format!("{name} z"), own.statistic, &row["z"]);
        compared.near(&format!("{name} p"), own.p, &row["p"]);
    }
    compared.near("deviance", model.deviance(), &record.results["deviance"]);
    let null = model.null_deviance().expect("a null model");
    compared.near("null deviance", null, &record.results["null_deviance"]);
    compared.near("AIC", model.aic(), &record.results["AIC"]);
}

/// Seizure counts of 59 people with epilepsy in four periods.
pub fn epil(home: &Path) -> Trial {
    Trial {
        table: Table::read(&home.join("data/epil/epil.csv")),
        factors: vec![("trt", vec!["placebo", "progabide"])],
    }
}
