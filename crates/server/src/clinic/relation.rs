//! From what the store knows of a patient to what the policies ask about.

use std::collections::BTreeMap;

use cotreat_access::Relation;
use cotreat_store::clinic::ask;
use jiff::Timestamp;

/// The same, as the policies need it.
pub(super) fn of(found: ask::Relation, at: Timestamp) -> Relation {
    let ask::Relation {
        patient,
        organisations,
        whole_clinic,
        team,
        glass,
        referrals,
        research,
        ..
    } = found;
    Relation {
        patient,
        at,
        seen_at: organisations,
        shared_by: whole_clinic,
        team,
        glass,
        referrals: referrals.into_iter().collect::<BTreeMap<_, _>>(),
        research,
    }
}
