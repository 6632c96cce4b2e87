//! Signing in, and links of patients: every rule, with the time handed in.

#[macro_use]
mod support;

mod breached;
mod csrf;
mod issuers;
mod limits;
mod links;
mod passkeys;
mod passwords;
mod printed;
mod second_factors;
mod sessions;
mod setups;
mod sign_in;
mod tokens;
mod walks;
