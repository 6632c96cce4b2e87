//! What the tests read.

pub mod guide;
pub mod shipped;
