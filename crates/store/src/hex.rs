//! Bytes as hexadecimal digits, two for each, small letters.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

pub(crate) fn write(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| pair(*byte))
        .map(char::from)
        .collect()
}

/// The same, behind what is there already.
pub(crate) fn append(to: &mut Vec<u8>, bytes: &[u8]) {
    to.reserve(2 * bytes.len());
    for byte in bytes {
        to.extend(pair(*byte));
    }
}

fn pair(byte: u8) -> [u8; 2] {
    [byte >> 4, byte & 15].map(|half| DIGITS[usize::from(half)])
}

/// `None`: not exactly so many digits.
pub(crate) fn read<const N: usize>(digits: &str) -> Option<[u8; N]> {
    read_all(digits)?.try_into().ok()
}

/// `None`: not digits, or an odd number of them.
pub(crate) fn read_all(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some(value(*high)? << 4 | value(*low)?))
        .collect()
}

const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
