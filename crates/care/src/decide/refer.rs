//! Referrals: whether a step can be taken, and by whom.

use super::look::Look;
use super::{Act, Refusal, Refused, general};
use crate::event::{Addressee, CareTeamLeft, Event, Referral, ReferralCancelled, Who};
use crate::record::{ReferralRecord, State, Step, next};

pub(super) fn step(look: &Look<'_>) -> Result<Vec<Event>, Refusal> {
    let Some((id, step, event)) = wanted(&look.command.act) else {
        return Ok(Vec::new());
    };
    general::words(id, "the id of the referral", "give the referral an id")?;
    let one = look.record.referrals.get(id);
    if next(one.map(|one| one.state), step).is_none() {
        return Err(no_such_step(id, one, step));
    }
    match (&look.command.act, one) {
        (Act::DraftReferral(drafted), _) => known(look, &drafted.draft)?,
        (Act::SendReferral(_), Some(one)) => complete(look, &one.referral)?,
        (Act::AcceptReferral(_), Some(one)) => for_them(look, one)?,
        (Act::DeclineReferral(declined), Some(one)) => {
            for_them(look, one)?;
            general::words(&declined.reason, "the reason", "say why it is declined")?;
        }
        (Act::StartReferral(_), Some(one)) => for_them(look, one)?,
        (Act::CompleteReferral(completed), Some(one)) => {
            for_them(look, one)?;
            general::words(
                &completed.report,
                "the report",
                "say what was found and done",
            )?;
        }
        (Act::ScheduleReferral(scheduled), _) if scheduled.appointment < look.command.day => {
            return Err(Refusal::new(
                Refused::DoesNotFit,
                "the appointment is not written down",
                format!("{} lies in the past", scheduled.appointment),
                "name a day that is still to come",
            ));
        }
        (Act::CancelReferral(cancelled), _) => {
            general::words(&cancelled.reason, "the reason", "say why it is called off")?;
        }
        (Act::ReopenReferral(reopened), _) => {
            general::words(&reopened.note, "the note", "say why it is taken up again")?;
        }
        _ => {}
    }
    Ok(vec![event])
}

/// Of which referral, which step, and the event it would be.
fn wanted(act: &Act) -> Option<(&str, Step, Event)> {
    Some(match act {
        Act::DraftReferral(one) => {
            let event = Event::ReferralDrafted(one.clone());
            (&one.referral, Step::Draft, event)
        }
        Act::SendReferral(one) => (&one.referral, Step::Send, Event::ReferralSent(one.clone())),
        Act::AcceptReferral(one) => {
            let event = Event::ReferralAccepted(one.clone());
            (&one.referral, Step::Accept, event)
        }
        Act::DeclineReferral(one) => {
            let event = Event::ReferralDeclined(one.clone());
            (&one.referral, Step::Decline, event)
        }
        Act::ScheduleReferral(one) => {
            let event = Event::ReferralScheduled(one.clone());
            (&one.referral, Step::Schedule, event)
        }
        Act::StartReferral(one) => {
            let event = Event::ReferralStarted(one.clone());
            (&one.referral, Step::Start, event)
        }
        Act::MissReferral(one) => {
            let event = Event::ReferralMissed(one.clone());
            (&one.referral, Step::Miss, event)
        }
        Act::CompleteReferral(one) => {
            let event = Event::ReferralCompleted(one.clone());
            (&one.referral, Step::Complete, event)
        }
        Act::CancelReferral(one) => {
            let event = Event::ReferralCancelled(one.clone());
            (&one.referral, Step::Cancel, event)
        }
        Act::ReopenReferral(one) => {
            let event = Event::ReferralReopened(one.clone());
            (&one.referral, Step::Reopen, event)
        }
        _ => return None,
    })
}

fn no_such_step(id: &str, one: Option<&ReferralRecord>, step: Step) -> Refusal {
    let stands = one.map_or_else(
        || "there is no such referral".to_owned(),
        |one| format!("it is {} since {}", one.state.word(), one.since),
    );
    let can: Vec<&str> = STEPS
        .into_iter()
        .filter(|(step, _)| next(one.map(|one| one.state), *step).is_some())
        .map(|(_, word)| word)
        .collect();
    let word = STEPS
        .into_iter()
        .find(|(other, _)| *other == step)
        .map_or("", |(_, word)| word);
    Refusal::new(
        Refused::NoSuchStep,
        format!("referral `{id}`: it is not possible to {word} it"),
        stands,
        format!("possible now: {}", can.join(", ")),
    )
}

/// What can be done with a referral, in words.
const STEPS: [(Step, &str); 10] = [
    (Step::Draft, "write"),
    (Step::Send, "send"),
    (Step::Accept, "accept"),
    (Step::Decline, "decline"),
    (Step::Schedule, "schedule"),
    (Step::Start, "start"),
    (Step::Miss, "note a missed appointment for"),
    (Step::Complete, "complete"),
    (Step::Cancel, "cancel"),
    (Step::Reopen, "reopen"),
];

/// The words of a draft are known, so that guidance can be kept to.
fn known(look: &Look<'_>, draft: &Referral) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    look.find(&knowledge.professions, "profession", &draft.to.profession)?;
    if let Some(outside) = &draft.to.outside {
        let how = "name who is meant, and the e-mail address that reaches them";
        general::words(&outside.name, "the name", how)?;
        general::words(&outside.email, "the e-mail address", how)?;
        let answers = draft.to.practitioner.as_deref().unwrap_or_default();
        general::words(answers, "the id of whoever answers", how)?;
    }
    if let Some(pathway) = &draft.pathway {
        look.find(&knowledge.pathways, "pathway", pathway)?;
    }
    for guidance in &draft.guidance {
        for not in &guidance.not {
            let known = match not.split_once(':') {
                Some(("class", word)) => knowledge
                    .techniques
                    .iter()
                    .any(|(_, t)| serde_json::to_value(t.class).is_ok_and(|class| class == word)),
                Some(("flag", word)) => knowledge
                    .techniques
                    .iter()
                    .any(|(_, t)| t.flags.iter().any(|flag| flag == word)),
                _ => {
                    knowledge.techniques.find(not).is_some()
                        || knowledge.interventions.find(not).is_some()
                }
            };
            if !known {
                return Err(Refusal::new(
                    Refused::NotKnownHere,
                    format!("`{not}` is not written down"),
                    "nothing of that name could be kept to",
                    "name a technique, an intervention, `class:…` or `flag:…`",
                ));
            }
        }
        if let Some(at) = &guidance.at
            && knowledge.muscles.find(at).is_none()
        {
            look.find(&knowledge.joints, "muscle or joint", at)?;
        }
    }
    Ok(())
}

/// A referral says at least what its pathway wants, else what the profession wants.
fn complete(look: &Look<'_>, referral: &Referral) -> Result<(), Refusal> {
    let knowledge = look.knowledge;
    let pathway = referral
        .pathway
        .as_ref()
        .and_then(|id| knowledge.pathways.get(id));
    let profession = knowledge.professions.get(&referral.to.profession);
    let statement = match (pathway, profession) {
        (Some(pathway), _) => &pathway.statement,
        (None, Some(profession)) => &profession.statement,
        (None, None) => return Ok(()),
    };
    let says = |heading: &String| {
        referral
            .content
            .get(heading)
            .is_some_and(|text| !text.trim().is_empty())
    };
    let missing: Vec<&str> = referral
        .headings(knowledge)
        .iter()
        .filter(|heading| !says(heading))
        .map(String::as_str)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::ContentMissing,
        "the referral is not sent",
        format!("it does not say: {}", missing.join("; ")),
        "add what is missing, or write that it is not known",
    )
    .citing(knowledge, statement))
}

/// Whoever takes, declines, begins or finishes a referral is whom it was sent to, or who took it.
fn for_them(look: &Look<'_>, one: &ReferralRecord) -> Result<(), Refusal> {
    let by = &look.command.by;
    let theirs = match &one.accepted_by {
        Some(who) if one.state != State::Sent => who.id() == by.id(),
        _ => addressed(&one.referral.to, by),
    };
    if theirs {
        return Ok(());
    }
    let to = look
        .knowledge
        .professions
        .get(&one.referral.to.profession)
        .map_or(one.referral.to.profession.as_str(), |p| p.name.as_str());
    Err(Refusal::new(
        Refused::NotSentToThem,
        format!("this is not for {}", by.name()),
        format!(
            "the referral was sent to somebody else ({})",
            to.to_lowercase()
        ),
        "ask whoever referred to send it to you",
    ))
}

fn addressed(to: &Addressee, by: &Who) -> bool {
    let Who::Practitioner {
        id,
        profession,
        organisation,
        ..
    } = by
    else {
        return false;
    };
    *profession == to.profession
        && to.practitioner.as_ref().is_none_or(|person| person == id)
        && (to.organisation.is_none() || to.organisation == *organisation)
}

/// Leaving the care team calls off what is still open with whoever leaves.
pub(super) fn leave(look: &Look<'_>, left: &CareTeamLeft) -> Result<Vec<Event>, Refusal> {
    if !look.record.in_team(&left.practitioner) {
        return Err(Refusal::new(
            Refused::NotInTeam,
            "nobody leaves",
            format!("`{}` is not in the care team", left.practitioner),
            "check who is meant",
        ));
    }
    general::words(&left.reason, "the reason", "say why")?;
    let theirs = |one: &ReferralRecord| {
        one.state.in_care()
            && one.accepted_by.as_ref().and_then(Who::id) == Some(left.practitioner.as_str())
    };
    let mut events = call_off(look, &left.reason, theirs);
    events.push(Event::CareTeamLeft(left.clone()));
    Ok(events)
}

/// The cancelling of every referral that can still be cancelled and is one of these.
pub(super) fn call_off(
    look: &Look<'_>,
    reason: &str,
    which: impl Fn(&ReferralRecord) -> bool,
) -> Vec<Event> {
    let all = look.record.referrals.iter();
    let open = all.filter(|(_, one)| next(Some(one.state), Step::Cancel).is_some() && which(one));
    open.map(|(id, _)| {
        Event::ReferralCancelled(ReferralCancelled {
            referral: id.clone(),
            reason: reason.to_owned(),
        })
    })
    .collect()
}
