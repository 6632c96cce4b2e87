//! The questions of the clinic.
//!
//! Every question about patients takes a [`cotreat_people::Sight`] and the instant at which it is asked, and answers with what may be seen with it: the row filter (`ask/visible.rs`) is part of
//! the text of each statement. Any file of a patient may be named; the answer is that of the file that is kept. Questions about organisations and whoever works in them are not
//! filtered here.

mod alerts;
mod audit;
mod directory;
mod due;
mod episodes;
mod find;
mod notes;
mod openings;
mod organisations;
mod patient;
mod referrals;
mod relation;
mod results;
mod row;
mod staff;
mod visible;

pub use alerts::OpenAlert;
pub use audit::{AuditWanted, Did, Sort, What};
pub use directory::{DirectoryEntry, Offers};
pub use due::{DueWanted, IntakeDue, QuestionnaireDue};
pub use episodes::{CaseloadEntry, EpisodeListed, TeamMember};
pub use find::Found;
pub use notes::PrivateNote;
pub use openings::{BrokenGlass, Opening};
pub use organisations::{KnowledgeAccepted, Organisation};
pub use patient::Patient;
pub use referrals::{ReferralListed, ReferralsWanted, Way};
pub use relation::{Relation, SentTo};
pub use results::{Answered, Between, OpenEpisode, Treated, Waited};
pub use staff::{Member, StaffMember};
