//! Hands are never laid on a patient about whom something that matters is not known.
//!
//! Over every shipped case, whole and with each answer taken away in turn.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cotreat_care::plan::{PlanLine, Status};
use cotreat_care::{Conclusions, Episode, conclude};
use cotreat_knowledge::format::Role;
use cotreat_knowledge::model::{Finding, Intervention};
use cotreat_knowledge::{Handle, Knowledge, Tier};

use crate::common::knowledge;
use crate::common::patients::{Patient, behind, recorded, shipped, without};

/// A line that somebody could act on now.
pub fn open_to_choice(line: &PlanLine) -> bool {
    matches!(
        line.status,
        Status::Offered | Status::Conflict | Status::LastResort
    )
}

/// Everything in which a plan breaks a rule of safety; nothing when it keeps them all.
pub fn breaches(conclusions: &Conclusions, k: &Knowledge) -> Vec<String> {
    let mut found = Vec::new();
    let Conclusions {
        assessment, plan, ..
    } = conclusions;
    let reached = assessment
        .alarms
        .iter()
        .filter_map(|alarm| alarm.reached)
        .max();
    let role = |line: &PlanLine| k.interventions[line.intervention].role;
    let active = plan.offered().any(|line| role(line) == Role::Active);
    let preselected = |role: Role| {
        plan.lines
            .iter()
            .any(|line| line.preselected && k.interventions[line.intervention].role == role)
    };
    if preselected(Role::Passive) && !preselected(Role::Active) {
        found.push("passive care is proposed without active care".into());
    }
    found.extend(
        plan.lines
            .iter()
            .filter(|line| line.preselected && line.status != Status::Offered)
            .map(|line| {
                format!(
                    "{} is proposed, but {}",
                    k.interventions.id(line.intervention),
                    line.status.word()
                )
            }),
    );
    for line in plan.lines.iter().filter(|line| open_to_choice(line)) {
        let one = &k.interventions[line.intervention];
        let mut breach =
            |what: String| found.push(format!("{} is {}, but {what}", one.id, line.status.word()));
        if one.hands_on {
            for finding in one.must_know.iter().filter(|f| !assessment.knows(k, **f)) {
                breach(format!("`{}` is not known", k.findings.id(*finding)));
            }
            for alarm in assessment
                .alarms
                .iter()
                .filter(|alarm| alarm.stops_hands_on(k))
            {
                breach(format!(
                    "an alarm stands for {}",
                    k.conditions[alarm.condition].id
                ));
            }
            if reached >= Some(Tier::Urgent) {
                breach("an emergency or urgent alarm stands".into());
            }
        }
        if (one.role != Role::Advice || !one.even_in_emergency) && reached == Some(Tier::Emergency)
        {
            breach("an emergency comes first".into());
        }
        if one.role == Role::Passive && !active {
            breach("passive care is planned without active care".into());
        }
        if plan.out_of_scope.is_some() {
            breach("the program is not made for this patient".into());
        }
    }
    found
}

/// Runs `look` over the shipped patients on all processors, and gathers what it finds.
pub fn over_all_patients(look: impl Fn(&Patient) -> Vec<String> + Sync) -> Vec<String> {
    let patients = shipped();
    knowledge();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let look = &look;
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|first| {
                scope.spawn(move || {
                    patients
                        .iter()
                        .skip(first)
                        .step_by(threads)
                        .flat_map(look)
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let mut found: Vec<String> = workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("no panic"))
            .collect();
        found.sort();
        found.dedup();
        found
    })
}

/// The first findings of a long list, and how many there are.
pub fn told(found: &[String]) -> String {
    let mut words = format!("{} found:\n", found.len());
    found
        .iter()
        .take(60)
        .for_each(|line| writeln!(words, "  {line}").expect("writing to a string"));
    words
}

#[test]
fn no_case_breaks_a_rule_of_safety() {
    let found = over_all_patients(|patient| {
        let breaches = breaches(&conclude(&patient.episode, knowledge()), knowledge());
        breaches
            .into_iter()
            .map(|breach| format!("{}: {breach}", patient.name))
            .collect()
    });
    assert!(found.is_empty(), "{}", told(&found));
}

#[test]
fn no_answer_taken_away_breaks_a_rule_of_safety() {
    let k = knowledge();
    let found = over_all_patients(|patient| {
        let each = recorded(&patient.episode).into_iter().flat_map(|finding| {
            let less = without(&patient.episode, &BTreeSet::from([finding]));
            let name = format!("{} without {}", patient.name, k.findings.id(finding));
            breaches(&conclude(&less, k), k)
                .into_iter()
                .map(move |breach| format!("{name}: {breach}"))
        });
        each.collect()
    });
    assert!(found.is_empty(), "{}", told(&found));
}

/// "Stopped" and "not yet" give way to "offered" through more answers only, never through fewer.
#[test]
fn no_answer_taken_away_offers_hands_on_care() {
    let k = knowledge();
    let found = over_all_patients(|patient| {
        let full = conclude(&patient.episode, k);
        let waits: Vec<&PlanLine> = full
            .plan
            .lines
            .iter()
            .filter(|line| {
                matches!(line.status, Status::Stopped | Status::NotYet)
                    && k.interventions[line.intervention].hands_on
            })
            .collect();
        if waits.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for finding in recorded(&patient.episode) {
            let less = conclude(&without(&patient.episode, &BTreeSet::from([finding])), k);
            for before in &waits {
                let now = less.plan.line(before.intervention).map(|line| line.status);
                if now == Some(Status::Offered) {
                    found.push(format!(
                        "{}: {} is {}, and is offered once nobody tells {}",
                        patient.name,
                        k.interventions[before.intervention].id,
                        before.status.word(),
                        k.findings.id(finding),
                    ));
                }
            }
        }
        found
    });
    assert!(found.is_empty(), "{}", told(&found));
}

/// Every finding that must be known is needed by itself: without it the line is not offered.
#[test]
fn each_finding_that_must_be_known_is_waited_for() {
    let k = knowledge();
    let tried = std::sync::Mutex::new(BTreeSet::new());
    let found = over_all_patients(|patient| {
        let full = conclude(&patient.episode, k);
        let mut found = Vec::new();
        for line in full
            .plan
            .offered()
            .filter(|line| k.interventions[line.intervention].hands_on)
        {
            let one = &k.interventions[line.intervention];
            for finding in &one.must_know {
                let less = unknown(&patient.episode, *finding, k);
                let after = conclude(&less, k);
                if after.assessment.knows(k, *finding) {
                    continue;
                }
                tried
                    .lock()
                    .expect("no panic")
                    .insert((line.intervention, *finding));
                if let Some(wrong) = still_open(&after, line.intervention, k) {
                    found.push(format!(
                        "{}: without {} {wrong}",
                        patient.name,
                        k.findings.id(*finding)
                    ));
                }
            }
        }
        found
    });
    assert!(found.is_empty(), "{}", told(&found));
    let tried = tried.into_inner().expect("no panic");
    let never: Vec<String> = hands_on(k)
        .flat_map(|(handle, one)| one.must_know.iter().map(move |finding| (handle, *finding)))
        .filter(|pair| !tried.contains(pair))
        .map(|(handle, finding)| {
            format!(
                "{} was never tried without {}",
                k.interventions.id(handle),
                k.findings.id(finding)
            )
        })
        .collect();
    assert!(
        never.is_empty(),
        "no shipped case offers the line with this answered: {}",
        told(&never)
    );
}

fn hands_on(k: &Knowledge) -> impl Iterator<Item = (Handle<Intervention>, &Intervention)> {
    k.interventions.iter().filter(|(_, one)| one.hands_on)
}

/// The same patient, with everything gone that a finding could be known from.
fn unknown(episode: &Episode, finding: Handle<Finding>, k: &Knowledge) -> Episode {
    without(episode, &behind(k, [k.names.finding(finding)]))
}

/// How a line is still open to choice, if it is.
fn still_open(
    conclusions: &Conclusions,
    intervention: Handle<Intervention>,
    k: &Knowledge,
) -> Option<String> {
    let line = conclusions
        .plan
        .line(intervention)
        .filter(|line| open_to_choice(line))?;
    Some(format!(
        "{} is still {}",
        k.interventions.id(intervention),
        line.status.word()
    ))
}

#[test]
fn nothing_known_offers_no_hands_on_care() {
    let k = knowledge();
    for patient in shipped() {
        let mut blank = patient.episode.clone();
        blank.facts.clear();
        blank.scores.clear();
        blank.answers.clear();
        let conclusions = conclude(&blank, k);
        assert!(!conclusions.plan.offers_hands_on(k), "{}", patient.name);
        assert!(
            conclusions
                .assessment
                .alarms
                .iter()
                .all(|alarm| alarm.raised.is_empty()),
            "no alarm out of nothing"
        );
        assert!(
            conclusions
                .assessment
                .contributors
                .iter()
                .all(|c| c.band.is_none()),
            "no band out of nothing"
        );
        assert!(conclusions.assessment.patterns.is_empty());
    }
}
