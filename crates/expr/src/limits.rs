//! How large an expression may be. Beyond these it is refused with a position, so that no text can exhaust the stack or the time.

/// Bytes of text.
pub const LENGTH: usize = 8_192;
/// Parentheses, lists, calls and `!` inside one another.
pub const DEPTH: usize = 64;
/// Operators, facts and literals together.
pub const NODES: usize = 2_000;
/// The largest whole number that a rule holds exactly (2⁵³).
pub const NUMBER: f64 = 9_007_199_254_740_992.0;
