//! What is shown and asked, one file for each thing people come for. Pages decide nothing: they read a form, call [`crate::clinic`] or [`crate::identity`], and show what came of it.

pub mod account;
pub mod begin;
pub mod directory;
pub mod episode;
pub mod health;
pub mod home;
pub mod language;
pub mod link;
pub mod members;
pub mod outsider;
pub mod patient;
pub mod patients;
pub mod referrals;
pub mod sign_in;

use cotreat_people::event::Purpose;

/// What a record was opened for, in words.
const fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Care => "care",
        Purpose::Emergency => "an emergency",
        Purpose::Administration => "administration",
        Purpose::OwnRecord => "the patient's own record",
    }
}
