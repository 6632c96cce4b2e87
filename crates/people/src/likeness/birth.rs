//! How alike two dates of birth are.

use jiff::civil::Date;

use super::Sameness;

/// Day and month swapped is a slip of reading, one digit a slip of the hand; a father and a son of one name can differ in one digit as well.
const SWAPPED: f64 = 0.85;
const ONE_DIGIT: f64 = 0.55;

pub(super) fn compare(a: Date, b: Date) -> (f64, Option<Sameness>) {
    let swapped = a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month());
    if a == b {
        (1.0, Some(Sameness::SameBirth))
    } else if swapped {
        (SWAPPED, Some(Sameness::BirthSwapped))
    } else if differing(a, b) == 1 {
        (ONE_DIGIT, Some(Sameness::BirthOneDigit))
    } else {
        (0.0, None)
    }
}

fn differing(a: Date, b: Date) -> usize {
    let (a, b) = (a.to_string(), b.to_string());
    let pairs = a.chars().zip(b.chars());
    pairs.filter(|(one, other)| one != other).count() + a.len().abs_diff(b.len())
}
