//! Tests of who is who.

mod common;
mod likeness;
mod search;
