//! The shared record on the network.
