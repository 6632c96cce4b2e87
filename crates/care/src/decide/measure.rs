//! Instruments, medicines, adverse events.

use cotreat_knowledge::model::Instrument;

use super::look::Look;
use super::{Act, Refusal, Refused, general, session};
use crate::event::{
    AdverseEventRecorded, Event, InstrumentAnswered, InstrumentAssigned, MedicationRecorded, Window,
};
use crate::record::days_between;

pub(super) fn assign(
    look: &Look<'_>,
    assigned: &InstrumentAssigned,
) -> Result<Vec<Event>, Refusal> {
    look.find(
        &look.knowledge.instruments,
        "instrument",
        &assigned.instrument,
    )?;
    let id = &assigned.assignment;
    general::words(id, "the id of the assignment", "give it an id")?;
    if look.record.assignments.contains_key(id) {
        return Err(already(
            id,
            "it was assigned before",
            "give it an id of its own",
        ));
    }
    Ok(vec![Event::InstrumentAssigned(assigned.clone())])
}

fn already(id: &str, why: &str, remedy: &str) -> Refusal {
    Refusal::new(
        Refused::AlreadyThere,
        format!("`{id}` is not written down again"),
        why,
        remedy,
    )
}

pub(super) fn answer(look: &Look<'_>) -> Result<Vec<Event>, Refusal> {
    let Act::AnswerInstrument {
        assignment,
        instrument,
        answers,
        mode,
        answered_by,
    } = &look.command.act
    else {
        return Ok(Vec::new());
    };
    let instruments = &look.knowledge.instruments;
    let handle = look.find(instruments, "instrument", instrument)?;
    for (item, answer) in answers {
        fits(&instruments[handle], item, *answer)?;
    }
    let window = match assignment {
        Some(id) => Some(window(look, id, instrument)?),
        None => None,
    };
    Ok(vec![Event::InstrumentAnswered(InstrumentAnswered {
        assignment: assignment.clone(),
        instrument: instrument.clone(),
        answers: answers.clone(),
        mode: *mode,
        answered_by: *answered_by,
        window,
    })])
}

fn fits(instrument: &Instrument, id: &str, answer: f64) -> Result<(), Refusal> {
    let what = format!("`{}`: the answers are not written down", instrument.id);
    let Some(item) = instrument.items.iter().find(|item| item.id == id) else {
        let items: Vec<&str> = instrument.items.iter().map(|i| i.id.as_str()).collect();
        return Err(Refusal::new(
            Refused::DoesNotFit,
            what,
            format!("it has no item `{id}`"),
            format!("its items are {}", items.join(", ")),
        ));
    };
    let (min, max) = (f64::from(item.min), f64::from(item.max));
    if (min..=max).contains(&answer) && answer.fract() == 0.0 {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::DoesNotFit,
        what,
        format!("`{id}` cannot be {answer}"),
        format!("it takes a whole number from {min} to {max}; leave out what was not answered"),
    ))
}

/// Where the answer lies against the day on which it was due.
fn window(look: &Look<'_>, id: &str, instrument: &str) -> Result<Window, Refusal> {
    let assigned = look.record.assignments.get(id);
    let Some(assigned) = assigned.filter(|one| one.what.instrument == instrument) else {
        return Err(Refusal::new(
            Refused::NoSuchAssignment,
            "the answers are not written down",
            format!("`{instrument}` was not assigned as `{id}`"),
            "assign it first, or leave the assignment out",
        ));
    };
    let before =
        |one: &crate::record::Noted<InstrumentAnswered>| one.what.assignment.as_deref() == Some(id);
    if look.record.answers.iter().any(before) {
        return Err(already(
            id,
            "it was answered before",
            "assign the instrument again",
        ));
    }
    let days = days_between(assigned.what.due, look.command.day);
    let method = &look.knowledge.method;
    let inside = -i64::from(method.window_days_before) <= i64::from(days)
        && i64::from(days) <= i64::from(method.window_days_after);
    Ok(Window {
        days_from_due: days,
        inside,
    })
}

pub(super) fn adverse_event(look: &Look<'_>) -> Result<Vec<Event>, Refusal> {
    let Act::RecordAdverseEvent {
        what,
        session,
        seriousness,
        severity,
        relatedness,
        expectedness,
    } = &look.command.act
    else {
        return Ok(Vec::new());
    };
    general::words(what, "what happened", "say what happened")?;
    if let Some(id) = session {
        session::exists(look, id)?;
    }
    let (Some(seriousness), Some(severity), Some(relatedness), Some(expectedness)) =
        (*seriousness, *severity, *relatedness, *expectedness)
    else {
        return Err(Refusal::new(
            Refused::AdverseEventIncomplete,
            "the adverse event is not written down",
            "it needs all of: seriousness, severity, relatedness, expectedness",
            "say of each what you think now; it can be recorded again when more is known",
        ));
    };
    Ok(vec![Event::AdverseEventRecorded(AdverseEventRecorded {
        what: what.clone(),
        session: session.clone(),
        seriousness,
        severity,
        relatedness,
        expectedness,
    })])
}

/// The class of medicines that belong to none.
const OTHER: &str = "other";

pub(super) fn medication(
    look: &Look<'_>,
    taken: &MedicationRecorded,
) -> Result<Vec<Event>, Refusal> {
    let medicines = &look.knowledge.medicines;
    general::words(&taken.medicine, "the medicine", "name it")?;
    if let Some(class) = &taken.class {
        let known = |(_, one): (_, &cotreat_knowledge::model::Medicine)| one.class == *class;
        if class != OTHER && !medicines.iter().any(known) {
            return Err(Refusal::new(
                Refused::NotKnownHere,
                format!("`{class}` is not written down"),
                "no medicine of this knowledge belongs to such a class",
                format!("write `{OTHER}` if none fits"),
            ));
        }
    } else {
        look.find(medicines, "medicine", &taken.medicine)
            .map_err(|refusal| Refusal {
                remedy: format!(
                    "{}; or name the class it belongs to, `{OTHER}` for none",
                    refusal.remedy
                ),
                ..refusal
            })?;
    }
    for day in [Some(taken.from), taken.to].into_iter().flatten() {
        general::not_after(day, look.command.today, "a medicine")?;
    }
    let amount = taken
        .dose
        .is_none_or(|dose| dose.amount > 0.0 && dose.amount.is_finite());
    let order = taken.to.is_none_or(|to| to >= taken.from);
    let last = taken.to.unwrap_or(look.command.today);
    let whole = i64::from(days_between(taken.from, last)) + 1;
    let days = taken.days.is_none_or(|days| i64::from(days) <= whole);
    if amount && order && days {
        return Ok(vec![Event::MedicationRecorded(taken.clone())]);
    }
    Err(Refusal::new(
        Refused::DoesNotFit,
        "the medicine is not written down",
        "the dose is greater than 0, the last day not before the first, and no more days than lie between",
        "correct the number",
    ))
}
