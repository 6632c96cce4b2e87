//! From what the store knows of a patient to what the policies ask about.

use cotreat_access::{Addressee, Relation};
use cotreat_store::clinic::ask::{self, SentTo};
use jiff::Timestamp;

/// The same, as the policies need it.
pub(super) fn of(found: ask::Relation, at: Timestamp) -> Relation {
    let addressee = |to| match to {
        SentTo::User(user) => Addressee::User(user),
        SentTo::Organisation(organisation) => Addressee::Organisation(organisation),
    };
    Relation {
        patient: found.patient,
        at,
        seen_at: found.organisations,
        shared_by: found.whole_clinic,
        team: found.team,
        // The store names those for whom it holds at this instant, and nobody else.
        glass: found
            .glass
            .into_iter()
            .map(|user| (user, Timestamp::MAX))
            .collect(),
        referrals: found
            .referrals
            .into_iter()
            // Ids of referrals are random: no two of a patient are the same.
            .map(|((_, id), to)| (id, addressee(to)))
            .collect(),
        // Rows without names do not leave this server yet; whoever makes them asks for consent then.
        research: false,
    }
}
