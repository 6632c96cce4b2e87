//! Chance that is the same for ever: the frozen generator of the trials, one stream for each patient.

use cotreat_stats::randomise::{Chance, Seed};

/// The chance of one patient, or of one thing that is drawn for all of them.
#[derive(Debug)]
pub(crate) struct Draws(Chance);

impl Draws {
    /// The stream of a seed and a name; different names give independent streams.
    pub(crate) fn of(seed: u64, name: &str) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Self(Chance::new(&Seed::new(key), name))
    }

    /// A whole number below `n`; 0 for 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        usize::try_from(self.0.below(n)).unwrap_or(0)
    }

    /// A whole number between two, both counted.
    pub(crate) fn between(&mut self, [least, most]: [i64; 2]) -> i64 {
        let width = most.saturating_sub(least).saturating_add(1);
        let step = self.0.below(u64::try_from(width).unwrap_or(1));
        least.saturating_add(i64::try_from(step).unwrap_or(0))
    }

    /// A number from one to another.
    pub(crate) fn within(&mut self, [least, most]: [f64; 2]) -> f64 {
        least + (most - least) * self.0.unit()
    }

    /// Whether something happens that happens in this share of all cases.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.0.unit() < share
    }

    /// One of a list; none of an empty one.
    pub(crate) fn one<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }

    /// One of a list of sentences.
    pub(crate) fn words(&mut self, list: &[String]) -> String {
        self.one(list).cloned().unwrap_or_default()
    }

    /// The position of one of these weights, each as likely as it is heavy.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let all: u64 = weights.clone().map(u64::from).sum();
        let mut left = self.0.below(all);
        for (at, weight) in weights.enumerate() {
            let weight = u64::from(weight);
            if left < weight {
                return at;
            }
            left -= weight;
        }
        0
    }

    /// A number around 0 with a standard deviation of 1. Twelve even numbers are added, because a logarithm may differ from machine to machine.
    pub(crate) fn around(&mut self) -> f64 {
        (0..12).map(|_| self.0.unit()).sum::<f64>() - 6.0
    }

    /// Puts a list into any order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        self.0.shuffle(list);
    }

    /// A name that nothing else has: 122 bits in the form of a UUID of version 8 (RFC 9562).
    pub(crate) fn id(&mut self) -> String {
        let (high, low) = (self.0.bits(), self.0.bits());
        format!(
            "{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            0x8000 | low >> 48 & 0x3fff,
            low & 0xffff_ffff_ffff,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Draws;

    #[test]
    fn ids_have_the_form_of_a_uuid() {
        let mut draws = Draws::of(1, "ids");
        let (one, other) = (draws.id(), draws.id());
        assert_ne!(one, other);
        for id in [one, other] {
            let parts: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(&id[14..15], "8", "version in {id}");
            assert!("89ab".contains(&id[19..20]), "variant in {id}");
        }
    }

    #[test]
    fn what_is_heavier_is_drawn_more_often() {
        let mut draws = Draws::of(1, "weights");
        let mut drawn = [0_u32; 3];
        for _ in 0..6_000 {
            drawn[draws.weighted([1, 0, 2].into_iter())] += 1;
        }
        assert!((1_800..2_200).contains(&drawn[0]), "{drawn:?}");
        assert_eq!(drawn[1], 0);
    }

    #[test]
    fn both_ends_are_drawn_and_nothing_beyond() {
        let mut draws = Draws::of(1, "ends");
        let drawn: std::collections::BTreeSet<i64> =
            (0..200).map(|_| draws.between([-1, 2])).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2]);
        assert_eq!(draws.between([4, 4]), 4);
    }
}
