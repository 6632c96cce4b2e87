//! The invented clinic, held against what a clinic is.

mod common;
mod directory;
mod fates;
mod histories;
mod same;
