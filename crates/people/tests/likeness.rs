//! Somebody who is registered twice is noticed; twins stay two.

use cotreat_people::Identity;
use cotreat_people::likeness::{ALIKE, Likeness, Sameness, WORTH_A_LOOK, likeness};
use jiff::civil::date;
use proptest::prelude::*;

use crate::common::{crowd, person, slips};

fn maria() -> Identity {
    Identity {
        phone: Some("0170 1234567".into()),
        email: Some("maria@example.org".into()),
        number_elsewhere: Some("MRN-7".into()),
        ..person("María", "Müller", date(1980, 5, 1))
    }
}

fn bare(given: &str, family: &str, born: (i16, i8, i8)) -> Identity {
    person(given, family, date(born.0, born.1, born.2))
}

fn with(given: &str, family: &str, born: (i16, i8, i8), phone: &str, email: &str) -> Identity {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Identity {
        phone: some(phone),
        email: some(email),
        ..bare(given, family, born)
    }
}

fn words(likeness: &Likeness) -> Vec<String> {
    likeness.because.iter().map(ToString::to_string).collect()
}

#[test]
fn one_patient_written_twice_is_alike() {
    for (other, because) in [
        (
            bare("Maria", "Mueller", (1980, 5, 1)),
            ["same name", "same date of birth"].as_slice(),
        ),
        (
            bare("Maria", "Muler", (1980, 5, 1)),
            &["names alike", "same date of birth"],
        ),
        (
            bare("Marai", "Müller", (1980, 5, 1)),
            &["names alike", "same date of birth"],
        ),
        (
            bare("María Luisa", "Müller", (1980, 5, 1)),
            &["names alike", "same date of birth"],
        ),
        (
            bare("María", "Müller-Schmidt", (1980, 5, 1)),
            &["names alike", "same date of birth"],
        ),
        (
            bare("Müller", "María", (1980, 5, 1)),
            &["given name and family name swapped", "same date of birth"],
        ),
        (
            bare("María", "Müller", (1980, 1, 5)),
            &["same name", "day and month of birth swapped"],
        ),
        (
            bare("María", "Müller", (1980, 5, 7)),
            &["same name", "date of birth differs in one digit"],
        ),
        (
            with(
                "Maria",
                "Schmidt",
                (1980, 5, 1),
                "+49 170 1234567",
                "MARIA@example.org",
            ),
            &[
                "other family name: changed?",
                "same date of birth",
                "same telephone number",
                "same e-mail address",
            ],
        ),
    ] {
        let found = likeness(&maria(), &other);
        assert!(found.is_alike(), "{other:?}: {found:?}");
        assert_eq!(words(&found), because);
    }
}

#[test]
fn what_may_be_one_patient_is_worth_a_look_and_no_more() {
    let numbered = Identity {
        number_elsewhere: Some("mrn 7".into()),
        ..bare("Somebody", "Else", (1955, 12, 30))
    };
    for (other, because) in [
        // A twin, even one who shares everything.
        (
            bare("Johanna", "Müller", (1980, 5, 1)),
            ["other given name: one family?", "same date of birth"].as_slice(),
        ),
        (
            with(
                "Johanna",
                "Müller",
                (1980, 5, 1),
                "0170 1234567",
                "maria@example.org",
            ),
            &[
                "other given name: one family?",
                "same date of birth",
                "same telephone number",
                "same e-mail address",
            ],
        ),
        // Married.
        (
            bare("Maria", "Schmidt", (1980, 5, 1)),
            &["other family name: changed?", "same date of birth"],
        ),
        // Mother and daughter of one name.
        (
            with(
                "Maria",
                "Müller",
                (2005, 8, 22),
                "0170 1234567",
                "maria@example.org",
            ),
            &[
                "same name",
                "same telephone number",
                "same e-mail address",
                "other date of birth",
            ],
        ),
        (numbered, &["same number elsewhere"]),
    ] {
        let found = likeness(&maria(), &other);
        assert!(
            found.is_worth_a_look() && !found.is_alike(),
            "{other:?}: {found:?}"
        );
        assert_eq!(words(&found), because);
    }
}

#[test]
fn strangers_are_strangers() {
    for other in [
        bare("Maria", "Müller", (1955, 12, 30)),
        bare("Johanna", "Müller", (1955, 12, 30)),
        bare("Somebody", "Else", (1980, 5, 1)),
        with("Somebody", "Else", (1955, 12, 30), "0170 1234567", ""),
        with("", "", (1955, 12, 30), "4567", "\u{200b}"),
    ] {
        let found = likeness(&maria(), &other);
        assert!(!found.is_worth_a_look(), "{other:?}: {found:?}");
    }
}

#[test]
fn names_that_hold_no_letter_are_never_the_same() {
    let nobody = bare("…", "🦴", (1980, 5, 1));
    let found = likeness(&nobody, &nobody);
    assert!(!found.because.contains(&Sameness::SameName) && !found.is_alike());
}

#[test]
fn a_slip_in_a_name_is_always_worth_a_look() {
    for somebody in crowd()
        .iter()
        .filter(|who| who.family_name.chars().count() > 3)
    {
        for slip in slips(&somebody.family_name) {
            let other = person(&somebody.given_name, &slip, somebody.born);
            let found = likeness(somebody, &other);
            assert!(
                found.is_worth_a_look(),
                "{slip} for {}: {found:?}",
                somebody.family_name
            );
        }
    }
}

proptest! {
    #[test]
    fn it_is_the_same_either_way_and_stays_in_bounds(
        a in ".{0,12}", b in ".{0,12}", c in "[a-zü]{0,5}( [a-z]{1,4}){0,2}", d in "[a-zü]{0,5}( [a-z]{1,4}){0,2}", day in 1_i8..29, month in 1_i8..13, phone in "[0-9]{0,9}"
    ) {
        let one = with(&a, &c, (1980, month, day), &phone, "a@b.org");
        let other = with(&b, &d, (1980, day.min(12), month), &phone, "");
        let found = likeness(&one, &other);
        prop_assert!((0.0..=1.0).contains(&found.score));
        prop_assert!((found.score - likeness(&other, &one).score).abs() < 1e-9);
        prop_assert!(likeness(&one, &one).score >= found.score - 1e-9);
        prop_assert!(WORTH_A_LOOK < ALIKE);
    }
}
