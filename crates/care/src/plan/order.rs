//! In which order the lines of a plan are shown: what is proposed first, the ladder from advice to last resorts, and within a rung the
//! evidence, what helped before, and what the patient wants.

use std::cmp::Reverse;

use cotreat_knowledge::model::Intervention;
use cotreat_knowledge::{Handle, Knowledge};

use crate::plan::{PlanLine, Status};

/// The answers to "was it tried" run from best to worst, after "not tried"; from this position on it did not help.
const DID_NOT_HELP: u16 = 3;

/// Sorts the lines. A kind of something broader ("walking" of "exercise therapy") follows it where both read the same and stand on the same
/// rung.
pub(super) fn sort(knowledge: &Knowledge, lines: &mut [PlanLine]) {
    let own: Vec<(Handle<Intervention>, Key)> = lines
        .iter()
        .map(|line| (line.intervention, key(knowledge, line)))
        .collect();
    let broader = |line: &PlanLine| {
        let broader = knowledge.interventions[line.intervention].kind_of?;
        let (_, key) = own.iter().find(|(handle, _)| *handle == broader)?;
        let rung = knowledge.interventions[line.intervention].rung;
        (key.0 == line.status && key.1 == rung).then_some(*key)
    };
    lines.sort_by_cached_key(|line| {
        let own = key(knowledge, line);
        match broader(line) {
            Some(broader) => (broader, Some(own)),
            None => (own, None),
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
