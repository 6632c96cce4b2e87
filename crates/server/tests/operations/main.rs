//! Running an installation: settings, backups, the doctor, and what a server tells about itself.

mod archive;
mod checkpoints;
mod config;
mod directory;
mod doctor;
mod logs;
mod metrics;
mod packaging;
#[path = "../../../store/tests/support/postgres.rs"]
mod postgres;
mod running;
mod support;
