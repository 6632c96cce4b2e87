//! Tests of who is who.

mod common;
mod likeness;
mod scenarios;
mod search;
