//! Whether two files may be one patient: the warning before somebody is registered twice.
//!
//! It warns and never decides. Twins share a family name, a birthday and often a telephone, so that another given name keeps two files apart,
//! whatever else is the same; so does another date of birth, for a father and a son of one name.

mod birth;
mod names;

use std::fmt;

use crate::figures::{digits, last};
use crate::identity::Identity;
use crate::search::{email, number};

/// From this score on, two files look like one patient.
pub const ALIKE: f64 = 0.8;
/// From this score on, somebody should look whether they are.
pub const WORTH_A_LOOK: f64 = 0.65;

/// The highest score of two files of which something speaks against their being one.
const APART: f64 = 0.79;

/// What each of these is worth when it is the same.
const GIVEN_NAME: f64 = 0.3;
const FAMILY_NAME: f64 = 0.3;
const BIRTH: f64 = 0.4;
/// How much of the way to 1 these take.
const PHONE: f64 = 0.45;
const EMAIL: f64 = 0.45;
const NUMBER: f64 = 0.7;
/// Fewer digits are no telephone number of one household.
const DIGITS: usize = 7;
/// Digits from the end that count: what stands before them may be written in several ways.
const DIALLED: usize = 9;

/// How alike two files are.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// From 0 (nothing in common) to 1 (the same in everything that is compared).
    pub score: f64,
    /// What it rests on, and what speaks against it.
    pub because: Vec<Sameness>,
}

/// What two files have in common, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// Both names are the same.
    SameName,
    /// The names are nearly the same.
    NamesAlike,
    /// Given name and family name stand in each other's place.
    NamesSwapped,
    /// The family name is the same or nearly so, the given name is not.
    OtherGivenName,
    /// The given name is the same or nearly so, the family name is not.
    OtherFamilyName,
    /// The day of birth is the same.
    SameBirth,
    /// Day and month of birth stand in each other's place.
    BirthSwapped,
    /// One digit of the date of birth is another.
    BirthOneDigit,
    /// The names agree, the day of birth does not.
    OtherBirth,
    /// The telephone number is the same.
    SamePhone,
    /// The e-mail address is the same.
    SameEmail,
    /// The number elsewhere is the same.
    SameNumber,
}

impl Likeness {
    /// They look like one patient.
    #[must_use]
    pub fn is_alike(&self) -> bool {
        self.score >= ALIKE
    }

    /// Somebody should look whether they are one.
    #[must_use]
    pub fn is_worth_a_look(&self) -> bool {
        self.score >= WORTH_A_LOOK
    }
}

impl fmt::Display for Sameness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SameName => "same name",
            Self::NamesAlike => "names alike",
            Self::NamesSwapped => "given name and family name swapped",
            Self::OtherGivenName => "other given name: one family?",
            Self::OtherFamilyName => "other family name: changed?",
            Self::SameBirth => "same date of birth",
            Self::BirthSwapped => "day and month of birth swapped",
            Self::BirthOneDigit => "date of birth differs in one digit",
            Self::OtherBirth => "other date of birth",
            Self::SamePhone => "same telephone number",
            Self::SameEmail => "same e-mail address",
            Self::SameNumber => "same number elsewhere",
        })
    }
}

/// How alike two files are, and why.
#[must_use]
pub fn likeness(a: &Identity, b: &Identity) -> Likeness {
    let names = names::compare(a, b);
    let (birth, birthday) = birth::compare(a.born, b.born);
    let mut because: Vec<Sameness> = names.because.into_iter().chain(birthday).collect();
    let mut score = GIVEN_NAME * names.given + FAMILY_NAME * names.family + BIRTH * birth;

    for (same, worth, what) in [
        (same_phone(a, b), PHONE, Sameness::SamePhone),
        (
            same(a, b, |who| who.email.as_deref().and_then(email)),
            EMAIL,
            Sameness::SameEmail,
        ),
        (
            same(a, b, |who| who.number_elsewhere.as_deref().and_then(number)),
            NUMBER,
            Sameness::SameNumber,
        ),
    ] {
        if same {
            score += (1.0 - score) * worth;
            because.push(what);
        }
    }
    if names.given > 0.0 && names.family > 0.0 && birthday.is_none() {
        because.push(Sameness::OtherBirth);
    }
    if names.given <= 0.0 || birthday.is_none() {
        score = score.min(APART);
    }
    Likeness { score, because }
}

fn same_phone(a: &Identity, b: &Identity) -> bool {
    same(a, b, |who| {
        let dialled = last(&digits(who.phone.as_deref()?), DIALLED);
        (dialled.len() >= DIGITS).then_some(dialled)
    })
}

fn same(a: &Identity, b: &Identity, part: impl Fn(&Identity) -> Option<String>) -> bool {
    part(a).is_some_and(|one| part(b).is_some_and(|other| one == other))
}
