//! The server as its users meet it: every test talks HTTP to the whole router, on both databases.

#[macro_use]
mod support;

mod caseload;
mod directory;
mod forms;
mod glass;
mod links;
mod matrix;
mod record;
mod referrals;
mod signing_in;
