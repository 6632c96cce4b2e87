//! The server as its users meet it: every test talks HTTP to the whole router, on both databases.

#[macro_use]
mod support;

mod caseload;
mod corpus;
mod desk;
mod directory;
mod episode;
mod forms;
mod glass;
mod intake;
mod knowledge;
mod languages;
mod links;
mod matrix;
mod own;
mod owner;
mod record;
mod referrals;
mod signing_in;
mod start;
