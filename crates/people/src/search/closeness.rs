//! How well somebody fits what was typed.

use std::collections::BTreeSet;

use strsim::osa_distance;

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
    let typed = share(&query.names, &terms);
    let names: BTreeSet<String> = terms
        .into_iter()
        .filter(|term| term.starts_with("n:"))
        .collect();
    let held = share(&names, &query.names);
    let pieces = (1.0 - NOTHING_BESIDES) * typed + NOTHING_BESIDES * held;
    let close = match resemblance(&query.words, identity) {
        Some(words) => f64::midpoint(pieces, words),
        None => pieces,
    };
    match (query.names.is_empty(), query.exact.is_empty()) {
        (true, _) => exact,
        (_, true) => close,
        _ => f64::midpoint(close, exact),
    }
}

/// How much the words that were typed resemble words of the name: the mean over the letters typed; none where only pieces are looked for.
#[expect(
    clippy::cast_precision_loss,
    reason = "a name holds a few dozen letters"
)]
fn resemblance(typed: &BTreeSet<String>, identity: &Identity) -> Option<f64> {
    let mut held = words(&identity.given_name);
    held.extend(words(&identity.family_name));
    let (mut sum, mut letters) = (0.0, 0.0);
    for typed in typed {
        let best = held.iter().map(|word| resembles(typed, word));
        let length = typed.chars().count() as f64;
        sum += length * best.fold(0.0, f64::max);
        letters += length;
    }
    (letters > 0.0).then(|| sum / letters)
}

/// The share of the letters that no slip took; the beginning of a word resembles it nearly as much as the whole word.
#[expect(
    clippy::cast_precision_loss,
    reason = "a word holds a few dozen letters"
)]
fn resembles(typed: &str, word: &str) -> f64 {
    let letters = typed.chars().count().max(word.chars().count()).max(1);
    let share = 1.0 - osa_distance(typed, word) as f64 / letters as f64;
    if word.starts_with(typed) {
        share.max(1.0 - NOTHING_BESIDES)
    } else {
        share
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

/// A letter of a short word says little, the beginning of a word much, a day of birth or an address most.
fn weight(term: &str) -> f64 {
    match (term.strip_prefix("n:"), term.starts_with("p:")) {
        (Some(piece), _) if piece.chars().count() == 1 => 0.5,
        (Some(piece), _) if piece.starts_with(' ') => 2.0,
        (Some(_), _) | (None, true) => 1.0,
        (None, false) => 4.0,
    }
}
