//! `cotreat explain`: everything known about an id, and where from.

use std::collections::BTreeSet;

use serde_json::Value;

use super::support::{cotreat, says};

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&cotreat(arguments).ends(0)).expect("JSON")
}

#[test]
fn every_id_by_kind() {
    let all = json(&["explain", "--json"]);
    let all = all.as_array().expect("a list");
    let kinds: BTreeSet<&str> = all
        .iter()
        .map(|one| one["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(kinds.len(), 15, "{kinds:?}");
    let text = cotreat(&["explain"]).ends(0);
    for one in all {
        says(&text, &[one["id"].as_str().expect("an id")]);
    }
}

/// One id of each kind, in both faces.
#[test]
fn one_of_each_kind() {
    let all = json(&["explain", "--json"]);
    let mut seen = BTreeSet::new();
    for one in all.as_array().expect("a list") {
        let (kind, id) = (
            one["kind"].as_str().expect("a kind"),
            one["id"].as_str().expect("an id"),
        );
        if !seen.insert(kind) {
            continue;
        }
        says(
            &cotreat(&["explain", id]).ends(0),
            &[
                &format!("({kind} {id})"),
                "not yet certified",
                "BLAKE3",
                "knowledge/",
            ],
        );
        let articles = json(&["explain", id, "--json"]);
        let article = articles
            .as_array()
            .expect("a list")
            .iter()
            .find(|a| a["kind"] == kind)
            .expect("an article of this kind");
        assert_eq!(article["id"], id);
        assert_eq!(
            article["file"]["blake3"].as_str().expect("a hash").len(),
            64
        );
        assert_eq!(article["file"]["certified_by"], Value::Null);
    }
}

#[test]
fn a_medicine_says_what_it_is_worth_or_that_it_is_not_known() {
    let text = cotreat(&["explain", "fentanyl"]).ends(0);
    says(
        &text,
        &[
            "its days are counted as: opioid",
            "dose in mcg/h times 2.4",
            "not confirmed in the paper",
        ],
    );
    let text = cotreat(&["explain", "buprenorphine"]).ends(0);
    says(&text, &["in oral morphine: not known"]);
    let text = cotreat(&["explain", "massage.soreness"]).ends(0);
    says(&text, &["risk", "Cambron"]);
}

#[test]
fn a_finding() {
    let text = cotreat(&["explain", "crossed_straight_leg_raise"]).ends(0);
    says(
        &text,
        &[
            "answers: positive (yes), negative (no)",
            "cluster: root_tension",
            "sensitivity 0.28 (95 % interval 0.22 to 0.35)",
            "a yes multiplies the odds by 2.8 (95 % interval ",
            "worked out from sensitivity and specificity",
            "measured in surgical",
            "cochrane_cd007431",
            "knowledge/findings/exam/crossed_straight_leg_raise.toml:",
        ],
    );
    // A must-know finding names the lines that wait for it, and the alarms that it raises.
    let text = cotreat(&["explain", "saddle_sensation_change"]).ends(0);
    says(
        &text,
        &[
            "alarm cauda_equina_syndrome.",
            "intervention massage is not offered before it is known",
            "when saddle_sensation_change",
        ],
    );
}

#[test]
fn a_condition() {
    let text = cotreat(&["explain", "cauda_equina_syndrome"]).ends(0);
    says(
        &text,
        &[
            "emergency `",
            "do: ",
            "within: today",
            "may be cleared by: ",
            "pathway spinal_emergency",
            "Patient wording",
            "knowledge/wording/en/conditions.toml:",
        ],
    );
    let text = cotreat(&["explain", "lumbar_radiculopathy"]).ends(0);
    says(
        &text,
        &[
            "Starting points",
            "in primary care",
            "Evidence, in the order in which it counts",
            "cluster root_tension",
            "ICD-10-CM M54.16",
        ],
    );
}

#[test]
fn parts() {
    says(
        &cotreat(&["explain", "massage.nice_package"]).ends(0),
        &[
            "recommendation massage.nice_package",
            "when age >= 16",
            "nice_ng59",
            "only together with exercise_therapy",
        ],
    );
    says(
        &cotreat(&["explain", "stage.acute"]).ends(0),
        &["when episode_duration < 42"],
    );
    says(
        &cotreat(&["explain", "start_back.distress"]).ends(0),
        &["score start_back.distress", "0 to 5"],
    );
    says(
        &cotreat(&["explain", "nice_ng59.manual_therapy"]).ends(0),
        &["encoded by massage.nice_package"],
    );
    says(
        &cotreat(&["explain", "massage.anticoagulated_deep"]).ends(0),
        &["contraindication massage.anticoagulated_deep"],
    );
}

#[test]
fn a_source_names_everything_that_rests_on_it() {
    let text = cotreat(&["explain", "nice_ng59"]).ends(0);
    says(
        &text,
        &[
            "What it recommends",
            "What rests on it",
            "recommendation nice_package",
            "knowledge/interventions/massage.toml:",
            "how much of it was read",
        ],
    );
}

#[test]
fn an_instrument() {
    says(
        &cotreat(&["explain", "phq4"]).ends(0),
        &[
            "tier A",
            "little interest or pleasure",
            "Bands",
            "Cited by these rules",
        ],
    );
    // Item text of other tiers is not shipped.
    says(
        &cotreat(&["explain", "start_back"]).ends(0),
        &[
            "its wording may not be shipped",
            "score",
            "psychosocial_risk",
        ],
    );
}

#[test]
fn the_ledger_hash_is_that_of_the_file() {
    let articles = json(&["explain", "massage", "--json"]);
    let text =
        std::fs::read(super::support::repository().join("knowledge/interventions/massage.toml"))
            .expect("it is there");
    // The hash itself is tested where it is made; here it is only that of this file and of no other.
    let other = json(&["explain", "manual_therapy", "--json"]);
    assert_ne!(articles[0]["file"]["blake3"], other[0]["file"]["blake3"]);
    assert_eq!(articles[0]["file"]["path"], "interventions/massage.toml");
    assert!(!text.is_empty());
}

#[test]
fn what_does_not_exist() {
    cotreat(&["explain", "masage"]).refuses(&[
        "nothing is called `masage`",
        "help: did you mean `massage`?",
    ]);
    cotreat(&["explain", "massage.nice_pakage"]).refuses(&["did you mean `massage.nice_package`?"]);
    cotreat(&["explain", "xqzwv"]).refuses(&[
        "nothing is called `xqzwv`",
        "help: `cotreat explain` lists every id",
    ]);
    cotreat(&["explain", "massage.xqzwv"]).refuses(&["help: its parts are massage."]);
}
