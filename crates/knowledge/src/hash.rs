//! A quick hash for ids. Reading a patient looks up an id for every fact; a hash that withstands hostile keys would be most of that work.

use std::hash::{BuildHasherDefault, Hasher};

/// For maps whose keys all come from knowledge files: patients only look up, so nobody can fill a map with keys that collide.
pub(crate) type IdHash = BuildHasherDefault<IdHasher>;

/// Multiplies eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IdHasher(u64);

/// 2^64 divided by the golden ratio, made odd: its multiples spread evenly.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl IdHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SPREAD);
    }
}

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.mix(
                rest.iter()
                    .fold(0, |word, byte| word << 8 | u64::from(*byte)),
            );
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    /// The upper bits are the well-mixed ones; maps choose the place by the lower.
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}
