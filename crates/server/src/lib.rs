//! The shared record on the network.
//!
//! - [`clinic`]: what can be done, by whom: the one way to the record.
//! - [`identity`]: who is at the other end.
//! - [`web`] and [`pages`]: addresses, forms and what is shown.
//! - [`diary`]: the diary of another program, read strictly.
//! - [`serve`], [`jobs`] and [`operations`]: running it.
//! - [`demo`]: whom one can be in a demonstration.
//! - [`calendar`]: appointments as files for calendars.
//! - [`clock`]: the only place that knows what time it is.

pub mod calendar;
pub mod clinic;
pub mod clock;
pub mod demo;
pub mod diary;
pub mod identity;
pub mod jobs;
pub mod operations;
pub mod pages;
pub mod serve;
pub mod web;
