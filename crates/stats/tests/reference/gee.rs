//! Generalised estimating equations, in the conventions of `geepack` and of `gee`.

use std::path::Path;

use cotreat_stats::Level;
use cotreat_stats::design::Design;
use cotreat_stats::distribution::chi_squared_upper;
use cotreat_stats::gee::{Correlation, FittedGee, Freedom, Gee, Moments, Variance};
use cotreat_stats::glm::Family;
use cotreat_stats::linear::Clusters;
use serde_json::Value;

use crate::compare::Compared;
use crate::mixed::{Data, data, names};
use crate::record::Record;
use crate::table::Table;

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let kind = record.id.split('.').nth(1)?;
    if !kind.starts_with("gee") {
        return None;
    }
    let formula = record.model.rsplit('|').next()?;
    let (outcome, right) = formula.split_once('~')?;
    let (outcome, right) = (outcome.trim(), right.trim());
    let mut data = rows(record, home)?;
    let mut needed = names(right);
    needed.extend([outcome, data.patient]);
    data.table = data.table.complete(&needed);
    let design = Design::formula(&data.variables(right), right).expect("a design");
    let y = data.table.numbers(outcome);
    let clusters = Clusters::new(&data.table.texts(data.patient)).expect("clusters");
    let mut compared = Compared::new(record);
    for (name, expected) in record.results.as_object()? {
        let correlation = match name.rsplit('_').next() {
            Some("independence") => Correlation::Independence,
            Some("exchangeable") => Correlation::Exchangeable,
            Some("ar1") => Correlation::Ar1,
            _ => panic!("{name} is no working correlation"),
        };
        let moments = if name.starts_with("geepack") {
            Moments::Geepack
        } else {
            Moments::LiangZeger
        };
        let model = Gee::new(family(record), correlation, &clusters)
            .moments(moments)
            .fit(&design, &y)
            .unwrap_or_else(|e| panic!("{} {name}: {e}", record.id));
        model_of(&mut compared, name, &model, expected);
    }
    Some(compared)
}

fn family(record: &Record) -> Family {
    if record.id.ends_with("binary") {
        return Family::Logistic;
    }
    if record.id.starts_with("epil") {
        return Family::Poisson;
    }
    if record.id.ends_with("poisson") {
        return Family::ModifiedPoisson;
    }
    Family::Linear
}

fn rows(record: &Record, home: &Path) -> Option<Data> {
    let number = |text: String| text.parse().unwrap_or(f64::NAN);
    match record.id.as_str() {
        "epil.gee" => {
            let trial = crate::glm::epil(home);
            Some(Data {
                table: trial.table,
                factors: trial.factors,
                patient: "subject",
            })
        }
        "acu.gee.practice" | "acu.gee.binary" | "acu.gee.poisson" => Some(Data {
            table: Table::read(&home.join("data/acupuncture_headache/acupuncture.csv"))
                .complete(&["pk1", "pk5"])
                .with("r50", |cell| {
                    let half = 0.5 * number(cell("pk1"));
                    if number(cell("pk5")) <= half {
                        "1"
                    } else {
                        "0"
                    }
                    .to_owned()
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
            patient: "practice_id",
        }),
        _ => {
            let mut data = data(record, home)?;
            if record.id.ends_with("gee_poisson") {
                data.table = data.table.complete(&["rdq"]).with("imp3", |cell| {
                    let better = number(cell("rdq0")) - number(cell("rdq")) >= 3.0;
                    if better { "1" } else { "0" }.to_owned()
                });
            }
            Some(data)
        }
    }
}

fn model_of(compared: &mut Compared, name: &str, model: &FittedGee<'_>, expected: &Value) {
    let of = |variance| {
        model
            .estimates(variance, Freedom::Normal, Level::default())
            .expect("estimates")
    };
    let (robust, naive) = (of(Variance::Robust), of(Variance::Model));
    for (at, column) in model.design().names().iter().enumerate() {
        let row = &expected["coef"][column];
        compared.same(column, row.is_object(), true);
        let what = |part: &str| format!("{name} {column} {part}");
        let (own, z) = (&robust[at], robust[at].statistic);
        compared.near(&what("estimate"), own.value, &row["estimate"]);
        compared.near(&what("robust se"), own.se, &row["robust_se"]);
        compared.near(&what("wald"), z * z, &row["wald"]);
        compared.near(&what("p"), chi_squared_upper(z * z, 1.0), &row["p"]);
        compared.near(&what("naive se"), naive[at].se, &row["naive_se"]);
        compared.near(
            &what("naive se"),
            naive[at].se,
            &expected["naive_se"][column],
        );
    }
    compared.near(
        &format!("{name} scale"),
        model.scale(),
        &expected["dispersion"],
    );
    compared.near(&format!("{name} scale"), model.scale(), &expected["scale"]);
    if let Some(alpha) = model.alpha() {
        compared.near(&format!("{name} alpha"), alpha, &expected["alpha"]);
    }
    if !expected["clusters"].is_null() {
        compared.near("clusters", model.clusters() as f64, &expected["clusters"]);
        compared.near("n", model.design().rows() as f64, &expected["n"]);
    }
}
