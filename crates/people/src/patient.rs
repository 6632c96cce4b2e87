//! A patient as a person, as the events of their file add up.
//!
//! Who opened the record is read from the events themselves: it only grows, and no decision rests on it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::event::{Actor, PatientEvent, Recorded};
use crate::identity::Identity;

/// A patient as a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patient {
    /// Who they are; none until they are registered.
    pub identity: Option<Identity>,
    /// Ids of the organisations that see them.
    pub seen_at: BTreeSet<String>,
    /// Notes that stay with one organisation, by id.
    pub notes: BTreeMap<String, PrivateNote>,
    /// Who opened the record because they had to, oldest first.
    pub glass: Vec<Glass>,
    /// Ids of the files that are read as part of this one.
    pub merged: BTreeSet<String>,
}

/// A note that stays with one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateNote {
    /// Id of the organisation.
    pub organisation: String,
    /// Its words.
    pub text: String,
    /// Who wrote it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// Somebody outside the care team opened the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glass {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Until when they may.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
}

impl Patient {
    /// Whether a user broke the glass and may look at that instant.
    #[must_use]
    pub fn glass_holds(&self, user: &str, at: Timestamp) -> bool {
        let theirs = |by: &Actor| matches!(by, Actor::User { id, .. } if id == user);
        self.glass
            .iter()
            .any(|glass| theirs(&glass.by) && glass.at <= at && at < glass.until)
    }
}

/// The patient after one more event: any event on any state.
#[must_use]
pub fn evolve(mut patient: Patient, recorded: &Recorded<PatientEvent>) -> Patient {
    let (by, at) = (recorded.by.clone(), recorded.at);
    match recorded.event.clone() {
        PatientEvent::PatientRegistered {
            identity,
            organisation,
        } => {
            patient.identity = Some(identity);
            patient.seen_at.insert(organisation);
        }
        PatientEvent::IdentityCorrected { identity, .. } => patient.identity = Some(identity),
        PatientEvent::SeenAt { organisation } => {
            patient.seen_at.insert(organisation);
        }
        PatientEvent::NoLongerSeenAt { organisation, .. } => {
            patient.seen_at.remove(&organisation);
        }
        PatientEvent::PrivateNoteWritten {
            note,
            organisation,
            text,
        } => {
            let written = PrivateNote {
                organisation,
                text,
                by,
                at,
            };
            // A note is never written over.
            patient.notes.entry(note).or_insert(written);
        }
        PatientEvent::RecordOpened { .. } => {}
        PatientEvent::GlassBroken { reason, until } => patient.glass.push(Glass {
            by,
            at,
            until,
            reason,
        }),
        PatientEvent::FileMerged { merged, .. } => {
            patient.merged.insert(merged);
        }
        PatientEvent::FileUnmerged { merged, .. } => {
            patient.merged.remove(&merged);
        }
    }
    patient
}
