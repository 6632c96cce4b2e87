//! What may happen to a patient's file.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::texts::{self, LINE, NOTE, REASON};
use super::{Refusal, Refused, Wish, identity};
use crate::event::{Actor, PatientEvent, Purpose};
use crate::identity::Identity;
use crate::patient::Patient;

/// How long whoever broke the glass may look.
pub const GLASS_HOLDS: SignedDuration = SignedDuration::from_hours(4);

/// The fewest characters, and the fewest different letters, of a reason that says something.
const REASON_SAYS: usize = 10;
const LETTERS: usize = 5;

/// What can be done with a patient's file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum PatientAct {
    /// Register them.
    RegisterPatient {
        /// Who they are.
        identity: Identity,
        /// The organisation that registers them.
        organisation: String,
    },
    /// Correct who they are.
    CorrectIdentity {
        /// All of it, as it will be.
        identity: Identity,
        /// Why.
        reason: String,
    },
    /// Let a further organisation see them.
    SeeAt {
        /// Id of the organisation.
        organisation: String,
    },
    /// Let an organisation see them no longer.
    NoLongerSeeAt {
        /// Id of the organisation.
        organisation: String,
        /// Why.
        reason: String,
    },
    /// Write a note that stays with one organisation.
    WritePrivateNote {
        /// Id of the note.
        note: String,
        /// Id of the organisation.
        organisation: String,
        /// Its words.
        text: String,
    },
    /// Open the record.
    OpenRecord {
        /// What for.
        purpose: Purpose,
        /// Which page or document.
        what: String,
    },
    /// Open the record from outside the care team.
    BreakGlass {
        /// Why.
        reason: String,
    },
    /// Read another file as part of this one.
    MergeFile {
        /// This file.
        this: File,
        /// The other one.
        other: File,
        /// Why they are the same.
        reason: String,
    },
    /// Read them as two again.
    UnmergeFile {
        /// Id of the other file.
        other: String,
        /// Why they are not the same.
        reason: String,
    },
}

/// A patient's file, as the directory knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its id.
    pub id: String,
    /// Id of the file as part of which it is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
}

pub(super) fn decide(patient: &Patient, wish: &Wish<PatientAct>) -> Result<PatientEvent, Refusal> {
    match &wish.act {
        PatientAct::RegisterPatient {
            identity,
            organisation,
        } => register(patient, identity, organisation, wish),
        _ if patient.identity.is_none() => Err(Refusal::not_registered("patient")),
        PatientAct::CorrectIdentity { identity, reason } => {
            correct(patient, identity, reason, wish)
        }
        PatientAct::SeeAt { organisation } => see_at(patient, organisation),
        PatientAct::NoLongerSeeAt {
            organisation,
            reason,
        } => no_longer(patient, organisation, reason),
        PatientAct::WritePrivateNote {
            note,
            organisation,
            text,
        } => write(patient, [note, organisation, text], &wish.by),
        PatientAct::OpenRecord { purpose, what } => open(patient, *purpose, what, wish),
        PatientAct::BreakGlass { reason } => break_glass(reason, wish),
        PatientAct::MergeFile {
            this,
            other,
            reason,
        } => merge(patient, this, other, reason),
        PatientAct::UnmergeFile { other, reason } => unmerge(patient, other, reason),
    }
}

fn register(
    patient: &Patient,
    who: &Identity,
    organisation: &str,
    wish: &Wish<PatientAct>,
) -> Result<PatientEvent, Refusal> {
    if patient.identity.is_some() {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "no second registration",
            "this file belongs to somebody",
            "correct who they are, or register the other one under an id of its own",
        ));
    }
    texts::id(organisation, "the organisation")?;
    identity::check(who, wish.today)?;
    Ok(PatientEvent::PatientRegistered {
        identity: who.clone(),
        organisation: organisation.to_owned(),
    })
}

fn correct(
    patient: &Patient,
    who: &Identity,
    reason: &str,
    wish: &Wish<PatientAct>,
) -> Result<PatientEvent, Refusal> {
    if patient.identity.as_ref() == Some(who) {
        return Err(Refusal::nothing_new("this is what is written down"));
    }
    texts::lines(reason, "the reason", REASON)?;
    identity::check(who, wish.today)?;
    Ok(PatientEvent::IdentityCorrected {
        identity: who.clone(),
        reason: reason.to_owned(),
    })
}

fn see_at(patient: &Patient, organisation: &str) -> Result<PatientEvent, Refusal> {
    texts::id(organisation, "the organisation")?;
    if patient.seen_at.contains(organisation) {
        return Err(Refusal::nothing_new("they are seen there already"));
    }
    Ok(PatientEvent::SeenAt {
        organisation: organisation.to_owned(),
    })
}

fn no_longer(patient: &Patient, organisation: &str, reason: &str) -> Result<PatientEvent, Refusal> {
    seen_there(patient, organisation)?;
    texts::lines(reason, "the reason", REASON)?;
    Ok(PatientEvent::NoLongerSeenAt {
        organisation: organisation.to_owned(),
        reason: reason.to_owned(),
    })
}

/// A note is written by somebody of the organisation with which it stays, or comes with an import.
fn write(patient: &Patient, texts: [&String; 3], by: &Actor) -> Result<PatientEvent, Refusal> {
    let [note, organisation, text] = texts;
    texts::id(note, "the id of the note")?;
    seen_there(patient, organisation)?;
    let theirs = match by {
        Actor::User {
            organisation: of, ..
        } => of.as_ref() == Some(organisation),
        Actor::Program => true,
        Actor::Patient | Actor::Operator => false,
    };
    if !theirs {
        return Err(not_for_them(
            "a private note is written by somebody who acts for its organisation",
        ));
    }
    texts::lines(text, "the note", NOTE)?;
    if patient.notes.contains_key(note) {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "the note is not written down again",
            format!("`{note}` was written before, and notes are not written over"),
            "give the new note an id of its own",
        ));
    }
    Ok(PatientEvent::PrivateNoteWritten {
        note: note.clone(),
        organisation: organisation.clone(),
        text: text.clone(),
    })
}

fn open(
    patient: &Patient,
    purpose: Purpose,
    what: &str,
    wish: &Wish<PatientAct>,
) -> Result<PatientEvent, Refusal> {
    match (&wish.by, purpose) {
        (Actor::Patient, Purpose::OwnRecord)
        | (Actor::User { .. }, Purpose::Care | Purpose::Administration) => {}
        (Actor::User { id, .. }, Purpose::Emergency) if patient.glass_holds(id, wish.at) => {}
        (Actor::User { .. }, Purpose::Emergency) => {
            return Err(Refusal::new(
                Refused::GlassNotBroken,
                "the record stays closed",
                "they did not break the glass, or their time is over",
                "break the glass and say why",
            ));
        }
        _ => {
            return Err(not_for_them(
                "patients open their own record, users open it for care or administration, programs do not open it",
            ));
        }
    }
    texts::line(what, "the page or document", LINE)?;
    Ok(PatientEvent::RecordOpened {
        purpose,
        what: what.to_owned(),
    })
}

fn break_glass(reason: &str, wish: &Wish<PatientAct>) -> Result<PatientEvent, Refusal> {
    if !matches!(wish.by, Actor::User { .. }) {
        return Err(not_for_them(
            "the glass is broken by a user who must see the patient at once",
        ));
    }
    texts::lines(reason, "the reason", REASON)?;
    says_something(reason)?;
    let until = wish.at.checked_add(GLASS_HOLDS).map_err(|_| {
        Refusal::new(
            Refused::InTheFuture,
            "the record stays closed",
            "the clock stands at the end of time",
            "set the clock of the server",
        )
    })?;
    Ok(PatientEvent::GlassBroken {
        reason: reason.to_owned(),
        until,
    })
}

/// The patient and the privacy officer will read it: ten characters with some different letters among them.
fn says_something(reason: &str) -> Result<(), Refusal> {
    let spaced = reason
        .split_whitespace()
        .map(|word| word.chars().count() + 1)
        .sum::<usize>();
    let mut letters: Vec<char> = reason
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphabetic())
        .collect();
    letters.sort_unstable();
    letters.dedup();
    if spaced > REASON_SAYS && letters.len() >= LETTERS {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::ReasonTooThin,
        "the record stays closed",
        "the reason says too little: the patient and the privacy officer will read it",
        format!("say in at least {REASON_SAYS} characters why the record must be seen now"),
    ))
}

/// Only files that stand for themselves are merged: no file is then read as two others, and none as part of itself by way of others.
fn merge(
    patient: &Patient,
    this: &File,
    other: &File,
    reason: &str,
) -> Result<PatientEvent, Refusal> {
    texts::id(&this.id, "the file")?;
    texts::id(&other.id, "the other file")?;
    if this.id == other.id {
        return Err(Refusal::new(
            Refused::MergedWithItself,
            "nothing is merged",
            "both are the same file",
            "name the other file",
        ));
    }
    if patient.merged.contains(&other.id) {
        return Err(Refusal::nothing_new(
            "the other file is read as part of this one already",
        ));
    }
    for file in [this, other] {
        if let Some(read_as) = &file.read_as {
            return Err(Refusal::new(
                Refused::AlreadyMerged,
                "nothing is merged",
                format!("`{}` is read as part of `{read_as}`", file.id),
                format!("merge with `{read_as}` instead, or unmerge these two first"),
            ));
        }
    }
    texts::lines(reason, "the reason", REASON)?;
    Ok(PatientEvent::FileMerged {
        merged: other.id.clone(),
        reason: reason.to_owned(),
    })
}

fn unmerge(patient: &Patient, other: &str, reason: &str) -> Result<PatientEvent, Refusal> {
    if !patient.merged.contains(other) {
        return Err(Refusal::new(
            Refused::NeverMerged,
            "nothing is unmerged",
            "that file is not read as part of this one",
            "check which files are meant, and which of them was kept",
        ));
    }
    texts::lines(reason, "the reason", REASON)?;
    Ok(PatientEvent::FileUnmerged {
        merged: other.to_owned(),
        reason: reason.to_owned(),
    })
}

fn seen_there(patient: &Patient, organisation: &str) -> Result<(), Refusal> {
    if patient.seen_at.contains(organisation) {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::NotSeenThere,
        "not written down",
        "the patient is not seen in this organisation",
        "check which organisation is meant, or let it see the patient first",
    ))
}

fn not_for_them(why: &str) -> Refusal {
    Refusal::new(
        Refused::NotForThem,
        "not for them",
        why,
        "ask somebody who may",
    )
}
