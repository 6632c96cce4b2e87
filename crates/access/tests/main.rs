//! Who may see and do what: what must hold, whatever the rules say in detail.

mod support;

mod agreement;
mod cells;
mod glass;
mod hostile;
mod loading;
mod matrix;
mod referrals;
mod sentences;
