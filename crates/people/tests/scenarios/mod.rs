//! Given these events, when somebody wants this, then that happens or is refused.

mod coverage;
mod golden;
mod organisations;
mod patients;
mod story;
mod totality;
mod users;
