//! Random steps through the referral loop, decided and stored, never store an illegal state.

use std::collections::BTreeSet;

use cotreat_care::decide::Act;
use cotreat_care::event::{
    ReferralCancelled, ReferralCompleted, ReferralDeclined, ReferralMissed, ReferralReopened,
    ReferralScheduled, ReferralStarted, Who,
};
use cotreat_care::record::{Record, State, Step, next};
use cotreat_people::event::Sharing;
use cotreat_store::clinic::ask::{ReferralsWanted, Way};
use jiff::civil::date;

use super::world::{
    Clinic, Dice, FIRST, accept, desk, draft, gp, identity, leave, now, other_therapist, send,
    therapist, to,
};
use crate::support::Place;

const STEPS: [Step; 10] = [
    Step::Draft,
    Step::Send,
    Step::Accept,
    Step::Decline,
    Step::Schedule,
    Step::Start,
    Step::Miss,
    Step::Complete,
    Step::Cancel,
    Step::Reopen,
];

const THERAPISTS: [&str; 2] = ["max", "mia"];

/// Every referral came to where it stands by steps that can be taken, somebody has it where somebody must, and is in the team through it.
fn legal(record: &Record) -> bool {
    record.referrals.iter().all(|(id, one)| {
        let mut state = None;
        let reached = one.steps.iter().all(|(_, to, _)| {
            let can = STEPS.iter().any(|step| next(state, *step) == Some(*to));
            state = Some(*to);
            can
        });
        let through = record
            .team
            .iter()
            .filter(|stay| stay.ended.is_none() && stay.through.as_deref() == Some(id.as_str()));
        let members: Vec<_> = through.map(|stay| stay.practitioner.as_str()).collect();
        let taken = one.accepted_by.as_ref().and_then(Who::id);
        let held = if one.state.in_care() {
            members == Vec::from_iter(taken) && taken.is_some()
        } else {
            members.is_empty()
        };
        reached && state == Some(one.state) && held
    })
}

fn act(dice: &mut Dice) -> Act {
    let id = || "r1".to_owned();
    let words = (*dice.one_of(&["", "because", "because"])).to_owned();
    match dice.below(12) {
        0 | 1 => {
            let to = to(
                *dice.one_of(&[Some("max"), None]),
                *dice.one_of(&[Some("clinic_c"), None]),
            );
            draft("r1", to)
        }
        2 | 3 => send("r1"),
        4 => accept("r1"),
        5 => Act::DeclineReferral(ReferralDeclined {
            referral: id(),
            reason: words,
        }),
        6 => Act::ScheduleReferral(ReferralScheduled {
            referral: id(),
            appointment: FIRST,
        }),
        7 => Act::StartReferral(ReferralStarted { referral: id() }),
        8 => Act::MissReferral(ReferralMissed { referral: id() }),
        9 => Act::CompleteReferral(ReferralCompleted {
            referral: id(),
            report: words,
        }),
        10 if dice.below(4) == 0 => {
            let who = dice.one_of(&THERAPISTS);
            leave(who)
        }
        10 => Act::CancelReferral(ReferralCancelled {
            referral: id(),
            reason: words,
        }),
        _ => Act::ReopenReferral(ReferralReopened {
            referral: id(),
            note: words,
        }),
    }
}

/// Walks of forty steps each, which come to so many states.
async fn walk(place: Place, walks: u64, states: usize) {
    let clinic = Clinic::open(place).await;
    clinic.organisation("clinic_a", Sharing::CareTeam).await;
    clinic
        .patient(
            "p1",
            identity("García", "Ana", date(1980, 5, 1)),
            "clinic_a",
        )
        .await;
    let desk_worker = Who::Staff {
        id: "dee".to_owned(),
        name: "Dee Lake".to_owned(),
    };
    let people = [gp(), therapist(), other_therapist(), desk_worker];
    let mut dice = Dice(0x5eed_0000_0000_0001);
    let mut reached: BTreeSet<State> = BTreeSet::new();
    for nth in 0..walks {
        let episode = format!("e{nth}");
        clinic.opens(&episode, "p1", &gp()).await;
        for step in 0..40 {
            let (who, act) = (dice.one_of(&people), act(&mut dice));
            if clinic.act(&episode, who, act.clone()).await.is_err() {
                continue;
            }
            let read = clinic.store.episode(&episode).await.unwrap().unwrap();
            assert!(
                legal(&read.record),
                "walk {nth}, step {step}: {act:?}\n{:#?}",
                read.record
            );
            reached.extend(read.record.referrals.values().map(|one| one.state));
        }
    }
    assert!(reached.len() >= states, "{reached:?}");
    // What the tables say is what the records say.
    for way in [Way::In, Way::Out] {
        for organisation in ["clinic_a", "clinic_c"] {
            let wanted = ReferralsWanted {
                way,
                practitioner: Some("max"),
                organisation: Some(organisation),
                over: true,
            };
            for listed in clinic
                .store
                .referrals(&desk("clinic_a"), now(), wanted)
                .await
                .unwrap()
            {
                let read = clinic
                    .store
                    .episode(&listed.episode)
                    .await
                    .unwrap()
                    .unwrap();
                let one = &read.record.referrals[&listed.referral];
                assert_eq!((listed.state, listed.since), (one.state, one.since));
            }
        }
    }
    clinic.comes_out_the_same().await;
    assert!(
        clinic
            .store
            .verify(&[], &mut |_| ())
            .await
            .unwrap()
            .is_fine()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_steps_on_sqlite_store_no_illegal_state() {
    walk(Place::sqlite(), 250, 9).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_steps_on_postgres_store_no_illegal_state() {
    if let Some(place) = Place::postgres() {
        walk(place, 50, 6).await;
    }
}
