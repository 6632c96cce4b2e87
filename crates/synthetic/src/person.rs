//! Who the patients are: names, dates of birth, addresses, all of people who do not exist.

use cotreat_people::Identity;
use jiff::civil::Date;

use crate::calendar::later;
use crate::draws::Draws;
use crate::sheets::{Group, Names};

/// How somebody is called.
#[derive(Debug)]
pub(crate) struct Named {
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) language: String,
}

/// Draws a name; `sex` is the answer to that question, where it is known.
pub(crate) fn named(names: &Names, sex: Option<&str>, draws: &mut Draws) -> Named {
    let at = draws.weighted(names.group.iter().map(|group| group.of_60));
    let Some(group) = names.group.get(at) else {
        return Named {
            given: String::new(),
            family: String::new(),
            language: String::new(),
        };
    };
    let given = sex.and_then(|sex| group.given.get(sex)).or_else(|| {
        let all: Vec<&Vec<String>> = group.given.values().collect();
        draws.one(&all).copied()
    });
    Named {
        given: given.map(|list| draws.words(list)).unwrap_or_default(),
        family: family(group, draws),
        language: group.language.clone(),
    }
}

/// A family name of the list, or one of two pieces; each of them is as likely as the next.
fn family(group: &Group, draws: &mut Draws) -> String {
    let made = group.begins.len() * group.ends.len();
    let at = draws.below(group.family.len() + made);
    match group.family.get(at) {
        Some(name) => name.clone(),
        None => draws.words(&group.begins) + &draws.words(&group.ends),
    }
}

/// So many days before the birthday that is told; a year less what leap days and short months take.
const WITHIN_THE_YEAR: [i64; 2] = [0, 360];

/// Who a patient is who is of this age on a day.
pub(crate) fn identity(
    names: &Names,
    town: &str,
    sex: Option<&str>,
    age: i64,
    day: Date,
    draws: &mut Draws,
) -> Identity {
    let named = named(names, sex, draws);
    let birthday = day.year().saturating_sub(i16::try_from(age).unwrap_or(0));
    // The birthday of that year lies behind the day, so the age on the day is the one that is told.
    let turned = Date::new(birthday, day.month(), day.day().min(28)).unwrap_or(day);
    let mail = draws.id();
    let [street, number] = [
        draws.words(&names.streets),
        draws.between([1, 120]).to_string(),
    ];
    Identity {
        family_name: named.family,
        given_name: named.given,
        born: later(turned, -draws.between(WITHIN_THE_YEAR)),
        phone: Some(telephone(names, draws)),
        email: Some(format!("invented.{}@example.org", &mail[..13])),
        address: Some(format!("{number} {street}\n{town}")),
        language: Some(named.language),
        number_elsewhere: None,
    }
}

/// A number that nobody has.
pub(crate) fn telephone(names: &Names, draws: &mut Draws) -> String {
    format!("{}{:03}", draws.words(&names.telephones), draws.below(1000))
}

/// The same person as somebody else typed it: two letters of the family name have changed places.
pub(crate) fn mistyped(identity: &Identity) -> Identity {
    let mut letters: Vec<char> = identity.family_name.chars().collect();
    let place = (1..letters.len().saturating_sub(1)).find(|at| letters[*at] != letters[at + 1]);
    if let Some(at) = place {
        letters.swap(at, at + 1);
    }
    Identity {
        family_name: letters.into_iter().collect(),
        email: None,
        address: None,
        ..identity.clone()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn names() -> Names {
        let text = include_str!("data/names.toml");
        toml::from_str(text).expect("the shipped sheet")
    }

    #[test]
    fn the_date_of_birth_gives_the_age() {
        let day = date(2026, 2, 28);
        for nth in 0..500 {
            let mut draws = Draws::of(1, "ages", nth);
            let one = identity(&names(), "T", None, 48, day, &mut draws);
            let age = one
                .born
                .until((jiff::Unit::Year, day))
                .expect("a span")
                .get_years();
            assert_eq!(age, 48, "{one:?}");
        }
    }

    #[test]
    fn nobody_can_be_reached() {
        let mut draws = Draws::of(1, "reached", 0);
        for _ in 0..200 {
            let one = identity(
                &names(),
                "T",
                Some("female"),
                30,
                date(2026, 3, 2),
                &mut draws,
            );
            assert!(one.email.is_some_and(|mail| mail.ends_with("@example.org")));
            let phone = one.phone.expect("a number");
            assert!(
                names()
                    .telephones
                    .iter()
                    .any(|free| phone.starts_with(free)),
                "{phone}"
            );
            assert_eq!(
                phone.chars().filter(char::is_ascii_digit).count(),
                11,
                "{phone}"
            );
        }
    }

    #[test]
    fn a_slip_keeps_all_letters() {
        let mut draws = Draws::of(1, "slip", 0);
        let one = identity(&names(), "T", None, 30, date(2026, 3, 2), &mut draws);
        let other = mistyped(&Identity {
            family_name: "Šahin".into(),
            ..one
        });
        assert_eq!(other.family_name, "Šhain");
    }
}
