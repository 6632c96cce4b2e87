//! The front desk: whom to expect today, and what is overdue.

mod chase;
mod today;

pub use chase::list as chase;
pub use today::{read, register, show as today};
