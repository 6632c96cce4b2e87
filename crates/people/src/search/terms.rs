//! The terms under which a patient can be found.
//!
//! | term | of |
//! | --- | --- |
//! | `n:` and three characters | names: each word with two blanks before and one behind, as `pg_trgm` takes words apart |
//! | `n:` and one letter | names: each letter of a word of up to [`SHORT`] letters, of which a typing error can leave no three standing |
//! | `b:1980-05-01` | date of birth |
//! | `p:` and five digits | telephone number: each five in a row |
//! | `e:` | e-mail address |
//! | `x:` | number elsewhere, letters and digits only |

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::figures::{digits, last, said};
use crate::identity::Identity;
use crate::words::words;

/// Words of so many letters are also found by each letter.
const SHORT: usize = 3;
/// How many digits in a row make a term.
pub(super) const PIECE: usize = 5;
/// How many digits of a telephone number count, from the end: all that is dialled within a country.
const DIALLED: usize = 11;

/// The terms under which a patient can be found; the store keeps them as keyed numbers only.
#[must_use]
pub fn terms_of(identity: &Identity) -> BTreeSet<String> {
    let mut terms = name_terms(&identity.family_name);
    terms.extend(name_terms(&identity.given_name));
    terms.insert(birth(identity.born));
    if let Some(phone) = &identity.phone {
        terms.extend(pieces(&last(&digits(phone), DIALLED)));
    }
    terms.extend(identity.email.as_deref().and_then(email));
    terms.extend(identity.number_elsewhere.as_deref().and_then(number));
    terms
}

/// The terms of a name.
pub(super) fn name_terms(text: &str) -> BTreeSet<String> {
    words(text).iter().flat_map(|word| of_word(word)).collect()
}

fn of_word(word: &str) -> Vec<String> {
    let padded: Vec<char> = "  ".chars().chain(word.chars()).chain([' ']).collect();
    let letters = padded.len() - 3;
    let threes = padded.windows(3);
    let ones = word.chars().filter(|_| letters <= SHORT);
    threes
        .map(|three| term("n:", three))
        .chain(ones.map(|one| term("n:", &[one])))
        .collect()
}

fn term(of: &str, piece: &[char]) -> String {
    of.chars().chain(piece.iter().copied()).collect()
}

pub(super) fn birth(day: Date) -> String {
    format!("b:{day}")
}

/// Each five digits in a row.
pub(super) fn pieces(digits: &str) -> Vec<String> {
    let digits: Vec<char> = digits.chars().collect();
    let fives = digits.windows(PIECE);
    fives.map(|piece| term("p:", piece)).collect()
}

pub(crate) fn email(address: &str) -> Option<String> {
    let address: String = said(address).filter(|c| !c.is_whitespace()).collect();
    (!address.is_empty()).then(|| format!("e:{address}"))
}

pub(crate) fn number(text: &str) -> Option<String> {
    let number: String = said(text).filter(|c| c.is_alphanumeric()).collect();
    (!number.is_empty()).then(|| format!("x:{number}"))
}
