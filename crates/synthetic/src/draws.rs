//! Chance that is the same for ever, one stream for each patient.
//!
//! ChaCha with 8 rounds is a published function of key and position, so no release of any crate can change it: the key is the seed and what is drawn for, the stream is the
//! number. Numbers are made from its bits here, because how other crates do that may change.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// The chance of one patient, or of one thing that is drawn for all of them.
#[derive(Debug)]
pub(crate) struct Draws(ChaCha8Rng);

/// Bytes of the key that hold the seed; the rest names what is drawn for.
const SEED: usize = 8;

impl Draws {
    /// The chance of the thing with this number; different things and numbers have streams of their own. Of `what` the first 24 bytes count.
    pub(crate) fn of(seed: u64, what: &str, number: u64) -> Self {
        let mut key = [0; 32];
        key[..SEED].copy_from_slice(&seed.to_le_bytes());
        for (place, byte) in key[SEED..].iter_mut().zip(what.as_bytes()) {
            *place = *byte;
        }
        let mut bits = ChaCha8Rng::from_seed(key);
        bits.set_stream(number);
        Self(bits)
    }

    /// A whole number below `n`, all equally likely; 0 for 0. Draws that would favour small numbers are thrown away.
    fn even(&mut self, n: u64) -> u64 {
        if n < 2 {
            return 0;
        }
        let usable = u64::MAX - (u64::MAX % n + 1) % n;
        loop {
            let bits = self.0.next_u64();
            if bits <= usable {
                return bits % n;
            }
        }
    }

    /// Evenly between 0 and 1, without 1.
    fn unit(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
        let upper = (self.0.next_u64() >> 11) as f64;
        upper / (1_u64 << 53) as f64
    }

    /// A whole number below `n`; 0 for 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        usize::try_from(self.even(n)).unwrap_or(0)
    }

    /// A whole number between two, both counted.
    pub(crate) fn between(&mut self, [least, most]: [i64; 2]) -> i64 {
        let width = most.saturating_sub(least).saturating_add(1);
        let step = self.even(u64::try_from(width).unwrap_or(1));
        least.saturating_add(i64::try_from(step).unwrap_or(0))
    }

    /// A number from one to another.
    pub(crate) fn within(&mut self, [least, most]: [f64; 2]) -> f64 {
        least + (most - least) * self.unit()
    }

    /// Whether something happens that happens in this share of all cases.
    pub(crate) fn happens(&mut self, share: f64) -> bool {
        self.unit() < share
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
        let mut left = self.even(all);
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
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// Puts a list into any order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        // Fisher and Yates, from the end: every order is as likely as the next.
        for last in (1..list.len()).rev() {
            let other = self.below(last + 1);
            list.swap(last, other);
        }
    }

    /// A name that nothing else has: 122 bits in the form of a UUID of version 8 (RFC 9562).
    pub(crate) fn id(&mut self) -> String {
        let (high, low) = (self.0.next_u64(), self.0.next_u64());
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
    use rand_chacha::rand_core::Rng as _;

    use super::Draws;

    /// If this fails, every clinic that was ever made from a seed is another one.
    ///
    /// Worked out apart from any crate: the ChaCha block function with 8 rounds written anew in Python, key = the seed in little-endian and the words, filled with zeros,
    /// 64-bit counter 0, 64-bit nonce = the number.
    #[test]
    fn the_same_for_ever() {
        let two = |what, number| {
            let mut draws = Draws::of(1, what, number);
            [draws.0.next_u64(), draws.0.next_u64()]
        };
        assert_eq!(
            two("patient", 0),
            [0xff8c_39ca_050d_48da, 0xe4f2_5a1e_8ade_0b32]
        );
        assert_eq!(
            two("patient", 99_999),
            [0xfbc9_400a_31bf_c458, 0xad77_91d9_c6f0_ddb5]
        );
        assert_eq!(
            two("fates", 0),
            [0x6b37_f82f_5356_2032, 0x2cc7_c406_1aa2_ff8a]
        );
    }

    #[test]
    fn ids_have_the_form_of_a_uuid() {
        let mut draws = Draws::of(1, "ids", 0);
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
        let mut draws = Draws::of(1, "weights", 0);
        let mut drawn = [0_u32; 3];
        for _ in 0..6_000 {
            drawn[draws.weighted([1, 0, 2].into_iter())] += 1;
        }
        assert!((1_800..2_200).contains(&drawn[0]), "{drawn:?}");
        assert_eq!(drawn[1], 0);
    }

    #[test]
    fn both_ends_are_drawn_and_nothing_beyond() {
        let mut draws = Draws::of(1, "ends", 0);
        let drawn: std::collections::BTreeSet<i64> =
            (0..200).map(|_| draws.between([-1, 2])).collect();
        assert_eq!(drawn.into_iter().collect::<Vec<_>>(), [-1, 0, 1, 2]);
        assert_eq!(draws.between([4, 4]), 4);
    }
}
