//! What is wrong with an expression, told to the person who wrote it.

use std::fmt;

use crate::Span;

/// One problem: the place, what is wrong in the reader's words, and the remedy where there is one.
///
/// Messages are lower case without a full stop, so that they can stand after a file name and a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Error {
    /// The words that are wrong.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Error {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Error {
        Error {
            span,
            message: message.into(),
            help: None,
        }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Error {
        self.maybe_help(Some(help.into()))
    }

    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Error {
        self.help = help;
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// The longest piece of the reader's text that a message repeats, in characters.
const QUOTED: usize = 60;

/// The reader's own words in back-ticks: shortened, on one line, control characters made visible.
pub(crate) fn quote(words: &str) -> String {
    let mut out = String::from("`");
    for (count, c) in words.chars().enumerate() {
        if count == QUOTED {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('`');
    out
}

/// "did you mean …?" for a suggestion, if there is one.
pub(crate) fn did_you_mean(suggestion: Option<String>) -> Option<String> {
    suggestion.map(|word| format!("did you mean {}?", quote(&word)))
}
