//! What must not be done to this patient now: past an alarm, before a safety question was answered, against a contraindication.

use cotreat_expr::Tri;
use cotreat_knowledge::format::Level;
use cotreat_knowledge::model::{AppliesTo, Contraindication, Intervention, Technique};
use cotreat_knowledge::{Handle, Tier};

use super::look::{Look, Then};
use super::{Refusal, Refused};
use crate::assess::AlarmState;
use crate::event::Override;
use crate::plan::{TechniqueStatus, safety::Wait, safety_of};

/// Refuses hands-on care while an alarm stands that stops it, and everything but the advice that belongs to it while an emergency stands.
pub(super) fn alarms(look: &Look<'_>, then: &Then, one: &Intervention) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    let emergency = |a: &AlarmState| a.reached == Some(Tier::Emergency) && !one.even_in_emergency;
    let hands_on = |a: &AlarmState| {
        one.hands_on && (a.reached >= Some(Tier::Urgent) || a.stops_hands_on(knowledge))
    };
    let mut all = then.assessment.alarms.iter();
    let stops = all.find(|a| emergency(a) || hands_on(a));
    let Some(alarm) = stops else { return Ok(()) };
    let condition = &knowledge.conditions[alarm.condition];
    let tier = alarm.reached.map_or("", Tier::word);
    let refusal = Refusal::new(
        Refused::AlarmStands,
        format!("no {} now", one.name.to_lowercase()),
        format!("an uncleared {tier} alarm stands: {}", condition.name),
        format!(
            "act on the alarm; somebody whose profession may clear `{tier}` clears it by name, with a reason"
        ),
    );
    Err(match alarm.standing().next() {
        Some(raised) => refusal.citing(knowledge, &condition.alarms[raised.alarm].statement),
        None => refusal,
    })
}

/// Refuses a line or technique while something must be known first that is not.
pub(super) fn must_know(
    look: &Look<'_>,
    then: &Then,
    handle: Handle<Intervention>,
    techniques: &[Handle<Technique>],
) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    let one = &knowledge.interventions[handle];
    let safety = safety_of(&then.episode, &then.assessment, knowledge, handle);
    let mut open: Vec<String> = safety
        .waits_for
        .iter()
        .map(|wait| match wait {
            Wait::Finding(finding) => knowledge.findings[*finding].name.clone(),
            Wait::Contraindication(at) => one.contraindications[*at].statement.says.clone(),
        })
        .collect();
    for technique in techniques {
        let waits = |t: &&crate::plan::TechniqueSafety| {
            t.technique == *technique && t.status == TechniqueStatus::NotYet
        };
        if safety.techniques.iter().any(|t| waits(&t)) {
            let because = safety.because(one, *technique).find(|at| {
                one.contraindications[*at]
                    .when
                    .expr
                    .eval(&then.assessment.state)
                    == Tri::Unknown
            });
            open.extend(because.map(|at| one.contraindications[at].statement.says.clone()));
        }
    }
    let Some(first) = open.first() else {
        return Ok(());
    };
    Err(Refusal::new(
        Refused::MustKnow,
        format!("not yet: {}", one.name),
        format!(
            "{} must be known first and {} not: {}",
            if open.len() == 1 { "this" } else { "these" },
            if open.len() == 1 { "is" } else { "are" },
            if open.len() == 1 {
                first.clone()
            } else {
                open.join("; ")
            }
        ),
        "ask, and write the answers down",
    ))
}

/// Refuses what a contraindication stops, unless a named person overrides it with a reason.
pub(super) fn contraindications(
    look: &Look<'_>,
    then: &Then,
    handle: Handle<Intervention>,
    techniques: &[Handle<Technique>],
    overridden: Option<&Override>,
) -> Result<(), Refusal> {
    let one = &look.knowledge.interventions[handle];
    let holds = |c: &&Contraindication| {
        let covers =
            c.applies_to == AppliesTo::Whole || techniques.iter().any(|t| c.applies_to.covers(*t));
        c.level >= Level::Ask && covers && c.when.expr.eval(&then.assessment.state) == Tri::Yes
    };
    let Some(found) = one.contraindications.iter().find(holds) else {
        return Ok(());
    };
    let told = overridden.is_some_and(|o| !o.reason.trim().is_empty() && !o.by.trim().is_empty());
    if told {
        return Ok(());
    }
    let names: Vec<&str> = techniques
        .iter()
        .map(|t| look.knowledge.techniques[*t].name.as_str())
        .collect();
    let what = if names.is_empty() || found.applies_to == AppliesTo::Whole {
        one.name.clone()
    } else {
        names.join(", ")
    };
    let why = if found.level == Level::Stop {
        "a contraindication stops it"
    } else {
        "a doctor is asked first"
    };
    Err(Refusal::new(
        Refused::Contraindicated,
        format!("no {} for this patient now", what.to_lowercase()),
        why,
        "choose something else, or override it by name, with a reason",
    )
    .citing(look.knowledge, &found.statement))
}
