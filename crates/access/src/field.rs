//! Which parts of a patient somebody sees.

use std::collections::BTreeSet;

use crate::access::Access;
use crate::action::Action;
use crate::relation::Relation;
use crate::resource::Resource;
use crate::viewer::Viewer;

/// A part of what is known about a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Name and date of birth.
    Name,
    /// Telephone, e-mail, address.
    Contact,
    /// The clinical record.
    Clinical,
    /// The notes that stay with the organisation for which somebody acts.
    PrivateNotes,
    /// Who opened the record.
    Openings,
    /// Outcomes over time, without who it is.
    Outcomes,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Contact,
        Self::Clinical,
        Self::PrivateNotes,
        Self::Openings,
        Self::Outcomes,
    ];

    /// The action that shows it.
    #[must_use]
    pub const fn shown_by(self) -> Action {
        match self {
            Self::Name => Action::SeeIdentity,
            Self::Contact => Action::SeeContact,
            Self::Clinical => Action::SeeRecord,
            Self::PrivateNotes => Action::SeePrivateNote,
            Self::Openings => Action::SeeOpenings,
            Self::Outcomes => Action::SeeOutcomes,
        }
    }
}

impl Access {
    /// The parts of a patient that somebody sees.
    #[must_use]
    pub fn fields(&self, viewer: &Viewer, relation: &Relation) -> BTreeSet<Field> {
        let shown = |field: &Field| {
            let resource = match (field, viewer.organisation()) {
                (Field::PrivateNotes, Some(organisation)) => Resource::PrivateNotes {
                    of: relation,
                    organisation,
                },
                // Private notes are an organisation's; whoever acts for none has none to see.
                (Field::PrivateNotes, None) => return false,
                _ => Resource::Patient(relation),
            };
            self.decide(viewer, field.shown_by(), &resource).allowed
        };
        Field::ALL.into_iter().filter(shown).collect()
    }
}
