//! Sessions, consent to treatment, safety-net advice.

use cotreat_knowledge::Handle;
use cotreat_knowledge::format::Class;
use cotreat_knowledge::model::Technique;

use super::look::{Look, Then};
use super::{Command, Refusal, Refused, general, safety, scope};
use crate::event::{
    Event, Experience, Guidance, SafetyNetGiven, Session, SessionAmended, SessionRecorded,
    TreatmentConsentGiven, Work,
};
use crate::record::{SessionRecord, days_between};

pub(super) fn record(
    look: &Look<'_>,
    id: &str,
    did: &Session,
    experience: Experience,
) -> Result<Vec<Event>, Refusal> {
    general::words(id, "the id of the session", "give the session an id")?;
    if look.record.sessions.contains_key(id) {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "no second session under this id",
            format!("`{id}` was written down before"),
            "amend it, or give the new session an id of its own",
        ));
    }
    let stopped = check(look, did, &[])?;
    Ok(vec![Event::SessionRecorded(SessionRecorded {
        session: id.to_owned(),
        did: did.clone(),
        profession: look.command.by.profession().unwrap_or_default().to_owned(),
        experience,
        stopped,
    })])
}

pub(super) fn amend(
    look: &Look<'_>,
    id: &str,
    did: &Session,
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    let before = exists(look, id)?;
    general::words(reason, "the reason for the amendment", "say why")?;
    let then = then(look, before);
    let look = Look {
        command: &then,
        ..*look
    };
    let stopped = check(&look, did, judged(before))?;
    Ok(vec![Event::SessionAmended(SessionAmended {
        session: id.to_owned(),
        did: did.clone(),
        reason: reason.to_owned(),
        stopped,
    })])
}

/// What was judged when it was first written down is not judged again.
fn judged(before: &SessionRecord) -> &[Work] {
    before.valid().map_or(&[], |version| &version.did.work)
}

/// What is new in an amendment is judged as of the day of the session.
fn then(look: &Look<'_>, before: &SessionRecord) -> Command {
    let first = before.versions.first();
    Command {
        day: first.map_or(look.command.day, |version| version.day),
        ..look.command.clone()
    }
}

/// What each piece of work meets by itself.
pub(super) fn judge(look: &Look<'_>, did: &Session, judged: &[Work]) -> Vec<Option<Refusal>> {
    let (then, now) = (look.then(Some(did.began)), look.now());
    let one = |work: &Work| {
        if judged.contains(work) {
            return None;
        }
        check_work(look, &then, &now, work).err()
    };
    did.work.iter().map(one).collect()
}

/// The same for an amendment.
pub(super) fn judge_again(look: &Look<'_>, id: &str, did: &Session) -> Vec<Option<Refusal>> {
    let Ok(before) = exists(look, id) else {
        return Vec::new();
    };
    let then = then(look, before);
    let look = Look {
        command: &then,
        ..*look
    };
    judge(&look, did, judged(before))
}

/// Refuses what speaks of a session that nobody wrote down.
pub(super) fn exists<'a>(look: &Look<'a>, id: &str) -> Result<&'a SessionRecord, Refusal> {
    look.record.sessions.get(id).ok_or_else(|| {
        Refusal::new(
            Refused::NoSuchSession,
            "not written down",
            format!("there is no session `{id}`"),
            "record the session first",
        )
    })
}

/// Checks a session, and says whether it was stopped.
///
/// Alarms and contraindications are judged by what was known when it began, so that what came up during the session does not keep it from
/// being written down; what must be known is judged by what is written down by now, because notes follow the session.
fn check(look: &Look<'_>, did: &Session, judged: &[Work]) -> Result<bool, Refusal> {
    possible(look, did)?;
    let (then, now) = (look.then(Some(did.began)), look.now());
    for work in did.work.iter().filter(|work| !judged.contains(work)) {
        check_work(look, &then, &now, work)?;
    }
    Ok(did.response.spread_down_the_leg == Some(true))
}

fn possible(look: &Look<'_>, did: &Session) -> Result<(), Refusal> {
    if did.began > look.command.at {
        return Err(Refusal::new(
            Refused::InTheFuture,
            "the session is not written down",
            "it begins after it is written down",
            "correct when it began",
        ));
    }
    // The clinic's day may differ by one from the day of the instant.
    let utc = did.began.to_zoned(jiff::tz::TimeZone::UTC).date();
    if days_between(utc, look.command.day).abs() > 1 {
        return Err(Refusal::new(
            Refused::DoesNotFit,
            "the session is not written down",
            format!(
                "it begins on {utc}, and is written down for {}",
                look.command.day
            ),
            "correct when it began, or the day",
        ));
    }
    if did.work.is_empty() {
        return Err(Refusal::new(
            Refused::WordsMissing,
            "the session is not written down",
            "it does not say what was done",
            "add at least one technique",
        ));
    }
    let pain = [did.response.pain_before, did.response.pain_after];
    let fits = pain.into_iter().flatten().all(|pain| pain <= 10)
        && did.adherence.is_none_or(|share| share <= 100);
    if fits {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::DoesNotFit,
        "the session is not written down",
        "pain runs from 0 to 10, and adherence from 0 to 100",
        "correct the number",
    ))
}

fn check_work(look: &Look<'_>, then: &Then, now: &Then, work: &Work) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    let technique = look.find(&knowledge.techniques, "technique", &work.technique)?;
    if let Some(at) = &work.at
        && knowledge.muscles.find(at).is_none()
    {
        look.find(&knowledge.joints, "muscle or joint", at)?;
    }
    scope::technique(look, look.profession()?, technique)?;
    guidance(look, technique, work)?;
    let handle = knowledge.techniques[technique].intervention;
    safety::alarms(look, then, &knowledge.interventions[handle])?;
    let over = work.overridden.as_ref();
    safety::contraindications(look, then, handle, &[technique], over)?;
    safety::must_know(look, now, handle, &[technique])?;
    consented(look, technique)
}

/// Refuses what the guidance of an accepted referral forbids to whoever treats.
fn guidance(look: &Look<'_>, technique: Handle<Technique>, work: &Work) -> Result<(), Refusal> {
    let who = look.command.by.id().unwrap_or_default();
    for guidance in look.record.guidance_for(who) {
        let there = guidance.at.is_none() || guidance.at == work.at;
        let technique_forbidden = there && forbids(look, guidance, technique);
        let position_forbidden = work.position.filter(|p| guidance.avoid.contains(p));
        if !technique_forbidden && position_forbidden.is_none() {
            continue;
        }
        let what = position_forbidden.map_or_else(
            || look.knowledge.techniques[technique].name.clone(),
            |position| format!("treatment {}", position.word()),
        );
        return Err(Refusal::new(
            Refused::AgainstGuidance,
            format!("no {} for this patient", what.to_lowercase()),
            format!("the referral says: {}", guidance.says),
            "choose something else, or ask whoever referred",
        ));
    }
    Ok(())
}

/// Whether guidance forbids a technique: by its id, class, flag or intervention.
fn forbids(look: &Look<'_>, guidance: &Guidance, handle: Handle<Technique>) -> bool {
    let technique = &look.knowledge.techniques[handle];
    let class = serde_json::to_value(technique.class).ok();
    guidance.not.iter().any(|not| match not.split_once(':') {
        Some(("class", word)) => class.as_ref().and_then(|c| c.as_str()) == Some(word),
        Some(("flag", word)) => technique.flags.iter().any(|flag| flag == word),
        _ => {
            *not == technique.id || *not == look.knowledge.interventions[technique.intervention].id
        }
    })
}

/// Refuses a technique whose risks were not named before consent.
fn consented(look: &Look<'_>, technique: Handle<Technique>) -> Result<(), Refusal> {
    let handle = look.knowledge.techniques[technique].intervention;
    let one = &look.knowledge.interventions[handle];
    let by_then = |day: jiff::civil::Date| day <= look.command.day;
    let withdrawn = look
        .record
        .withdrawals
        .iter()
        .filter(|noted| by_then(noted.day) && noted.what.purpose == one.id)
        .map(|noted| noted.nth)
        .max();
    let named = |label: &String| {
        look.record.treatment_consents.iter().any(|noted| {
            by_then(noted.day)
                && withdrawn.is_none_or(|nth| noted.nth > nth)
                && noted.what.intervention == one.id
                && noted.what.risks_named.contains(label)
        })
    };
    let open = one
        .risks
        .iter()
        .find(|risk| risk.applies_to.covers(technique) && !named(&risk.label));
    let Some(risk) = open else { return Ok(()) };
    Err(Refusal::new(
        Refused::NoConsent,
        format!(
            "no {} yet",
            look.knowledge.techniques[technique].name.to_lowercase()
        ),
        format!(
            "the patient has not agreed to it after this risk was named: {}",
            risk.statement.says
        ),
        format!(
            "name the risk (`{}`), and write down that the patient agrees",
            risk.label
        ),
    )
    .citing(look.knowledge, &risk.statement))
}

pub(super) fn consent(
    look: &Look<'_>,
    given: &TreatmentConsentGiven,
) -> Result<Vec<Event>, Refusal> {
    let knowledge = look.knowledge;
    let handle = look.find(
        &knowledge.interventions,
        "intervention",
        &given.intervention,
    )?;
    for class in &given.classes {
        let word = serde_json::Value::String(class.clone());
        if serde_json::from_value::<Class>(word).is_err() {
            return Err(Refusal::new(
                Refused::NotKnownHere,
                format!("`{class}` is not written down"),
                "there is no class of technique of that name",
                "classes are light, moderate, deep, thrust",
            ));
        }
    }
    let risks = &knowledge.interventions[handle].risks;
    for label in &given.risks_named {
        if !risks.iter().any(|risk| risk.label == *label) {
            let labels: Vec<&str> = risks.iter().map(|risk| risk.label.as_str()).collect();
            return Err(Refusal::new(
                Refused::NotKnownHere,
                format!("`{label}` is not written down"),
                format!("`{}` names no such risk", given.intervention),
                format!("its risks are {}", labels.join(", ")),
            ));
        }
    }
    Ok(vec![Event::TreatmentConsentGiven(given.clone())])
}

pub(super) fn safety_net(given: &SafetyNetGiven) -> Result<Vec<Event>, Refusal> {
    general::words(
        &given.advice.join(" "),
        "the advice",
        "write down what the patient was told",
    )?;
    Ok(vec![Event::SafetyNetGiven(given.clone())])
}
