//! The rules and the rows agree: for whomever and whatever patient, somebody may see exactly the patients that their row filter opens.

use std::collections::BTreeSet;

use cotreat_access::{Access, Action, Addressee, Field, Relation, Resource, Viewer};
use cotreat_people::{Role, Sight};
use jiff::{SignedDuration, Timestamp};
use proptest::collection::{btree_map, btree_set};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::support::{Situation, access, clinician, now};

/// Few ids, so that they meet; the same ids for everything, so that what only looks alike meets too.
fn id() -> impl Strategy<Value = String> {
    select(vec!["a", "b", "c"]).prop_map(str::to_owned)
}

fn ids() -> impl Strategy<Value = BTreeSet<String>> {
    btree_set(id(), 0..3)
}

fn viewer() -> impl Strategy<Value = Viewer> {
    let staff = (
        id(),
        id(),
        subsequence(Role::ALL.to_vec(), 0..=3),
        prop::option::of(id()),
        any::<bool>(),
    )
        .prop_map(
            |(user, organisation, roles, profession, second_factor)| Viewer::Staff {
                name: user.clone(),
                user,
                organisation,
                roles: roles.into_iter().collect(),
                profession,
                second_factor,
            },
        );
    prop_oneof![
        12 => staff,
        2 => id().prop_map(|patient| Viewer::Patient { patient }),
        1 => (id(), id()).prop_map(|(patient, assignment)| Viewer::Task { patient, assignment }),
        1 => (id(), id()).prop_map(|(patient, referral)| Viewer::Outsider {
            id: referral.clone(),
            name: referral.clone(),
            profession: referral.clone(),
            referral,
            patient,
        }),
        1 => Just(Viewer::Operator),
        1 => Just(Viewer::Anonymous),
    ]
}

fn until() -> impl Strategy<Value = Timestamp> {
    // Over, over just now, and holding.
    select(vec![-60_i64, 0, 1, 3600]).prop_map(|seconds| now() + SignedDuration::from_secs(seconds))
}

fn addressee() -> impl Strategy<Value = Addressee> {
    prop_oneof![
        id().prop_map(Addressee::User),
        id().prop_map(Addressee::Organisation)
    ]
}

fn relation() -> impl Strategy<Value = Relation> {
    (
        id(),
        ids(),
        ids(),
        ids(),
        btree_map(id(), until(), 0..3),
        btree_map(id(), addressee(), 0..3),
        any::<bool>(),
    )
        .prop_map(
            |(patient, seen_at, shared_by, team, glass, referrals, research)| Relation {
                patient,
                at: now(),
                seen_at,
                shared_by,
                team,
                glass,
                referrals,
                research,
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_and_rows_agree(viewer in viewer(), relations in prop::collection::vec(relation(), 4)) {
        for action in Action::ROWS {
            let sight = access().sight(&viewer, action);
            for relation in &relations {
                let decision = access().decide(&viewer, action, &Resource::Patient(relation));
                prop_assert_eq!(
                    decision.allowed,
                    relation.within(&sight),
                    "{}: {:?} with {:?}: {:?}", action, viewer, sight, decision
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fields_are_what_the_rules_show(viewer in viewer(), relation in relation()) {
        let fields = access().fields(&viewer, &relation);
        let rows = |action| relation.within(&access().sight(&viewer, action));
        prop_assert_eq!(fields.contains(&Field::Name), rows(Action::SeeIdentity));
        prop_assert_eq!(fields.contains(&Field::Contact), rows(Action::SeeContact));
        prop_assert_eq!(fields.contains(&Field::Clinical), rows(Action::SeeRecord));
        prop_assert_eq!(fields.contains(&Field::Openings), rows(Action::SeeOpenings));
        // Whoever sees notes or answers sees whose they are; only researchers see rows without a name.
        if fields.contains(&Field::PrivateNotes) {
            prop_assert!(fields.contains(&Field::Clinical) && fields.contains(&Field::Name));
        }
        if fields.contains(&Field::Clinical) {
            prop_assert!(fields.contains(&Field::Name) && fields.contains(&Field::Outcomes));
        }
    }

    /// Whoever sees nothing by rows sees nothing at all of a patient but a referral or an assignment of theirs, or a row without a name.
    #[test]
    fn nothing_is_done_to_a_patient_nobody_can_find(viewer in viewer(), relation in relation()) {
        let sees = Action::ROWS.iter().any(|action| relation.within(&access().sight(&viewer, *action)));
        if !sees && matches!(viewer, Viewer::Staff { .. } | Viewer::Patient { .. }) {
            let may: Vec<&Action> = Action::ALL
                .iter()
                .filter(|action| access().decide(&viewer, **action, &Resource::Patient(&relation)).allowed)
                .collect();
            let else_than = [Action::BreakGlass, Action::SeeOutcomes, Action::OpenEpisode, Action::ErasePatient];
            prop_assert!(may.iter().all(|action| else_than.contains(action)), "{:?}", may);
        }
    }

    #[test]
    fn a_patient_nobody_has_to_do_with_is_in_no_row_filter(viewer in viewer(), action in select(Action::ALL.to_vec())) {
        let sight = access().sight(&viewer, action);
        let nobodys = Relation { patient: "nobody's".into(), at: now(), ..Relation::default() };
        prop_assert!(!nobodys.within(&sight), "{:?}", sight);
        prop_assert!(Action::ROWS.contains(&action) || sight == Sight::default());
    }
}

/// A rule that looks at what no row filter can say is noticed: the row filter does not open what it allows.
#[test]
fn a_rule_that_no_row_filter_can_say_does_not_agree() {
    let rule = "@id(\"slip\") @because(\"a slip\") permit (principal in Role::\"clinician\", action == Action::\"see_record\", resource) when { resource.research };";
    let schema = include_str!("../policies/access.cedarschema");
    let access = Access::read(schema, &[("slip.cedar", rule)]).expect("a sound rule");
    let patient = Situation::Elsewhere.patient();
    let allowed = access
        .decide(
            &clinician(),
            Action::SeeRecord,
            &Resource::Patient(&patient),
        )
        .allowed;
    let sight = access.sight(&clinician(), Action::SeeRecord);
    assert!(allowed && !patient.within(&sight));
}
