//! Names, calls and codes: asking the vocabulary, and reporting what it does not know.

use super::Checker;
use super::tell::some_of;
use crate::ast::{Ast, Kind};
use crate::error::{did_you_mean, quote};
use crate::{CallProblem, Code, Domain, Error, Span, Symbol, Type, Vocabulary, closest};

impl<'a, V: Vocabulary + ?Sized> Checker<'a, V> {
    /// The fact behind a name or a call other than `atLeast`; reports when there is none.
    pub(super) fn fact(&mut self, ast: &Ast) -> Option<(Symbol, Type)> {
        match &ast.kind {
            Kind::Name(name) => {
                let found = self.vocabulary.name(name);
                if found.is_none() {
                    let help = did_you_mean(self.vocabulary.suggest_name(name));
                    self.report(
                        Error::new(
                            ast.span,
                            format!("{} is not a known finding or classification", quote(name)),
                        )
                        .maybe_help(help),
                    );
                }
                found
            }
            Kind::Call {
                function,
                function_span,
                arguments,
            } => match self.call(function, *function_span, arguments, ast.span) {
                Ok(fact) => Some(fact),
                Err(error) => {
                    self.report(error);
                    None
                }
            },
            _ => None,
        }
    }

    /// As [`Self::fact`], without reporting.
    pub(super) fn quiet_fact(&self, ast: &Ast) -> Option<(Symbol, Type)> {
        match &ast.kind {
            Kind::Name(name) => self.vocabulary.name(name),
            Kind::Call {
                function,
                function_span,
                arguments,
            } => self
                .call(function, *function_span, arguments, ast.span)
                .ok(),
            _ => None,
        }
    }

    pub(super) fn call(
        &self,
        function: &str,
        function_span: Span,
        arguments: &[Ast],
        whole: Span,
    ) -> Result<(Symbol, Type), Error> {
        let texts: Vec<&str> = arguments
            .iter()
            .map(|argument| match &argument.kind {
                Kind::Text(text) => text.as_str(),
                _ => "",
            })
            .collect();
        let unquoted = arguments.iter().find(|a| !matches!(a.kind, Kind::Text(_)));
        let answer = self.vocabulary.call(function, &texts);
        // Before anything about the arguments: in `size(fever)` it is `size` that is wrong.
        if let Some(argument) = unquoted
            && !matches!(answer, Err(CallProblem::UnknownFunction { .. }))
        {
            let words = argument.span.slice(self.text);
            let error = Error::new(
                argument.span,
                format!(
                    "{} takes names in quotes, not {}",
                    quote(function),
                    quote(words)
                ),
            );
            return Err(match argument.kind {
                Kind::Name(_) => error.help(format!("write {}", quote(&format!("'{words}'")))),
                _ => error.help(format!("write {}", quote(&format!("{function}('…')")))),
            });
        }
        match answer {
            Ok(fact) if matches!(texts.len(), 1 | 2) => Ok(fact),
            Ok(_) => Err(Error::new(
                whole,
                format!("{} takes one or two names in quotes", quote(function)),
            )),
            Err(CallProblem::UnknownFunction { suggestion }) => {
                let built_in = || closest(function, std::iter::once("atLeast")).map(String::from);
                let help = match self.vocabulary.name(function) {
                    // `fever (a || b)`: a forgotten operator, not a call.
                    Some(_) => Some("write `&&`, `||` or a comparison before `(`".into()),
                    None => did_you_mean(suggestion.or_else(built_in)),
                };
                let message = format!("{} is not a known function", quote(function));
                Err(Error::new(function_span, message).maybe_help(help))
            }
            Err(CallProblem::WrongArgumentCount { expected }) => Err(Error::new(
                whole,
                format!(
                    "{} takes {}, not {}",
                    quote(function),
                    match expected {
                        1 => "one name in quotes".into(),
                        2 => "two names in quotes".into(),
                        n => format!("{n} names in quotes"),
                    },
                    texts.len()
                ),
            )),
            Err(CallProblem::UnknownArgument {
                index,
                message,
                suggestion,
            }) => {
                let span = arguments.get(index).map_or(whole, |argument| argument.span);
                Err(Error::new(span, message).maybe_help(did_you_mean(suggestion)))
            }
        }
    }

    /// The code that a text stands for beside `fact`; reports when the list has no such code.
    pub(super) fn code(
        &mut self,
        domain: Domain,
        text: &str,
        fact: &Ast,
        span: Span,
    ) -> Option<Code> {
        let found = self.vocabulary.code(domain, text);
        if found.is_none() {
            let fact = self.words(fact.span);
            let answers = some_of(&self.vocabulary.codes(domain));
            let help = did_you_mean(self.vocabulary.suggest_code(domain, text));
            self.report(
                Error::new(
                    span,
                    format!("{fact} takes one of {answers}, not {}", quote(text)),
                )
                .maybe_help(help),
            );
        }
        found
    }
}
