//! Who is who: organisations, the people who work in them, and patients as persons, apart from anything clinical.
//!
//! - [`event`]: what is stored about them, one stream each ([`stream`]).
//! - [`role`]: what somebody is in an organisation.
//! - [`search`]: how a patient is found by what somebody types.
//! - [`sight`]: which patients somebody sees, as a value that becomes part of every query.
//!
//! Nothing here reads a clock, a file or a network.

pub mod event;
pub mod identity;
pub mod role;
pub mod search;
pub mod sight;
pub mod stream;
mod words;

pub use identity::Identity;
pub use role::Role;
pub use sight::Sight;
