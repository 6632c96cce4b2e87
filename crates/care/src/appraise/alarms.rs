//! Alarms in words.

use std::cmp::Reverse;

use cotreat_knowledge::Tier;

use crate::appraisal::{Alarm, Raised};
use crate::appraise::reasons::Explain;
use crate::assess::alarms::Refused;
use crate::assess::{AlarmState, Cleared, RaisedAlarm};
use crate::open::Asking;

/// Most urgent first, then what could become most urgent; conditions about which nothing is raised or open are left out.
pub(super) fn explain(explain: &Explain<'_>) -> Vec<Alarm> {
    let could_reach =
        |state: &AlarmState| state.could_reach(explain.knowledge, &explain.assessment.state);
    let mut states: Vec<(&AlarmState, Option<Tier>)> = explain
        .assessment
        .alarms
        .iter()
        .map(|state| (state, could_reach(state)))
        .filter(|(state, could_reach)| !state.raised.is_empty() || could_reach.is_some())
        .collect();
    states.sort_by_key(|(state, could_reach)| {
        (
            Reverse(state.reached),
            Reverse(*could_reach),
            state.condition,
        )
    });
    states
        .into_iter()
        .map(|(state, could_reach)| one(explain, state, could_reach))
        .collect()
}

fn one(explain: &Explain<'_>, state: &AlarmState, could_reach: Option<Tier>) -> Alarm {
    let condition = &explain.knowledge.conditions[state.condition];
    let mut missing = Asking::default();
    for at in &state.undecided {
        let stands = state.reached >= Some(Tier::Routine);
        let ways = explain
            .open
            .ways_to_yes(&condition.alarms[*at].when, stands);
        for (askable, _) in ways.iter() {
            missing.add(&[*askable]);
        }
    }
    Alarm {
        condition: condition.id.clone(),
        name: condition.name.clone(),
        reached: state.reached.map(|tier| tier.word().to_owned()),
        could_reach: could_reach.map(|tier| tier.word().to_owned()),
        missing: explain.names(&missing.list()),
        stops_hands_on: state.stops_hands_on(explain.knowledge),
        raised: state
            .raised
            .iter()
            .map(|raised| rule(explain, state, raised))
            .collect(),
    }
}

fn rule(explain: &Explain<'_>, state: &AlarmState, raised: &RaisedAlarm) -> Raised {
    let knowledge = explain.knowledge;
    let condition = &knowledge.conditions[state.condition];
    let alarm = &condition.alarms[raised.alarm];
    let cleared = raised.cleared.map(|cleared| match cleared {
        Cleared::ByTest(at) => {
            let clearing = &condition.clearings[at];
            let reason = explain.reason(&clearing.statement, Some(&clearing.when));
            format!(
                "cleared by {}: {} [{}]",
                reason.because.join("; "),
                reason.says,
                reason.place
            )
        }
        Cleared::ByPerson(at) => {
            let person = &explain.episode.cleared[at];
            let profession = &knowledge.professions[person.profession].name;
            format!(
                "cleared by {}, {profession}, on {}: {}",
                person.by, person.on, person.reason
            )
        }
    });
    let not_cleared = raised
        .refused
        .iter()
        .map(|(at, why)| {
            let person = &explain.episode.cleared[*at];
            let profession = &knowledge.professions[person.profession].name;
            match why {
                Refused::NotAllowed => {
                    format!("{}, {profession}, may not clear an alarm of tier {}: it stands", person.by, alarm.tier.word())
                }
                Refused::NewerFinding => {
                    format!("{}, {profession}, cleared it on {}, but a finding behind it is newer: it stands again", person.by, person.on)
                }
            }
        })
        .collect();
    Raised {
        label: alarm.label.clone(),
        tier: alarm.tier.word().to_owned(),
        action: alarm.action.clone(),
        within: alarm.within.clone(),
        may_clear: may_clear(explain, alarm.tier),
        cleared,
        not_cleared,
        why: explain.reason(&alarm.statement, Some(&alarm.when)),
    }
}

fn may_clear(explain: &Explain<'_>, tier: Tier) -> Vec<String> {
    explain
        .knowledge
        .professions
        .iter()
        .filter(|(_, p)| p.may_clear.covers(tier))
        .map(|(_, p)| p.name.clone())
        .collect()
}
