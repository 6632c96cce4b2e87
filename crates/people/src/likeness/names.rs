//! How alike two names are.

use strsim::jaro_winkler;

use super::Sameness;
use crate::identity::Identity;
use crate::words::words;

/// From this Jaro-Winkler similarity on, two words are spellings of one.
const SPELLINGS: f64 = 0.88;
/// A further name (`Ana` and `Ana María`) takes so much away.
const FURTHER_NAME: f64 = 0.05;

/// How alike the names of two people are; 0 where they are other names.
pub(super) struct Names {
    pub given: f64,
    pub family: f64,
    pub because: Option<Sameness>,
}

/// Compares the names as they stand, and swapped.
pub(super) fn compare(a: &Identity, b: &Identity) -> Names {
    let [a_given, a_family] = [words(&a.given_name), words(&a.family_name)];
    let [b_given, b_family] = [words(&b.given_name), words(&b.family_name)];
    let straight = (alike(&a_given, &b_given), alike(&a_family, &b_family));
    let swapped = (alike(&a_given, &b_family), alike(&a_family, &b_given));
    let crossed =
        swapped.0 > 0.0 && swapped.1 > 0.0 && swapped.0 + swapped.1 > straight.0 + straight.1;
    let (given, family) = if crossed { swapped } else { straight };
    let because = match (given > 0.0, family > 0.0) {
        (true, true) if crossed => Some(Sameness::NamesSwapped),
        (true, true) if given + family >= 2.0 => Some(Sameness::SameName),
        (true, true) => Some(Sameness::NamesAlike),
        (true, false) => Some(Sameness::OtherFamilyName),
        (false, true) => Some(Sameness::OtherGivenName),
        (false, false) => None,
    };
    Names {
        given,
        family,
        because,
    }
}

/// Jaro–Winkler depends on the order for some words; who was registered first must not matter.
fn either_way(one: &str, other: &str) -> f64 {
    jaro_winkler(one, other).max(jaro_winkler(other, one))
}

/// How alike two names are: word by word, or written as one (`Anna Maria`, `Annamaria`).
fn alike(one: &[String], other: &[String]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let joined = either_way(&one.concat(), &other.concat());
    let close = word_by_word(one, other).max(joined);
    if close >= SPELLINGS { close } else { 0.0 }
}

/// The words of the shorter name, each beside the one it resembles most.
#[expect(clippy::cast_precision_loss, reason = "a name holds a few words")]
fn word_by_word(one: &[String], other: &[String]) -> f64 {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let nearest = |word: &String| {
        long.iter()
            .map(|other| either_way(word, other))
            .fold(0.0, f64::max)
    };
    let worst = short.iter().map(nearest).fold(1.0, f64::min);
    let further = if short.len() == long.len() {
        0.0
    } else {
        FURTHER_NAME
    };
    let sum: f64 = short.iter().map(nearest).sum();
    // One word that is another makes it another name.
    if worst < SPELLINGS {
        0.0
    } else {
        sum / short.len() as f64 - further
    }
}
