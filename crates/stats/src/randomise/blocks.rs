//! Permuted blocks, a list per stratum.

use super::chance::{Chance, Seed};
use super::{Arm, check_arms};
use crate::fault::{Fault, Outcome};

/// The rule of a list; with a seed it fixes every allocation.
#[derive(Clone, Debug)]
pub struct PermutedBlocks {
    arms: Vec<Arm>,
    multiples: Vec<u32>,
    list: String,
    seed: Seed,
}

/// One line of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockAllocation {
    /// Which arm, counted from 0 in the order given.
    pub arm: usize,
    /// Which block of the stratum, counted from 1.
    pub block: usize,
    /// How many patients the block holds. For statisticians only: whoever knows it can foresee the block's end.
    pub block_size: usize,
    /// The place within the block, counted from 1.
    pub place: usize,
}

impl PermutedBlocks {
    /// Blocks of `multiple` · Σ ratio patients, the multiple drawn anew for every block from `multiples`. `list` names the list and its version; another
    /// name gives other allocations.
    ///
    /// # Errors
    /// Fewer than two arms, an arm twice, a ratio outside 1 to 1000, no multiples, or one outside 1 to 1000.
    pub fn new(arms: &[Arm], multiples: &[u32], list: &str, seed: Seed) -> Outcome<Self> {
        check_arms(arms)?;
        if multiples.is_empty() {
            return Err(Fault::Empty {
                what: "the list of block multiples".into(),
            });
        }
        if let Some(odd) = multiples.iter().find(|m| !(1..=1000).contains(*m)) {
            return Err(Fault::OutOfRange {
                what: "a block multiple".into(),
                value: f64::from(*odd),
                range: "from 1 to 1000",
            });
        }
        Ok(Self {
            arms: arms.to_vec(),
            multiples: multiples.to_vec(),
            list: list.into(),
            seed,
        })
    }

    /// The arms in their order.
    pub fn arms(&self) -> &[Arm] {
        &self.arms
    }

    /// The list of a stratum, without end. It depends on nothing that happens in other strata.
    pub fn stratum(&self, stratum: &str) -> impl Iterator<Item = BlockAllocation> + use<> {
        // The lengths keep `a` + `bc` apart from `ab` + `c`.
        let name = format!("blocks/{}:{}/{stratum}", self.list.len(), self.list);
        let mut chance = Chance::new(&self.seed, &name);
        let rule = self.clone();
        (1..).flat_map(move |number| rule.block(number, &mut chance))
    }

    /// The allocation of the patient at a place in a stratum, counted from 1: a pure function of seed, list, stratum and place.
    ///
    /// # Errors
    /// Place zero.
    pub fn allocation(&self, stratum: &str, place: usize) -> Outcome<BlockAllocation> {
        let skipped = place.checked_sub(1);
        let line = skipped.and_then(|skipped| self.stratum(stratum).nth(skipped));
        line.ok_or_else(|| Fault::Refused {
            why: "patients of a stratum are counted from 1; there is no place 0".into(),
        })
    }

    fn block(&self, number: usize, chance: &mut Chance) -> Vec<BlockAllocation> {
        let multiple = self.multiples[chance.below(self.multiples.len() as u64) as usize];
        let mut order: Vec<usize> = Vec::new();
        for (arm, of) in self.arms.iter().enumerate() {
            order.extend(std::iter::repeat_n(arm, (multiple * of.ratio) as usize));
        }
        chance.shuffle(&mut order);
        let block_size = order.len();
        let line = |(at, arm)| BlockAllocation {
            arm,
            block: number,
            block_size,
            place: at + 1,
        };
        order.into_iter().enumerate().map(line).collect()
    }
}
