//! The words of a name as they are compared: without accents, case, hyphens and the like, so that `O’Brien`, `o'brien` and `O-BRIEN` are the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many characters of a text are looked at, before and after it is taken apart.
const READ: usize = 1_000;
const KEPT: usize = 200;

/// The words of a name. Spellings that stand for one letter are written the same: `ß` as `ss`, `ø` as `o`, and `ae`, `oe`, `ue`, `aa`
/// as their first letter, because `Müller` is also `Mueller`, and `Ågård` is also `Aagaard`.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in letters(text).take(KEPT) {
        match (words.last_mut(), c) {
            (Some(word), Some(c)) => word.push(c),
            _ => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| one_for_two(word)).collect()
}

/// The word with one letter where two stand for one sound.
fn one_for_two(word: &str) -> String {
    let mut letters = word.chars().peekable();
    let mut folded = String::new();
    while let Some(c) = letters.next() {
        folded.push(c);
        let _second =
            letters.next_if(|next| matches!((c, next), ('a' | 'o' | 'u', 'e') | ('a', 'a')));
    }
    folded
}

/// The letters, and none where a word ends.
fn letters(text: &str) -> impl Iterator<Item = Option<char>> {
    let read = text.chars().take(READ).filter(|c| !is_invisible(*c));
    read.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .flat_map(|c| {
            let spelled = spelled(c);
            let plain = (c.is_alphabetic() && !is_apostrophe(c)).then_some(c);
            let plain = spelled.is_none().then_some(plain);
            spelled.unwrap_or_default().chars().map(Some).chain(plain)
        })
}

/// Letters that do not come apart into a letter and a mark.
const fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɖ' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "ng",
        'ĸ' => "k",
        'ə' => "e",
        'ς' => "σ",
        _ => return None,
    })
}

/// Apostrophes that count as letters elsewhere.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2df}')
}

/// Marks of direction, joiners and the like, which nobody sees or types.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn accents_case_and_hyphens_do_not_matter() {
        for (one, other) in [
            ("García", "GARCIA"),
            ("Müller", "mueller"),
            ("O’Brien", "o'brien"),
            ("Oʼneill", "O-NEILL"),
            ("Weiß", "WEISS"),
            ("Bjørn Ågård", "bjoern aagaard"),
            ("Łukasz", "lukasz"),
            ("Þórðr", "Thordr"),
            ("Nguyễn", "nguyen"),
            ("İbrahim Yıldız", "ibrahim yildiz"),
            ("Ｓｍｉｔｈ", "smith"),
            ("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"),
            ("Anna\u{200f}", "anna"),
        ] {
            assert_eq!(words(one), words(other), "{one} and {other}");
        }
        assert_eq!(words("Smith-Jones"), ["smith", "jones"]);
        assert_eq!(words("王 小明"), ["王", "小明"]);
    }

    #[test]
    fn what_holds_no_letter_holds_no_word() {
        for nothing in [
            "",
            " ",
            "\u{0}\u{7}",
            "👩‍⚕️🦴",
            "12 34",
            "'-’",
            "\u{301}\u{301}",
        ] {
            assert_eq!(words(nothing), Vec::<String>::new(), "{nothing:?}");
        }
    }
}
