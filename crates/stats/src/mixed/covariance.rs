//! What a covariance structure must tell.

use faer::Mat;

/// The covariance matrix of every block as a function of parameters without bounds.
pub(crate) trait Covariance: std::fmt::Debug {
    /// Which rows of the data make up each block.
    fn blocks(&self) -> &[Vec<usize>];

    /// How many parameters there are.
    fn parameters(&self) -> usize;

    /// Prepares what all blocks share at these parameters.
    fn at(&self, theta: &[f64]) -> Box<dyn At + '_>;
}

/// A structure at given parameters.
pub(crate) trait At {
    /// V of a block.
    fn value(&self, block: usize) -> Mat<f64>;

    /// ∂V/∂θⱼ of a block.
    fn first(&self, block: usize, j: usize) -> Mat<f64>;

    /// ∂²V/∂θⱼ∂θₖ of a block, none where it vanishes.
    fn second(&self, block: usize, j: usize, k: usize) -> Option<Mat<f64>>;
}
