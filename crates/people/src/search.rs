//! How a patient is found by what somebody types, although names are never stored in clear.
//!
//! [`terms_of`] gives what the store turns into keyed numbers; [`query`] reads what is typed into the same terms; [`closeness`] ranks
//! whom the store found, once they are opened. A name is taken apart into pieces of three letters, so that a wrong letter leaves most of
//! them standing.

mod closeness;
mod dates;
mod query;
mod terms;

pub use closeness::closeness;
pub use query::{Query, query};
pub use terms::terms_of;
pub(crate) use terms::{email, number};
