//! What somebody types who looks for a patient: names, a date of birth, a number, an e-mail address, in any order.

use std::collections::BTreeSet;

use super::dates::{dates, unbroken};
use super::terms::{PIECE, birth, email, name_terms, number, pieces};
use crate::figures::{digits, last, said};
use crate::identity::is_email;
use crate::words::words;

/// How many digits of a number are asked for, from the end: what stands before them may be written in several ways (`+49 170`, `0170`).
const ASKED: usize = 7;
/// So many digits among letters make a number and not a slip.
const OF_A_NUMBER: usize = 3;

/// What somebody looks for, in the terms of [`super::terms_of`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Pieces of names: the more of them somebody has, the likelier they are meant.
    pub names: BTreeSet<String>,
    /// The words of those names, to rank whom the store found.
    pub words: BTreeSet<String>,
    /// What must be met: of each set one.
    pub exact: Vec<BTreeSet<String>>,
}

impl Query {
    /// Nothing was typed that anybody could be found by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.exact.is_empty()
    }
}

/// Reads what somebody typed: `garcia 1.5.80`, `O'Brien 01/05/1980`, `1980-05-01 mueller`, `0170 1234567`.
#[must_use]
pub fn query(text: &str) -> Query {
    let text: String = said(text).collect();
    let apart = |c: char| c.is_whitespace() || c.is_control() || ",;:()[]*".contains(c);
    let mut reading = Reading::default();
    for token in text.split(apart).filter(|token| !token.is_empty()) {
        reading.token(token);
    }
    reading.end()
}

/// What has been read so far.
#[derive(Default)]
struct Reading<'a> {
    query: Query,
    /// Figures that stand side by side and may be one number.
    figures: Vec<&'a str>,
    /// Figures too few to be looked for, unless nothing else was typed.
    few: String,
}

impl<'a> Reading<'a> {
    fn token(&mut self, token: &'a str) {
        let figures = token.trim_matches(|c: char| !c.is_ascii_digit());
        let days = separated(figures);
        let letters = token.chars().any(char::is_alphabetic);
        if is_email(token) {
            self.number_ends();
            self.query
                .exact
                .extend(email(token).map(|term| [term].into()));
        } else if !days.is_empty() {
            self.number_ends();
            self.query.exact.push(days);
        } else if !letters {
            self.figures
                .extend((!figures.is_empty()).then_some(figures));
        } else {
            self.number_ends();
            self.word(token);
        }
    }

    /// A name, or a number with letters in it such as `MRN-0012345`.
    fn word(&mut self, token: &str) {
        let digits = digits(token);
        if digits.len() < OF_A_NUMBER {
            self.query.names.extend(name_terms(token));
            self.query.words.extend(words(token));
            return;
        }
        let whole: BTreeSet<String> = number(token).into_iter().collect();
        if digits.len() < PIECE {
            self.query.exact.push(whole);
        } else {
            self.piece(&digits, whole);
        }
    }

    /// Figures side by side are over: they are a date of birth, or a piece of a telephone number, or a number elsewhere.
    fn number_ends(&mut self) {
        let figures = std::mem::take(&mut self.figures);
        let whole: String = figures.iter().map(|figure| digits(figure)).collect();
        let days = match figures[..] {
            [a, b, c] => dates([a, b, c]),
            [a] => unbroken(a),
            _ => BTreeSet::new(),
        };
        let mut others: BTreeSet<String> = days.into_iter().map(birth).collect();
        if whole.len() >= PIECE {
            others.extend(number(&whole));
            self.piece(&whole, others);
        } else if !others.is_empty() {
            self.query.exact.push(others);
        } else if !whole.is_empty() {
            self.few = whole;
        }
    }

    /// All five in a row must be there, or one of the others: written as sets of which each must be met.
    fn piece(&mut self, whole: &str, others: BTreeSet<String>) {
        // Zeros in front stand for a country or a way out of it.
        let dialled = whole.trim_start_matches('0');
        let dialled = if dialled.len() < PIECE {
            whole
        } else {
            dialled
        };
        for piece in pieces(&last(dialled, ASKED)) {
            let mut set = others.clone();
            set.insert(piece);
            self.query.exact.push(set);
        }
    }

    fn end(mut self) -> Query {
        self.number_ends();
        if self.query.is_empty() {
            self.query
                .exact
                .extend(number(&self.few).map(|term| [term].into()));
        }
        self.query
    }
}

/// The days of a token with full stops, strokes or hyphens in it.
fn separated(token: &str) -> BTreeSet<String> {
    let groups: Vec<&str> = token.split(['.', '/', '-']).collect();
    match groups[..] {
        [a, b, c] => dates([a, b, c]).into_iter().map(birth).collect(),
        _ => BTreeSet::new(),
    }
}
