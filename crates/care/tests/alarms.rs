//! Every alarm, every stop, every contributor and every pattern has a shipped case that shows it, and one that only just does not.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use cotreat_care::assess::alarms::Refused;
use cotreat_care::assess::{AlarmState, Cleared};
use cotreat_care::episode::ClearedAlarm;
use cotreat_care::{Conclusions, conclude};
use cotreat_expr::Tri;
use cotreat_knowledge::format::Level;
use cotreat_knowledge::model::{AppliesTo, Condition};
use cotreat_knowledge::{Band, Handle, Tier};

use crate::common::knowledge;
use crate::common::patients::{Patient, shipped};
use crate::common::safety::open_to_choice;

/// Every shipped patient with what was concluded.
fn concluded() -> &'static [(&'static Patient, Conclusions)] {
    static CONCLUDED: OnceLock<Vec<(&Patient, Conclusions)>> = OnceLock::new();
    CONCLUDED.get_or_init(|| {
        shipped()
            .iter()
            .map(|patient| (patient, conclude(&patient.episode, knowledge())))
            .collect()
    })
}

fn alarm(conclusions: &Conclusions, condition: Handle<Condition>) -> Option<&AlarmState> {
    conclusions
        .assessment
        .alarms
        .iter()
        .find(|state| state.condition == condition)
}

/// The word before the first `_`: `serious_infection` and `serious_cord_signs` are one family.
fn family(file: &str) -> &str {
    file.split('_').next().unwrap_or(file)
}

fn all_shown(lacking: &[String]) {
    assert!(
        lacking.is_empty(),
        "{} not shown by any shipped case:\n  {}",
        lacking.len(),
        lacking.join("\n  ")
    );
}

#[test]
fn every_emergency_has_a_case_that_trips_it_and_a_near_miss() {
    let k = knowledge();
    let mut lacking = Vec::new();
    for (handle, condition) in k.conditions.iter() {
        for (at, rule) in condition
            .alarms
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.tier == Tier::Emergency)
        {
            let name = format!("{}, {}", condition.id, rule.label);
            let trips = |conclusions: &Conclusions| {
                alarm(conclusions, handle).is_some_and(|a| a.raised.iter().any(|r| r.alarm == at))
            };
            let tripping: Vec<&str> = concluded()
                .iter()
                .filter(|(_, c)| trips(c))
                .map(|(p, _)| p.file.as_str())
                .collect();
            if tripping.is_empty() {
                lacking.push(format!("{name}: a case that trips it"));
                continue;
            }
            let near = |file: &str| {
                tripping
                    .iter()
                    .any(|trip| *trip == file || family(trip) == family(file))
            };
            let misses = |c: &Conclusions| {
                alarm(c, handle).is_some_and(|a| {
                    a.reached < Some(Tier::Emergency) && a.raised.iter().all(|r| r.alarm != at)
                })
            };
            if !concluded().iter().any(|(p, c)| near(&p.file) && misses(c)) {
                lacking.push(format!("{name}: a near miss in {}", tripping.join(", ")));
            }
        }
    }
    all_shown(&lacking);
}

#[test]
fn every_alarm_of_any_tier_is_tripped_by_some_case() {
    let k = knowledge();
    let mut lacking = Vec::new();
    for (handle, condition) in k.conditions.iter() {
        for (at, rule) in condition.alarms.iter().enumerate() {
            let tripped = concluded().iter().any(|(_, c)| {
                alarm(c, handle).is_some_and(|a| a.raised.iter().any(|r| r.alarm == at))
            });
            if !tripped {
                lacking.push(format!(
                    "{}, {} ({})",
                    condition.id,
                    rule.label,
                    rule.tier.word()
                ));
            }
        }
    }
    all_shown(&lacking);
}

#[test]
fn every_stop_of_hands_on_care_has_a_case_that_trips_it_and_one_that_does_not() {
    let k = knowledge();
    let mut lacking = Vec::new();
    for (handle, one) in k.interventions.iter().filter(|(_, one)| one.hands_on) {
        let stops = one
            .contraindications
            .iter()
            .filter(|c| c.level == Level::Stop && c.applies_to == AppliesTo::Whole);
        for stop in stops {
            let holds = |c: &Conclusions| stop.when.expr.eval(&c.assessment.state);
            let line = |c: &Conclusions| c.plan.line(handle).is_some_and(open_to_choice);
            if !concluded()
                .iter()
                .any(|(_, c)| holds(c) == Tri::Yes && !line(c))
            {
                lacking.push(format!(
                    "{}, {}: a case in which it holds",
                    one.id, stop.label
                ));
            }
            if !concluded()
                .iter()
                .any(|(_, c)| holds(c) == Tri::No || line(c))
            {
                lacking.push(format!(
                    "{}, {}: a case in which it does not",
                    one.id, stop.label
                ));
            }
        }
    }
    all_shown(&lacking);
}

#[test]
fn every_hands_on_intervention_is_offered_to_somebody() {
    let k = knowledge();
    let hands_on = k.interventions.iter().filter(|(_, one)| one.hands_on);
    let lacking: Vec<String> = hands_on
        .filter(|(handle, _)| {
            !concluded()
                .iter()
                .any(|(_, c)| c.plan.line(*handle).is_some_and(open_to_choice))
        })
        .map(|(_, one)| one.id.clone())
        .collect();
    all_shown(&lacking);
}

#[test]
fn every_contributor_is_found_in_one_case_and_not_in_another() {
    let k = knowledge();
    let mut bands: BTreeMap<Handle<Condition>, BTreeSet<Option<Band>>> = BTreeMap::new();
    for (_, c) in concluded() {
        for contributor in &c.assessment.contributors {
            bands
                .entry(contributor.condition)
                .or_default()
                .insert(contributor.band);
        }
    }
    let mut lacking = Vec::new();
    for (handle, condition) in k
        .conditions
        .iter()
        .filter(|(_, c)| !c.priors.is_empty() || !c.criteria.is_empty())
    {
        let seen = bands.get(&handle).cloned().unwrap_or_default();
        // Where only small studies of few people exist, an honest answer may never be better than "cannot say" with numbers.
        let spoken = || {
            concluded()
                .iter()
                .flat_map(|(_, c)| &c.assessment.contributors)
                .any(|c| {
                    c.condition == handle
                        && c.estimate
                            .as_ref()
                            .is_some_and(|e| e.used.iter().any(|u| u.present))
                })
        };
        if !seen.iter().any(|band| *band >= Some(Band::Possible)) && !spoken() {
            lacking.push(format!("{}: possible or higher", condition.id));
        }
        if !seen.iter().any(|band| *band < Some(Band::Possible)) {
            lacking.push(format!("{}: unlikely, or cannot say", condition.id));
        }
    }
    all_shown(&lacking);
}

#[test]
fn every_pattern_is_found_in_some_case() {
    let k = knowledge();
    let found: BTreeSet<_> = concluded()
        .iter()
        .flat_map(|(_, c)| c.assessment.patterns.iter().copied())
        .collect();
    let lacking: Vec<String> = k
        .patterns
        .iter()
        .filter(|(handle, _)| !found.contains(handle))
        .map(|(_, p)| p.id.clone())
        .collect();
    all_shown(&lacking);
}

/// Who may clear which tier is enforced for every profession and every tier, on a real patient with such an alarm.
#[test]
fn a_profession_clears_what_it_may_and_is_refused_the_rest() {
    let k = knowledge();
    let (mut refused, mut cleared) = (0, 0);
    for tier in Tier::DESCENDING {
        // A patient in whom this tier is the highest for some condition, and no test has cleared it.
        let found = concluded().iter().find_map(|(patient, c)| {
            let state = c.assessment.alarms.iter().find(|a| {
                a.reached == Some(tier) && a.raised.iter().all(|r| r.cleared.is_none())
            })?;
            patient
                .episode
                .cleared
                .is_empty()
                .then_some((patient, state.condition))
        });
        let Some((patient, condition)) = found else {
            panic!("no shipped case reaches {}", tier.word())
        };
        for (profession, one) in k.professions.iter() {
            let mut episode = patient.episode.clone();
            episode.cleared.push(ClearedAlarm {
                condition,
                by: "A. Person".into(),
                profession,
                reason: "Examined; another cause was found.".into(),
                on: episode.as_of,
            });
            let after = conclude(&episode, k);
            let state = alarm(&after, condition).expect("the alarm has not gone away");
            for raised in &state.raised {
                let rule = &k.conditions[condition].alarms[raised.alarm];
                let name = format!(
                    "{}: {} on {}, {}",
                    patient.name, one.id, k.conditions[condition].id, rule.label
                );
                if one.may_clear.covers(rule.tier) {
                    assert_eq!(raised.cleared, Some(Cleared::ByPerson(0)), "{name}");
                    cleared += 1;
                } else {
                    assert_eq!(raised.cleared, None, "{name}");
                    assert_eq!(raised.refused, [(0, Refused::NotAllowed)], "{name}");
                    assert!(state.reached >= Some(rule.tier), "{name}");
                    refused += 1;
                }
            }
        }
    }
    assert!(
        refused > 0 && cleared > 0,
        "both were seen: {refused} refused, {cleared} cleared"
    );
}

/// A finding that came after the clearing raises the alarm again.
#[test]
fn a_newer_finding_raises_a_cleared_alarm_again() {
    let k = knowledge();
    let (highest, _) = k
        .professions
        .iter()
        .max_by_key(|(_, p)| p.may_clear)
        .expect("a profession");
    let mut seen = 0;
    for (patient, c) in concluded() {
        for state in c.assessment.alarms.iter().filter(|a| a.reached.is_some()) {
            let mut episode = patient.episode.clone();
            let Ok(before) = episode.as_of.yesterday() else {
                continue;
            };
            if episode.facts.iter().any(|fact| fact.on != episode.as_of)
                || !episode.cleared.is_empty()
            {
                continue;
            }
            episode.cleared.push(ClearedAlarm {
                condition: state.condition,
                by: "A. Person".into(),
                profession: highest,
                reason: "Nothing was found yesterday.".into(),
                on: before,
            });
            let after = conclude(&episode, k);
            let now = alarm(&after, state.condition).expect("still looked at");
            // Alarms raised by a score alone know no day.
            let by_finding = now
                .raised
                .iter()
                .any(|r| r.refused == [(0, Refused::NewerFinding)]);
            if by_finding {
                assert_eq!(now.reached, state.reached, "{}", patient.name);
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "only {seen} alarms were tried");
}
