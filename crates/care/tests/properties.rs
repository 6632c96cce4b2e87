//! What holds for every patient: the shipped ones with answers left out, changed and added at random, and any value that the types allow.

use cotreat_care::assess::{Assessment, assess};
use cotreat_care::episode::{AnswerSheet, ClearedAlarm, EnteredScore};
use cotreat_care::face::{Detail, as_markdown, as_text};
use cotreat_care::fact::{Fact, Value};
use cotreat_care::{Episode, appraise, conclude};
use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::{Answers, Finding, Rule};
use cotreat_knowledge::names::Layer;
use cotreat_knowledge::{Handle, Knowledge};
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::common::knowledge;
use crate::common::patients::{behind, over_all, shipped, told};
use crate::common::safety::breaches;

/// A patient drawn at random: a shipped one, some of whose answers were forgotten, and who was asked more.
#[derive(Clone, Debug)]
struct Drawn {
    patient: Index,
    kept: Vec<bool>,
    asked: Vec<Answer>,
    profile: Option<Index>,
}

/// An answer to some finding.
#[derive(Clone, Copy, Debug)]
struct Answer {
    finding: Index,
    value: Index,
    days_ago: u8,
}

fn answer() -> impl Strategy<Value = Answer> {
    (
        any::<Index>(),
        any::<Index>(),
        prop_oneof![4 => Just(0_u8), 1 => 1..60_u8],
    )
        .prop_map(|(finding, value, days_ago)| Answer {
            finding,
            value,
            days_ago,
        })
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let kept = vec(prop::bool::weighted(0.8), 120);
    (
        any::<Index>(),
        kept,
        vec(answer(), 0..12),
        prop::option::weighted(0.3, any::<Index>()),
    )
        .prop_map(|(patient, kept, asked, profile)| Drawn {
            patient,
            kept,
            asked,
            profile,
        })
}

impl Drawn {
    /// The patient, without answers that contradict one another.
    fn episode(&self, k: &Knowledge) -> Episode {
        let mut episode = self.patient.get(shipped()).episode.clone();
        let mut kept = self.kept.iter().cycle();
        episode.facts.retain(|_| *kept.next().expect("a cycle"));
        if let Some(profile) = self.profile {
            episode.profile = Some(*profile.get(&k.profiles.handles().collect::<Vec<_>>()));
        }
        for answer in &self.asked {
            if let Some(more) = answered(&episode, answer, k) {
                episode = more;
            }
        }
        episode
    }
}

/// The patient with one more answer, where it fits what is known.
fn answered(episode: &Episode, answer: &Answer, k: &Knowledge) -> Option<Episode> {
    let finding = *answer
        .finding
        .get(&k.findings.handles().collect::<Vec<_>>());
    with(
        episode,
        finding,
        fitting(&k.findings[finding].answers, answer.value),
        answer.days_ago,
        k,
    )
}

fn with(
    episode: &Episode,
    finding: Handle<Finding>,
    value: Value,
    days_ago: u8,
    k: &Knowledge,
) -> Option<Episode> {
    let mut more = episode.clone();
    let on = more
        .as_of
        .checked_sub(jiff::Span::new().days(i64::from(days_ago)))
        .ok()?;
    more.facts.push(Fact {
        finding,
        value,
        by: None,
        profession: None,
        on,
        how: None,
        dose: None,
    });
    assess(&more, k).contradictions.is_empty().then_some(more)
}

/// A value that a person could have given.
fn fitting(answers: &Answers, pick: Index) -> Value {
    let code = |codes: &[String]| u16::try_from(pick.index(codes.len())).expect("few codes");
    match answers {
        Answers::YesNo { .. } => [Value::Yes, Value::No, Value::NotKnown][pick.index(7) % 3],
        Answers::Choice(codes) => Value::Code(code(codes)),
        Answers::Choices(codes) => {
            Value::Codes((pick.index(1 << 20) as u64) & ((1 << codes.len().min(20)) - 1))
        }
        Answers::Number { min, max, .. } => {
            let (low, high) = (min.unwrap_or(0.0), max.unwrap_or(1000.0));
            #[expect(clippy::cast_precision_loss, reason = "one of a thousand steps")]
            let share = pick.index(1001) as f64 / 1000.0;
            Value::Number(low + share * (high - low))
        }
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Rules whose value comes from findings, scores and early classifications alone, each with a name.
fn plain_rules(k: &Knowledge) -> Vec<(String, &Rule)> {
    let mut rules: Vec<(String, &Rule)> = Vec::new();
    for (_, one) in k.conditions.iter() {
        rules.extend(
            one.alarms
                .iter()
                .map(|a| (format!("{}, alarm {}", one.id, a.label), &a.when)),
        );
        rules.extend(
            one.clearings
                .iter()
                .map(|c| (format!("{}, a clearing", one.id), &c.when)),
        );
        rules.extend(
            one.criteria
                .iter()
                .map(|c| (format!("{}, criterion {}", one.id, c.band.word()), &c.when)),
        );
    }
    for (_, one) in k.interventions.iter() {
        rules.extend(
            one.contraindications
                .iter()
                .map(|c| (format!("{}, {}", one.id, c.label), &c.when)),
        );
        rules.extend(
            one.recommendations
                .iter()
                .filter_map(|r| Some((format!("{}, {}", one.id, r.label), r.when.as_ref()?))),
        );
    }
    rules.extend(k.patterns.iter().map(|(_, p)| (p.id.clone(), &p.when)));
    rules.retain(|(_, rule)| {
        rule.expr
            .symbols()
            .iter()
            .all(|s| k.names.layer(*s) <= Layer::Classification)
    });
    assert!(rules.len() > 100, "the rules were found");
    rules
}

fn values(rules: &[(String, &Rule)], assessment: &Assessment) -> Vec<Tri> {
    rules
        .iter()
        .map(|(_, rule)| rule.expr.eval(&assessment.state))
        .collect()
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn the_same_patient_gives_the_same_bytes(drawn in drawn()) {
        let k = knowledge();
        let episode = drawn.episode(k);
        let (first, again) = (appraise(&episode, k), appraise(&episode.clone(), k));
        prop_assert_eq!(first.to_json().expect("JSON"), again.to_json().expect("JSON"));
        prop_assert_eq!(as_text(&first, Detail::Sources, false), as_text(&again, Detail::Sources, false));
        prop_assert_eq!(as_markdown(&first, Detail::Sources), as_markdown(&again, Detail::Sources));
        let read: cotreat_care::Appraisal = serde_json::from_str(&first.to_json().expect("JSON")).expect("what was written can be read");
        prop_assert_eq!(read, first);
    }

    #[test]
    fn the_order_of_facts_does_not_matter(drawn in drawn(), order in any::<u64>()) {
        let k = knowledge();
        let episode = drawn.episode(k);
        let mut shuffled = episode.clone();
        shuffled.facts.sort_by_key(|fact| (fact.finding.index() as u64 + 1).wrapping_mul(order | 1).rotate_left(17));
        let reversed = Episode { facts: episode.facts.iter().rev().cloned().collect(), ..episode.clone() };
        let json = appraise(&episode, k).to_json().expect("JSON");
        prop_assert_eq!(&json, &appraise(&shuffled, k).to_json().expect("JSON"));
        prop_assert_eq!(&json, &appraise(&reversed, k).to_json().expect("JSON"));
    }

}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn an_unrelated_fact_changes_no_contributor(drawn in drawn(), answer in answer()) {
        let k = knowledge();
        let episode = drawn.episode(k);
        let before = assess(&episode, k);
        for contributor in &before.contributors {
            let related = behind(k, [k.names.likely(contributor.condition)]);
            let others: Vec<_> = k.findings.handles().filter(|f| !related.contains(f) && !before.knows(k, *f)).collect();
            prop_assume!(!others.is_empty());
            let finding = *answer.finding.get(&others);
            let value = fitting(&k.findings[finding].answers, answer.value);
            let Some(more) = with(&episode, finding, value, 0, k) else { continue };
            let after = assess(&more, k);
            let now = after.contributors.iter().find(|c| c.condition == contributor.condition).expect("still weighed");
            // Everything it consists of, numbers included.
            prop_assert_eq!(
                format!("{:?}", now), format!("{:?}", contributor),
                "{} by {}", k.conditions.id(contributor.condition), k.findings.id(finding)
            );
        }
    }

    #[test]
    fn one_more_answer_never_turns_a_decided_rule(drawn in drawn(), asked in vec(answer(), 1..6)) {
        let k = knowledge();
        let rules = plain_rules(k);
        let mut episode = drawn.episode(k);
        let mut before = assess(&episode, k);
        for answer in &asked {
            let finding = *answer.finding.get(&k.findings.handles().collect::<Vec<_>>());
            if before.knows(k, finding) {
                continue;
            }
            let Some(more) = answered(&episode, answer, k) else { continue };
            let after = assess(&more, k);
            for (((name, rule), was), is) in rules.iter().zip(values(&rules, &before)).zip(values(&rules, &after)) {
                let why = || format!("{name}: {was:?}, then {is:?} after {}", k.findings.id(finding));
                prop_assert!(was == Tri::Unknown || was == is, "{}", why());
                // Whatever became decided rests on the new answer, and says so through what it cites.
                let cites = || behind(k, rule.expr.symbols().iter().copied()).contains(&finding);
                prop_assert!(was == is || cites(), "{}, which it does not cite", why());
            }
            standing_alarms_stay(&before, &after, k)?;
            (episode, before) = (more, after);
        }
    }

    #[test]
    fn no_drawn_patient_breaks_a_rule_of_safety(drawn in drawn()) {
        let k = knowledge();
        let breaches = breaches(&conclude(&drawn.episode(k), k), k);
        prop_assert!(breaches.is_empty(), "{:?}", breaches);
    }
}

/// An alarm that stands stands on, unless a test clears it whose source says that it may.
fn standing_alarms_stay(
    before: &Assessment,
    after: &Assessment,
    k: &Knowledge,
) -> Result<(), TestCaseError> {
    for (was, is) in before.alarms.iter().zip(&after.alarms) {
        for raised in was.standing() {
            let now = is.raised.iter().find(|r| r.alarm == raised.alarm);
            let label = &k.conditions[was.condition].alarms[raised.alarm].label;
            prop_assert!(now.is_some(), "{label} is gone");
            let by_test = now
                .and_then(|r| r.cleared)
                .is_none_or(|by| matches!(by, cotreat_care::assess::Cleared::ByTest(_)));
            prop_assert!(by_test, "{label} was cleared by nobody new");
        }
    }
    Ok(())
}

/// Anything that the types allow: values of the wrong sort, numbers beyond all bounds, sheets of the wrong length, contradictions.
#[derive(Clone, Debug)]
struct Anything {
    facts: Vec<(Index, Value, i32)>,
    scores: Vec<(Index, f64)>,
    sheets: Vec<(Index, Vec<Option<f64>>)>,
    cleared: Vec<(Index, Index, i32)>,
    setting: Setting,
    jurisdiction: String,
    day: i32,
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -10.0..200.0_f64,
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(-0.0)
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => Just(Value::Yes),
        4 => Just(Value::No),
        1 => Just(Value::NotKnown),
        1 => any::<u16>().prop_map(Value::Code),
        2 => (0..4_u16).prop_map(Value::Code),
        1 => any::<u64>().prop_map(Value::Codes),
        2 => any_number().prop_map(Value::Number),
    ]
}

fn anything() -> impl Strategy<Value = Anything> {
    let setting = prop::sample::select(vec![
        Setting::PrimaryCare,
        Setting::Emergency,
        Setting::Specialist,
        Setting::Surgical,
    ]);
    (
        vec((any::<Index>(), any_value(), any::<i32>()), 0..120),
        vec((any::<Index>(), any_number()), 0..4),
        vec(
            (any::<Index>(), vec(prop::option::of(any_number()), 0..40)),
            0..3,
        ),
        vec((any::<Index>(), any::<Index>(), any::<i32>()), 0..4),
        setting,
        "(any|us|us_pa|uk|[a-z_]{0,8}|\\PC{0,5})",
        any::<i32>(),
    )
        .prop_map(
            |(facts, scores, sheets, cleared, setting, jurisdiction, day)| Anything {
                facts,
                scores,
                sheets,
                cleared,
                setting,
                jurisdiction,
                day,
            },
        )
}

/// Some day of the calendar.
fn day(number: i32) -> Date {
    let (first, last) = (Date::MIN, Date::MAX);
    let days = (last - first).get_days();
    first
        .checked_add(jiff::Span::new().days(number.rem_euclid(days + 1)))
        .unwrap_or(last)
}

impl Anything {
    fn episode(&self, k: &Knowledge) -> Episode {
        let findings: Vec<_> = k.findings.handles().collect();
        let conditions: Vec<_> = k.conditions.handles().collect();
        let professions: Vec<_> = k.professions.handles().collect();
        let instruments: Vec<_> = k.instruments.handles().collect();
        let scores: Vec<_> = k.names.scores().map(|(_, score)| score).collect();
        let fact = |(finding, value, on): &(Index, Value, i32)| Fact {
            finding: *finding.get(&findings),
            value: *value,
            by: None,
            profession: None,
            // Most on one day, so that they contradict one another.
            on: if on % 3 == 0 { day(*on) } else { day(self.day) },
            how: None,
            dose: None,
        };
        let cleared = |(condition, profession, on): &(Index, Index, i32)| ClearedAlarm {
            condition: *condition.get(&conditions),
            by: "A. Person".into(),
            profession: *profession.get(&professions),
            reason: String::new(),
            on: day(*on),
        };
        Episode {
            title: String::new(),
            as_of: day(self.day),
            setting: self.setting,
            jurisdiction: self.jurisdiction.clone(),
            profile: None,
            available: None,
            wants: Vec::new(),
            declines: Vec::new(),
            goals: Vec::new(),
            facts: self.facts.iter().map(fact).collect(),
            scores: self
                .scores
                .iter()
                .map(|(score, value)| EnteredScore {
                    score: *score.get(&scores),
                    value: *value,
                })
                .collect(),
            answers: self
                .sheets
                .iter()
                .map(|(instrument, answers)| AnswerSheet {
                    instrument: *instrument.get(&instruments),
                    answers: answers.clone(),
                })
                .collect(),
            cleared: self.cleared.iter().map(cleared).collect(),
        }
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn no_value_makes_the_engine_panic(anything in anything()) {
        let k = knowledge();
        let appraisal = appraise(&anything.episode(k), k);
        let json = appraisal.to_json();
        prop_assert!(json.is_ok(), "{:?}", json.err());
        let _ = (as_text(&appraisal, Detail::Sources, true), as_markdown(&appraisal, Detail::Full));
    }

    #[test]
    fn nothing_that_can_be_given_breaks_a_rule_of_safety(anything in anything()) {
        let k = knowledge();
        let breaches = breaches(&conclude(&anything.episode(k), k), k);
        prop_assert!(breaches.is_empty(), "{:?}", breaches);
    }
}

/// Rules that cite an alarm see "not known" as long as any of its rules could still turn out to be true, whoever is to be asked about it.
#[test]
fn an_alarm_is_never_told_to_be_absent_while_one_of_its_rules_is_unknown() {
    let k = knowledge();
    let found = over_all(|patient| {
        let assessment = assess(&patient.episode, k);
        let mut found = Vec::new();
        for (handle, condition) in k.conditions.iter() {
            for rule in condition
                .alarms
                .iter()
                .filter(|rule| rule.when.expr.eval(&assessment.state) == Tri::Unknown)
            {
                if assessment.state.bool(k.names.alarm(handle, rule.tier)) == Tri::No {
                    found.push(format!(
                        "{}, {}: `alarmTier('{0}', '{}')` is no",
                        condition.id,
                        rule.label,
                        rule.tier.word()
                    ));
                }
            }
        }
        found
    });
    assert!(found.is_empty(), "{}", told(&found));
}

/// The same finding on several days, and the same answer told by two people: whatever is written first.
#[test]
fn the_order_of_facts_about_one_finding_does_not_matter() {
    let k = knowledge();
    for patient in shipped().iter().step_by(7) {
        let mut episode = patient.episode.clone();
        let Some(one) = episode.facts.first().cloned() else {
            continue;
        };
        let earlier = episode
            .as_of
            .checked_sub(jiff::Span::new().days(9))
            .expect("a day");
        episode.facts.extend([
            Fact {
                on: earlier,
                ..one.clone()
            },
            Fact {
                how: Some("asked".into()),
                ..one.clone()
            },
            Fact {
                by: Some("B".into()),
                how: Some("told".into()),
                ..one.clone()
            },
            Fact {
                by: Some("B".into()),
                how: Some("read".into()),
                dose: Some("much".into()),
                ..one.clone()
            },
            Fact {
                value: Value::NotKnown,
                ..one
            },
        ]);
        let turned = Episode {
            facts: episode.facts.iter().rev().cloned().collect(),
            ..episode.clone()
        };
        let (json, again) = (
            appraise(&episode, k).to_json().expect("JSON"),
            appraise(&turned, k).to_json().expect("JSON"),
        );
        let differ = json.lines().zip(again.lines()).find(|(a, b)| a != b);
        assert!(json == again, "{}: {differ:?}", patient.name);
    }
}
