//! The server as its users meet it: every test talks HTTP to the whole router, on both databases.

#[macro_use]
mod support;

mod corpus;
mod desk;
mod forms;
mod glass;
mod intake;
mod knowledge;
mod languages;
mod links;
mod matrix;
mod owner;
mod record;
mod signing_in;
