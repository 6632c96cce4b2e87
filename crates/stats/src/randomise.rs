//! Randomisation: who goes to which arm, reproducible from a seed and open to audit.
//!
//! **Chance.** Numbers come from ChaCha20 (RFC 8439) keyed by a secret seed of 32 bytes and the name of a list. The generator is frozen: the same seed,
//! name and position give the same allocation for ever, on every machine, and nobody without the seed can foresee the next one.
//! Nothing here draws a seed; it is handed in.
//!
//! **Permuted blocks** ([`PermutedBlocks`]). Each stratum has a list of its own. A block of m·Σr patients holds arm i exactly m·rᵢ times, in an order
//! that is uniform among all orders; m is drawn uniformly from the given multiples for every block.
//!
//! **Minimisation** ([`Minimisation`]). For a new patient each arm gets a score: what the imbalance would become, summed over the patient's levels with
//! weights. The arm with the smallest score is preferred and drawn with a high probability ([`Coin`]).
//!
//! References: Pocock SJ, Simon R. Biometrics 1975;31:103–115. Taves DR. Clin Pharmacol Ther 1974;15:443–453. Han B, Enas NH, McEntegart D. Stat Med
//! 2009;28:3329–3346 for unequal ratios. Nir Y, Langley A. RFC 8439.

mod blocks;
mod chance;
mod imbalance;
mod minimisation;

pub use blocks::{BlockAllocation, PermutedBlocks};
pub use chance::{Chance, Seed};
pub use imbalance::Imbalance;
pub use minimisation::{Coin, Counts, Decision, Factor, Minimisation};

use crate::fault::{Fault, Outcome};

/// An arm and its share: ratios 2, 1, 1 put half of the patients into the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// What it is called.
    pub name: String,
    /// Its part of the allocation ratio; at least 1.
    pub ratio: u32,
}

impl Arm {
    /// An arm with its ratio.
    pub fn new(name: &str, ratio: u32) -> Self {
        Self {
            name: name.into(),
            ratio,
        }
    }
}

/// At least two arms with different names and ratios from 1 to 1000.
fn check_arms(arms: &[Arm]) -> Outcome<()> {
    if arms.len() < 2 {
        return Err(Fault::TooFew {
            what: "arms",
            found: arms.len(),
            needed: 2,
            purpose: "a randomised trial".into(),
        });
    }
    for (at, arm) in arms.iter().enumerate() {
        if arms[..at].iter().any(|other| other.name == arm.name) {
            return Err(Fault::Twice {
                kind: "arm",
                name: arm.name.clone(),
            });
        }
        if !(1..=1000).contains(&arm.ratio) {
            return Err(Fault::OutOfRange {
                what: format!("the ratio of `{}`", arm.name),
                value: f64::from(arm.ratio),
                range: "from 1 to 1000",
            });
        }
    }
    Ok(())
}
