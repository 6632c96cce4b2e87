//! Which rows of the caseload are shown, and in which order; both stand in the address.

use std::cmp::Reverse;

use serde::Deserialize;

use crate::clinic::Case;

/// What can be shown: everybody, or those for whom one thing holds.
pub(super) const SHOWS: [&str; 7] = [
    "all",
    "alarm",
    "worse",
    "not-better",
    "overdue",
    "question",
    "new",
];
/// The orders there are.
pub(super) const ORDERS: [&str; 4] = ["urgency", "name", "session", "next"];

/// What the address says; anything else in it is as good as nothing.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    show: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    page: String,
}

impl Wanted {
    pub(super) fn show(&self) -> &str {
        one_of(&SHOWS, &self.show)
    }

    pub(super) fn order(&self) -> &str {
        one_of(&ORDERS, &self.order)
    }

    pub(super) fn page(&self) -> usize {
        self.page.parse().unwrap_or(1)
    }

    pub(super) fn address(&self, show: &str) -> String {
        format!("/?show={show}&order={}", self.order())
    }

    pub(super) fn order_address(&self, order: &str) -> String {
        format!("/?show={}&order={order}", self.show())
    }

    pub(super) fn page_address(&self, page: usize) -> String {
        format!("/?show={}&order={}&page={page}", self.show(), self.order())
    }
}

fn one_of<'a>(all: &[&'a str], wanted: &str) -> &'a str {
    let found = all.iter().find(|one| **one == wanted).or(all.first());
    found.copied().unwrap_or_default()
}

/// Whether a case is among those.
pub(super) fn is_in(show: &str, case: &Case) -> bool {
    let signals = &case.signals;
    match show {
        "alarm" => signals.alarm.is_some(),
        "worse" => signals.is_worse(),
        "not-better" => signals.is_not_better(),
        "overdue" => !signals.late.is_empty(),
        "question" => signals.questions > 0,
        "new" => signals.is_new,
        _ => true,
    }
}

/// Puts them in order; among equals what moved last comes first, as the store gave them.
pub(super) fn sort(cases: &mut [&Case], order: &str) {
    match order {
        "name" => cases.sort_by_cached_key(|case| {
            let identity = &case.entry.identity;
            (
                identity.family_name.to_lowercase(),
                identity.given_name.to_lowercase(),
            )
        }),
        "session" => cases.sort_by_key(|case| Reverse(case.signals.last_session)),
        // Whoever has no appointment comes last.
        "next" => cases.sort_by_key(|case| {
            let next = case.signals.next_appointment;
            (next.is_none(), next)
        }),
        _ => cases.sort_by_key(|case| case.signals.rank()),
    }
}
