//! Scope of practice: who may do what here.

use cotreat_knowledge::Handle;
use cotreat_knowledge::model::{Intervention, Profession, Technique};

use super::look::Look;
use super::{Refusal, Refused};

/// Refuses an intervention outside the scope of a profession in the episode's jurisdiction.
pub(super) fn intervention(
    look: &Look<'_>,
    profession: Handle<Profession>,
    intervention: Handle<Intervention>,
) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    let (who, what) = (
        &knowledge.professions[profession],
        &knowledge.interventions[intervention],
    );
    let scope = who
        .scope(look.record.jurisdiction())
        .map(|(_, scope)| scope);
    let named = what.delivered_by.contains(&profession);
    if named && scope.is_some_and(|scope| scope.allows(intervention)) {
        return Ok(());
    }
    let statement = scope.map_or(&who.statement, |scope| &scope.statement);
    Err(outside(look, who, &what.name).citing(knowledge, statement))
}

/// Refuses a technique outside the scope of a profession in the episode's jurisdiction.
pub(super) fn technique(
    look: &Look<'_>,
    profession: Handle<Profession>,
    technique: Handle<Technique>,
) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    let (who, what) = (
        &knowledge.professions[profession],
        &knowledge.techniques[technique],
    );
    intervention(look, profession, what.intervention)?;
    let scope = who
        .scope(look.record.jurisdiction())
        .map(|(_, scope)| scope);
    if !scope.is_some_and(|scope| scope.allows_technique(technique)) {
        let statement = scope.map_or(&who.statement, |scope| &scope.statement);
        return Err(outside(look, who, &what.name).citing(knowledge, statement));
    }
    if !what.delivered_by.is_empty() && !what.delivered_by.contains(&profession) {
        return Err(outside(look, who, &what.name).citing(knowledge, &what.statement));
    }
    Ok(())
}

fn outside(look: &Look<'_>, who: &Profession, what: &str) -> Refusal {
    let place = look.record.jurisdiction();
    Refusal::new(
        Refused::OutOfScope,
        format!("no {what} by a {}", who.name.to_lowercase()),
        format!("it lies outside their scope of practice (jurisdiction `{place}`)"),
        "choose another technique, or refer to a profession that may",
    )
}
