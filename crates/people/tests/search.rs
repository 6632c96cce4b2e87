//! Patients are found by what people type.

use std::collections::BTreeSet;

use cotreat_people::Identity;
use cotreat_people::search::{Query, closeness, query, terms_of};
use jiff::civil::date;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::common::{crowd, person, slips};

/// Every how manieth of the crowd is looked for.
const SOME: usize = 83;

/// Whether the store would find them: each exact part is met, and at least one piece of a name.
fn finds(query: &Query, identity: &Identity) -> bool {
    let terms = terms_of(identity);
    let exact = query.exact.iter().all(|set| !set.is_disjoint(&terms));
    let names = query.names.is_empty() || !query.names.is_disjoint(&terms);
    !query.is_empty() && exact && names
}

fn best<'a>(text: &str, of: &'a [Identity]) -> &'a Identity {
    let query = query(text);
    of.iter()
        .max_by(|one, other| closeness(&query, one).total_cmp(&closeness(&query, other)))
        .expect("somebody")
}

fn set(terms: &[&str]) -> BTreeSet<String> {
    terms.iter().map(|term| (*term).to_owned()).collect()
}

fn ana() -> Identity {
    Identity {
        phone: Some("+49 (0)170 / 123 45 67".into()),
        email: Some("Ana.Garcia@Example.org".into()),
        number_elsewhere: Some("MRN-0012345".into()),
        ..person("Ana María", "García-López", date(1980, 5, 1))
    }
}

#[test]
fn the_terms_of_a_patient() {
    let terms = terms_of(&ana());
    for term in [
        "n:  g",
        "n: ga",
        "n:gar",
        "n:cia",
        "n:ia ",
        "n:lop",
        "n: an",
        "n:a",
        "b:1980-05-01",
        "p:12345",
        "p:34567",
        "e:ana.garcia@example.org",
        "x:mrn0012345",
    ] {
        assert!(terms.contains(term), "{term} in {terms:?}");
    }
    let short = terms_of(&person("Li", "Ng", date(1980, 5, 1)));
    let expected = set(&[
        "n:  l",
        "n: li",
        "n:li ",
        "n:l",
        "n:i",
        "n:  n",
        "n: ng",
        "n:ng ",
        "n:n",
        "n:g",
        "b:1980-05-01",
    ]);
    assert_eq!(short, expected);
}

#[test]
fn what_is_typed_is_read() {
    let both = set(&["b:1980-01-05", "b:1980-05-01"]);
    let four = set(&[
        "b:1980-01-05",
        "b:1980-05-01",
        "b:2080-01-05",
        "b:2080-05-01",
    ]);
    let iso = set(&["b:1980-05-01"]);
    let names = |text: &str| query(text).names;
    for (text, name, exact) in [
        ("garcia 1.5.80", "garcia", vec![four.clone()]),
        ("1/5/80, García", "garcia", vec![four]),
        ("O'Brien 01/05/1980", "o brien", vec![both.clone()]),
        ("1980-05-01 mueller", "müller", vec![iso.clone()]),
        ("*1980-05-01 mueller", "müller", vec![iso.clone()]),
        ("geb.1980-05-01", "", vec![iso]),
        ("01-05-1980", "", vec![both]),
        (
            "ana.garcia@example.org",
            "",
            vec![set(&["e:ana.garcia@example.org"])],
        ),
        ("ana@", "ana", vec![]),
        ("4711", "", vec![set(&["x:4711"])]),
        ("garcia 4711", "garcia", vec![]),
        ("K4711", "", vec![set(&["x:k4711"])]),
        ("12345", "", vec![set(&["p:12345", "x:12345"])]),
        ("0170 12", "", vec![set(&["p:17012", "x:017012"])]),
        (
            "smith 55 512 34",
            "smith",
            vec![
                set(&["p:55512", "x:5551234"]),
                set(&["p:55123", "x:5551234"]),
                set(&["p:51234", "x:5551234"]),
            ],
        ),
        ("١٩٨٠-٠٥-٠١", "", vec![set(&["b:1980-05-01"])]),
        ("", "", vec![]),
        (" .-/ 👩‍⚕️ ' @ ", "", vec![]),
    ] {
        let read = query(text);
        assert_eq!(read.names, names(name), "{text}");
        assert_eq!(read.exact, exact, "{text}");
    }
    assert!(query("  ").is_empty());
}

#[test]
fn figures_that_may_be_a_day_may_also_be_a_number() {
    let mut baby = person("Jo", "Doe", date(1980, 5, 31));
    for text in [
        "31051980",
        "19800531",
        "310580",
        "31 5 1980",
        "31 05 80",
        "jo 31051980",
    ] {
        assert!(finds(&query(text), &baby), "{text}");
    }
    baby.born = date(1970, 1, 1);
    assert!(!finds(&query("31051980"), &baby));
    baby.phone = Some("+45 31 05 19 80".into());
    assert!(finds(&query("31051980"), &baby));
}

#[test]
fn a_number_is_found_however_it_is_written() {
    for stored in [
        "0170 1234567",
        "+49 170 1234567",
        "0049 (170) 123-45-67",
        "+49 (0)170/1234567",
    ] {
        let somebody = Identity {
            phone: Some(stored.into()),
            ..person("A", "B", date(1980, 1, 1))
        };
        for typed in [
            "0170 1234567",
            "+49 170 1234567",
            "+49(0)170 1234567",
            "1234567",
            "0170 12345",
            "0170/1234",
            "01701234567",
            "34567",
        ] {
            assert!(finds(&query(typed), &somebody), "{typed} in {stored}");
        }
        for typed in ["0170 7654321", "99999", "0171 1234568"] {
            assert!(!finds(&query(typed), &somebody), "{typed} in {stored}");
        }
    }
    for typed in [
        "MRN-0012345",
        "mrn0012345",
        "ANA.GARCIA@EXAMPLE.ORG",
        "García 1/5/1980",
        "1.5.1980 lopez 1234567",
    ] {
        assert!(finds(&query(typed), &ana()), "{typed}");
    }
    let numbered = Identity {
        number_elsewhere: Some("943 476 5919".into()),
        ..person("A", "B", date(1980, 1, 1))
    };
    assert!(finds(&query("9434765919"), &numbered));
    assert!(finds(&query("943 476 5919"), &numbered));
}

#[test]
fn a_slip_in_either_name_still_puts_the_right_person_on_top() {
    let crowd = crowd();
    for somebody in crowd.iter().step_by(SOME) {
        let (given, family) = (&somebody.given_name, &somebody.family_name);
        let texts = slips(family)
            .into_iter()
            .map(|slip| format!("{slip} {given}"));
        let texts = texts.chain(
            slips(given)
                .into_iter()
                .map(|slip| format!("{slip} {family}")),
        );
        let born = somebody.born.strftime("%d.%m.%Y");
        for text in texts.map(|text| format!("{text} {born}")) {
            let top = best(&text, &crowd);
            assert_eq!(top.full_name(), somebody.full_name(), "{text}");
        }
    }
}

/// How many slips lie between what was typed and a name, both without accents.
fn slips_between(text: &str, identity: &Identity) -> usize {
    let bare = |text: &str| -> String {
        let letters =
            UnicodeNormalization::nfd(text).filter(|c| !('\u{300}'..='\u{36f}').contains(c));
        letters.collect::<String>().to_lowercase()
    };
    strsim::damerau_levenshtein(&bare(text), &bare(&identity.full_name()))
}

#[test]
fn two_slips_and_no_date_leave_on_top_whoever_is_nearest_nineteen_times_in_twenty() {
    let crowd = crowd();
    let (mut asked, mut missed) = (0, Vec::new());
    for somebody in crowd.iter().step_by(SOME) {
        let (given, family) = (&somebody.given_name, &somebody.family_name);
        let each = slips(family).into_iter().zip(slips(given));
        let mut texts: Vec<String> = each
            .map(|(family, given)| format!("{given} {family}"))
            .collect();
        for slip in slips(family).into_iter().step_by(5) {
            let twice = slips(&slip).into_iter().step_by(7);
            texts.extend(twice.map(|twice| format!("{given} {twice}")));
        }
        asked += texts.len();
        let far =
            |text: &String| slips_between(text, best(text, &crowd)) > slips_between(text, somebody);
        missed.extend(texts.into_iter().filter(far));
    }
    assert!(
        asked > 100 && missed.len() * 20 <= asked,
        "{missed:?} of {asked}"
    );
}

#[test]
fn who_fits_better_stands_higher() {
    let born = date(1980, 5, 1);
    let room = [
        person("Wei", "Lindqvist", born),
        person("Wei", "Li", born),
        person("Wei", "Lim", date(1981, 6, 2)),
    ];
    assert_eq!(best("li", &room).family_name, "Li");
    assert_eq!(best("lindq", &room).family_name, "Lindqvist");
    assert_eq!(best("li 2.6.1981", &room).family_name, "Lim");
    let asked = query("li 1.5.80");
    assert!(
        closeness(&asked, &room[1]) > closeness(&query("li"), &room[1]),
        "what fits exactly raises it"
    );
    assert!(closeness(&query("wei li 1.5.1980"), &room[1]) > 0.99);
    assert!(closeness(&query("xyz"), &room[1]) < 0.01);
}

/// Whoever looks for duplicates looks for all terms of somebody at once.
#[test]
fn all_that_is_said_of_somebody_can_be_looked_for() {
    let said = Query {
        names: terms_of(&ana()),
        ..Query::default()
    };
    let namesake = person("Ana María", "García-López", date(1955, 12, 30));
    let moved = Identity {
        phone: None,
        ..ana()
    };
    let close = |identity: &Identity| closeness(&said, identity);
    assert!(close(&ana()) > 0.99);
    assert!(close(&moved) < close(&ana()) && close(&namesake) < close(&moved));
    assert!(close(&person("Wei", "Li", date(1955, 12, 30))) < 0.1);
}

proptest! {
    #[test]
    fn any_name_is_found_under_any_single_slip(name in "[a-z]{3,14}", other in "[b-df-z]{2}") {
        for name in [name, other] {
            let somebody = person("", &name, date(1980, 1, 1));
            // `ae`, `oe`, `ue` and `aa` are read as one letter: a slip that makes or breaks one is two.
            let twins = |word: &str| ["ae", "oe", "ue", "aa"].iter().map(|two| word.matches(two).count()).sum::<usize>();
            for slip in slips(&name).into_iter().filter(|slip| twins(slip) == twins(&name)) {
                prop_assert!(finds(&query(&slip), &somebody), "{} for {}", slip, name);
            }
        }
    }

    #[test]
    fn accents_and_case_never_matter(name in "[a-z]{1,12}( [a-z]{1,8})?", marks in "[\u{300}-\u{30c}]{20}", upper: bool) {
        let marked: String = name.chars().zip(marks.chars().cycle()).flat_map(|(c, mark)| {
            if c == ' ' { vec![c] } else { vec![c, mark] }
        }).collect();
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(marked.chars()).collect();
        for written in [marked, composed] {
            let written = if upper { written.to_uppercase() } else { written };
            prop_assert_eq!(query(&written), query(&name));
            let born = date(1980, 1, 1);
            prop_assert_eq!(terms_of(&person("", &written, born)), terms_of(&person("", &name, born)));
        }
    }

    #[test]
    fn whatever_is_typed_is_read_within_bounds(text in hostile()) {
        let asked = query(&text);
        prop_assert!(asked.names.len() <= 1_000 && asked.exact.len() <= 300, "{} {}", asked.names.len(), asked.exact.len());
        let hostile = Identity {
            phone: Some(text.clone()),
            email: Some(text.clone()),
            number_elsewhere: Some(text.clone()),
            ..person(&text, &text, date(1980, 1, 1))
        };
        prop_assert!(terms_of(&hostile).len() <= 1_000);
        for somebody in [ana(), hostile] {
            let close = closeness(&asked, &somebody);
            prop_assert!((0.0..=1.0).contains(&close), "{}", close);
        }
    }
}

/// Long, strange and broken input: figures, marks of direction, control characters, pictures, characters that come apart into many.
fn hostile() -> impl Strategy<Value = String> {
    let bits = prop_oneof![
        any::<char>().prop_map(String::from),
        "[0-9./ +-]{1,12}",
        "[a-z0-9@.,'-]{1,12}",
        Just("\u{202e}\u{200f}".to_owned()),
        Just("\u{fdfa}".to_owned()),
        Just("👩‍👩‍👧‍👦🦴".to_owned()),
        Just("\u{0}\u{7}\n\r".to_owned()),
        Just("e\u{301}\u{301}\u{301}".to_owned()),
        Just("שלום مرحبا".to_owned()),
    ];
    (prop::collection::vec(bits, 0..40), 1_usize..2_000)
        .prop_map(|(bits, times)| bits.concat().repeat(times).chars().take(10_000).collect())
}
