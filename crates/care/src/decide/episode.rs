//! Beginning and end, questions, consent to uses of the record, files that are one patient.

use super::look::Look;
use super::{Refusal, Refused, general, refer};
use crate::event::{
    ConsentGiven, ConsentWithdrawn, EpisodeClosed, EpisodeOpened, Event, PatientsMerged,
    PatientsUnmerged, QuestionAnswered, QuestionAsked, Who,
};
use crate::record::setting;

pub(super) fn open(look: &Look<'_>, opened: &EpisodeOpened) -> Result<Vec<Event>, Refusal> {
    general::words(&opened.patient, "the patient", "say whose episode this is")?;
    if setting(&opened.setting).is_none() {
        return Err(Refusal::new(
            Refused::NotKnownHere,
            format!("`{}` is not written down", opened.setting),
            "there is no setting of that name",
            "settings are primary_care, emergency, specialist, surgical",
        ));
    }
    let knowledge = look.knowledge;
    if let Some(profile) = &opened.profile {
        look.find(&knowledge.profiles, "profile", profile)?;
    }
    for profession in opened.available.iter().flatten() {
        look.find(&knowledge.professions, "profession", profession)?;
    }
    taken_on(look, opened)?;
    Ok(vec![Event::EpisodeOpened(opened.clone())])
}

/// Somebody whose profession answers for it takes the patient on: an episode without a care team would be nobody's.
fn taken_on(look: &Look<'_>, opened: &EpisodeOpened) -> Result<(), Refusal> {
    let first = opened.taken_on_by.as_ref().unwrap_or(&look.command.by);
    match first {
        Who::Practitioner { profession, .. } => {
            look.find(&look.knowledge.professions, "profession", profession)?;
            Ok(())
        }
        Who::Staff { .. } | Who::Patient => Err(Refusal::new(
            Refused::NobodyTakesThemOn,
            "the episode is not opened",
            "nobody takes the patient on",
            "name the clinician who sees them first",
        )),
    }
}

/// Closing calls off every referral that is still open.
pub(super) fn close(look: &Look<'_>, closed: &EpisodeClosed) -> Result<Vec<Event>, Refusal> {
    general::words(&closed.reason, "the reason", "say why the episode ends")?;
    let mut events = refer::call_off(look, &closed.reason, |_| true);
    events.push(Event::EpisodeClosed(closed.clone()));
    Ok(events)
}

pub(super) fn ask(look: &Look<'_>, asked: &QuestionAsked) -> Result<Vec<Event>, Refusal> {
    general::words(&asked.text, "the question", "write it down")?;
    if look.record.questions.contains_key(&asked.question) {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "the question is not written down again",
            format!("`{}` was asked before", asked.question),
            "give the new question an id of its own",
        ));
    }
    Ok(vec![Event::QuestionAsked(asked.clone())])
}

pub(super) fn answer(look: &Look<'_>, answered: &QuestionAnswered) -> Result<Vec<Event>, Refusal> {
    if !look.record.questions.contains_key(&answered.question) {
        return Err(Refusal::new(
            Refused::NoSuchQuestion,
            "the answer is not written down",
            format!("nobody asked `{}`", answered.question),
            "check which question is meant",
        ));
    }
    general::words(&answered.text, "the answer", "write it down")?;
    Ok(vec![Event::QuestionAnswered(answered.clone())])
}

pub(super) fn consent(given: &ConsentGiven) -> Result<Vec<Event>, Refusal> {
    general::words(
        &given.purpose,
        "the purpose",
        "say to what the patient agrees",
    )?;
    Ok(vec![Event::ConsentGiven(given.clone())])
}

pub(super) fn withdraw(
    look: &Look<'_>,
    withdrawn: &ConsentWithdrawn,
) -> Result<Vec<Event>, Refusal> {
    let purpose = &withdrawn.purpose;
    if !look.record.consents_to(purpose) && !look.record.agreed_to_treatment(purpose) {
        return Err(Refusal::new(
            Refused::NoSuchConsent,
            "nothing is withdrawn",
            format!("there is no consent to `{}`", withdrawn.purpose),
            "nothing needs to be done: without consent the record is not used for it",
        ));
    }
    Ok(vec![Event::ConsentWithdrawn(withdrawn.clone())])
}

pub(super) fn merge(look: &Look<'_>, merged: &PatientsMerged) -> Result<Vec<Event>, Refusal> {
    if merged.kept == merged.merged {
        return Err(Refusal::new(
            Refused::MergedWithItself,
            "nothing is merged",
            "both files are the same patient already",
            "name the other file",
        ));
    }
    general::words(&merged.reason, "the reason", "say why they are one patient")?;
    // One that is read as another already would make a chain or a ring.
    let already = |id: &String| look.record.merged.iter().any(|(_, merged)| merged == id);
    if already(&merged.merged) || already(&merged.kept) {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "nothing is merged",
            "one of these files is read as another one already",
            "unmerge it first, or name the file that was kept",
        ));
    }
    Ok(vec![Event::PatientsMerged(merged.clone())])
}

pub(super) fn unmerge(look: &Look<'_>, unmerged: &PatientsUnmerged) -> Result<Vec<Event>, Refusal> {
    let pair = (unmerged.kept.clone(), unmerged.merged.clone());
    if !look.record.merged.contains(&pair) {
        return Err(Refusal::new(
            Refused::NeverMerged,
            "nothing is unmerged",
            "these two files were never merged",
            "check which files are meant, and which of them was kept",
        ));
    }
    general::words(
        &unmerged.reason,
        "the reason",
        "say why they are two patients",
    )?;
    Ok(vec![Event::PatientsUnmerged(unmerged.clone())])
}
