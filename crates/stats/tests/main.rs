//! What the repository can prove alone: identities, slow twins, printed results, hostile input.

mod design;
mod distribution;
mod gee;
mod glm;
mod group_sequential;
mod hostile;
mod imputation;
mod linear;
mod meta;
mod mixed;
mod multiplicity;
mod network;
mod randomise;
mod responders;
mod sample_size;
#[path = "reference/table.rs"]
mod table;
mod trial;

/// |own − expected| ≤ tolerance · max(1, |expected|).
#[track_caller]
fn near(own: f64, expected: f64, tolerance: f64) {
    let apart = (own - expected).abs();
    assert!(
        apart <= tolerance * expected.abs().max(1.0),
        "{own:e} where {expected:e} is expected (off by {apart:.1e})"
    );
}

/// The same, relative to the expected value however small it is.
#[track_caller]
fn near_relative(own: f64, expected: f64, tolerance: f64) {
    let apart = (own / expected - 1.0).abs();
    assert!(
        apart <= tolerance,
        "{own:e} where {expected:e} is expected (off by {apart:.1e} of it)"
    );
}
