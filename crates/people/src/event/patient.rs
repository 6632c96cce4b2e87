//! What happens to a patient as a person: who they are, where they are seen, who looked at their record.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::identity::Identity;

/// What happens to a patient as a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum PatientEvent {
    /// They were registered.
    PatientRegistered {
        /// Who they are.
        identity: Identity,
        /// The organisation that registered them.
        organisation: String,
    },
    /// Who they are was corrected.
    IdentityCorrected {
        /// All of it, as it is now.
        identity: Identity,
        /// Why.
        reason: String,
    },
    /// A further organisation sees them.
    SeenAt {
        /// Id of the organisation.
        organisation: String,
    },
    /// An organisation no longer sees them.
    NoLongerSeenAt {
        /// Id of the organisation.
        organisation: String,
        /// Why.
        reason: String,
    },
    /// A note that stays with one organisation.
    PrivateNoteWritten {
        /// Id of the note.
        note: String,
        /// Id of the organisation.
        organisation: String,
        /// Its words.
        text: String,
    },
    /// Somebody opened the record.
    RecordOpened {
        /// What for.
        purpose: Purpose,
        /// Which page or document.
        what: String,
    },
    /// Somebody outside the care team opened the record because they had to.
    GlassBroken {
        /// Why.
        reason: String,
        /// Until when they may.
        #[schemars(with = "String")]
        until: Timestamp,
    },
    /// Another file is this patient; it is read as part of this one. On the stream of the file that stays.
    FileMerged {
        /// Id of the other file.
        merged: String,
        /// Why they are the same.
        reason: String,
    },
    /// They were two patients after all.
    FileUnmerged {
        /// Id of the other file.
        merged: String,
        /// Why they are not the same.
        reason: String,
    },
}

/// What a record is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Care of this patient.
    Care,
    /// Care in an emergency, by somebody outside the care team.
    Emergency,
    /// Registering, sending, chasing.
    Administration,
    /// The patient themselves.
    OwnRecord,
}

impl Kind for PatientEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::PatientRegistered { .. } => "patient_registered",
            Self::IdentityCorrected { .. } => "identity_corrected",
            Self::SeenAt { .. } => "seen_at",
            Self::NoLongerSeenAt { .. } => "no_longer_seen_at",
            Self::PrivateNoteWritten { .. } => "private_note_written",
            Self::RecordOpened { .. } => "record_opened",
            Self::GlassBroken { .. } => "glass_broken",
            Self::FileMerged { .. } => "file_merged",
            Self::FileUnmerged { .. } => "file_unmerged",
        }
    }
}
