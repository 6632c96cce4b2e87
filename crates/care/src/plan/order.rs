//! In which order the lines of a plan are shown: what is proposed first, the ladder from advice to last resorts, and within a rung the
//! evidence, what helped before, and what the patient wants.

use std::cmp::Reverse;

use cotreat_knowledge::model::Intervention;
use cotreat_knowledge::{Handle, Knowledge};

use crate::plan::{PlanLine, Status};

/// The answers to "was it tried" run from best to worst, after "not tried"; from this position on it did not help.
const DID_NOT_HELP: u16 = 3;

/// Sorts the lines, which come in the order of their interventions. A kind of something broader ("walking" of "exercise therapy") follows it where
/// both read the same and stand on the same rung.
pub(super) fn sort(knowledge: &Knowledge, lines: &mut [PlanLine]) {
    debug_assert!(lines.is_sorted_by_key(|line| line.intervention));
    let own: Vec<Key> = lines.iter().map(|line| key(knowledge, line)).collect();
    lines.sort_by_cached_key(|line| {
        let own_key = own[line.intervention.index()];
        let broader = knowledge.interventions[line.intervention]
            .kind_of
            .map(|broader| own[broader.index()])
            .filter(|broader| (broader.0, broader.1) == (own_key.0, own_key.1));
        match broader {
            Some(broader) => (broader, Some(own_key)),
            None => (own_key, None),
        }
    });
}

/// Smaller is shown first.
type Key = (Status, u8, bool, Reverse<usize>, bool, Handle<Intervention>);

fn key(knowledge: &Knowledge, line: &PlanLine) -> Key {
    (
        line.status,
        knowledge.interventions[line.intervention].rung,
        line.tried.is_some_and(|tried| tried >= DID_NOT_HELP),
        Reverse(line.advice.favour.len()),
        !line.wanted,
        line.intervention,
    )
}
