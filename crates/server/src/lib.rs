//! The shared record on the network.

pub mod identity;
