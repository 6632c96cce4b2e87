//! How well somebody fits what was typed.

use std::collections::BTreeSet;

use strsim::normalized_damerau_levenshtein;

use super::query::Query;
use super::terms::terms_of;
use crate::identity::Identity;
use crate::words::words;

/// How much it counts that the name holds nothing besides what was typed: `Li` before `Lindqvist`.
const NOTHING_BESIDES: f64 = 0.1;

/// How well somebody fits what was typed, from 0 (not at all) to 1: for names the mean of the share of their pieces that somebody has, where
/// beginnings of words count double, and of how much the words resemble theirs; for the rest the share of its parts that are met; where both
/// were typed, one counts as much as the other.
#[must_use]
pub fn closeness(query: &Query, identity: &Identity) -> f64 {
    let terms = terms_of(identity);
    let exact = met(&query.exact, &terms);
    let names: BTreeSet<String> = terms
        .into_iter()
        .filter(|term| term.starts_with("n:"))
        .collect();
    let typed = share(&query.names, &names);
    let held = share(&names, &query.names);
    let pieces = (1.0 - NOTHING_BESIDES) * typed + NOTHING_BESIDES * held;
    let close = f64::midpoint(pieces, resemblance(&query.words, identity));
    match (query.names.is_empty(), query.exact.is_empty()) {
        (true, _) => exact,
        (_, true) => close,
        _ => f64::midpoint(close, exact),
    }
}

/// How much the words that were typed resemble words of the name: the mean over the letters typed.
#[expect(
    clippy::cast_precision_loss,
    reason = "a name holds a few dozen letters"
)]
fn resemblance(typed: &BTreeSet<String>, identity: &Identity) -> f64 {
    let mut held = words(&identity.given_name);
    held.extend(words(&identity.family_name));
    let (mut sum, mut letters) = (0.0, 0.0);
    for typed in typed {
        let best = held.iter().map(|word| resembles(typed, word));
        let length = typed.chars().count() as f64;
        sum += length * best.fold(0.0, f64::max);
        letters += length;
    }
    if letters > 0.0 { sum / letters } else { 0.0 }
}

/// The beginning of a word resembles it nearly as much as the whole word.
fn resembles(typed: &str, word: &str) -> f64 {
    let slips = normalized_damerau_levenshtein(typed, word);
    if word.starts_with(typed) {
        slips.max(1.0 - NOTHING_BESIDES)
    } else {
        slips
    }
}

/// The share of the sets of which one is there.
#[expect(
    clippy::cast_precision_loss,
    reason = "what is typed holds a few dozen parts at most"
)]
fn met(sets: &[BTreeSet<String>], terms: &BTreeSet<String>) -> f64 {
    if sets.is_empty() {
        return 0.0;
    }
    let met = sets.iter().filter(|set| !set.is_disjoint(terms));
    met.count() as f64 / sets.len() as f64
}

/// How much of the one is in the other.
fn share(of: &BTreeSet<String>, among: &BTreeSet<String>) -> f64 {
    let all: f64 = of.iter().map(|term| weight(term)).sum();
    let there: f64 = of.intersection(among).map(|term| weight(term)).sum();
    if all > 0.0 { there / all } else { 0.0 }
}

/// A letter of a short word says little, the beginning of a word much.
fn weight(term: &str) -> f64 {
    match term.strip_prefix("n:").map(|piece| piece.chars().count()) {
        Some(1) => 0.5,
        _ if term.starts_with("n: ") => 2.0,
        _ => 1.0,
    }
}
