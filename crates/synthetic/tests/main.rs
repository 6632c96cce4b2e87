//! The invented clinic, held against what a clinic is.

mod common;
mod look;
