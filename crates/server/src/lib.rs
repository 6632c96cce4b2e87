//! The shared record on the network.

pub mod clock;
pub mod operations;
