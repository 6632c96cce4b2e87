//! Medicines, the day's oral morphine, days of a class.

use cotreat_care::decide::{Act, Refused};
use cotreat_care::event::{Amount, MedicationRecorded};
use cotreat_care::record::{Days, days_of, oral_morphine};
use cotreat_knowledge::format::{Basis, DoseUnit, Route};
use jiff::civil::{Date, date};

use super::story::{FIRST, Story, gp, on, opened, patient};
use crate::common::knowledge;

fn oral(medicine: &str, milligrams: f64) -> MedicationRecorded {
    MedicationRecorded {
        medicine: medicine.into(),
        class: None,
        route: Route::Oral,
        dose: Some(Amount {
            amount: milligrams,
            unit: DoseUnit::MilligramsADay,
        }),
        from: FIRST,
        to: None,
        days: None,
    }
}

fn patch(medicine: &str, micrograms: f64) -> MedicationRecorded {
    MedicationRecorded {
        route: Route::Transdermal,
        dose: Some(Amount {
            amount: micrograms,
            unit: DoseUnit::MicrogramsAnHour,
        }),
        ..oral(medicine, 0.0)
    }
}

fn taking(all: &[MedicationRecorded]) -> Story {
    let record = |story: Story, one: &MedicationRecorded| {
        story.and(on(
            date(2026, 3, 31),
            patient(Act::RecordMedication(one.clone())),
        ))
    };
    all.iter().fold(opened(), record)
}

/// The day's oral morphine in mg, rounded to a thousandth; none: not known.
fn morphine(all: &[MedicationRecorded]) -> Option<f64> {
    let sum = oral_morphine(&taking(all).record, knowledge(), date(2026, 3, 31));
    let sum = sum.expect("something was told");
    sum.mg_a_day().map(|mg| (mg * 1000.0).round() / 1000.0)
}

fn days(all: &[MedicationRecorded], class: &str) -> Option<(u32, u32)> {
    let (from, to) = (FIRST, date(2026, 3, 31));
    let counted = days_of(&taking(all).record, knowledge(), from, to);
    let pair = |days: &Days| (days.at_least, days.at_most);
    counted.get(class).map(pair)
}

#[test]
fn a_medicine_is_written_down() {
    opened()
        .when(patient(Act::RecordMedication(oral("oxycodone", 20.0))))
        .then(&["medication_recorded"])
        .shows(|r| r.medication.len() == 1);
}

#[test]
fn doses_are_turned_into_oral_morphine() {
    assert_eq!(morphine(&[oral("oxycodone", 20.0)]), Some(30.0));
    assert_eq!(morphine(&[patch("fentanyl", 25.0)]), Some(60.0));
    let both = [oral("tramadol", 200.0), oral("codeine", 60.0)];
    assert_eq!(morphine(&both), Some(49.0));
    assert_eq!(
        morphine(&[oral("ibuprofen", 1200.0)]),
        Some(0.0),
        "no opioid"
    );
}

#[test]
fn an_opioid_without_a_factor_makes_the_day_not_known_and_never_0() {
    let all = [oral("oxycodone", 20.0), patch("buprenorphine", 10.0)];
    assert_eq!(morphine(&all), None);
    let sum = oral_morphine(&taking(&all).record, knowledge(), date(2026, 3, 31));
    let sum = sum.expect("something was told");
    assert_eq!(
        (sum.known_part, sum.not_known),
        (30.0, vec!["buprenorphine".to_owned()])
    );
    let no_dose = MedicationRecorded {
        dose: None,
        ..oral("morphine", 0.0)
    };
    assert_eq!(morphine(&[no_dose]), None);
    assert_eq!(
        morphine(&[patch("oxycodone", 10.0)]),
        None,
        "no factor for a patch"
    );
    let by_class = MedicationRecorded {
        class: Some("opioid".into()),
        ..oral("pethidine", 100.0)
    };
    assert_eq!(morphine(&[by_class]), None);
}

#[test]
fn a_medicine_of_which_nobody_knows_what_it_is_makes_the_day_not_known() {
    let mut story = taking(&[oral("oxycodone", 20.0)]);
    let text = serde_json::to_string(&story.events[1]).expect("JSON");
    let text = text.replace("oxycodone", "a_medicine_of_old");
    let older = serde_json::from_str(&text).expect("an event");
    story.record = cotreat_care::evolve(story.record, &older);
    let sum = oral_morphine(&story.record, knowledge(), date(2026, 3, 31));
    assert_eq!(sum.and_then(|sum| sum.mg_a_day()), None);
}

#[test]
fn a_medicine_is_not_taken_on_days_to_come() {
    let to = Some(date(2026, 3, 9));
    opened()
        .when(gp(Act::RecordMedication(MedicationRecorded {
            to,
            ..oral("codeine", 30.0)
        })))
        .refused(Refused::InTheFuture, "correct the day");
}

#[test]
fn where_nobody_told_of_medicines_nothing_is_said() {
    assert_eq!(oral_morphine(&opened().record, knowledge(), FIRST), None);
}

#[test]
fn factors_name_the_page_they_were_read_on_and_none_is_certified() {
    for (_, medicine) in knowledge().medicines.iter() {
        for conversion in &medicine.conversions {
            assert_eq!(
                conversion.statement.basis,
                Basis::Secondary,
                "{}",
                medicine.id
            );
            assert!(conversion.statement.source.is_some(), "{}", medicine.id);
        }
        assert!(!knowledge().is_certified(&medicine.place.file));
    }
}

#[test]
fn a_later_record_replaces_an_earlier_one_from_its_first_day_on() {
    let less = MedicationRecorded {
        from: date(2026, 3, 16),
        ..oral("oxycodone", 10.0)
    };
    let story = taking(&[oral("oxycodone", 20.0), less]);
    let on = |day: Date| oral_morphine(&story.record, knowledge(), day);
    assert_eq!(on(date(2026, 3, 31)).and_then(|o| o.mg_a_day()), Some(15.0));
    // Written down on the 31st, but about the days before.
    let earlier = days(&[oral("oxycodone", 20.0)], "opioid");
    assert_eq!(earlier, Some((30, 30)));
}

#[test]
fn days_of_a_class_are_counted_once() {
    let week = MedicationRecorded {
        to: Some(date(2026, 3, 8)),
        ..oral("ibuprofen", 1200.0)
    };
    let overlapping = MedicationRecorded {
        from: date(2026, 3, 5),
        to: Some(date(2026, 3, 11)),
        ..oral("naproxen", 500.0)
    };
    assert_eq!(days(&[week, overlapping], "nsaid"), Some((10, 10)));
}

#[test]
fn where_only_the_number_of_days_is_known_the_truth_lies_between() {
    let some = |medicine: &str, days: u32| MedicationRecorded {
        to: Some(date(2026, 3, 31)),
        days: Some(days),
        ..oral(medicine, 5.0)
    };
    let both = [some("diazepam", 5), some("lorazepam", 3)];
    assert_eq!(days(&both, "benzodiazepine"), Some((5, 8)));
    assert_eq!(days(&both, "gabapentinoid"), None);
    assert_eq!(
        days(&[some("baclofen", 12)], "muscle_relaxant"),
        Some((12, 12))
    );
    assert_eq!(
        days(&[some("pregabalin", 1)], "gabapentinoid"),
        Some((1, 1))
    );
}

#[test]
fn a_medicine_without_a_file_names_its_class() {
    let unknown = oral("metamizole", 1000.0);
    opened()
        .when(gp(Act::RecordMedication(unknown.clone())))
        .refused(Refused::NotKnownHere, "name the class");
    let other = MedicationRecorded {
        class: Some("other".into()),
        ..unknown.clone()
    };
    opened()
        .when(gp(Act::RecordMedication(other.clone())))
        .then(&["medication_recorded"]);
    assert_eq!(morphine(&[other]), Some(0.0));
    let class = Some("painkiller".into());
    opened()
        .when(gp(Act::RecordMedication(MedicationRecorded {
            class,
            ..unknown
        })))
        .refused(Refused::NotKnownHere, "belongs to such a class");
}

#[test]
fn a_dose_that_cannot_be_is_refused() {
    let wrong = [
        oral("oxycodone", 0.0),
        MedicationRecorded {
            to: Some(date(2026, 3, 1)),
            ..oral("oxycodone", 10.0)
        },
        MedicationRecorded {
            days: Some(9),
            ..oral("oxycodone", 10.0)
        },
    ];
    for one in wrong {
        opened()
            .when(gp(Act::RecordMedication(one)))
            .refused(Refused::DoesNotFit, "correct the number");
    }
}
