//! Steps of minimisation: scores, preferred arms, probabilities.

use cotreat_stats::randomise::{Arm, Coin, Factor, Imbalance, Minimisation, Seed};
use serde_json::Value;

use crate::compare::Compared;
use crate::record::Record;

const ARMS: [&str; 3] = ["usual", "relax", "struct"];
const FACTORS: [(&str, [&str; 2]); 3] = [
    ("sex", ["F", "M"]),
    ("age", ["<50", ">=50"]),
    ("rdq", ["low", "high"]),
];

pub fn compare(record: &Record) -> Option<Compared> {
    if record.id != "minimisation.steps" {
        return None;
    }
    let mut compared = Compared::new(record);
    for case in record.results["cases"].as_array().into_iter().flatten() {
        step(&mut compared, case);
    }
    Some(compared)
}

fn step(compared: &mut Compared, case: &Value) {
    let measure = match case["measure"].as_str().expect("a measure") {
        "range" => Imbalance::Range,
        "variance" => Imbalance::Variance,
        "sd" => Imbalance::StandardDeviation,
        "marginal_sum" => Imbalance::MarginalSum,
        other => panic!("an unknown measure: {other}"),
    };
    let arms = ARMS.map(|arm| Arm::new(arm, case["ratio"][arm].as_u64().expect("a ratio") as u32));
    let factors = FACTORS.map(|(name, levels)| Factor {
        name: name.into(),
        levels: levels.len(),
        weight: case["weights"][name].as_f64().expect("a weight"),
    });
    let rule = Minimisation::new(
        &arms,
        &factors,
        measure,
        Coin::Simple(0.8),
        "steps",
        Seed::new([0; 32]),
    );
    let rule = rule.expect("a rule");
    // Factors are filled up one by one: a patient of the past stands for one level of each.
    let counts = past(&rule, case);
    let levels = FACTORS.map(|(name, levels)| {
        let own = case["new"][name].as_str().expect("a level");
        levels
            .iter()
            .position(|level| *level == own)
            .expect("a known level")
    });
    let decision = rule.decide(&counts, &levels, 1).expect("a decision");
    for (at, arm) in ARMS.iter().enumerate() {
        compared.near(
            &format!("score {arm}"),
            decision.scores[at],
            &case["scores"][arm],
        );
        compared.near(
            &format!("probability {arm}"),
            decision.probabilities[at],
            &case["prob_p80"][arm],
        );
    }
    let mut preferred: Vec<&str> = decision.preferred.iter().map(|arm| ARMS[*arm]).collect();
    preferred.sort_unstable();
    let expected: Vec<&str> = case["preferred"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    compared.same("preferred", preferred, expected);
}

/// Patients whose levels have the counts of a case: the levels of each factor are laid out in a row per arm and read side by side.
fn past(rule: &Minimisation, case: &Value) -> cotreat_stats::randomise::Counts {
    let mut counts = rule.no_patients();
    for (at, arm) in ARMS.iter().enumerate() {
        let rows = FACTORS.map(|(name, levels)| {
            let own = levels.iter().enumerate().flat_map(|(code, level)| {
                let count = case["counts"][name][level][arm].as_u64().expect("a count");
                std::iter::repeat_n(code, count as usize)
            });
            own.collect::<Vec<usize>>()
        });
        let patients = rows[0].len();
        assert!(
            rows.iter().all(|row| row.len() == patients),
            "every patient has every factor"
        );
        for patient in 0..patients {
            let levels: Vec<usize> = rows.iter().map(|row| row[patient]).collect();
            rule.add(&mut counts, &levels, at).expect("a patient");
        }
    }
    counts
}
