//! Tests of who is who.

mod common;
mod search;
