//! The plan: which interventions the guidelines advise for this patient, what safety makes of them, who can deliver them, and what is
//! deliberately not offered.
//!
//! One line per intervention. The machine proposes; a named person decides.

pub mod advice;
mod decided;
mod order;
pub mod people;
mod preselect;
pub mod safety;
pub mod targets;

use cotreat_expr::Tri;
use cotreat_knowledge::format::{Role, Sequence};
use cotreat_knowledge::model::{Answers, Condition, Dose, Intervention};
use cotreat_knowledge::{Handle, Knowledge, Tier};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::assess::Assessment;
use crate::episode::Episode;
use crate::open::{Askable, Asking, Open};

pub use advice::Advice;
use decided::Decided;
pub use people::Team;
pub use safety::{Safety, TechniqueSafety, TechniqueStatus};
pub use targets::{Target, Targets};

/// What a line of the plan reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Advised, safe, and somebody can deliver it: proposed.
    Offered,
    /// Guidelines disagree: shown side by side, not preselected.
    Conflict,
    /// Advised, but something must be asked first: neither offered nor refused.
    NotYet,
    /// Advised only at the end of the ladder.
    LastResort,
    /// Advised, but not safe now.
    Stopped,
    /// Advised, but the patient does not want it.
    Declined,
    /// Advised, but nobody within reach may deliver it.
    Unavailable,
    /// Advised against.
    Against,
    /// Nobody advises it for this patient.
    NotIndicated,
}

impl Status {
    /// The word used in cases and in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Conflict => "conflict",
            Self::NotYet => "not_yet",
            Self::LastResort => "last_resort",
            Self::Stopped => "stopped",
            Self::Declined => "declined",
            Self::Unavailable => "unavailable",
            Self::Against => "against",
            Self::NotIndicated => "not_indicated",
        }
    }

    /// The status a case calls by this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [
            Self::Offered,
            Self::Conflict,
            Self::NotYet,
            Self::LastResort,
            Self::Stopped,
            Self::Declined,
            Self::Unavailable,
            Self::Against,
            Self::NotIndicated,
        ]
        .into_iter()
        .find(|status| status.word() == word)
    }
}

/// Why a line is stopped, beyond its own contraindications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Alarms that stop hands-on care, by condition.
    Alarms(Vec<Handle<Condition>>),
    /// An emergency: everything waits but the advice that belongs to it.
    Emergency(Vec<Handle<Condition>>),
    /// A contraindication of the whole intervention.
    Contraindicated,
    /// Every technique of it is stopped.
    NoTechnique,
    /// Passive care only together with active care, and no active line can be offered.
    NoActiveCare,
}

/// One line of the plan.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// What it is about.
    pub intervention: Handle<Intervention>,
    /// What it reads.
    pub status: Status,
    /// Why it is stopped.
    pub stop: Option<Stop>,
    /// What the guidelines say.
    pub advice: Advice,
    /// What safety makes of it.
    pub safety: Safety,
    /// Who can deliver and guide it.
    pub team: Team,
    /// Position of the answer to "was it tried", if known.
    pub tried: Option<u16>,
    /// The patient asked for it.
    pub wanted: bool,
    /// Of the lines that can be offered, those that are proposed; the others are possible too.
    pub preselected: bool,
}

impl PlanLine {
    /// Whether something must be known before the line can be offered or refused.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.safety.waits_for.is_empty() || !self.advice.waits_for.is_empty()
    }

    /// What must be asked first: what safety must know, then what decides the advice.
    #[must_use]
    pub fn ask_first(&self, knowledge: &Knowledge, open: &Open<'_>) -> Vec<Askable> {
        let one = &knowledge.interventions[self.intervention];
        let mut asked = Asking::default();
        self.safety.add_asked(one, open, &mut asked);
        self.advice.add_asked(one, open, &mut asked);
        asked.list()
    }
}

/// The whole plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Lines in the order in which they are shown.
    pub lines: Vec<PlanLine>,
    /// Conditions whose alarms stop hands-on care.
    pub hands_on_stopped_by: Vec<Handle<Condition>>,
    /// Conditions with an emergency alarm: everything else waits.
    pub emergency: Vec<Handle<Condition>>,
    /// An urgent or emergency alarm stands.
    pub urgent: bool,
    /// When the plan is looked at again; `None` when nothing is offered.
    pub review: Option<Date>,
    /// Release goes before activation, because both are planned.
    pub release_first: bool,
    /// The program is not made for this patient: what to say instead.
    pub out_of_scope: Option<String>,
}

impl Plan {
    /// Whether any hands-on line is offered.
    #[must_use]
    pub fn offers_hands_on(&self, knowledge: &Knowledge) -> bool {
        self.offered()
            .any(|line| knowledge.interventions[line.intervention].hands_on)
    }

    /// The lines that are proposed.
    pub fn offered(&self) -> impl Iterator<Item = &PlanLine> {
        self.lines
            .iter()
            .filter(|line| line.status == Status::Offered)
    }

    /// The line about an intervention.
    #[must_use]
    pub fn line(&self, intervention: Handle<Intervention>) -> Option<&PlanLine> {
        self.lines
            .iter()
            .find(|line| line.intervention == intervention)
    }
}

/// Makes the plan.
#[must_use]
pub fn plan(episode: &Episode, assessment: &Assessment, knowledge: &Knowledge) -> Plan {
    let alarms = Alarms::of(assessment, knowledge);
    let out_of_scope = out_of_scope(assessment, knowledge);
    let reach = people::Reach::of(episode, knowledge);
    let mut decided = Decided::new(assessment, knowledge);
    let mut lines: Vec<PlanLine> = knowledge
        .interventions
        .handles()
        .map(|handle| {
            line(
                episode,
                &mut decided,
                &alarms,
                out_of_scope.is_none().then_some(&reach),
                handle,
            )
        })
        .collect();
    keep_passive_with_active(knowledge, &mut lines);
    order::sort(knowledge, &mut lines);
    preselect::choose(assessment, knowledge, &mut lines);
    let release_first = [Sequence::Release, Sequence::Activation]
        .into_iter()
        .all(|sequence| {
            lines.iter().any(|l| {
                l.preselected && knowledge.interventions[l.intervention].sequence == Some(sequence)
            })
        });
    let days = review_days(knowledge, assessment, &lines)
        .map(|days| {
            if alarms.urgent {
                days.min(knowledge.method.urgent_review_days)
            } else {
                days
            }
        })
        // While an emergency stands there is nothing to review: the patient goes where help is.
        .filter(|_| alarms.emergency.is_empty());
    let review = days.and_then(|days| episode.as_of.checked_add(i64::from(days).days()).ok());
    Plan {
        lines,
        hands_on_stopped_by: alarms.hands_on,
        emergency: alarms.emergency,
        urgent: alarms.urgent,
        review,
        release_first,
        out_of_scope,
    }
}

/// What safety makes of one intervention, also of one that nobody advises: for checking what people agree and do, not for proposing.
#[must_use]
pub fn safety_of(
    episode: &Episode,
    assessment: &Assessment,
    knowledge: &Knowledge,
    handle: Handle<Intervention>,
) -> Safety {
    let team = people::Reach::of(episode, knowledge).team(handle);
    let mut decided = Decided::new(assessment, knowledge);
    safety::check(&mut decided, &knowledge.interventions[handle], &team)
}

/// The shortest review of what is proposed; heat and the like, which are the patient's own, do not call anybody in.
fn review_days(knowledge: &Knowledge, assessment: &Assessment, lines: &[PlanLine]) -> Option<u32> {
    lines
        .iter()
        .filter(|l| l.preselected)
        .map(|l| &knowledge.interventions[l.intervention])
        .filter(|one| one.role != Role::Passive || one.hands_on)
        .map(|one| review_of(knowledge, assessment, one))
        .min()
}

/// Days until a line is reviewed: those of the dose that holds, else of the intervention.
#[must_use]
pub fn review_of(knowledge: &Knowledge, assessment: &Assessment, one: &Intervention) -> u32 {
    let of_dose = dose(assessment, one).and_then(|dose| dose.review_days);
    of_dose
        .or(one.review_days)
        .unwrap_or(knowledge.method.default_review_days)
}

/// The first dose that holds.
#[must_use]
pub fn dose<'i>(assessment: &Assessment, one: &'i Intervention) -> Option<&'i Dose> {
    one.doses.iter().find(|dose| {
        dose.when
            .as_ref()
            .is_none_or(|rule| rule.expr.eval(&assessment.state) == Tri::Yes)
    })
}

struct Alarms {
    hands_on: Vec<Handle<Condition>>,
    emergency: Vec<Handle<Condition>>,
    urgent: bool,
    any: bool,
}

impl Alarms {
    fn of(assessment: &Assessment, knowledge: &Knowledge) -> Self {
        let conditions = |keep: &dyn Fn(&crate::assess::AlarmState) -> bool| {
            assessment
                .alarms
                .iter()
                .filter(|a| keep(a))
                .map(|a| a.condition)
                .collect()
        };
        Self {
            hands_on: conditions(&|a| a.stops_hands_on(knowledge)),
            emergency: conditions(&|a| a.reached == Some(Tier::Emergency)),
            any: assessment
                .alarms
                .iter()
                .any(|a| a.reached >= Some(Tier::Routine)),
            urgent: assessment
                .alarms
                .iter()
                .any(|a| a.reached >= Some(Tier::Urgent)),
        }
    }
}

/// What a classification says about patients this program is not made for.
fn out_of_scope(assessment: &Assessment, knowledge: &Knowledge) -> Option<String> {
    knowledge
        .classifications
        .iter()
        .find_map(|(handle, class)| {
            let symbol = knowledge.names.classification(handle);
            let (set, _) = assessment.state.set(symbol);
            let chosen = assessment.state.chosen(symbol).flatten();
            class.values.iter().enumerate().find_map(|(at, value)| {
                let holds = if class.exclusive {
                    chosen.map(usize::from) == Some(at)
                } else {
                    set & (1 << at) != 0
                };
                holds.then(|| value.out_of_scope.clone()).flatten()
            })
        })
}

fn line(
    episode: &Episode,
    decided: &mut Decided<'_>,
    alarms: &Alarms,
    reach: Option<&people::Reach<'_>>,
    handle: Handle<Intervention>,
) -> PlanLine {
    let Decided {
        assessment,
        knowledge,
        ..
    } = *decided;
    let one = &knowledge.interventions[handle];
    let advice = advice::weigh(episode, decided, one);
    let mut line = PlanLine {
        intervention: handle,
        status: Status::NotIndicated,
        stop: None,
        advice,
        safety: Safety::default(),
        team: Team::default(),
        tried: None,
        wanted: episode.wants.contains(&handle),
        preselected: false,
    };
    // Without anybody to plan for, the program says so instead.
    let Some(reach) = reach else { return line };
    if !line.advice.might_be_advised() {
        // "No routine picture" must not stand beside an alarm whose action may be a picture.
        let silent =
            line.advice.against.is_empty() || (one.role == Role::Investigation && alarms.any);
        line.status = if silent {
            Status::NotIndicated
        } else {
            Status::Against
        };
        return line;
    }
    line.team = reach.team(handle);
    line.safety = safety::check(decided, one, &line.team);
    line.tried = tried(assessment, knowledge, one);
    line.stop = stop(one, alarms, &line.safety);
    line.status = status(episode, knowledge, handle, &line);
    line
}

fn stop(one: &Intervention, alarms: &Alarms, safety: &Safety) -> Option<Stop> {
    if !alarms.emergency.is_empty() && !one.even_in_emergency {
        return Some(Stop::Emergency(alarms.emergency.clone()));
    }
    if one.hands_on && !alarms.hands_on.is_empty() {
        return Some(Stop::Alarms(alarms.hands_on.clone()));
    }
    if !safety.stops.is_empty() {
        return Some(Stop::Contraindicated);
    }
    let none_left = !safety.techniques.is_empty()
        && safety
            .techniques
            .iter()
            .all(|t| t.status == TechniqueStatus::Stopped);
    none_left.then_some(Stop::NoTechnique)
}

fn status(
    episode: &Episode,
    knowledge: &Knowledge,
    handle: Handle<Intervention>,
    line: &PlanLine,
) -> Status {
    if line.stop.is_some() {
        Status::Stopped
    } else if episode.declines.contains(&handle) {
        Status::Declined
    } else if line.team.deliverers.is_empty() {
        Status::Unavailable
    } else if line.waits() || !line.safety.asks.is_empty() || line.advice.favour.is_empty() {
        Status::NotYet
    } else if !line.advice.against.is_empty() || line.advice.knowledge_conflict {
        Status::Conflict
    } else if knowledge.interventions[handle].rung >= LAST_RUNG {
        Status::LastResort
    } else {
        Status::Offered
    }
}

/// The rung of opioids, benzodiazepines, injections and operations: the end of the ladder.
const LAST_RUNG: u8 = 5;

/// Passive care is never planned alone: it falls when no active line can be offered. Which active partner a recommendation names is
/// shown with the line.
fn keep_passive_with_active(knowledge: &Knowledge, lines: &mut [PlanLine]) {
    let active = lines.iter().any(|l| {
        l.status == Status::Offered && knowledge.interventions[l.intervention].role == Role::Active
    });
    if active {
        return;
    }
    for line in lines.iter_mut() {
        let one = &knowledge.interventions[line.intervention];
        if one.role == Role::Passive && matches!(line.status, Status::Offered | Status::Conflict) {
            line.status = Status::Stopped;
            line.stop = Some(Stop::NoActiveCare);
        }
    }
}

fn tried(assessment: &Assessment, knowledge: &Knowledge, one: &Intervention) -> Option<u16> {
    let finding = one.tried?;
    let symbol = knowledge.names.finding(finding);
    matches!(knowledge.findings[finding].answers, Answers::Choice(_))
        .then(|| assessment.state.chosen(symbol).flatten())
        .flatten()
}
