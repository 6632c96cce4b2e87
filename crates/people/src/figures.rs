//! Figures and addresses as they are compared: what somebody means, however it is written.

use crate::words::is_invisible;

/// How many characters of an address or a number are looked at.
const LONGEST: usize = 254;

/// The digits of a text, whatever stands between them.
pub(crate) fn digits(text: &str) -> String {
    said(text).filter(char::is_ascii_digit).collect()
}

pub(crate) fn last(digits: &str, how_many: usize) -> String {
    let left_out = digits.chars().count().saturating_sub(how_many);
    digits.chars().skip(left_out).collect()
}

/// The characters that somebody means: lower case, Arabic and Indian digits as those of everybody else.
pub(crate) fn said(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .map(western)
}

fn western(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{9e6}'..='\u{9ef}' => 0x9e6,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}
