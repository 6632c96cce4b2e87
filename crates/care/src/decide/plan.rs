//! Agreeing and revising plans.

use cotreat_knowledge::Handle;
use cotreat_knowledge::format::Role;
use cotreat_knowledge::model::{Intervention, Technique};

use super::look::{Look, Then};
use super::{Refusal, Refused, general, safety, scope};
use crate::event::{Event, Plan, PlanAgreed, PlanRevised, PlannedLine};

pub(super) fn agree(look: &Look<'_>, agreed: &PlanAgreed) -> Result<Vec<Event>, Refusal> {
    check(look, &agreed.plan)?;
    Ok(vec![Event::PlanAgreed(agreed.clone())])
}

pub(super) fn revise(look: &Look<'_>, revised: &PlanRevised) -> Result<Vec<Event>, Refusal> {
    if look.record.plans.is_empty() {
        return Err(Refusal::new(
            Refused::NoPlan,
            "nothing is revised",
            "no plan was agreed yet",
            "agree a plan",
        ));
    }
    general::words(
        &revised.reason,
        "the reason for the change",
        "say why the plan changes",
    )?;
    check(look, &revised.plan)?;
    Ok(vec![Event::PlanRevised(revised.clone())])
}

fn check(look: &Look<'_>, plan: &Plan) -> Result<(), Refusal> {
    may_lead(look)?;
    whole(look, plan)?;
    let then = look.now();
    let mut interventions = Vec::new();
    for line in &plan.lines {
        interventions.push(check_line(look, &then, line)?);
    }
    with_active_care(look, &interventions)
}

/// What each line meets by itself.
pub(super) fn judge(look: &Look<'_>, plan: &Plan) -> Vec<Option<Refusal>> {
    let then = look.now();
    let lines = plan.lines.iter();
    lines
        .map(|line| check_line(look, &then, line).err())
        .collect()
}

fn may_lead(look: &Look<'_>) -> Result<(), Refusal> {
    let profession = &look.knowledge.professions[look.profession()?];
    if profession.may_lead {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::MayNotLead,
        format!("a {} does not lead a plan", profession.name.to_lowercase()),
        "leading lies outside their scope of practice",
        "have the plan agreed by a clinician who may lead, and work within it",
    )
    .citing(look.knowledge, &profession.statement))
}

/// A plan says what for, what and until when.
fn whole(look: &Look<'_>, plan: &Plan) -> Result<(), Refusal> {
    if plan.goals.iter().all(|goal| goal.trim().is_empty()) {
        return Err(Refusal::new(
            Refused::NoGoal,
            "the plan is not agreed",
            "it has no goal",
            "ask the patient what they want to be able to do",
        ));
    }
    if plan.review.is_none_or(|review| review <= look.command.day) {
        return Err(Refusal::new(
            Refused::NoReview,
            "the plan is not agreed",
            "no day is named on which it is looked at again",
            "name a review day after the day of the plan",
        ));
    }
    if plan.lines.is_empty() {
        return Err(Refusal::new(
            Refused::WordsMissing,
            "the plan is not agreed",
            "nothing stands in it",
            "add at least one line",
        ));
    }
    Ok(())
}

fn check_line(
    look: &Look<'_>,
    then: &Then,
    line: &PlannedLine,
) -> Result<Handle<Intervention>, Refusal> {
    let knowledge = look.knowledge;
    let handle = look.find(&knowledge.interventions, "intervention", &line.intervention)?;
    let one = &knowledge.interventions[handle];
    let Some(deliverer) = &line.deliverer else {
        return Err(Refusal::new(
            Refused::NoDeliverer,
            format!("{} is not agreed", one.name),
            "nobody is named who delivers it",
            "name a profession, or leave the line out",
        ));
    };
    let deliverer = look.find(&knowledge.professions, "profession", deliverer)?;
    scope::intervention(look, deliverer, handle)?;
    let mut techniques: Vec<Handle<Technique>> = Vec::new();
    for id in &line.techniques {
        let technique = look.find(&knowledge.techniques, "technique", id)?;
        scope::technique(look, deliverer, technique)?;
        if knowledge.techniques[technique].intervention != handle {
            return Err(Refusal::new(
                Refused::DoesNotFit,
                format!("`{id}` does not stand in this line"),
                format!("it is not a technique of {}", one.name.to_lowercase()),
                "write it in a line of the intervention it belongs to",
            ));
        }
        techniques.push(technique);
    }
    guided(look, line)?;
    safety::alarms(look, then, one)?;
    safety::contraindications(look, then, handle, &techniques, line.overridden.as_ref())?;
    safety::must_know(look, then, handle, &techniques)?;
    Ok(handle)
}

/// Whoever guides may guide that profession.
fn guided(look: &Look<'_>, line: &PlannedLine) -> Result<(), Refusal> {
    let (Some(guide), Some(deliverer)) = (&line.guided_by, &line.deliverer) else {
        return Ok(());
    };
    let professions = &look.knowledge.professions;
    let guide = &professions[look.find(professions, "profession", guide)?];
    let deliverer = look.find(professions, "profession", deliverer)?;
    if guide.guides.contains(&deliverer) {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::OutOfScope,
        format!(
            "a {} does not guide a {}",
            guide.name.to_lowercase(),
            professions[deliverer].name.to_lowercase()
        ),
        "guiding them lies outside their scope of practice",
        "name a profession that may guide them",
    )
    .citing(look.knowledge, &guide.statement))
}

/// Passive care is never agreed alone.
fn with_active_care(
    look: &Look<'_>,
    interventions: &[Handle<Intervention>],
) -> Result<(), Refusal> {
    let ones = || {
        interventions
            .iter()
            .map(|i| &look.knowledge.interventions[*i])
    };
    if ones().any(|one| one.role == Role::Active) {
        return Ok(());
    }
    let Some(passive) = ones().find(|one| one.role == Role::Passive) else {
        return Ok(());
    };
    let refusal = Refusal::new(
        Refused::PassiveAlone,
        format!("{} is not agreed alone", passive.name),
        "passive care is only given together with active care",
        "add an active line, such as exercise",
    );
    let package = passive
        .recommendations
        .iter()
        .find(|r| !r.together_with.is_empty());
    Err(match package {
        Some(recommendation) => refusal.citing(look.knowledge, &recommendation.statement),
        None => refusal,
    })
}
