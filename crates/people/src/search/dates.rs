//! Which days somebody may mean who types figures.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// Nobody was born in another century.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2099;

/// The days that three groups of digits may mean: `1980 05 01`, and where the year does not come first, day and month either way round.
/// A year of two digits is one of either century.
pub(super) fn dates(groups: [&str; 3]) -> BTreeSet<Date> {
    let [a, b, c] = groups;
    match [a.len(), b.len(), c.len()] {
        [4, 1..=2, 1..=2] => day(a, b, c).collect(),
        [1..=2, 1..=2, 4] => day(c, b, a).chain(day(c, a, b)).collect(),
        [1..=2, 1..=2, 2] => day(c, b, a)
            .chain(day(c, a, b))
            .chain(day(a, b, c))
            .collect(),
        _ => BTreeSet::new(),
    }
}

/// The days that digits without anything between them may mean: `19800501`, `01051980`, `010580`.
pub(super) fn unbroken(digits: &str) -> BTreeSet<Date> {
    let cut = |one, other| {
        let parts = (
            digits.get(..one),
            digits.get(one..other),
            digits.get(other..),
        );
        match parts {
            (Some(a), Some(b), Some(c)) => dates([a, b, c]),
            _ => BTreeSet::new(),
        }
    };
    match digits.len() {
        8 => &cut(4, 6) | &cut(2, 4),
        6 => cut(2, 4),
        _ => BTreeSet::new(),
    }
}

fn day(year: &str, month: &str, day: &str) -> impl Iterator<Item = Date> {
    let centuries: &[i16] = if year.len() == 4 { &[0] } else { &[1900, 2000] };
    let read = |text: &str| text.parse::<i8>().ok();
    let (year, month, day) = (year.parse::<i16>().ok(), read(month), read(day));
    centuries
        .iter()
        .filter_map(move |century| Date::new(year? + century, month?, day?).ok())
        .filter(|date| YEARS.contains(&date.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(days: &BTreeSet<Date>) -> Vec<String> {
        days.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn day_and_month_are_read_either_way_round_and_a_short_year_in_either_century() {
        for (groups, expected) in [
            (["1980", "05", "01"], vec!["1980-05-01"]),
            (["01", "05", "1980"], vec!["1980-01-05", "1980-05-01"]),
            (["31", "5", "1980"], vec!["1980-05-31"]),
            (["5", "31", "1980"], vec!["1980-05-31"]),
            (
                ["1", "5", "80"],
                vec!["1980-01-05", "1980-05-01", "2080-01-05", "2080-05-01"],
            ),
            (["29", "2", "1981"], vec![]),
            (["1", "5", "1880"], vec![]),
            (["555", "123", "4567"], vec![]),
            (["", "", ""], vec![]),
        ] {
            assert_eq!(told(&dates(groups)), expected, "{groups:?}");
        }
        assert_eq!(told(&unbroken("19800531")), ["1980-05-31"]);
        assert_eq!(told(&unbroken("31051980")), ["1980-05-31"]);
        assert_eq!(told(&unbroken("310580")), ["1980-05-31", "2080-05-31"]);
        assert!(unbroken("1234567").is_empty());
    }
}
