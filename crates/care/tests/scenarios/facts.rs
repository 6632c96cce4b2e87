//! Facts, wishes, alarms, what was shown.

use cotreat_care::conclude;
use cotreat_care::decide::{Act, Refused};
use cotreat_care::event::{
    AlertTaken, AppraisalShown, Drawing, Elsewhere, FactsRecorded, Feel, Mark, PatientWarned,
    SafetyNetGiven, Said, Stated, Wishes,
};
use cotreat_care::record::Record;
use jiff::civil::{Date, date};

use super::story::{
    FIRST, Story, desk, emergency_physician, fact, facts, gp, on, opened, patient, therapist,
};
use crate::common::knowledge;

fn clear(reason: &str) -> Act {
    Act::ClearAlarm {
        condition: "cauda_equina_syndrome".into(),
        reason: reason.into(),
    }
}

/// The patient's saddle is numb: an emergency.
fn numb() -> Story {
    opened().and(gp(facts(vec![
        fact("saddle_sensation_change", Said::Yes),
        years(44.0),
    ])))
}

fn years(value: f64) -> Stated {
    let unit = "years".into();
    fact("age", Said::Number { value, unit })
}

/// Whether the emergency stands on a day.
fn emergency(record: &Record, day: Date) -> bool {
    let known = record.known(knowledge(), day);
    assert!(
        known.not_understood.is_empty(),
        "{:?}",
        known.not_understood
    );
    !conclude(&known.episode, knowledge())
        .plan
        .emergency
        .is_empty()
}

#[test]
fn facts_are_written_down_and_reasoned_from() {
    opened()
        .when(patient(facts(vec![fact(
            "saddle_sensation_change",
            Said::Yes,
        )])))
        .then(&["facts_recorded"])
        .shows(|r| emergency(r, FIRST));
}

#[test]
fn a_later_fact_of_the_same_day_replaces_an_earlier_one_and_both_stay() {
    numb()
        .when(gp(facts(vec![fact("saddle_sensation_change", Said::No)])))
        .then(&["facts_recorded"])
        .shows(|r| !emergency(r, FIRST) && r.facts.len() == 3);
}

#[test]
fn an_image_may_be_older_than_the_episode() {
    let old = Stated {
        on: Some(date(2024, 6, 1)),
        ..fact("mri_disc_herniation_concordant", Said::No)
    };
    opened()
        .when(gp(facts(vec![old])))
        .then(&["facts_recorded"])
        .shows(|r| r.known(knowledge(), FIRST).episode.facts[0].on == date(2024, 6, 1));
}

#[test]
fn a_fact_of_a_day_to_come_is_refused() {
    let tomorrow = Stated {
        on: Some(date(2026, 3, 3)),
        ..fact("fever", Said::Yes)
    };
    opened().when(gp(facts(vec![tomorrow]))).refused(
        Refused::InTheFuture,
        "`fever` is not written down for 2026-03-03",
    );
}

#[test]
fn a_finding_that_nobody_knows_is_refused_with_the_nearest_one() {
    opened()
        .when(gp(facts(vec![fact("sadle_sensation_change", Said::Yes)])))
        .refused(
            Refused::NotKnownHere,
            "did you mean `saddle_sensation_change`?",
        );
}

#[test]
fn an_answer_that_is_not_possible_is_refused() {
    opened()
        .when(gp(facts(vec![years(240.0)])))
        .refused(Refused::DoesNotFit, "cannot be 240");
}

#[test]
fn facts_that_cannot_all_be_true_are_refused() {
    let both = vec![
        years(70.0),
        fact("sex", Said::Answer("male".into())),
        fact("pregnant", Said::Yes),
    ];
    opened()
        .when(gp(facts(both)))
        .refused(Refused::Contradicts, "what is known: Pregnant");
}

#[test]
fn nothing_is_no_fact() {
    opened()
        .when(gp(facts(Vec::new())))
        .refused(Refused::WordsMissing, "at least one fact");
}

#[test]
fn wishes_expectation_and_treatment_elsewhere_are_written_down() {
    let told = FactsRecorded {
        facts: Vec::new(),
        wishes: Some(Wishes {
            wants: vec!["massage".into()],
            declines: vec!["acupuncture".into()],
            goals: vec!["garden for an hour".into()],
            expectation: Some(7),
        }),
        elsewhere: vec![Elsewhere {
            what: "acupuncture".into(),
            by: Some("a friend".into()),
            from: None,
            to: None,
            note: Some("twice, no change".into()),
        }],
        drawing: None,
    };
    opened()
        .when(patient(Act::RecordFacts(told)))
        .then(&["facts_recorded"])
        .shows(|r| {
            let episode = r.known(knowledge(), FIRST).episode;
            r.elsewhere.len() == 1 && episode.wants.len() == 1 && episode.goals.len() == 1
        });
}

#[test]
fn what_a_release_does_not_understand_is_listed_and_not_lost() {
    let mut story = numb();
    let mut older = story.events[1].clone();
    let text = serde_json::to_string(&older).expect("JSON");
    let text = text.replace("saddle_sensation_change", "a_finding_of_old");
    older = serde_json::from_str(&text).expect("an event");
    story.record = cotreat_care::evolve(story.record, &older);
    let known = story.record.known(knowledge(), FIRST);
    assert_eq!(known.not_understood[0].id, "a_finding_of_old");
    assert_eq!(story.record.facts.len(), 4);
}

#[test]
fn an_emergency_is_cleared_by_name_and_with_a_reason() {
    numb()
        .when(emergency_physician(clear("MRI today: no compression")))
        .then(&["alarm_cleared"])
        .shows(|r| !emergency(r, FIRST) && r.cleared[0].by.name() == "Dr Stone");
}

#[test]
fn a_profession_does_not_clear_an_alarm_above_its_tier() {
    numb()
        .when(therapist(clear("feels fine")))
        .refused(Refused::MayNotClear, "emergency physician");
}

#[test]
fn an_alarm_that_does_not_stand_is_not_cleared() {
    opened()
        .when(gp(clear("MRI today: no compression")))
        .refused(Refused::NoAlarm, "no alarm stands");
}

#[test]
fn an_alarm_is_not_cleared_without_a_reason() {
    numb()
        .when(emergency_physician(clear("")))
        .refused(Refused::WordsMissing, "say why the alarm no longer stands");
}

#[test]
fn what_is_found_after_a_clearing_raises_the_alarm_again_even_on_the_same_day() {
    numb()
        .and(emergency_physician(clear("MRI today: no compression")))
        .and(gp(facts(vec![fact("bladder_change_new", Said::Yes)])))
        .shows(|r| emergency(r, FIRST));
}

#[test]
fn what_has_nothing_to_do_with_it_does_not_raise_a_cleared_alarm_again() {
    numb()
        .and(emergency_physician(clear("MRI today: no compression")))
        .and(gp(facts(vec![fact("poor_sleep", Said::Yes)])))
        .shows(|r| !emergency(r, FIRST));
}

#[test]
fn what_was_shown_is_on_record() {
    let shown = AppraisalShown {
        appraisal: "5f0c".into(),
        engine: "0.1.0".into(),
        knowledge: knowledge().hash.clone(),
    };
    numb()
        .when(gp(Act::ShowAppraisal(shown)))
        .then(&["appraisal_shown"])
        .shows(|r| r.shown.len() == 1);
}

#[test]
fn safety_net_advice_is_on_record() {
    let advice = vec!["Numb between the legs: emergency department at once.".to_owned()];
    let written = true;
    opened()
        .when(on(
            FIRST,
            gp(Act::GiveSafetyNet(SafetyNetGiven { advice, written })),
        ))
        .then(&["safety_net_given"])
        .shows(|r| r.safety_nets.len() == 1);
}

fn chart(marks: &[(u16, Option<u8>)]) -> Act {
    let mark = |&(region, pain): &(u16, Option<u8>)| Mark {
        region,
        pain,
        feels: vec![Feel::Ache],
    };
    Act::RecordFacts(FactsRecorded {
        drawing: Some(Drawing {
            figure: "one".into(),
            marks: marks.iter().map(mark).collect(),
        }),
        ..FactsRecorded::default()
    })
}

#[test]
fn a_body_chart_is_kept_as_it_was_marked() {
    opened()
        .when(patient(chart(&[(218, Some(6)), (233, None)])))
        .then(&["facts_recorded"])
        .shows(|r| r.drawings[0].what.marks[1].region == 233);
    opened()
        .when(patient(chart(&[])))
        .then(&["facts_recorded"])
        .shows(|r| r.drawings[0].what.marks.is_empty());
}

#[test]
fn marks_that_cannot_be_are_not_kept() {
    for wrong in [
        chart(&[(137, None)]),
        chart(&[(218, None), (218, Some(3))]),
        chart(&[(218, Some(11))]),
    ] {
        opened()
            .when(patient(wrong))
            .refused(Refused::DoesNotFit, "mark each region once");
    }
}

fn warn(told: &str) -> Act {
    Act::WarnPatient(PatientWarned {
        conditions: vec!["cauda_equina_syndrome".into()],
        told: vec![told.to_owned()],
        number: Some("999".into()),
        shown: AppraisalShown {
            appraisal: "5f0c".into(),
            engine: "0.1.0".into(),
            knowledge: knowledge().hash.clone(),
        },
    })
}

fn take(does: &str) -> Act {
    Act::TakeAlert(AlertTaken { does: does.into() })
}

#[test]
fn a_warning_is_an_alert_until_somebody_takes_it_up() {
    let warned = numb()
        .when(patient(warn("Go now.")))
        .then(&["patient_warned"])
        .shows(|r| r.open_alert().is_some());
    let taken = warned
        .and(patient(warn("Go now.")))
        .when(desk(take("called, on their way")))
        .then(&["alert_taken"])
        .shows(|r| r.open_alert().is_none());
    // What comes later is an alert of its own.
    taken
        .and(patient(warn("Go now.")))
        .shows(|r| r.open_alert().is_some_and(|open| open.nth == r.events - 1));
}

#[test]
fn an_alert_is_taken_up_once_and_with_a_word_about_it() {
    let warned = || numb().and(patient(warn("Go now.")));
    warned()
        .when(gp(take(" ")))
        .refused(Refused::WordsMissing, "say what you did");
    warned()
        .and(gp(take("called")))
        .when(desk(take("called")))
        .refused(Refused::NoAlarm, "Dr Grey took it up before");
    numb()
        .when(gp(take("called")))
        .refused(Refused::NoAlarm, "no alert is open");
}

#[test]
fn only_a_page_of_the_patient_warns() {
    numb()
        .when(gp(warn("Go now.")))
        .refused(Refused::NotForThem, "cannot do this");
    numb()
        .when(patient(warn("")))
        .refused(Refused::WordsMissing, "what the page said");
}
