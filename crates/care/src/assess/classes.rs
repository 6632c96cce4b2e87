//! Sorts the episode: stage, presentation, mechanism, risk.

use cotreat_expr::Tri;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::After;

use crate::state::{NO_VALUE, State};

/// Works out the classifications of one layer.
pub(super) fn sort(knowledge: &Knowledge, after: After, state: &mut State) {
    for handle in &knowledge.classification_order {
        let one = &knowledge.classifications[*handle];
        if one.after != after {
            continue;
        }
        let symbol = knowledge.names.classification(*handle);
        if one.exclusive {
            // The first that is true. While earlier ones are unknown, it is only known which values are still possible.
            let mut possible = 0_u64;
            let mut last = NO_VALUE;
            for (at, value) in one.values.iter().enumerate() {
                match value.when.expr.eval(state) {
                    Tri::Yes => {
                        last = 1 << at;
                        break;
                    }
                    Tri::Unknown => possible |= 1 << at,
                    Tri::No => {}
                }
            }
            match (possible, last) {
                (0, NO_VALUE) => state.set_code(symbol, None),
                (0, only) => state.set_code(symbol, u16::try_from(only.trailing_zeros()).ok()),
                (several, last) => state.set_possible(symbol, several | last),
            }
        } else {
            let (mut yes, mut unknown) = (0, 0);
            for (at, value) in one.values.iter().enumerate() {
                match value.when.expr.eval(state) {
                    Tri::Yes => yes |= 1 << at,
                    Tri::Unknown => unknown |= 1 << at,
                    Tri::No => {}
                }
            }
            state.set_set(symbol, yes, unknown);
        }
    }
}
