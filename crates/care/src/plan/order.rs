//! In which order the lines of a plan are shown: what is proposed first, the ladder from advice to last resorts, and within a rung the
//! evidence, what helped before, and what the patient wants.

use std::cmp::Reverse;

use cotreat_knowledge::Knowledge;

use crate::plan::PlanLine;

/// The answers to "was it tried" run from best to worst, after "not tried"; from this position on it did not help.
const DID_NOT_HELP: u16 = 3;

pub(super) fn sort(knowledge: &Knowledge, lines: &mut [PlanLine]) {
    lines.sort_by_cached_key(|line| {
        let one = &knowledge.interventions[line.intervention];
        (
            line.status,
            one.rung,
            line.tried.is_some_and(|tried| tried >= DID_NOT_HELP),
            Reverse(line.advice.favour.len()),
            !line.wanted,
            line.intervention,
        )
    });
}
