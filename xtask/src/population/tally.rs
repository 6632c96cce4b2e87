//! Counts what became of the patients.

use cotreat_care::Conclusions;
use cotreat_care::assess::AlarmState;
use cotreat_knowledge::model::Condition;
use cotreat_knowledge::{Handle, Knowledge, Tier};

use super::patient::Patient;
use super::tables::Tables;

/// How urgent is "days or today".
pub const SOON: Tier = Tier::Urgent;

/// What became of the patients.
#[derive(Debug)]
pub struct Tally {
    /// How many there were.
    pub patients: u64,
    /// How many gave at least one red flag answer.
    pub flagged: u64,
    /// How many have a serious disease.
    pub serious: u64,
    /// By the highest tier that stands in a patient: watch, routine, urgent, emergency.
    pub highest: [u64; 4],
    /// Patients without serious disease in whom something urgent stands.
    pub false_soon: u64,
    /// Patients in whom nothing urgent stands, but a test or question that is open could still make it so.
    pub open_soon: u64,
    /// By condition.
    pub conditions: Vec<Reached>,
    /// By alarm rule, urgent ones only.
    pub rules: Vec<Rule>,
    /// By disease, as in the tables.
    pub diseases: Vec<Caught>,
    /// Facts that cannot all be true; there should be none.
    pub contradictions: u64,
}

/// Which tiers one condition reached.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The condition.
    pub condition: Handle<Condition>,
    /// Patients by tier: watch, routine, urgent, emergency.
    pub tiers: [u64; 4],
    /// Patients in whom it is urgent or an emergency and nothing else is.
    pub alone: u64,
}

/// How often one alarm rule stands.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Whose.
    pub condition: Handle<Condition>,
    /// Which.
    pub alarm: usize,
    /// Patients in whom it stands.
    pub stands: u64,
    /// Patients in whom nothing else urgent stands.
    pub alone: u64,
    /// Patients in whom it stands and who have a serious disease.
    pub serious: u64,
}

/// How many of the people with a disease were caught.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caught {
    /// How many have it.
    pub all: u64,
    /// Its own condition is urgent or an emergency.
    pub own_soon: u64,
    /// Its own condition has an alarm of any tier.
    pub own_any: u64,
    /// Any condition is urgent or an emergency.
    pub soon: u64,
    /// Any condition has an alarm of any tier.
    pub any: u64,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(knowledge: &Knowledge, tables: &Tables) -> Self {
        let with_alarms = || {
            knowledge
                .conditions
                .iter()
                .filter(|(_, condition)| !condition.alarms.is_empty())
        };
        Self {
            patients: 0,
            flagged: 0,
            serious: 0,
            highest: [0; 4],
            false_soon: 0,
            open_soon: 0,
            conditions: with_alarms()
                .map(|(condition, _)| Reached {
                    condition,
                    tiers: [0; 4],
                    alone: 0,
                })
                .collect(),
            rules: with_alarms()
                .flat_map(|(condition, one)| {
                    let soon = one
                        .alarms
                        .iter()
                        .enumerate()
                        .filter(|(_, alarm)| alarm.tier >= SOON);
                    soon.map(move |(alarm, _)| Rule {
                        condition,
                        alarm,
                        stands: 0,
                        alone: 0,
                        serious: 0,
                    })
                })
                .collect(),
            diseases: vec![Caught::default(); tables.diseases.len()],
            contradictions: 0,
        }
    }

    /// Counts one patient.
    pub fn count(
        &mut self,
        patient: &Patient,
        conclusions: &Conclusions,
        knowledge: &Knowledge,
        tables: &Tables,
    ) {
        let alarms = &conclusions.assessment.alarms;
        let highest = alarms.iter().filter_map(|alarm| alarm.reached).max();
        self.patients += 1;
        self.flagged += u64::from(patient.flagged);
        self.contradictions += u64::from(!conclusions.assessment.contradictions.is_empty());
        if let Some(tier) = highest {
            self.highest[tier as usize] += 1;
        }
        let soon = alarms
            .iter()
            .filter(|alarm| alarm.reached >= Some(SOON))
            .count();
        for (slot, alarm) in self.conditions.iter_mut().zip(alarms) {
            debug_assert_eq!(slot.condition, alarm.condition);
            if let Some(tier) = alarm.reached {
                slot.tiers[tier as usize] += 1;
                slot.alone += u64::from(tier >= SOON && soon == 1);
            }
        }
        let could = alarms
            .iter()
            .filter_map(|alarm| alarm.could_reach(knowledge, &conclusions.assessment.state))
            .max();
        self.open_soon += u64::from(soon == 0 && could >= Some(SOON));
        self.count_rules(alarms, patient.disease.is_some(), knowledge);
        match patient.disease {
            None => self.false_soon += u64::from(highest >= Some(SOON)),
            Some(at) => {
                self.serious += 1;
                let own = alarms
                    .iter()
                    .find(|alarm| alarm.condition == tables.diseases[at].condition)
                    .and_then(|alarm| alarm.reached);
                let caught = &mut self.diseases[at];
                caught.all += 1;
                caught.own_soon += u64::from(own >= Some(SOON));
                caught.own_any += u64::from(own.is_some());
                caught.soon += u64::from(highest >= Some(SOON));
                caught.any += u64::from(highest.is_some());
            }
        }
    }

    fn count_rules(&mut self, alarms: &[AlarmState], serious: bool, knowledge: &Knowledge) {
        let standing: Vec<(Handle<Condition>, usize)> = alarms
            .iter()
            .flat_map(|alarm| {
                alarm
                    .standing()
                    .map(|raised| (alarm.condition, raised.alarm))
            })
            .filter(|(condition, alarm)| {
                knowledge.conditions[*condition].alarms[*alarm].tier >= SOON
            })
            .collect();
        for one in &standing {
            if let Some(rule) = self
                .rules
                .iter_mut()
                .find(|rule| (rule.condition, rule.alarm) == *one)
            {
                rule.stands += 1;
                rule.alone += u64::from(standing.len() == 1);
                rule.serious += u64::from(serious);
            }
        }
    }

    /// All diseases together.
    pub fn caught(&self) -> Caught {
        self.diseases
            .iter()
            .fold(Caught::default(), |sum, one| Caught {
                all: sum.all + one.all,
                own_soon: sum.own_soon + one.own_soon,
                own_any: sum.own_any + one.own_any,
                soon: sum.soon + one.soon,
                any: sum.any + one.any,
            })
    }

    /// Patients in whom something urgent or an emergency stands.
    pub fn soon(&self) -> u64 {
        self.highest[SOON as usize..].iter().sum()
    }
}
