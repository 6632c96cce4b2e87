//! Who is who: organisations, the people who work in them, and patients as persons, apart from anything clinical.
//!
//! - [`event`]: what is stored about them, one stream each ([`stream`]); [`organisation`], [`user`], [`patient`]: what it adds up to.
//! - [`decide`]: what may happen to them.
//! - [`search`]: how a patient is found by what somebody types; [`likeness`]: whether two files may be one patient.
//! - [`role`]: what somebody is in an organisation.
//! - [`sight`]: which patients somebody sees, as a value that becomes part of every query.
//!
//! Nothing here reads a clock, a file or a network.

pub mod decide;
pub mod event;
mod figures;
pub mod identity;
pub mod likeness;
pub mod organisation;
pub mod patient;
pub mod role;
pub mod search;
pub mod sight;
pub mod stream;
pub mod user;
mod words;

pub use decide::Refusal;
pub use identity::Identity;
pub use role::Role;
pub use sight::Sight;
