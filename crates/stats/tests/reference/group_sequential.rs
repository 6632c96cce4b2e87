//! Group-sequential bounds.

use cotreat_stats::Sides;
use cotreat_stats::group_sequential::{Analyses, Boundaries, Rule, Spending};

use crate::compare::Compared;
use crate::record::Record;

pub fn compare(record: &Record) -> Option<Compared> {
    let parts: Vec<&str> = record.id.split('.').collect();
    let sides = match parts[0] {
        "gs" => Sides::One,
        "gs2" => Sides::Two,
        _ => return None,
    };
    let rule = match parts[1] {
        "P" => Rule::Pocock,
        "OF" => Rule::OBrienFleming,
        "WT" => Rule::WangTsiatis(0.25),
        "HP" => Rule::HaybittlePeto(3.0),
        "asP" => Rule::Spending(Spending::Pocock),
        "asOF" => Rule::Spending(Spending::OBrienFleming),
        "asKD" => Rule::Spending(Spending::KimDeMets(2.0)),
        "asHSD" => Rule::Spending(Spending::HwangShihDeCani(-4.0)),
        other => panic!("an unknown rule: {other}"),
    };
    let results = &record.results;
    let alpha = results["alpha_one_sided"].as_f64().unwrap_or(0.05);
    let count = results["K"].as_u64().expect("a number of analyses") as usize;
    let analyses = Analyses::equal(count).expect("analyses");
    let own = Boundaries::new(&analyses, alpha, sides, rule).expect("bounds");
    let mut compared = Compared::new(record);
    compared.all_near("bounds", own.upper(), &results["critical_values"]);
    // The records call for this of the total error; the program that made them stops at 3e-8.
    let total = own.alpha_spent()[count - 1];
    let total_within = (total - alpha).abs() <= 1e-8;
    compared.same("total alpha within 1e-8", total_within, true);
    if sides == Sides::Two {
        compared.all_near(
            "levels",
            &own.stage_levels(),
            &results["stage_levels_one_sided"],
        );
        return Some(compared);
    }
    compared.all_near("information", analyses.fractions(), &results["information"]);
    compared.all_near("levels", &own.stage_levels(), &results["stage_levels"]);
    compared.all_near("spent", &own.alpha_spent(), &results["alpha_spent"]);
    let inflation = own.inflation(0.8).expect("an inflation factor");
    compared.near("inflation", inflation, &results["inflation_factor_power80"]);
    let drift = own.drift(0.8).expect("a drift");
    let expected = inflation * own.expected_information(drift).expect("information");
    compared.near(
        "expected size",
        expected,
        &results["expected_N_fraction_H1"],
    );
    Some(compared)
}
