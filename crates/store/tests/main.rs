//! Every test of the store runs on SQLite and on PostgreSQL.

#[macro_use]
mod support;

mod account;
mod append;
mod backup;
mod chain;
mod clinic;
mod crash;
mod disk;
mod doctor;
mod opening;
mod outbox;
mod people;
mod privacy;
mod projection;
mod shown;
mod upgrade;
