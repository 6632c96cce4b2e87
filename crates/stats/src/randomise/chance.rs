//! A frozen stream of chance: ChaCha20 as in RFC 8439, keyed by a seed and a name.

use std::fmt;

/// A secret of 32 bytes, from which every allocation of a trial follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// From 32 bytes that somebody drew and keeps safe.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// The seed is never shown: whoever knows it knows the next allocation.
impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(hidden)")
    }
}

/// Numbers that look random, the same ones for ever.
#[derive(Clone)]
pub struct Chance {
    key: [u32; 8],
    counter: u32,
    block: [u8; 64],
    used: usize,
}

impl fmt::Debug for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chance").finish_non_exhaustive()
    }
}

impl Chance {
    /// The stream of a seed and a name. Different names give independent streams: the name is drawn into the key twelve bytes at a time,
    /// each new key being the first half of the block that the old key makes with these bytes as nonce and their place as counter.
    pub fn new(seed: &Seed, name: &str) -> Self {
        let mut key = words(&seed.0);
        for (place, chunk) in (1..).zip(name.as_bytes().chunks(12)) {
            let mut nonce = [0; 12];
            nonce[..chunk.len()].copy_from_slice(chunk);
            key = first_half(&block(&key, place, &nonce));
        }
        // The length sets a name apart from one that continues with zeros.
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&(name.len() as u64).to_le_bytes());
        Self {
            key: first_half(&block(&key, 0, &nonce)),
            counter: 0,
            block: [0; 64],
            used: 64,
        }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        if self.used == 64 {
            self.block = block(&self.key, self.counter, &[0; 12]);
            self.counter = self.counter.wrapping_add(1);
            self.used = 0;
        }
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.block[self.used..self.used + 8]);
        self.used += 8;
        u64::from_le_bytes(bytes)
    }

    /// A whole number below `n`, all equally likely; 0 for `n` = 0. Draws that would favour small numbers are thrown away.
    pub fn below(&mut self, n: u64) -> u64 {
        if n < 2 {
            return 0;
        }
        let usable = u64::MAX - (u64::MAX % n + 1) % n;
        loop {
            let bits = self.bits();
            if bits <= usable {
                return bits % n;
            }
        }
    }

    /// A number in 0 ≤ u < 1 with 53 bits.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Puts a list into an order that is uniform among all orders (Fisher and Yates, from the end).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last as u64 + 1) as usize;
            list.swap(last, other);
        }
    }
}

fn words(bytes: &[u8; 32]) -> [u32; 8] {
    let word = |at: usize| {
        let mut four = [0; 4];
        four.copy_from_slice(&bytes[4 * at..4 * at + 4]);
        u32::from_le_bytes(four)
    };
    std::array::from_fn(word)
}

fn first_half(block: &[u8; 64]) -> [u32; 8] {
    let mut half = [0; 32];
    half.copy_from_slice(&block[..32]);
    words(&half)
}

/// The ChaCha20 block function (RFC 8439, section 2.3).
fn block(key: &[u32; 8], counter: u32, nonce: &[u8; 12]) -> [u8; 64] {
    let part = |at: usize| {
        let mut four = [0; 4];
        four.copy_from_slice(&nonce[4 * at..4 * at + 4]);
        u32::from_le_bytes(four)
    };
    let mut start = [0; 16];
    start[..4].copy_from_slice(&[0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574]);
    start[4..12].copy_from_slice(key);
    start[12..].copy_from_slice(&[counter, part(0), part(1), part(2)]);
    let mut state = start;
    for _ in 0..10 {
        for column in 0..4 {
            quarter(&mut state, column, column + 4, column + 8, column + 12);
        }
        for diagonal in 0..4 {
            quarter(
                &mut state,
                diagonal,
                4 + (diagonal + 1) % 4,
                8 + (diagonal + 2) % 4,
                12 + (diagonal + 3) % 4,
            );
        }
    }
    let mut bytes = [0; 64];
    for (at, (mixed, first)) in state.iter().zip(start).enumerate() {
        bytes[4 * at..4 * at + 4].copy_from_slice(&mixed.wrapping_add(first).to_le_bytes());
    }
    bytes
}

fn quarter(s: &mut [u32; 16], a: usize, b: usize, c: usize, d: usize) {
    for (left, right) in [(16, 12), (8, 7)] {
        s[a] = s[a].wrapping_add(s[b]);
        s[d] = (s[d] ^ s[a]).rotate_left(left);
        s[c] = s[c].wrapping_add(s[d]);
        s[b] = (s[b] ^ s[c]).rotate_left(right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8439, section 2.3.2: key 00 01 … 1f, nonce 00 00 00 09 00 00 00 4a 00 00 00 00, counter 1.
    #[test]
    fn the_published_block() {
        let key = words(&std::array::from_fn(|at| at as u8));
        let nonce = [0, 0, 0, 9, 0, 0, 0, 0x4a, 0, 0, 0, 0];
        let own = block(&key, 1, &nonce);
        let expected = [
            0x10, 0xf1, 0xe7, 0xe4, 0xd1, 0x3b, 0x59, 0x15, 0x50, 0x0f, 0xdd, 0x1f, 0xa3, 0x20,
            0x71, 0xc4, 0xc7, 0xd1, 0xf4, 0xc7, 0x33, 0xc0, 0x68, 0x03, 0x04, 0x22, 0xaa, 0x9a,
            0xc3, 0xd4, 0x6c, 0x4e, 0xd2, 0x82, 0x64, 0x46, 0x07, 0x9f, 0xaa, 0x09, 0x14, 0xc2,
            0xd7, 0x05, 0xd9, 0x8b, 0x02, 0xa2, 0xb5, 0x12, 0x9c, 0xd1, 0xde, 0x16, 0x4e, 0xb9,
            0xcb, 0xd0, 0x83, 0xe8, 0xa2, 0x50, 0x3c, 0x4e,
        ];
        assert_eq!(own, expected);
    }
}
