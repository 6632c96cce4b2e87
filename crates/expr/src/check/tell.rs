//! Wording that several messages share.

use super::Checker;
use crate::error::quote;
use crate::{Error, Span, Type, Vocabulary};

impl<'a, V: Vocabulary + ?Sized> Checker<'a, V> {
    pub(super) fn not_a_condition(&self, span: Span, kind: Type) -> Error {
        let words = self.words(span);
        let example = quote(&self.example(span.slice(self.text), kind));
        Error::new(
            span,
            format!(
                "{words} is {} and cannot stand alone as a condition",
                describe(kind)
            ),
        )
        .help(match kind {
            Type::Set(_) => format!("ask for one of its answers, e.g. {example}"),
            _ => format!("compare it, e.g. {example}"),
        })
    }

    /// A condition about a fact that would be accepted.
    pub(super) fn example(&self, words: &str, kind: Type) -> String {
        let first = |domain| {
            let code = self.vocabulary.codes(domain).into_iter().next();
            code.unwrap_or_else(|| "…".into())
        };
        match kind {
            Type::Bool => words.into(),
            Type::Number => format!("{words} >= 50"),
            Type::Code(domain) => format!("{words} == '{}'", first(domain)),
            Type::Set(domain) => format!("'{}' in {words}", first(domain)),
        }
    }
}

pub(super) fn describe(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "yes or no",
        Type::Number => "a number",
        Type::Code(_) => "a choice",
        Type::Set(_) => "a list of choices",
    }
}

/// The answers a message can hold: the first dozen, and how many more there are.
pub(super) fn some_of(codes: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = codes.iter().take(SHOWN).map(|code| quote(code)).collect();
    let more = codes.len().saturating_sub(SHOWN);
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}
