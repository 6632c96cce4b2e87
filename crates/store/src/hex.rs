//! Bytes as hexadecimal digits, two for each, small letters.

pub(crate) fn write(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `None`: not exactly so many digits.
pub(crate) fn read<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if digits.len() != 2 * N || !plain {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
