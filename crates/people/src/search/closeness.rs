//! How well somebody fits what was typed.

use std::collections::BTreeSet;

use super::query::Query;
use super::terms::terms_of;
use crate::identity::Identity;

/// How much it counts that the name holds nothing besides what was typed: `Li` before `Lindqvist`.
const NOTHING_BESIDES: f64 = 0.1;

/// How well somebody fits what was typed, from 0 (not at all) to 1: for names the share of their pieces that somebody has, where beginnings of
/// words count double; for the rest the share of its parts that are met; where both were typed, one counts as much as the other.
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
    let close = (1.0 - NOTHING_BESIDES) * typed + NOTHING_BESIDES * held;
    match (query.names.is_empty(), query.exact.is_empty()) {
        (true, _) => exact,
        (_, true) => close,
        _ => f64::midpoint(close, exact),
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
