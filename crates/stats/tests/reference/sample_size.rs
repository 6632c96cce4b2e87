//! Sample sizes.

use cotreat_stats::Sides;
use cotreat_stats::sample_size::{
    Aim, ManyMeans, ProportionTest, RepeatedMeasures, TwoMeans, TwoProportions, baseline,
    design_effect,
};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;

pub fn compare(record: &Record) -> Option<Compared> {
    let rest = record.id.strip_prefix("ss.")?;
    let mut compared = Compared::new(record);
    let (kind, numbers) = rest.split_once('.').unwrap_or((rest, ""));
    match kind {
        "t" => two_means(&mut compared, numbers, &record.results),
        "prop" => two_proportions(&mut compared, numbers, &record.results),
        "noninf" => non_inferiority(&mut compared, numbers, &record.results),
        "anova3" => {
            let arms = ManyMeans::new(&[0.0, 2.5, 2.9], 5.0).expect("arms");
            let own = arms.size(aim(0.9)).expect("a size");
            compared.near("n per arm", own, &record.results["n_per_arm"]);
        }
        "repeated" => {
            let factor = |after| {
                RepeatedMeasures::new(1, after, 0.6)
                    .expect("visits")
                    .adjusted()
            };
            let own: Vec<f64> = (1..=4).map(factor).collect();
            compared.all_near("factor", &own, &record.results["factor"]);
        }
        _ => return None,
    }
    Some(compared)
}

fn aim(power: f64) -> Aim {
    Aim::new(0.05, Sides::Two, power).expect("an aim")
}

/// The number behind a letter: `d1.5.sd5.p0.8` holds d, sd and p.
fn number(text: &str, name: &str) -> f64 {
    let from = text.find(name).expect("the name") + name.len();
    let digits: String = text[from..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    digits.trim_end_matches('.').parse().expect("a number")
}

fn two_means(compared: &mut Compared, id: &str, results: &Value) {
    let aim = aim(number(id, ".p"));
    let arms = TwoMeans::new(number(id, "d"), number(id, ".sd")).expect("arms");
    let exact = arms.size(aim).expect("a size");
    compared.near("exact", exact.arm0, &results["n_exact"]);
    compared.near("rounded up", exact.whole()[0] as f64, &results["n_ceiling"]);
    let normal = arms.size_normal(aim).expect("a size").arm0;
    compared.near("normal", normal, &results["n_normal"]);
    let mut rounded = exact;
    [rounded.arm1, rounded.arm0] = exact.whole().map(|n| n as f64);
    let power = arms.power(rounded, aim).expect("a power");
    compared.near("power", power, &results["power_at_ceiling"]);
    let either = arms.power(rounded, aim.either_way()).expect("a power");
    compared.near(
        "power either way",
        either,
        &results["power_at_ceiling_strict"],
    );
    for (name, correlation) in [("n_ancova_rho.5", 0.5), ("n_ancova_rho.7", 0.7)] {
        let own = exact.times(baseline(correlation).expect("a factor"));
        compared.near(name, own.arm0, &results[name]);
    }
    let [_, with_dropout] = exact.with_dropout(0.2).expect("a size");
    compared.near("dropout", with_dropout as f64, &results["n_20pct_dropout"]);
    let clustered = exact.times(design_effect(15.0, 0.02).expect("a factor"));
    compared.near("clusters", clustered.arm0, &results["n_cluster_m15_icc.02"]);
}

fn two_proportions(compared: &mut Compared, id: &str, results: &Value) {
    let (p1, rest) = id.split_once('_').expect("two shares");
    let (p0, power) = rest.split_once(".p").expect("a power");
    let parse = |text: &str| text.parse::<f64>().expect("a number");
    let aim = aim(parse(power));
    let arms = TwoProportions::new(parse(p1), parse(p0)).expect("arms");
    let size = |test| arms.size(test, aim).expect("a size").arm0;
    let score = size(ProportionTest::Score);
    compared.near("power.prop.test", score, &results["n_power.prop.test"]);
    compared.near("pooled", score, &results["n_pooled_formula"]);
    compared.near(
        "unpooled",
        size(ProportionTest::Wald),
        &results["n_unpooled_formula"],
    );
    let corrected = size(ProportionTest::ScoreWithContinuity);
    compared.near("continuity", corrected, &results["n_fleiss_cc"]);
    // `pwr` counts significant results in the wrong direction as well, and its search (`uniroot`) stops within 1.2e-4 of the root.
    let arcsine = arms.size(ProportionTest::Arcsine, aim.either_way());
    let own = arcsine.expect("a size").arm0;
    compared.near_absolute("arcsine", own, &results["n_arcsine"], 1.2e-4);
}

fn non_inferiority(compared: &mut Compared, id: &str, results: &Value) {
    let aim = Aim::new(0.025, Sides::One, 0.9).expect("an aim");
    let arms = TwoMeans::new(0.0, 5.0)
        .and_then(|arms| arms.not_worse_by(number(id, "m")))
        .expect("arms");
    let normal = arms.size_normal(aim).expect("a size").arm0;
    compared.near("normal", normal, &results["n_normal"]);
    let exact = arms.size(aim).expect("a size").arm0;
    compared.near("exact", exact, &results["n_t"]);
}
