//! People who are not real, and the slips of whoever types their names.

use cotreat_people::Identity;
use jiff::civil::{Date, date};

pub fn person(given: &str, family: &str, born: Date) -> Identity {
    Identity {
        family_name: family.to_owned(),
        given_name: given.to_owned(),
        born,
        phone: None,
        email: None,
        address: None,
        language: None,
        number_elsewhere: None,
    }
}

/// A waiting room: many names that are near one another.
pub fn crowd() -> Vec<Identity> {
    let given = [
        "Ana",
        "Anna",
        "Chloé",
        "İpek",
        "José María",
        "Łukasz",
        "Mario",
        "Siobhán",
        "Søren",
        "Wei",
    ];
    let family = [
        "Ågård",
        "Ali",
        "García",
        "Garcia-Lopez",
        "Gärtner",
        "Kim",
        "Lee",
        "Li",
        "MacDonald",
        "McDonald",
        "Mayer",
        "Meier",
        "Miller",
        "Moeller",
        "Müller",
        "Ng",
        "Nguyễn",
        "Núñez",
        "O'Brien",
        "O’Neill",
        "Okafor",
        "Schmidt",
        "Schmitt",
        "Smith",
        "Weiß",
        "Yıldız",
    ];
    let named = |place: usize, family: &str, given: &str| {
        let born = date(1940, 1, 1)
            .saturating_add(jiff::Span::new().days(i64::try_from(place * 61).unwrap_or(0)));
        person(given, family, born)
    };
    let pairs = family
        .iter()
        .flat_map(|family| given.iter().map(move |given| (*family, *given)));
    pairs
        .enumerate()
        .map(|(place, (family, given))| named(place, family, given))
        .collect()
}

/// Every text that one slip makes of a text: a letter missing, doubled, wrong, too many, or two swapped.
pub fn slips(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let is_letter = |place: usize| letters.get(place).is_some_and(|c| c.is_alphabetic());
    let mut slips = Vec::new();
    for place in (0..letters.len()).filter(|place| is_letter(*place)) {
        let mut slip = |edit: &dyn Fn(&mut Vec<char>)| {
            let mut changed = letters.clone();
            edit(&mut changed);
            slips.push(changed.into_iter().collect::<String>());
        };
        slip(&|text| {
            text.remove(place);
        });
        slip(&|text| text.insert(place, text[place]));
        slip(&|text| text[place] = 'q');
        slip(&|text| text.insert(place, 'x'));
        if is_letter(place + 1) {
            slip(&|text| text.swap(place, place + 1));
        }
    }
    slips
}
