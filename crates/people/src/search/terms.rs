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

use crate::identity::Identity;
use crate::words::{is_invisible, words};

/// Words of so many letters are also found by each letter.
const SHORT: usize = 3;
/// How many digits in a row make a term.
pub(super) const PIECE: usize = 5;
/// How many digits of a telephone number count, from the end: all that is dialled within a country.
const DIALLED: usize = 11;
/// How many characters of an address or a number are looked at.
const LONGEST: usize = 254;

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
        .map(|three| format!("n:{}", three.iter().collect::<String>()))
        .chain(ones.map(|one| format!("n:{one}")))
        .collect()
}

pub(super) fn birth(day: Date) -> String {
    format!("b:{day}")
}

/// Each five digits in a row.
pub(super) fn pieces(digits: &str) -> impl Iterator<Item = String> {
    let digits: Vec<char> = digits.chars().collect();
    let all: Vec<String> = digits
        .windows(PIECE)
        .map(|piece| format!("p:{}", piece.iter().collect::<String>()))
        .collect();
    all.into_iter()
}

pub(super) fn email(address: &str) -> Option<String> {
    let address: String = said(address).filter(|c| !c.is_whitespace()).collect();
    (!address.is_empty()).then(|| format!("e:{address}"))
}

pub(super) fn number(text: &str) -> Option<String> {
    let number: String = said(text).filter(|c| c.is_alphanumeric()).collect();
    (!number.is_empty()).then(|| format!("x:{number}"))
}

/// The digits of a text, whatever stands between them.
pub(super) fn digits(text: &str) -> String {
    said(text).filter(char::is_ascii_digit).collect()
}

pub(super) fn last(digits: &str, how_many: usize) -> String {
    let left_out = digits.chars().count().saturating_sub(how_many);
    digits.chars().skip(left_out).collect()
}

/// The characters that somebody means: lower case, Arabic and Indian digits as those of everybody else.
pub(super) fn said(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .map(western)
}

fn western(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{9e6}'..='\u{9ef}' => 0x9e6,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}
