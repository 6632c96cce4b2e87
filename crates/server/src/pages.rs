//! What is shown and asked, one file for each thing people come for. Pages decide nothing: they read a form, call [`crate::clinic`] or [`crate::identity`], and show what came of it.

pub mod account;
pub mod alerts;
pub mod answer;
pub mod audit;
pub mod begin;
pub mod demo;
pub mod desk;
pub mod directory;
pub mod door;
pub mod episode;
pub mod erase;
pub mod health;
pub mod home;
pub mod inquiries;
pub mod intake;
pub mod knowledge;
pub mod language;
pub mod link;
pub mod members;
pub mod organisation;
pub mod outsider;
pub mod own;
pub mod owner;
pub mod patient;
pub mod patients;
mod places;
pub mod referrals;
pub mod sign_in;
pub mod start;
pub mod unsent;

use cotreat_people::event::Purpose;

/// What a record was opened for: the id of its words.
const fn purpose_word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Care => "purpose-care",
        Purpose::Emergency => "purpose-emergency",
        Purpose::Administration => "purpose-administration",
        Purpose::OwnRecord => "purpose-own-record",
    }
}
