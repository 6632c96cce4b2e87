//! The tests of the knowledge formats: what the guide shows loads, what is wrong is told in full, and no text makes loading panic.

mod common;
mod guide;
mod hostile;
mod problems;
mod schemas;
