//! Distributions, adjusted p values, Rubin's rules.

use cotreat_stats::distribution as d;
use cotreat_stats::imputation::pool;
use cotreat_stats::multiplicity::{Adjustment, adjust};
use cotreat_stats::{Estimate, Level, Reference};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;

pub fn compare(record: &Record) -> Option<Compared> {
    let mut compared = Compared::new(record);
    match record.id.as_str() {
        "dist.quantiles" => distributions(&mut compared, &record.results),
        "multiplicity" => multiplicity(&mut compared, &record.results),
        "mi.rubin" => rubin(&mut compared, &record.results),
        _ => return None,
    }
    Some(compared)
}

const SHARES: [f64; 11] = [
    0.001, 0.01, 0.025, 0.05, 0.1, 0.5, 0.9, 0.95, 0.975, 0.99, 0.999,
];

fn distributions(compared: &mut Compared, results: &Value) {
    for p in SHARES {
        let name = p.to_string();
        compared.near(
            &format!("qnorm {p}"),
            d::normal_quantile(p),
            &results["qnorm"][&name],
        );
    }
    let mut quantiles = |name: &str, of: &dyn Fn(f64, f64) -> f64| {
        for (df, list) in results[name].as_object().into_iter().flatten() {
            let df_value: f64 = df.parse().expect("degrees of freedom");
            let own: Vec<f64> = SHARES.iter().map(|p| of(*p, df_value)).collect();
            // R writes 15 digits, and a median that is a rounding of zero.
            compared.all_near(&format!("{name} {df}"), &own, list);
        }
    };
    quantiles("qt_df", &d::t_quantile);
    quantiles("qchisq", &d::chi_squared_quantile);
    let p = &results["pt_2sided"];
    compared.near("pt 2.2", d::t_two_sided(2.2, 7.3), &p["t2.2_df7.3"]);
    compared.near("pt 10", d::t_two_sided(10.0, 50.0), &p["t10_df50"]);
    compared.near("pt 40", d::t_two_sided(40.0, 400.0), &p["t40_df400"]);
    let p = &results["pchisq_upper"];
    compared.near("pchisq 50", d::chi_squared_upper(50.0, 3.0), &p["x50_df3"]);
    compared.near(
        "pchisq 300",
        d::chi_squared_upper(300.0, 10.0),
        &p["x300_df10"],
    );
    compared.near(
        "pf",
        d::f_upper(3.0, 2.0, 57.4),
        &results["pf_upper"]["f3_2_57.4"],
    );
    let p = &results["ptukey"]["q3_k3_df50"];
    // 0.904274275719699057 by quadrature with 18 digits: R's ptukey is 2.6e-12 above it.
    let own = 1.0 - d::studentized_range_upper(3.0, 3, 50.0);
    compared.near_absolute("ptukey", own, p, 1e-11);
    // R's qtukey stops when two steps differ by less than 1e-4.
    let q = &results["qtukey"];
    let own = d::studentized_range_quantile(0.05, 3, 50.0);
    compared.near_within("qtukey 3", own, &q["k3_df50"], 1e-6);
    let own = d::studentized_range_quantile(0.05, 5, 400.0);
    compared.near_within("qtukey 5", own, &q["k5_df400"], 1e-6);
}

fn multiplicity(compared: &mut Compared, results: &Value) {
    let p: Vec<f64> = results["p"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    let methods = [
        ("bonferroni", Adjustment::Bonferroni),
        ("holm", Adjustment::Holm),
        ("hochberg", Adjustment::Hochberg),
        ("hommel", Adjustment::Hommel),
        ("BH", Adjustment::BenjaminiHochberg),
        ("BY", Adjustment::BenjaminiYekutieli),
    ];
    for (name, method) in methods {
        let own = adjust(&p, method).expect("p values");
        compared.all_near(name, &own, &results[name]);
    }
}

fn rubin(compared: &mut Compared, results: &Value) {
    let numbers = |name: &str| -> Vec<f64> {
        let list = results[name].as_array().into_iter().flatten();
        list.filter_map(Value::as_f64).collect()
    };
    let level = Level::default();
    let each = numbers("est")
        .into_iter()
        .zip(numbers("se"))
        .map(|(value, se)| {
            Estimate::new(value, se, Reference::T(396.0), level).expect("an estimate")
        });
    let own = pool(&each.collect::<Vec<_>>(), level).expect("a pooled estimate");
    let df = own.estimate.reference.df().expect("degrees of freedom");
    compared.near("pooled", own.estimate.value, &results["pooled"]);
    compared.near("within", own.within, &results["within"]);
    compared.near("between", own.between, &results["between"]);
    compared.near("total", own.total, &results["total"]);
    compared.near("se", own.estimate.se, &results["se.1"]);
    compared.near("lambda", own.lambda, &results["lambda"]);
    compared.near("old df", own.rubin_df, &results["df_old"]);
    compared.near("df", df, &results["df_BR"]);
    compared.near(
        "missing information",
        own.missing_information,
        &results["fmi"],
    );
    let ends = [own.estimate.interval.lower, own.estimate.interval.upper];
    compared.all_near("interval", &ends, &results["ci"]);
    let check = &results["mice_check"];
    compared.near("r in mice", own.relative_increase, &check["r"]);
    compared.near("df in mice", df, &check["df"]);
}
