//! Meta-analyses.

use std::path::Path;

use cotreat_stats::Level;
use cotreat_stats::design::{Design, Variables};
use cotreat_stats::effect_size::Group;
use cotreat_stats::meta::{
    Heterogeneity, MetaAnalysis, PooledTables, Prediction, Side, Studies, Test,
    mantel_haenszel_difference, mantel_haenszel_odds, mantel_haenszel_ratio, peto,
};
use cotreat_stats::responders::TwoByTwo;
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;
use crate::table::Table;

const METHODS: [(&str, Heterogeneity); 9] = [
    ("FE", Heterogeneity::Common),
    ("DL", Heterogeneity::DerSimonianLaird),
    ("REML", Heterogeneity::Reml),
    ("ML", Heterogeneity::Ml),
    ("PM", Heterogeneity::PauleMandel),
    ("HE", Heterogeneity::Hedges),
    ("SJ", Heterogeneity::SidikJonkman),
    ("EB", Heterogeneity::EmpiricalBayes),
    ("HS", Heterogeneity::HunterSchmidt),
];

pub fn compare(record: &Record, home: &Path) -> Option<Compared> {
    let data = |name: &str| Table::read(&home.join(format!("data/{name}/{name}.csv")));
    let mut compared = Compared::new(record);
    let studies = match record.id.as_str() {
        "bcg.logRR" => Studies::log_risk_ratios(&tables(&data("dat_bcg"))),
        "bcg.logOR" => Studies::log_odds_ratios(&tables(&data("dat_bcg"))),
        "bcg.RD" => Studies::risk_differences(&tables(&data("dat_bcg"))),
        "normand.MD" => Studies::mean_differences(&groups(&data("dat_normand1999"))),
        "normand.SMD" => Studies::standardized_differences(&groups(&data("dat_normand1999"))),
        "hackshaw.logOR" => printed(&data("dat_hackshaw1998")),
        "raudenbush.SMD" => printed(&data("dat_raudenbush1985")),
        "bcg.MH" => {
            mantel_haenszel(&mut compared, &tables(&data("dat_bcg")), &record.results);
            return Some(compared);
        }
        "bcg.metareg" => {
            regressions(&mut compared, &data("dat_bcg"), &record.results);
            return Some(compared);
        }
        _ => return None,
    };
    random_effects(&mut compared, &studies.expect("studies"), &record.results);
    Some(compared)
}

fn tables(table: &Table) -> Vec<TwoByTwo> {
    let [a, b, c, d] = ["tpos", "tneg", "cpos", "cneg"].map(|name| table.numbers(name));
    let count = |value: f64| value as u64;
    (0..a.len())
        .map(|i| {
            TwoByTwo::new(
                count(a[i]),
                count(a[i] + b[i]),
                count(c[i]),
                count(c[i] + d[i]),
            )
        })
        .map(|table| table.expect("a table"))
        .collect()
}

fn groups(table: &Table) -> Vec<(Group, Group)> {
    let of = |arm: u8| -> Vec<Group> {
        let [n, m, s] = ["n", "m", "sd"].map(|name| table.numbers(&format!("{name}{arm}i")));
        (0..n.len())
            .map(|i| Group {
                size: n[i] as usize,
                mean: m[i],
                sd: s[i],
            })
            .collect()
    };
    of(1).into_iter().zip(of(2)).collect()
}

fn printed(table: &Table) -> cotreat_stats::Outcome<Studies> {
    Studies::new(&table.numbers("yi"), &table.numbers("vi"))
}

fn random_effects(compared: &mut Compared, studies: &Studies, results: &Value) {
    compared.all_near("yi", studies.effects(), &results["yi"]);
    compared.all_near("vi", studies.variances(), &results["vi"]);
    for (name, method) in METHODS {
        let expected = &results[name];
        if expected.is_null() {
            continue;
        }
        let fit = |test| MetaAnalysis::pool(studies, method, test).expect("an analysis");
        pooled(compared, name, &fit(Test::Normal), expected);
        if method == Heterogeneity::Common {
            continue;
        }
        pooled(
            compared,
            &format!("{name} HKSJ"),
            &fit(Test::Hksj),
            &expected["HKSJ"],
        );
        let ad_hoc = fit(Test::HksjAdHoc)
            .pooled(Level::default())
            .expect("an effect");
        compared.near(name, ad_hoc.se, &expected["HKSJ_adhoc_se"]);
        let kinds = [
            ("PI_normal", Prediction::Normal),
            (
                "PI_HTS_t_k_minus_2",
                Prediction::HigginsThompsonSpiegelhalter,
            ),
            ("PI_HKSJ_t_k_minus_1", Prediction::Hksj),
        ];
        for (kind, prediction) in kinds {
            let own = fit(Test::Normal)
                .prediction(prediction, Level::default())
                .expect("an interval");
            compared.near(&format!("{name} {kind}"), own.lower, &expected[kind][0]);
            compared.near(&format!("{name} {kind}"), own.upper, &expected[kind][1]);
        }
    }
    heterogeneity(compared, studies, results);
    small_studies(compared, studies, results);
}

fn pooled(compared: &mut Compared, name: &str, own: &MetaAnalysis, expected: &Value) {
    let mut near = |what: &str, value: f64, field: &Value| {
        compared.near(&format!("{name} {what}"), value, field);
    };
    let estimate = own.pooled(Level::default()).expect("an effect");
    near("estimate", estimate.value, &expected["estimate"]);
    near("se", estimate.se, &expected["se"]);
    near("statistic", estimate.statistic, &expected["stat"]);
    near("p", estimate.p, &expected["p"]);
    near("lower", estimate.interval.lower, &expected["ci"][0]);
    near("upper", estimate.interval.upper, &expected["ci"][1]);
    near("tau2", own.tau2(), &expected["tau2"]);
    if let Some(se) = own.tau2_se() {
        near("se of tau2", se, &expected["se_tau2"]);
    }
    near("I2", own.i2(), &expected["I2"]);
    near("H2", own.h2(), &expected["H2"]);
    near("Q", own.q(), &expected["Q"]);
    near("Q p", own.q_p(), &expected["Q_p"]);
    near("factor", own.hksj_factor(), &expected["qstar"]);
    if let Some(df) = estimate.reference.df() {
        near("df", df, &expected["df"]);
    }
}

fn heterogeneity(compared: &mut Compared, studies: &Studies, results: &Value) {
    let fit = MetaAnalysis::pool(studies, Heterogeneity::Reml, Test::Normal).expect("an analysis");
    let own = fit
        .heterogeneity_interval(Level::default())
        .expect("an interval");
    let expected = &results["REML_qprofile"];
    for (name, interval) in [
        ("tau^2", own.tau2),
        ("tau", own.tau),
        ("I^2(%)", own.i2),
        ("H^2", own.h2),
    ] {
        compared.near(name, interval.lower, &expected[name][1]);
        compared.near(name, interval.upper, &expected[name][2]);
    }
    for (at, weight) in fit.weights().iter().enumerate() {
        compared.near("weight", *weight, &results["REML_weights_pct"][at]);
    }
    for (at, own) in fit
        .leave_one_out(Level::default())
        .expect("influence")
        .iter()
        .enumerate()
    {
        compared.near("cook", own.cook, &results["REML_cook"][at]);
    }
}

fn small_studies(compared: &mut Compared, studies: &Studies, results: &Value) {
    let level = Level::default();
    let egger = studies.egger(level).expect("a test");
    let expected = &results["egger_lm_form"];
    compared.near("egger", egger.slope.value, &expected["bias"]);
    compared.near("egger se", egger.slope.se, &expected["se_bias"]);
    compared.near("egger t", egger.slope.statistic, &expected["t"]);
    compared.near("egger p", egger.slope.p, &expected["p"]);
    compared.near("egger limit", egger.limit, &expected["slope"]);
    let reml = MetaAnalysis::pool(studies, Heterogeneity::Reml, Test::Normal).expect("an analysis");
    let mixed = reml.egger_mixed(level).expect("a test");
    compared.near(
        "egger mixed z",
        mixed.slope.statistic,
        &results["egger_mixed"]["z"],
    );
    compared.near("egger mixed p", mixed.slope.p, &results["egger_mixed"]["p"]);
    let dl = MetaAnalysis::pool(studies, Heterogeneity::DerSimonianLaird, Test::Normal)
        .expect("an analysis");
    let filled = dl.trim_and_fill(None).expect("trim and fill");
    let expected = &results["trimfill_L0_DL"];
    compared.near("trim and fill", filled.missing as f64, &expected["k0"]);
    let side = if filled.side == Side::Left {
        "left"
    } else {
        "right"
    };
    compared.same("side", Some(side), expected["side"].as_str());
    let pooled = filled.filled.pooled(level).expect("an effect");
    compared.near("filled", pooled.value, &expected["estimate"]);
    compared.near("filled se", pooled.se, &expected["se"]);
    compared.near("filled tau2", filled.filled.tau2(), &expected["tau2"]);
    for (at, own) in dl
        .leave_one_out(level)
        .expect("influence")
        .iter()
        .enumerate()
    {
        compared.near(
            "leave one out",
            own.estimate.value,
            &results["leave1out_DL"]["estimate"][at],
        );
        compared.near(
            "leave one out",
            own.tau2,
            &results["leave1out_DL"]["tau2"][at],
        );
    }
}

fn mantel_haenszel(compared: &mut Compared, tables: &[TwoByTwo], results: &Value) {
    type Pool = fn(&[TwoByTwo], Level) -> cotreat_stats::Outcome<PooledTables>;
    let methods: [(&str, Pool); 4] = [
        ("RR", mantel_haenszel_ratio),
        ("OR", mantel_haenszel_odds),
        ("RD", mantel_haenszel_difference),
        ("peto", peto),
    ];
    for (name, pool) in methods {
        let own = pool(tables, Level::default()).expect("an effect");
        let expected = &results[name];
        compared.near(name, own.estimate.value, &expected["estimate"]);
        compared.near(name, own.estimate.se, &expected["se"]);
        compared.near(name, own.estimate.interval.lower, &expected["ci"][0]);
        compared.near(name, own.estimate.interval.upper, &expected["ci"][1]);
        compared.near(name, own.q, &expected["Q"]);
    }
}

fn regressions(compared: &mut Compared, table: &Table, results: &Value) {
    let studies = Studies::log_risk_ratios(&tables(table)).expect("studies");
    let mut variables = Variables::new();
    variables
        .number("ablat", &table.numbers("ablat"))
        .and_then(|v| v.number("year", &table.numbers("year")))
        .and_then(|v| {
            v.factor(
                "alloc",
                &table.texts("alloc"),
                &["alternate", "random", "systematic"],
            )
        })
        .expect("variables");
    let models = [
        ("reml", "ablat + year", Heterogeneity::Reml, Test::Normal),
        (
            "dl_hksj",
            "ablat",
            Heterogeneity::DerSimonianLaird,
            Test::Hksj,
        ),
        (
            "alloc",
            "alloc",
            Heterogeneity::DerSimonianLaird,
            Test::Normal,
        ),
    ];
    for (name, formula, method, test) in models {
        let design = Design::formula(&variables, formula).expect("a design");
        let own = MetaAnalysis::regress(&studies, &design, method, test).expect("an analysis");
        let expected = &results[name];
        let estimates = own.estimates(Level::default()).expect("estimates");
        for (coefficient, estimate) in own.names().iter().zip(&estimates) {
            let known = if coefficient == "(Intercept)" {
                "intrcpt"
            } else {
                coefficient
            };
            let row = &expected["coef"][known];
            compared.near(coefficient, estimate.value, &row["est"]);
            compared.near(coefficient, estimate.se, &row["se"]);
            compared.near(coefficient, estimate.statistic, &row["z"]);
            compared.near(coefficient, estimate.statistic, &row["t"]);
            compared.near(coefficient, estimate.p, &row["p"]);
        }
        compared.near("tau2", own.tau2(), &expected["tau2"]);
        compared.near(
            "R2",
            own.r2().expect("a share").unwrap_or(f64::NAN),
            &expected["R2"],
        );
        let (statistic, _, p) = own.moderators().expect("a test");
        compared.near("QM", statistic, &expected["QM"]);
        compared.near("QM p", p, &expected["QMp"]);
        compared.near("QE", own.q(), &expected["QE"]);
    }
}
