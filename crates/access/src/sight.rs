//! Which patients somebody sees, worked out from the rules.
//!
//! Each part of a [`Sight`] is a reason to see a patient. Of each, the rules are asked about a patient for whom this reason holds and no other; where they allow the action, the
//! part is given. A changed rule therefore changes the queries too. That parts add up is not for granted: `tests/agreement.rs` shows for random worlds that the rules and the
//! rows agree.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_people::Sight;
use jiff::Timestamp;

use crate::access::Access;
use crate::action::Action;
use crate::relation::{Addressee, Relation};
use crate::resource::Resource;
use crate::viewer::Viewer;

/// A patient whom nobody has anything to do with. No id of this program is written so.
const NOBODYS: &str = "?";

impl Access {
    /// The patients for whom somebody may do this. Nobody, where the action is not one of those that go by rows ([`Action::ROWS`]).
    #[must_use]
    pub fn sight(&self, viewer: &Viewer, action: Action) -> Sight {
        if !Action::ROWS.contains(&action) {
            return Sight::default();
        }
        let opens = |relation: Relation| {
            self.decide(viewer, action, &Resource::Patient(&relation))
                .allowed
        };
        match viewer {
            Viewer::Staff {
                user, organisation, ..
            } => staff(user, organisation, opens),
            Viewer::Patient { patient } => {
                let own = Relation {
                    patient: patient.clone(),
                    ..Relation::default()
                };
                Sight {
                    own: opens(own).then(|| patient.clone()),
                    ..Sight::default()
                }
            }
            Viewer::Task { .. }
            | Viewer::Outsider { .. }
            | Viewer::Operator
            | Viewer::Anonymous => Sight::default(),
        }
    }
}

fn staff(user: &str, organisation: &str, opens: impl Fn(Relation) -> bool) -> Sight {
    let only = |id: &str| BTreeSet::from([id.to_owned()]);
    let nobodys = || Relation {
        patient: NOBODYS.to_owned(),
        ..Relation::default()
    };
    let referred = |to| Relation {
        referrals: BTreeMap::from([(NOBODYS.to_owned(), to)]),
        ..nobodys()
    };
    let given = |relation: Relation, id: &str| opens(relation).then(|| id.to_owned());
    let desk = given(
        Relation {
            seen_at: only(organisation),
            ..nobodys()
        },
        organisation,
    );
    Sight {
        team_of: given(
            Relation {
                team: only(user),
                ..nobodys()
            },
            user,
        ),
        // What holds for all patients of the organisation holds for those it shares; one part is enough.
        clinic: match desk {
            Some(_) => None,
            None => given(
                Relation {
                    seen_at: only(organisation),
                    shared_by: only(organisation),
                    ..nobodys()
                },
                organisation,
            ),
        },
        desk,
        glass_of: given(
            Relation {
                glass: BTreeMap::from([(user.to_owned(), Timestamp::MAX)]),
                ..nobodys()
            },
            user,
        ),
        referred_to: given(referred(Addressee::User(user.to_owned())), user),
        referred_to_organisation: given(
            referred(Addressee::Organisation(organisation.to_owned())),
            organisation,
        ),
        own: None,
    }
}
