//! Given what happened, when somebody does something, then that happens, or is refused.

mod courses;
mod coverage;
mod episodes;
mod facts;
mod golden;
mod measures;
mod medicines;
mod plans;
mod referrals;
mod sessions;
mod story;
mod totality;
mod walks;
