//! How far a long piece of work is.

/// What is being done; with it comes how much of it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Rows are put back, counted.
    Rows,
    /// Tables are brought up to date, counted in steps.
    Tables,
    /// A projection is made from the events, counted in positions.
    Projection(&'static str),
    /// The chain is walked, counted in positions.
    Chain,
}

/// Is told how far the work is.
pub type Progress<'a> = &'a mut (dyn FnMut(Stage, u64) + Send);
