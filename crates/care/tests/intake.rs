//! The intake asks what matters first, ends, and stays short; what is marked on the body chart is a yes and never a no.

use cotreat_care::event::{Drawing, EpisodeOpened, Event, Mark, Recorded, Said, VERSION, Who};
use cotreat_care::fact::Value;
use cotreat_care::intake::{Intake, Page, questions_on};
use cotreat_care::{Episode, Record, conclude, evolve};
use cotreat_expr::{Facts as _, Tri};
use cotreat_knowledge::model::Answers;
use cotreat_knowledge::{Tier, is_on_the_chart};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::common::knowledge;
use crate::common::patients::{Patient, shipped};

const DAY: Date = date(2026, 3, 2);

/// An episode that was just opened.
fn opened() -> Record {
    evolve(
        Record::default(),
        &Recorded {
            version: VERSION,
            by: Who::Staff {
                id: "ada".into(),
                name: "Ada".into(),
            },
            at: Timestamp::UNIX_EPOCH,
            day: DAY,
            event: Event::EpisodeOpened(EpisodeOpened {
                patient: "p".into(),
                setting: "primary_care".into(),
                jurisdiction: "uk".into(),
                profile: None,
                available: None,
                reopens: None,
                taken_on_by: None,
            }),
        },
    )
}

/// What a patient of a case answers: what is known there, else no to yes or no, and "not sure" to anything else.
fn says(episode: &Episode, id: &str) -> Said {
    let k = knowledge();
    let finding = k.findings.find(id).expect("a finding");
    let state = conclude(episode, k).assessment.state;
    match &k.findings[finding].answers {
        Answers::YesNo { .. } => match state.bool(k.names.finding(finding)) {
            Tri::Yes => Said::Yes,
            Tri::No | Tri::Unknown => Said::No,
        },
        Answers::Choice(codes) => {
            let told = episode.facts.iter().rfind(|fact| fact.finding == finding);
            match told.map(|fact| fact.value) {
                Some(Value::Code(at)) => Said::Answer(codes[usize::from(at)].clone()),
                _ => Said::NotKnown,
            }
        }
        Answers::Number { unit, .. } => match state.number(k.names.finding(finding)) {
            Some(value) => Said::Number {
                value,
                unit: unit.clone().unwrap_or_default(),
            },
            None => Said::NotKnown,
        },
        Answers::Choices(_) => Said::NotKnown,
    }
}

/// Goes through a whole intake as a patient; says how many answers it took.
fn walk(patient: &Patient) -> (Intake, usize) {
    let (k, record) = (knowledge(), opened());
    let mut intake = Intake::default();
    let mut answers = 0;
    while let Some(page) = intake.next(&record, k, DAY) {
        assert!(
            intake.pages.len() < 40,
            "{}: it does not end: {:?}",
            patient.name,
            intake.pages
        );
        answers += questions_on(&page, k);
        match &page {
            Page::Screen { ask } => {
                let mut yes = false;
                for id in ask {
                    assert!(!intake.asked().contains(id.as_str()), "{id} is asked twice");
                    if says(&patient.episode, id) == Said::Yes {
                        intake.answers.insert(id.clone(), Said::Yes);
                        yes = true;
                    }
                }
                // Nothing to tick is "none of these"; beside a tick the others are left open.
                if !yes {
                    let no = ask.iter().map(|id| (id.clone(), Said::No));
                    intake.answers.extend(no);
                }
            }
            Page::Questions { ask, .. } => {
                assert!((1..=6).contains(&ask.len()), "{page:?}");
                for id in ask {
                    assert!(!intake.answers.contains_key(id), "{id} is asked twice");
                    let said = says(&patient.episode, id);
                    intake.answers.insert(id.clone(), said);
                }
            }
            Page::Chart => {
                intake.drawing = Some(Drawing {
                    figure: "one".into(),
                    marks: vec![Mark {
                        region: 218,
                        ..Mark::default()
                    }],
                });
            }
            Page::Tried => {
                intake.tried = cotreat_care::intake::treatments(k)
                    .into_iter()
                    .take(2)
                    .map(str::to_owned)
                    .collect();
            }
            _ => {}
        }
        intake.pages.push(page);
        intake.done = intake.pages.len();
    }
    (intake, answers)
}

#[test]
fn an_ordinary_intake_stays_under_forty_answers() {
    let k = knowledge();
    let mut ordinary = Vec::new();
    let mut all = Vec::new();
    for patient in shipped() {
        let (_, answers) = walk(patient);
        let alarms = conclude(&patient.episode, k).assessment.alarms;
        let alarming = alarms
            .iter()
            .any(|alarm| alarm.reached >= Some(Tier::Routine));
        if !alarming {
            ordinary.push((answers, &patient.name));
        }
        all.push((answers, &patient.name));
    }
    ordinary.sort();
    all.sort();
    let middle = |list: &[(usize, &String)]| list[list.len() / 2].0;
    println!(
        "answers of {} ordinary intakes: {} to {}, median {}; of all {}: {} to {}, median {}",
        ordinary.len(),
        ordinary[0].0,
        ordinary[ordinary.len() - 1].0,
        middle(&ordinary),
        all.len(),
        all[0].0,
        all[all.len() - 1].0,
        middle(&all),
    );
    assert!(ordinary.len() > 50, "{}", ordinary.len());
    let longest = ordinary.last().expect("one");
    assert!(longest.0 < 40, "{longest:?}");
}

#[test]
fn alarms_come_first_and_every_emergency_of_a_patient_is_found() {
    let k = knowledge();
    let first = Intake::default().next(&opened(), k, DAY);
    assert!(matches!(first, Some(Page::Screen { .. })), "{first:?}");
    let mut found = 0;
    for patient in shipped() {
        let (intake, _) = walk(patient);
        let pages: Vec<bool> = intake
            .pages
            .iter()
            .map(|page| *page == Page::Chart)
            .collect();
        assert!(
            pages.contains(&true) || intake.pages.is_empty(),
            "{}",
            patient.name
        );
        // What a patient can tell alone raises with us what it raises with a clinician.
        let told: Vec<_> = patient
            .episode
            .facts
            .iter()
            .filter(|fact| {
                k.findings[fact.finding].asked_of == cotreat_knowledge::format::Asked::Patient
            })
            .cloned()
            .collect();
        let alone = Episode {
            facts: told,
            cleared: Vec::new(),
            ..patient.episode.clone()
        };
        let wanted = conclude(&alone, k).plan.emergency;
        if wanted.is_empty() {
            continue;
        }
        found += 1;
        let standing = intake.emergencies(&opened(), k, DAY);
        assert!(
            !standing.is_empty(),
            "{}: {:?} is not found by {:?}",
            patient.name,
            wanted
                .iter()
                .map(|one| k.conditions.id(*one))
                .collect::<Vec<_>>(),
            intake.answers
        );
    }
    assert!(found > 10, "{found}");
}

#[test]
fn a_mark_is_a_yes_and_no_mark_is_nothing() {
    let k = knowledge();
    let below = k.findings.find("leg_pain_below_knee").expect("it");
    for region in (100..=250).filter(|region| is_on_the_chart(*region)) {
        let intake = Intake {
            drawing: Some(Drawing {
                figure: "one".into(),
                marks: vec![Mark {
                    region,
                    ..Mark::default()
                }],
            }),
            ..Intake::default()
        };
        let stated = intake.stated(k);
        assert!(stated.iter().all(|fact| fact.value == Said::Yes));
        let leg = stated
            .iter()
            .any(|fact| fact.finding == "leg_pain_below_knee");
        assert_eq!(leg, k.findings[below].body_chart.contains(&region));
        assert_eq!(leg, matches!(region, 131..=136 | 233..=238), "{region}");
    }
    let nothing = Intake {
        drawing: Some(Drawing::default()),
        ..Intake::default()
    };
    assert!(nothing.stated(k).is_empty());
}

#[test]
fn an_answer_in_words_counts_for_more_than_a_mark() {
    let k = knowledge();
    let mut intake = Intake {
        drawing: Some(Drawing {
            figure: "one".into(),
            marks: vec![Mark {
                region: 223,
                ..Mark::default()
            }],
        }),
        ..Intake::default()
    };
    intake.answers.insert("buttock_pain".into(), Said::No);
    let stated = intake.stated(k);
    assert_eq!(stated.len(), 1, "{stated:?}");
    assert_eq!(stated[0].value, Said::No);
}

#[test]
fn an_intake_is_read_as_it_was_kept() {
    let (intake, _) = walk(&shipped()[0]);
    let kept = serde_json::to_vec(&intake).expect("JSON");
    let read: Intake = serde_json::from_slice(&kept).expect("an intake");
    assert_eq!(read, intake);
}
