//! Alarms: the tier that each serious condition has reached, the tier that unanswered questions could still raise it to, and who or what
//! cleared it.

use cotreat_expr::{Symbol, Tri};
use cotreat_knowledge::model::{Alarm, Condition, Finding};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Tier};
use jiff::civil::Date;

use crate::episode::{ClearedAlarm, Episode};
use crate::reach::Reach;
use crate::state::State;

/// What the alarm rules of one condition say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmState {
    /// The condition.
    pub condition: Handle<Condition>,
    /// The highest tier of an alarm that stands.
    pub reached: Option<Tier>,
    /// Every alarm whose rule is true, most urgent first.
    pub raised: Vec<RaisedAlarm>,
    /// Positions of the alarms whose rule is still unknown and whose tier lies above `reached`, most urgent first; whether a sensible question
    /// could make one true is for [`Self::open`] to say.
    pub undecided: Vec<usize>,
}

/// An alarm whose rule is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedAlarm {
    /// Position among the condition's alarms.
    pub alarm: usize,
    /// What cleared it; `None`: it stands.
    pub cleared: Option<Cleared>,
    /// Clearings by people that do not hold: position in the episode's list, and why not.
    pub refused: Vec<(usize, Refused)>,
}

/// What cleared an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleared {
    /// A reassuring test whose source says that it may: position among the condition's clearings.
    ByTest(usize),
    /// A person whose profession may clear the tier: position in the episode's list.
    ByPerson(usize),
}

/// Why a person's clearing does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The profession may not clear this tier.
    NotAllowed,
    /// A finding behind the alarm is newer than the clearing.
    NewerFinding,
}

impl AlarmState {
    /// Whether hands-on care stops because of this.
    #[must_use]
    pub fn stops_hands_on(&self, knowledge: &Knowledge) -> bool {
        let alarms = &knowledge.conditions[self.condition].alarms;
        self.standing()
            .any(|raised| alarms[raised.alarm].stops_hands_on)
    }

    /// Positions of the undecided alarms that a sensible question could make true, most urgent first.
    pub fn open<'a>(
        &'a self,
        knowledge: &'a Knowledge,
        state: &'a State,
    ) -> impl Iterator<Item = usize> + 'a {
        let reach = Reach {
            knowledge,
            state,
            stands: self.reached >= Some(Tier::Routine),
        };
        let alarms = &knowledge.conditions[self.condition].alarms;
        let open = move |at: &usize| reach.is_open(&alarms[*at].when);
        self.undecided.iter().copied().filter(open)
    }

    /// The highest tier above `reached` that unanswered questions could still raise it to.
    #[must_use]
    pub fn could_reach(&self, knowledge: &Knowledge, state: &State) -> Option<Tier> {
        let alarms = &knowledge.conditions[self.condition].alarms;
        self.open(knowledge, state).next().map(|at| alarms[at].tier)
    }

    /// The alarms that stand.
    pub fn standing(&self) -> impl Iterator<Item = &RaisedAlarm> {
        self.raised.iter().filter(|raised| raised.cleared.is_none())
    }
}

/// Works out every alarm and what rules may cite of it.
pub(super) fn raise(
    episode: &Episode,
    knowledge: &Knowledge,
    state: &mut State,
) -> Vec<AlarmState> {
    let mut all = Vec::new();
    for (handle, condition) in knowledge.conditions.iter() {
        if condition.alarms.is_empty() {
            for tier in Tier::DESCENDING {
                state.set_bool(knowledge.names.alarm(handle, tier), Tri::No);
            }
            continue;
        }
        let (one, unknown) = raise_one(episode, knowledge, handle, condition, state);
        for tier in Tier::DESCENDING {
            let value = if one.reached.is_some_and(|reached| reached >= tier) {
                Tri::Yes
            } else if unknown.is_some_and(|unknown| unknown >= tier) {
                // Also while only a test that nobody did keeps a rule open: for other rules that is not "no".
                Tri::Unknown
            } else {
                Tri::No
            };
            state.set_bool(knowledge.names.alarm(handle, tier), value);
        }
        all.push(one);
    }
    all
}

/// The state of one condition, and the highest tier of a rule that is unknown for whatever reason.
fn raise_one(
    episode: &Episode,
    knowledge: &Knowledge,
    handle: Handle<Condition>,
    condition: &Condition,
    state: &State,
) -> (AlarmState, Option<Tier>) {
    let mut one = AlarmState {
        condition: handle,
        reached: None,
        raised: Vec::new(),
        undecided: Vec::new(),
    };
    for (at, alarm) in condition.alarms.iter().enumerate() {
        match alarm.when.expr.eval(state) {
            Tri::Yes => {
                let (cleared, refused) = clearing(episode, knowledge, handle, condition, at, state);
                if cleared.is_none() {
                    one.reached = one.reached.max(Some(alarm.tier));
                }
                one.raised.push(RaisedAlarm {
                    alarm: at,
                    cleared,
                    refused,
                });
            }
            Tri::Unknown => one.undecided.push(at),
            Tri::No => {}
        }
    }
    let tier = |at: usize| Some(condition.alarms[at].tier);
    let unknown = one.undecided.iter().filter_map(|at| tier(*at)).max();
    one.undecided.retain(|at| tier(*at) > one.reached);
    (one, unknown)
}

/// What cleared an alarm, and which clearings do not hold.
fn clearing(
    episode: &Episode,
    knowledge: &Knowledge,
    handle: Handle<Condition>,
    condition: &Condition,
    at: usize,
    state: &State,
) -> (Option<Cleared>, Vec<(usize, Refused)>) {
    let by_test = condition.clearings.iter().position(|clearing| {
        clearing.clears.contains(&at) && clearing.when.expr.eval(state) == Tri::Yes
    });
    if let Some(test) = by_test {
        return (Some(Cleared::ByTest(test)), Vec::new());
    }
    let mut refused = Vec::new();
    for (position, person) in episode.cleared.iter().enumerate() {
        if person.condition != handle {
            continue;
        }
        match holds(episode, knowledge, &condition.alarms[at], person, state) {
            Ok(()) => return (Some(Cleared::ByPerson(position)), Vec::new()),
            Err(why) => refused.push((position, why)),
        }
    }
    (None, refused)
}

fn holds(
    episode: &Episode,
    knowledge: &Knowledge,
    alarm: &Alarm,
    person: &ClearedAlarm,
    state: &State,
) -> Result<(), Refused> {
    if !knowledge.professions[person.profession]
        .may_clear
        .covers(alarm.tier)
    {
        return Err(Refused::NotAllowed);
    }
    let mut reasons = Vec::new();
    alarm.when.expr.reasons(state, &mut reasons);
    let newer = reasons.iter().any(|symbol| {
        newest(episode, knowledge, *symbol, state, 0).is_some_and(|on| on > person.on)
    });
    if newer {
        Err(Refused::NewerFinding)
    } else {
        Ok(())
    }
}

/// The day of the newest fact behind a symbol.
fn newest(
    episode: &Episode,
    knowledge: &Knowledge,
    symbol: Symbol,
    state: &State,
    depth: u8,
) -> Option<Date> {
    // Derived findings cite findings that cite findings; no sensible file goes this deep.
    if depth > 16 {
        return None;
    }
    match knowledge.names.of(symbol) {
        Name::Finding(finding) => {
            let recorded = day(episode, finding);
            if recorded.is_some() {
                return recorded;
            }
            let mut reasons = Vec::new();
            if let Some(rule) = &knowledge.findings[finding].derive {
                rule.expr.reasons(state, &mut reasons);
            }
            if let crate::state::Origin::Implied(from) = state.origin(finding) {
                reasons.push(knowledge.names.finding(from));
            }
            reasons
                .iter()
                .filter_map(|s| newest(episode, knowledge, *s, state, depth + 1))
                .max()
        }
        Name::Classification(class) => knowledge.classifications[class]
            .values
            .iter()
            .flat_map(|value| value.when.expr.symbols())
            .filter_map(|s| newest(episode, knowledge, *s, state, depth + 1))
            .max(),
        Name::Score(_) | Name::Alarm(..) | Name::Likely(_) | Name::Possible(_) => None,
    }
}

fn day(episode: &Episode, finding: Handle<Finding>) -> Option<Date> {
    episode
        .facts
        .iter()
        .filter(|fact| fact.finding == finding && fact.value != crate::fact::Value::NotKnown)
        .map(|fact| fact.on)
        .max()
}
