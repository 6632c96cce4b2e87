//! Hands are never laid on a patient about whom something that matters is not known.
//!
//! Over every shipped case, whole and with each answer taken away in turn.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use cotreat_care::ask::questions;
use cotreat_care::open::{Askable, Open};
use cotreat_care::plan::{PlanLine, Status};
use cotreat_care::{Conclusions, Episode, conclude};
use cotreat_knowledge::model::{Finding, Intervention};
use cotreat_knowledge::{Handle, Knowledge};

use crate::common::knowledge;
use crate::common::patients::{Patient, behind, over_all, recorded, shipped, told, without};
use crate::common::safety::{breaches, open_to_choice};

#[test]
fn no_case_breaks_a_rule_of_safety() {
    let found = over_all(|patient| {
        let breaches = breaches(&conclude(&patient.episode, knowledge()), knowledge());
        breaches
            .into_iter()
            .map(|breach| format!("{}: {breach}", patient.name))
            .collect()
    });
    assert!(found.is_empty(), "{}", told(&found));
}

/// What becomes of a patient when one answer is taken away.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct TakenAway {
    /// Which rules of safety the plan breaks then.
    breaches: Vec<String>,
    /// Hands-on lines that were stopped or waiting with the answer, and are offered without it although nobody asks for it.
    offers: Vec<String>,
}

/// Every shipped patient, with each answer taken away in turn.
fn taken_away() -> &'static [TakenAway] {
    static ALL: OnceLock<Vec<TakenAway>> = OnceLock::new();
    ALL.get_or_init(|| {
        over_all(|patient| {
            recorded(&patient.episode)
                .into_iter()
                .map(|finding| take_away(patient, finding))
                .collect()
        })
    })
}

fn take_away(patient: &Patient, finding: Handle<Finding>) -> TakenAway {
    let k = knowledge();
    let name = format!("{} without {}", patient.name, k.findings.id(finding));
    let less = conclude(&without(&patient.episode, &BTreeSet::from([finding])), k);
    let breaches = breaches(&less, k)
        .into_iter()
        .map(|breach| format!("{name}: {breach}"))
        .collect();
    let mut offers = Vec::new();
    let hands_on = |line: &&PlanLine| k.interventions[line.intervention].hands_on;
    if less.plan.offers_hands_on(k) {
        let full = conclude(&patient.episode, k);
        for line in less.plan.offered().filter(hands_on) {
            let before = full.plan.line(line.intervention).map(|line| line.status);
            if let Some(before @ (Status::Stopped | Status::NotYet)) = before
                && !is_asked(&patient.episode, &less, finding)
            {
                offers.push(format!(
                    "{name}: {} is offered, not {}",
                    k.interventions.id(line.intervention),
                    before.word()
                ));
            }
        }
    }
    TakenAway { breaches, offers }
}

/// Whether the program asks for a finding: what could stop a line is asked for even where the line does not wait for it.
fn is_asked(episode: &Episode, conclusions: &Conclusions, finding: Handle<Finding>) -> bool {
    let k = knowledge();
    let open = Open::new(&conclusions.assessment, k);
    let questions = questions(
        episode,
        &conclusions.assessment,
        &conclusions.plan,
        k,
        &open,
    );
    let lists = [questions.patient, questions.clinician, questions.results];
    lists
        .iter()
        .flatten()
        .any(|q| q.askable == Askable::Finding(finding))
}

#[test]
fn no_answer_taken_away_breaks_a_rule_of_safety() {
    let found: Vec<String> = taken_away()
        .iter()
        .flat_map(|one| one.breaches.clone())
        .collect();
    assert!(found.is_empty(), "{}", told(&found));
}

/// Hands-on care waits for its `must_know`, not for everything that could ever stop it. What else could is asked for, and printed as "not
/// excluded": no answer can be left out unnoticed.
#[test]
fn no_answer_is_left_out_unnoticed() {
    let found: Vec<String> = taken_away()
        .iter()
        .flat_map(|one| one.offers.clone())
        .collect();
    assert!(found.is_empty(), "{}", told(&found));
}

/// Every finding that must be known is needed by itself: without it the line is not offered.
#[test]
fn each_finding_that_must_be_known_is_waited_for() {
    let k = knowledge();
    let tried = std::sync::Mutex::new(BTreeSet::new());
    let found = over_all(|patient| {
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
