//! What holds for every command: there is an open episode, the day is possible, and whoever acts may do such things at all.

use jiff::civil::Date;

use super::{Act, Command, Refusal, Refused};
use crate::event::Who;
use crate::record::Record;

pub(super) fn check(record: &Record, command: &Command) -> Result<(), Refusal> {
    frame(record, command)?;
    days(record, command)?;
    who(command)
}

fn frame(record: &Record, command: &Command) -> Result<(), Refusal> {
    let opening = matches!(command.act, Act::OpenEpisode(_));
    match (&record.opened, opening) {
        (None, false) => Err(Refusal::new(
            Refused::NotOpened,
            "not written down",
            "there is no episode yet",
            "open an episode first",
        )),
        (Some(opened), true) => Err(Refusal::new(
            Refused::AlreadyOpened,
            "no second beginning",
            format!("this episode was opened on {}", opened.day),
            "go on with it, or open one under a new id",
        )),
        _ => closed(record, command),
    }
}

fn closed(record: &Record, command: &Command) -> Result<(), Refusal> {
    // Consent can always be withdrawn, and whose file this is can turn out at any time.
    let always = matches!(
        command.act,
        Act::WithdrawConsent(_) | Act::MergePatients(_) | Act::UnmergePatients(_)
    );
    match &record.closed {
        Some(closed) if !always => Err(Refusal::new(
            Refused::Closed,
            "not written down",
            format!("this episode was closed on {}", closed.day),
            "open a new episode that names this one as the one it reopens",
        )),
        _ => Ok(()),
    }
}

fn days(record: &Record, command: &Command) -> Result<(), Refusal> {
    not_after(command.day, command.today, "this")?;
    match record.began() {
        Some(began) if command.day < began => Err(Refusal::new(
            Refused::BeforeTheEpisode,
            format!("not written down for {}", command.day),
            format!("the episode began on {began}"),
            "correct the day; what was known earlier is a fact with a day of its own",
        )),
        _ => Ok(()),
    }
}

/// Refuses a day in the future.
pub(super) fn not_after(day: Date, today: Date, what: &str) -> Result<(), Refusal> {
    if day <= today {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::InTheFuture,
        format!("{what} is not written down for {day}"),
        format!("that lies after today ({today})"),
        "correct the day",
    ))
}

fn who(command: &Command) -> Result<(), Refusal> {
    let may = match &command.by {
        // What a page told the patient is written down by the page.
        Who::Practitioner { .. } => !matches!(command.act, Act::WarnPatient(_)),
        Who::Staff { .. } => staff_may(&command.act),
        Who::Patient => patient_may(&command.act),
    };
    if may {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::NotForThem,
        format!("{} cannot do this", command.by.name()),
        "it is for somebody whose profession answers for it",
        "ask a clinician of the care team",
    ))
}

/// What patients tell, ask and agree to.
const fn patient_may(act: &Act) -> bool {
    matches!(
        act,
        Act::RecordFacts(_)
            | Act::WarnPatient(_)
            | Act::AnswerInstrument { .. }
            | Act::RecordMedication(_)
            | Act::AskQuestion(_)
            | Act::GiveTreatmentConsent(_)
            | Act::GiveConsent(_)
            | Act::WithdrawConsent(_)
    )
}

/// What the front desk writes down for patients, and arranges.
const fn staff_may(act: &Act) -> bool {
    matches!(
        act,
        Act::OpenEpisode(_)
            | Act::RecordFacts(_)
            | Act::TakeAlert(_)
            | Act::AssignInstrument(_)
            | Act::AnswerInstrument { .. }
            | Act::AskQuestion(_)
            | Act::ScheduleReferral(_)
            | Act::MissReferral(_)
            | Act::GiveConsent(_)
            | Act::WithdrawConsent(_)
            | Act::MergePatients(_)
            | Act::UnmergePatients(_)
    )
}

/// Refuses words that say nothing.
pub(super) fn words(text: &str, what: &str, remedy: &str) -> Result<(), Refusal> {
    if !text.trim().is_empty() {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::WordsMissing,
        "not written down",
        format!("{what} is missing"),
        remedy,
    ))
}
