//! Random walks through the referral loop never reach an illegal state.

use cotreat_care::decide::{Act, Command};
use cotreat_care::event::{
    CareTeamLeft, ReferralCancelled, ReferralCompleted, ReferralDeclined, ReferralMissed,
    ReferralReopened, ReferralScheduled, ReferralSent, ReferralStarted, Who,
};
use cotreat_care::record::{Record, State, Step, next};
use cotreat_care::{decide, evolve};
use jiff::ToSpan as _;

use super::story::{
    FIRST, accept, desk, draft, gp, on, opened, other_therapist, referral, therapist,
};
use crate::common::knowledge;

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

/// Every referral came to where it stands by steps that can be taken, and somebody has it where somebody must.
pub fn reachable(record: &Record) -> bool {
    record.referrals.values().all(|one| {
        let mut state = None;
        let legal = one.steps.iter().all(|(_, to, _)| {
            let can = STEPS.iter().any(|step| next(state, *step) == Some(*to));
            state = Some(*to);
            can
        });
        let held = !one.state.in_care() || one.accepted_by.is_some();
        legal && state == Some(one.state) && held
    })
}

/// Whoever has an open referral is in the team through it, once; nobody else is.
fn membership_fits(record: &Record) -> bool {
    record.referrals.iter().all(|(id, one)| {
        let through = record.team.iter().filter(|member| {
            member.ended.is_none() && member.through.as_deref() == Some(id.as_str())
        });
        let members: Vec<_> = through.map(|member| member.practitioner.as_str()).collect();
        let taken = one.accepted_by.as_ref().and_then(Who::id);
        if one.state.in_care() {
            members == Vec::from_iter(taken)
        } else {
            members.is_empty()
        }
    })
}

/// A small generator with a known seed, so that every walk can be walked again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

fn act(dice: &mut Dice, day: jiff::civil::Date) -> Act {
    let id = || "r1".to_owned();
    let words = ["", "because", "because"][usize::try_from(dice.below(3)).unwrap_or(0)];
    match dice.below(12) {
        0 | 1 => {
            let mut asked = referral();
            if dice.below(2) == 0 {
                asked.to.practitioner = None;
            }
            draft(asked)
        }
        2 | 3 => Act::SendReferral(ReferralSent { referral: id() }),
        4 => accept(),
        5 => Act::DeclineReferral(ReferralDeclined {
            referral: id(),
            reason: words.into(),
        }),
        6 => Act::ScheduleReferral(ReferralScheduled {
            referral: id(),
            appointment: day,
        }),
        7 => Act::StartReferral(ReferralStarted { referral: id() }),
        8 => Act::MissReferral(ReferralMissed { referral: id() }),
        9 => Act::CompleteReferral(ReferralCompleted {
            referral: id(),
            report: words.into(),
        }),
        10 if dice.below(4) == 0 => Act::LeaveCareTeam(CareTeamLeft {
            practitioner: ["max", "mia"][usize::try_from(dice.below(2)).unwrap_or(0)].into(),
            reason: words.into(),
        }),
        10 => Act::CancelReferral(ReferralCancelled {
            referral: id(),
            reason: words.into(),
        }),
        _ => Act::ReopenReferral(ReferralReopened {
            referral: id(),
            note: words.into(),
        }),
    }
}

#[test]
fn ten_thousand_walks_never_reach_an_illegal_state() {
    let people: [fn(Act) -> Command; 4] = [gp, therapist, other_therapist, desk];
    let beginning = opened().record;
    let mut dice = Dice(0x5eed_0000_0000_0001);
    let mut reached = std::collections::BTreeSet::new();
    for walk in 0..10_000 {
        let mut record = beginning.clone();
        for step in 0..16_i64 {
            let day = FIRST.checked_add(step.days()).expect("a day");
            let by = people[usize::try_from(dice.below(4)).unwrap_or(0)];
            let command = on(day, by(act(&mut dice, day)));
            for event in decide(&record, &command, knowledge()).unwrap_or_default() {
                record = evolve(record, &event);
                let sound = reachable(&record) && membership_fits(&record);
                // Leaving is two events: between them the referral is called off and the stay lasts.
                assert!(sound, "walk {walk}, step {step}: {command:?}\n{record:#?}");
            }
            reached.extend(record.referrals.values().map(|one| one.state));
        }
    }
    let all = 9;
    assert_eq!(reached.len(), all, "the walks saw every state: {reached:?}");
    assert!(reached.contains(&State::Missed));
}
