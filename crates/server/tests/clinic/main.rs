//! The server as its users meet it: every test talks HTTP to the whole router, on both databases.

#[macro_use]
mod support;

mod episode;
mod forms;
mod glass;
mod links;
mod matrix;
mod record;
mod signing_in;
