//! What holds for every text that somebody gives: it says something, it is not endless, and it holds no character that nobody sees.

use super::{Refusal, Refused};
use crate::identity::is_email;

/// The longest name, id, line, reason and note, in characters.
pub(super) const NAME: usize = 100;
pub(super) const ID: usize = 64;
pub(super) const LINE: usize = 200;
pub(super) const REASON: usize = 1_000;
pub(super) const NOTE: usize = 20_000;

/// A text on one line that must say something.
pub(super) fn line(text: &str, what: &str, most: usize) -> Result<(), Refusal> {
    said(text, what)?;
    bounded(text, what, most)?;
    seen(text, what, |_| false)
}

/// A text on one or more lines that must say something.
pub(super) fn lines(text: &str, what: &str, most: usize) -> Result<(), Refusal> {
    said(text, what)?;
    bounded(text, what, most)?;
    seen(text, what, |c| matches!(c, '\n' | '\r' | '\t'))
}

/// An id of the program's own words: small letters, digits, `_`.
pub(super) fn word(text: &str, what: &str) -> Result<(), Refusal> {
    line(text, what, ID)?;
    if text
        .chars()
        .all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'))
    {
        return Ok(());
    }
    Err(unfit(
        what,
        "it is written in small letters, digits and `_`",
        "take it from the list",
    ))
}

/// An id of an organisation, a user, a note, a file.
pub(super) fn id(text: &str, what: &str) -> Result<(), Refusal> {
    line(text, what, ID)?;
    if text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    {
        return Ok(());
    }
    Err(unfit(
        what,
        "an id holds letters, digits, `_`, `-` and `.` only",
        "take the id that the program shows",
    ))
}

pub(super) fn email(text: &str) -> Result<(), Refusal> {
    line(text, "the e-mail address", 254)?;
    if is_email(text) {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::NotAnEmail,
        "not written down",
        "this does not look like an e-mail address",
        "write it as `name@example.org`",
    ))
}

/// A tag of a language as BCP 47 writes it: `en`, `pt-BR`.
pub(super) fn language(tag: &str) -> Result<(), Refusal> {
    line(tag, "the language", 35)?;
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let language = matches!(first.len(), 2..=3) && first.chars().all(|c| c.is_ascii_alphabetic());
    let rest = parts
        .all(|part| matches!(part.len(), 1..=8) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    if language && rest {
        return Ok(());
    }
    Err(unfit(
        "the language",
        "it is no tag of a language",
        "write it as `en`, `es` or `pt-BR`",
    ))
}

pub(super) fn unfit(what: &str, why: &str, remedy: &str) -> Refusal {
    Refusal::new(
        Refused::DoesNotFit,
        "not written down",
        format!("{what} does not fit: {why}"),
        remedy,
    )
}

pub(super) fn missing(what: &str, remedy: &str) -> Refusal {
    Refusal::new(
        Refused::WordsMissing,
        "not written down",
        format!("{what} is missing"),
        remedy,
    )
}

fn said(text: &str, what: &str) -> Result<(), Refusal> {
    let says = |c: char| !c.is_whitespace() && !c.is_control() && !is_hidden(c);
    if text.chars().any(says) {
        return Ok(());
    }
    Err(missing(what, "write it down"))
}

pub(super) fn bounded(text: &str, what: &str, most: usize) -> Result<(), Refusal> {
    // Bytes first, so that an endless text is not counted.
    if text.len() <= most * 4 && text.chars().count() <= most {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::TooLong,
        "not written down",
        format!("{what} has more than {most} characters"),
        "shorten it",
    ))
}

fn seen(text: &str, what: &str, also: impl Fn(char) -> bool) -> Result<(), Refusal> {
    if !text
        .chars()
        .any(|c| (c.is_control() || is_hidden(c)) && !also(c))
    {
        return Ok(());
    }
    Err(Refusal::new(
        Refused::StrangeCharacters,
        "not written down",
        format!(
            "{what} holds characters that nobody sees, such as line breaks or marks that turn the direction of a text"
        ),
        "type it again by hand",
    ))
}

/// Characters that nobody sees: turned directions, breaks of lines and paragraphs, places for private use. Joiners and the marks that go with
/// a script from right to left stay, because such scripts need them.
const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{200b}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{10ffff}'
    )
}
