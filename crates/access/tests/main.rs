//! Who may see and do what: what must hold, whatever the rules say in detail.

mod support;

mod agreement;
mod cells;
mod glass;
mod hostile;
mod links;
mod loading;
mod matrix;
mod organisation;
mod referrals;
mod sentences;
