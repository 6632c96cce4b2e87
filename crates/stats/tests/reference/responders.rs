//! Responder analyses and standardised mean differences.

use std::path::Path;

use cotreat_stats::Level;
use cotreat_stats::effect_size::{Group, hedges};
use cotreat_stats::responders::{Measure, Method, NumberNeeded, TwoByTwo};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;
use crate::table::Table;

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let mut compared = Compared::new(record);
    match record.id.split('.').nth(1)? {
        "hedges" => effect_sizes(&mut compared, record, home),
        kind if kind.starts_with("resp") && !kind.ends_with("adj") => {
            table(&mut compared, &record.results);
        }
        _ => return None,
    }
    Some(compared)
}

/// Score intervals are iterated: the README of the records accepts 1e-6.
const ITERATED: f64 = 1e-6;
/// R's `fisher.test` stops its search for the odds ratio at 1e-4; see the committed tests for the exact values.
const FISHER: f64 = 2e-4;

fn table(compared: &mut Compared, results: &Value) {
    let count = |name: &str| results[name].as_u64().expect("a count");
    let own = TwoByTwo::new(count("e1"), count("n1"), count("e0"), count("n0")).expect("a table");
    let level = Level::default();
    compared.near("p1", own.arm1().value(), &results["p1"]);
    compared.near("p0", own.arm0().value(), &results["p0"]);
    let ends = |interval: cotreat_stats::Interval| [interval.lower, interval.upper];
    compared.all_near(
        "wilson1",
        &ends(own.arm1().wilson(level)),
        &results["wilson1"],
    );
    compared.all_near(
        "wilson0",
        &ends(own.arm0().wilson(level)),
        &results["wilson0"],
    );
    let difference = |method| own.risk_difference(method, level).expect("a difference");
    let ratio = |method| own.risk_ratio(method, level).expect("a ratio");
    let odds = |method| own.odds_ratio(method, level).expect("an odds ratio");
    compared.near("RR", ratio(Method::Wald).value, &results["RR"]);
    compared.near("OR", odds(Method::Wald).value, &results["OR"]);
    compared.near("RD", difference(Method::Wald).value, &results["RD"]);
    compared.near(
        "RR se",
        own.log_risk_ratio_se().expect("se"),
        &results["RR_log_se"],
    );
    compared.near(
        "OR se",
        own.log_odds_ratio_se().expect("se"),
        &results["OR_log_se"],
    );
    compared.near("RD se", own.risk_difference_se(), &results["RD_se"]);
    compared.near(
        "chi squared",
        own.chi_squared_p(false).expect("p"),
        &results["chisq_p"],
    );
    compared.near(
        "Yates",
        own.chi_squared_p(true).expect("p"),
        &results["chisq_yates_p"],
    );
    compared.near("Fisher", own.fisher().p, &results["fisher_p"]);
    let needed = match own.number_needed(Method::Wald, level).expect("a number") {
        NumberNeeded::Bounded { value, .. } | NumberNeeded::ThroughInfinity { value, .. } => value,
    };
    compared.near("NNT", needed, &results["NNT"]);
    let mut interval = |name: &str, own: Measure, relative: f64| {
        for (at, end) in ends(own.interval).into_iter().enumerate() {
            compared.near_within(name, end, &results[name][at], relative);
        }
    };
    interval("RD_wald", difference(Method::Wald), 1e-8);
    interval("RD_newcombe10", difference(Method::Newcombe), 1e-8);
    interval(
        "RD_miettinen_nurminen",
        difference(Method::MiettinenNurminen),
        ITERATED,
    );
    interval("RD_mee", difference(Method::Score), ITERATED);
    interval("RR_wald", ratio(Method::Wald), 1e-8);
    interval(
        "RR_miettinen_nurminen",
        ratio(Method::MiettinenNurminen),
        ITERATED,
    );
    interval("RR_koopman", ratio(Method::Score), ITERATED);
    interval("OR_woolf", odds(Method::Wald), 1e-8);
    // `ratesci` takes the bias of the score away unless told otherwise.
    interval("OR_miettinen_nurminen", odds(Method::Laud), ITERATED);
    interval("fisher_cond_ci", odds(Method::Exact), FISHER);
    let conditional = odds(Method::Exact).value;
    compared.near_within("fisher OR", conditional, &results["fisher_cond_OR"], FISHER);
}

fn effect_sizes(compared: &mut Compared, record: &Record, home: &Path) {
    let data = |path: &str| Table::read(&home.join("data").join(path));
    if record.id.starts_with("acu") {
        let table = data("acupuncture_headache/acupuncture.csv").complete(&["pk1", "pk5"]);
        let (before, after) = (table.numbers("pk1"), table.numbers("pk5"));
        let change: Vec<f64> = before.iter().zip(&after).map(|(b, a)| a - b).collect();
        let arm = table.texts("group");
        one_size(compared, &after, &arm, "1", &record.results["post"]);
        one_size(compared, &change, &arm, "1", &record.results["change"]);
        return;
    }
    let outcome = record.id.rsplit('.').next().expect("an outcome");
    let (before, after) = (format!("{outcome}_0"), format!("{outcome}_1"));
    let table = data("mbsr_cbp/derived_wide.csv").complete(&[&before, &after]);
    let (before, after) = (table.numbers(&before), table.numbers(&after));
    let change: Vec<f64> = before.iter().zip(&after).map(|(b, a)| a - b).collect();
    one_size(
        compared,
        &change,
        &table.texts("arm"),
        "Experimental",
        &record.results,
    );
}

fn one_size(compared: &mut Compared, values: &[f64], arm: &[String], one: &str, expected: &Value) {
    let group = |own: bool| {
        let pairs = values.iter().zip(arm);
        let of: Vec<f64> = pairs
            .filter(|(_, arm)| (*arm == one) == own)
            .map(|(v, _)| *v)
            .collect();
        Group::of(&of).expect("a group")
    };
    let (first, zero) = (group(true), group(false));
    let own = hedges(first, zero, Level::default()).expect("an effect size");
    compared.near("n1", first.size as f64, &expected["n1"]);
    compared.near("n0", zero.size as f64, &expected["n0"]);
    compared.near("mean1", first.mean, &expected["mean1"]);
    compared.near("sd0", zero.sd, &expected["sd0"]);
    compared.near("sd", own.pooled_sd, &expected["sd_pooled"]);
    compared.near("d", own.d, &expected["cohen_d"]);
    compared.near("J", own.correction, &expected["J_exact"]);
    compared.near("g", own.g.value, &expected["hedges_g"]);
    compared.near("variance", own.g.se.powi(2), &expected["var_g_LS"]);
    compared.near("lower", own.g.interval.lower, &expected["ci"][0]);
    compared.near("upper", own.g.interval.upper, &expected["ci"][1]);
}
