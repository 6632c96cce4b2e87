//! The arithmetic of contributors, worked by hand on a condition made for it.
//!
//! With Z = 1.959964 (95 %), logit p = ln(p / (1 − p)), and a ratio's standard error from its printed interval, se = (ln high − ln low) / 2Z:
//!
//! ```text
//! prior 0.30 (0.20 to 0.40)   logit −0.847298   se (logit 0.40 − logit 0.20) / 2Z = 0.250216
//! ratio 3 (2 to 4.5)          ln 3 = 1.098612   se (ln 4.5 − ln 2) / 2Z           = 0.206874
//! both                        logit  0.251314   se √(0.250216² + 0.206874²)       = 0.324661
//!                             0.5625, from 0.4049 to 0.7084
//! ```
//!
//! Every other expectation below follows in the same way; what differs stands beside it.

use cotreat_care::assess::{Contributor, Estimate, assess};
use cotreat_care::input;
use cotreat_knowledge::{Band, Knowledge};

use crate::common::guide::{Texts, examples};
use crate::common::loaded;

/// The guide's knowledge, with a condition to weigh and findings that speak for or against it.
struct Bench {
    texts: Texts,
}

/// A starting point in primary care, for everybody.
macro_rules! prior {
    ($value:literal, $low:literal, $high:literal) => {
        concat!(
            "[[prior]]\nsetting = \"primary_care\"\nvalue = ",
            $value,
            "\nlow = ",
            $low,
            "\nhigh = ",
            $high,
            "\nbasis = \"expert_judgement\"\nsays = \"Made up.\"\n"
        )
    };
}
const PRIOR: &str = prior!("0.30", "0.20", "0.40");

impl Bench {
    fn new(priors: &str) -> Self {
        Self {
            texts: examples().clone(),
        }
        .condition("worked", priors)
    }

    fn condition(mut self, id: &str, body: &str) -> Self {
        let text = format!(
            "id = \"{id}\"\nname = \"{id}\"\ngroup = \"nerve\"\nexplain = \"Made up.\"\n{body}"
        );
        self.texts
            .insert(format!("conditions/nerve/{id}.toml"), text);
        let wording = self
            .texts
            .get_mut("wording/en/conditions.toml")
            .expect("the guide has wording");
        wording.push_str(&format!("{id} = \"Made up.\"\n"));
        self
    }

    /// A finding of this kind with lines of its own, and what was measured about it.
    fn finding(mut self, id: &str, kind: &str, more: &str, evidence: &[(&str, &str)]) -> Self {
        let asked_of = if kind == "history" {
            "patient"
        } else {
            "clinician"
        };
        let ask = if more.contains("derive") {
            ""
        } else {
            "ask = \"Is it so?\"\n"
        };
        let mut text = format!(
            "id = \"{id}\"\nname = \"{id}\"\nkind = \"{kind}\"\nasked_of = \"{asked_of}\"\n{ask}{more}\n"
        );
        for (condition, numbers) in evidence {
            text += &format!(
                "[[evidence]]\ncondition = \"{condition}\"\nbasis = \"expert_judgement\"\nsays = \"Made up.\"\n{numbers}\n"
            );
        }
        self.texts.insert(format!("findings/bench/{id}.toml"), text);
        self
    }

    /// An examination that speaks about the condition to weigh.
    fn test(self, id: &str, numbers: &str) -> Self {
        self.finding(id, "examination", "", &[("worked", numbers)])
    }

    fn method(mut self, from: &str, to: &str) -> Self {
        let text = self
            .texts
            .get_mut("method.toml")
            .expect("the guide has a method");
        assert!(text.contains(from));
        *text = text.replace(from, to);
        self
    }

    fn load(&self) -> Knowledge {
        loaded(&self.texts)
    }
}

/// What is concluded about a condition from answers, `a = "yes"` and so on.
fn weigh(k: &Knowledge, condition: &str, setting: &str, answers: &str) -> Contributor {
    let text = format!("as_of = 2026-03-02\nsetting = \"{setting}\"\n[facts]\n{answers}\n");
    let episode =
        input::from_toml("bench.toml", &text, k).unwrap_or_else(|problems| panic!("{problems:?}"));
    let handle = k.conditions.find(condition).expect("a condition");
    assess(&episode, k)
        .contributors
        .into_iter()
        .find(|c| c.condition == handle)
        .expect("it has a band to find")
}

fn worked(k: &Knowledge, answers: &str) -> Contributor {
    weigh(k, "worked", "primary_care", answers)
}

fn estimate(contributor: &Contributor) -> &Estimate {
    contributor.estimate.as_ref().expect("from ratios")
}

/// Median, low and high as worked by hand, to the tenth of a percent to which they are rounded.
#[track_caller]
fn comes_to(contributor: &Contributor, by_hand: (f64, f64, f64)) {
    let e = estimate(contributor);
    let near = |a: f64, b: f64| (a - b).abs() <= 0.000_6;
    let got = (e.median, e.low, e.high);
    assert!(
        near(got.0, by_hand.0) && near(got.1, by_hand.1) && near(got.2, by_hand.2),
        "{got:?}, by hand {by_hand:?}"
    );
}

/// The ids of evidence lines.
fn ids(k: &Knowledge, lines: &[cotreat_care::assess::UsedLine]) -> Vec<String> {
    lines
        .iter()
        .map(|used| k.findings.id(used.line.finding).to_owned())
        .collect()
}

const LR3: &str = "lr_positive = { value = 3, low = 2, high = 4.5 }\nlr_negative = { value = 0.4, low = 0.2, high = 0.8 }";

#[test]
fn a_ratio_multiplies_the_odds_and_carries_its_interval() {
    let k = Bench::new(PRIOR).test("a", LR3).load();
    let found = worked(&k, "a = \"yes\"");
    comes_to(&found, (0.5625, 0.4049, 0.7084));
    assert_eq!(found.band, Some(Band::Likely));
}

/// ln 0.4 = −0.916291, se 0.353653: logit −1.763589, se 0.433212.
#[test]
fn a_no_uses_the_negative_ratio() {
    let k = Bench::new(PRIOR).test("a", LR3).load();
    let found = worked(&k, "a = \"no\"");
    comes_to(&found, (0.1463, 0.0683, 0.2861));
    assert_eq!(found.band, Some(Band::Possible));
    assert!(!estimate(&found).used[0].present);
}

#[test]
fn an_answer_for_which_nothing_was_printed_says_nothing() {
    let k = Bench::new(PRIOR)
        .test("a", "lr_positive = { value = 3, low = 2, high = 4.5 }")
        .load();
    let found = worked(&k, "a = \"no\"");
    assert_eq!(found.band, None);
    assert!(estimate(&found).used.is_empty());
}

/// Sensitivity 0.80 (0.70 to 0.88), specificity 0.75 (0.65 to 0.83):
/// LR+ = 0.80 / 0.25 = 3.2, se √(se(ln 0.80)² + se(ln 0.25)²) = 0.193250; LR− = 0.20 / 0.75 = 0.2667, se 0.241928.
#[test]
fn sensitivity_and_specificity_become_ratios() {
    let numbers = "sensitivity = { value = 0.80, low = 0.70, high = 0.88 }\nspecificity = { value = 0.75, low = 0.65, high = 0.83 }";
    let k = Bench::new(PRIOR).test("a", numbers).load();
    let yes = worked(&k, "a = \"yes\"");
    comes_to(&yes, (0.5783, 0.4246, 0.7182));
    let used = &estimate(&yes).used[0];
    assert!(
        (used.ratio.value - 3.2).abs() < 1e-9
            && used.ratio.derived
            && (used.log_se - 0.193_250).abs() < 1e-6
    );
    comes_to(&worked(&k, "a = \"no\""), (0.1026, 0.0546, 0.1844));
}

/// Twice the log-interval of the ratio: from 1.33 to 6.75 instead of 2 to 4.5. The median stays.
#[test]
fn a_ratio_outside_its_setting_has_its_log_interval_doubled() {
    let k = Bench::new(PRIOR)
        .test("a", &format!("{LR3}\nsetting = \"surgical\""))
        .load();
    let found = worked(&k, "a = \"yes\"");
    comes_to(&found, (0.5625, 0.3326, 0.7683));
    let used = &estimate(&found).used[0];
    assert!(used.other_setting && (used.log_se - 2.0 * 0.206_874).abs() < 1e-6);
    let home = Bench::new(PRIOR)
        .test("a", &format!("{LR3}\nsetting = \"primary_care\""))
        .load();
    comes_to(&worked(&home, "a = \"yes\""), (0.5625, 0.4049, 0.7084));
}

#[test]
fn a_starting_point_outside_its_setting_has_its_log_interval_doubled() {
    let k = Bench::new(PRIOR).test("a", LR3).load();
    let found = weigh(&k, "worked", "specialist", "a = \"yes\"");
    comes_to(&found, (0.5625, 0.3079, 0.7880));
    assert!(estimate(&found).prior_other_setting);
    let own = format!(
        "{PRIOR}{}",
        PRIOR
            .replace("primary_care", "specialist")
            .replace("0.30", "0.35")
    );
    let k = Bench::new(&own).test("a", LR3).load();
    let found = weigh(&k, "worked", "specialist", "a = \"yes\"");
    assert!(
        !estimate(&found).prior_other_setting,
        "there is one for this setting"
    );
    assert_eq!(estimate(&found).prior, 1);
}

/// Without a printed interval a ratio is uncertain by a factor of 2 either way: se ln 2 / Z = 0.353653.
#[test]
fn a_ratio_without_an_interval_is_uncertain_by_a_factor() {
    let k = Bench::new(PRIOR)
        .test("a", "lr_positive = { value = 3 }")
        .load();
    let found = worked(&k, "a = \"yes\"");
    comes_to(&found, (0.5625, 0.3549, 0.7503));
    assert!(estimate(&found).used[0].interval_assumed);
    let wider = Bench::new(PRIOR)
        .test("a", "lr_positive = { value = 3 }")
        .method(
            "missing_interval_factor = 2.0",
            "missing_interval_factor = 4.0",
        )
        .load();
    assert!(estimate(&worked(&wider, "a = \"yes\"")).high > estimate(&found).high);
}

#[test]
fn of_a_cluster_the_composite_counts_before_its_parts_then_the_rank() {
    let member = |rank: u32| format!("cluster = \"one\"\nrank = {rank}");
    let about = |numbers| [("worked", numbers)];
    let strong = "lr_positive = { value = 9, low = 6, high = 13 }\nlr_negative = { value = 0.1, low = 0.05, high = 0.2 }";
    let bench = || {
        Bench::new(PRIOR)
            .finding("a_second", "examination", &member(2), &about(strong))
            .finding("b_first", "examination", &member(1), &about(LR3))
            .finding(
                "c_unranked",
                "examination",
                "cluster = \"one\"",
                &about(strong),
            )
    };
    let k = bench().load();
    let both = worked(
        &k,
        "c_unranked = \"yes\"\na_second = \"yes\"\nb_first = \"yes\"",
    );
    assert_eq!(
        ids(&k, &estimate(&both).used),
        ["b_first"],
        "rank 1, not the strongest, not the first answered"
    );
    assert_eq!(
        ids(&k, &estimate(&both).same_cluster),
        ["a_second", "c_unranked"]
    );
    comes_to(&both, (0.5625, 0.4049, 0.7084));
    let one = worked(&k, "a_second = \"yes\"\nc_unranked = \"no\"");
    assert_eq!(
        ids(&k, &estimate(&one).used),
        ["a_second"],
        "what was not done does not count"
    );
    let k = bench()
        .finding(
            "z_whole",
            "examination",
            "cluster = \"one\"\nderive = \"a_second && b_first\"",
            &about(LR3),
        )
        .load();
    let whole = worked(&k, "a_second = \"yes\"\nb_first = \"yes\"");
    assert_eq!(
        ids(&k, &estimate(&whole).used),
        ["z_whole"],
        "a composite without rank goes before its parts"
    );
    assert_eq!(
        ids(&k, &estimate(&whole).same_cluster),
        ["b_first", "a_second"]
    );
    let part = worked(&k, "b_first = \"yes\"");
    assert_eq!(
        ids(&k, &estimate(&part).used),
        ["b_first"],
        "the composite is not known yet"
    );
}

#[test]
fn tests_of_one_cluster_that_disagree_are_shown_as_such() {
    let member = |rank: u32| format!("cluster = \"one\"\nrank = {rank}");
    let k = Bench::new(PRIOR)
        .finding("a", "examination", &member(1), &[("worked", LR3)])
        .finding("b", "examination", &member(2), &[("worked", LR3)])
        .finding("c", "examination", &member(3), &[("worked", LR3)])
        .load();
    let found = worked(&k, "a = \"yes\"\nb = \"no\"\nc = \"yes\"");
    let conflicts: Vec<bool> = estimate(&found)
        .same_cluster
        .iter()
        .map(|used| used.conflicts)
        .collect();
    assert_eq!(conflicts, [true, false]);
    comes_to(&found, (0.5625, 0.4049, 0.7084));
}

/// ln 6 + ln 5 + ln 4 = 4.787492 onto −0.847298; the fourth cluster, ratio 1.5, is left out and shown.
#[test]
fn at_most_three_clusters_multiply() {
    let k = Bench::new(PRIOR)
        .test("a", "lr_positive = { value = 1.5, low = 1.2, high = 1.9 }")
        .test("b", "lr_positive = { value = 4, low = 2.5, high = 6.4 }")
        .test("c", "lr_positive = { value = 5, low = 3, high = 8.3333 }")
        .test("d", "lr_positive = { value = 6, low = 4, high = 9 }")
        .load();
    let found = worked(&k, "a = \"yes\"\nb = \"yes\"\nc = \"yes\"\nd = \"yes\"");
    comes_to(&found, (0.9809, 0.9525, 0.9925));
    assert_eq!(ids(&k, &estimate(&found).used), ["d", "c", "b"]);
    assert_eq!(ids(&k, &estimate(&found).too_many), ["a"]);
    assert_eq!(found.band, Some(Band::VeryLikely));
}

#[test]
fn only_the_starting_point_is_not_enough_to_say_anything() {
    let k = Bench::new(PRIOR).test("a", LR3).load();
    for answers in ["", "a = \"unknown\"", "a = \"not done\""] {
        let found = worked(&k, answers);
        assert_eq!(found.band, None, "{answers}");
        assert_eq!(ids(&k, &estimate(&found).used), [""; 0]);
        assert_eq!(
            estimate(&found).open.len(),
            1,
            "{answers}: the test is still worth doing"
        );
    }
}

/// Ratio 3 from 0.6 to 15: 0.5625 from 0.193 to 0.874 touches possible, likely and very likely.
#[test]
fn an_interval_over_three_bands_cannot_say() {
    let wide = "lr_positive = { value = 3, low = 0.6, high = 15 }";
    let k = Bench::new(PRIOR).test("a", wide).load();
    let found = worked(&k, "a = \"yes\"");
    comes_to(&found, (0.5625, 0.1929, 0.8737));
    assert_eq!(found.band, None);
    let k = Bench::new(PRIOR)
        .test("a", wide)
        .method("cannot_say_bands       = 3", "cannot_say_bands       = 4")
        .load();
    assert_eq!(
        worked(&k, "a = \"yes\"").band,
        Some(Band::Likely),
        "the number of bands is the method's"
    );
}

const TWO_PRIORS: &str = concat!(
    prior!("0.10", "0.05", "0.18"),
    "when = \"told\"\n",
    prior!("0.30", "0.20", "0.40"),
);

/// Which prior holds hangs on a question nobody asked: on the log-odds scale 0.10 reaches down to −2.911270 (1.96 · 0.364316 below its
/// median) and 0.30 up to −0.356883. The middle is −1.634077, se 0.651641; with the ratio logit −0.535464, se 0.683691.
#[test]
fn an_open_starting_point_widens_the_interval_over_both() {
    let k = Bench::new(TWO_PRIORS)
        .finding("told", "history", "", &[])
        .test("a", LR3)
        .load();
    let found = worked(&k, "a = \"yes\"");
    comes_to(&found, (0.3692, 0.1329, 0.6909));
    assert_eq!(
        (
            estimate(&found).prior,
            estimate(&found).open_priors.as_slice()
        ),
        (1, [0].as_slice())
    );
    let told = worked(&k, "a = \"yes\"\ntold = \"yes\"");
    comes_to(&told, (0.25, 0.1279, 0.4311));
    assert_eq!(
        (estimate(&told).prior, estimate(&told).open_priors.len()),
        (0, 0)
    );
    let not = worked(&k, "a = \"yes\"\ntold = \"no\"");
    comes_to(&not, (0.5625, 0.4049, 0.7084));
}

/// A test that was not done is no information; the next starting point is about people in whom nobody looked.
#[test]
fn a_starting_point_that_hangs_on_a_test_not_done_is_passed_over() {
    for kind in ["examination", "imaging", "laboratory"] {
        let k = Bench::new(TWO_PRIORS)
            .finding("told", kind, "", &[])
            .test("a", LR3)
            .load();
        for answers in ["a = \"yes\"", "a = \"yes\"\ntold = \"not done\""] {
            let found = worked(&k, answers);
            comes_to(&found, (0.5625, 0.4049, 0.7084));
            assert!(estimate(&found).open_priors.is_empty(), "{kind}");
        }
    }
}

/// Each for itself: three conditions of 0.9 each stay at 0.9, and what speaks for one leaves the others alone.
#[test]
fn contributors_are_never_normalised() {
    let body = |id: &str| {
        (
            id.to_owned(),
            PRIOR
                .replace("0.30", "0.75")
                .replace("0.20", "0.70")
                .replace("0.40", "0.80"),
        )
    };
    let mut bench = Bench::new(PRIOR);
    for (id, priors) in ["one", "two", "three"].map(body) {
        bench = bench.condition(&id, &priors).finding(
            &format!("for_{id}"),
            "examination",
            "",
            &[(&id, LR3)],
        );
    }
    let k = bench.load();
    let all = "for_one = \"yes\"\nfor_two = \"yes\"\nfor_three = \"yes\"";
    let medians: Vec<f64> = ["one", "two", "three"]
        .iter()
        .map(|id| estimate(&weigh(&k, id, "primary_care", all)).median)
        .collect();
    assert_eq!(medians, [0.9; 3], "odds 3, times 3, are 9 to 1");
    let alone = weigh(&k, "one", "primary_care", "for_one = \"yes\"");
    assert_eq!(estimate(&alone).median, 0.9);
}

/// Bands by median: < 10 %, 10 to 50, 50 to 80, > 80. The edges belong to the middle.
#[test]
fn bands_meet_at_ten_fifty_and_eighty_percent() {
    let edges = [
        ("0.099", Band::Unlikely),
        ("0.100", Band::Possible),
        ("0.499", Band::Possible),
        ("0.500", Band::Likely),
        ("0.800", Band::Likely),
        ("0.801", Band::VeryLikely),
    ];
    for (value, band) in edges {
        let median: f64 = value.parse().expect("a number");
        let priors = PRIOR
            .replace("0.30", value)
            .replace("0.20", &format!("{}", median - 0.0005))
            .replace("0.40", &format!("{}", median + 0.0005));
        let k = Bench::new(&priors)
            .test(
                "a",
                "lr_positive = { value = 1, low = 0.9999, high = 1.0001 }",
            )
            .load();
        assert_eq!(worked(&k, "a = \"yes\"").band, Some(band), "{value}");
    }
}

#[test]
fn criteria_give_the_highest_band_that_is_true() {
    let criterion = |band: &str, when: &str| {
        format!(
            "[[criterion]]\nband = \"{band}\"\nwhen = \"{when}\"\nbasis = \"expert_judgement\"\nsays = \"Made up.\"\n"
        )
    };
    let body =
        criterion("unlikely", "!a") + &criterion("likely", "a && b") + &criterion("possible", "a");
    let tests = |bench: Bench| {
        bench
            .finding("a", "examination", "", &[])
            .finding("b", "examination", "", &[])
    };
    let k = tests(Bench::new(&body)).load();
    assert_eq!(worked(&k, "").band, None, "nothing asked, nothing said");
    assert_eq!(worked(&k, "b = \"yes\"").band, None);
    assert_eq!(worked(&k, "a = \"no\"").band, Some(Band::Unlikely));
    assert_eq!(
        worked(&k, "a = \"yes\"\nb = \"no\"").band,
        Some(Band::Possible)
    );
    assert_eq!(
        worked(&k, "a = \"yes\"\nb = \"yes\"").band,
        Some(Band::Likely)
    );
    let open = worked(&k, "a = \"yes\"");
    assert_eq!(open.band, Some(Band::Possible));
    assert_eq!(open.open_criteria, [0], "and a higher band is still open");
}
