//! Events that last. What people did is appended and never changed; everything else in the database can be dropped and rebuilt from it.
//!
//! - **Append-only, one order.** Every event has a position in the whole store and a version in its stream; `(stream, version)` is unique, so
//!   that of two writers who saw the same version one is told so ([`Error::Conflict`]).
//! - **All or nothing.** Events, the projections made from them, messages to be sent and the answer to a repeated request are written in one
//!   transaction. What [`Store::append`] has acknowledged is on the disk.
//! - **Chained.** Each event's hash covers the one before it ([`chain`]), over the sealed bytes, so that erasing a person leaves the chain
//!   valid. Signed daily [`checkpoint`]s, copied elsewhere, show a cut-off end.
//! - **Sealed per person.** Bodies are encrypted with a key of the person they are about ([`seal`]); erasure is deleting that key.
//! - **One SQL text, two databases.** SQLite (WAL, `synchronous=FULL`) or PostgreSQL from version 15; one writing process for each database.
//!
//! This crate knows bytes and names, not patients' complaints: what the events mean is for `cotreat-care` to say.

pub mod account;
pub mod append;
pub mod backup;
pub mod beside;
pub mod chain;
pub mod checkpoint;
pub mod clinic;
mod content;
pub mod database;
pub mod doctor;
mod each;
pub mod erasure;
mod error;
mod hex;
mod lock;
pub mod outbox;
pub mod pen;
pub mod people;
pub mod projection;
pub mod read;
pub mod request;
mod schema;
pub mod seal;
pub mod shown;
mod source;
pub mod stage;
mod store;
pub mod upgrade;
pub mod verify;

pub use append::{Appended, Batch, Expected, NewEvent};
pub use beside::Beside;
pub use erasure::{Erased, Erasure};
pub use error::Error;
pub use pen::Pen;
pub use projection::Projection;
pub use read::StoredEvent;
pub use request::Request;
pub use schema::Schema;
pub use seal::MasterKey;
pub use store::{Opening, Store};
pub use upgrade::Upgrade;
