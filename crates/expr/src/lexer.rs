//! Text to tokens, one at a time, so that of several mistakes the first in the text is the one reported.

use crate::error::quote;
use crate::{Error, Span, limits};

#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Token {
    Name,
    Text(String),
    Number(f64),
    True,
    False,
    In,
    Or,
    And,
    Not,
    Relation(Relation),
    Minus,
    Comma,
    OpenParen,
    CloseParen,
    OpenList,
    CloseList,
    /// CEL knows it, rules do not. The text is the span's.
    Foreign(Foreign),
    End,
}

/// How two values are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Why something that CEL allows is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Foreign {
    Arithmetic,
    Choice,
    Access,
    Braces,
    Reserved,
    Null,
}

impl Foreign {
    pub(crate) fn help(self) -> &'static str {
        match self {
            Foreign::Arithmetic => {
                "rules do not calculate; let a finding or a score hold the result"
            }
            Foreign::Choice => "write two conditions joined with `&&` and `||`",
            Foreign::Access => "name the fact itself, or call a function such as `score('…')`",
            Foreign::Braces => "use round brackets to group conditions",
            Foreign::Reserved => "this word is reserved; use another name",
            Foreign::Null => "leave it out: a rule waits by itself for what is not known",
        }
    }
}

pub(crate) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(crate) fn new(text: &'t str) -> Lexer<'t> {
        Lexer { text, at: 0 }
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        while let Some(c) = self.peek().filter(|&c| keep(c)) {
            self.at += c.len_utf8();
        }
    }

    pub(crate) fn next(&mut self) -> Result<(Token, Span), Error> {
        // CEL's white space; anything wider (a no-break space from a word processor) is reported below.
        self.skip_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c'));
        let start = self.at;
        let Some(first) = self.peek() else {
            return Ok((Token::End, Span::new(start, start)));
        };
        let token = match first {
            'a'..='z' | '_' => self.word(),
            '0'..='9' => self.number()?,
            // `.5`: refused there with the other odd numbers.
            '.' if self
                .rest()
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_ascii_digit()) =>
            {
                self.number()?
            }
            '\'' | '"' => self.string(first)?,
            _ => self.symbol(first)?,
        };
        Ok((token, Span::new(start, self.at)))
    }

    fn word(&mut self) -> Token {
        let start = self.at;
        self.skip_while(|c| c.is_ascii_alphanumeric() || c == '_');
        match Span::new(start, self.at).slice(self.text) {
            "true" => Token::True,
            "false" => Token::False,
            "in" => Token::In,
            "null" => Token::Foreign(Foreign::Null),
            // Reserved by CEL, so that a rule stays valid CEL.
            "as" | "break" | "const" | "continue" | "else" | "for" | "function" | "if"
            | "import" | "let" | "loop" | "package" | "namespace" | "return" | "var" | "void"
            | "while" => Token::Foreign(Foreign::Reserved),
            _ => Token::Name,
        }
    }

    fn number(&mut self) -> Result<Token, Error> {
        let start = self.at;
        self.skip_while(|c| c.is_ascii_digit());
        let mut rest = self.rest().chars();
        if rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.skip_while(|c| c.is_ascii_digit());
        }
        let digits = Span::new(start, self.at);
        let bare_point = digits.slice(self.text).starts_with('.');
        // `1e5`, `5u`, `0x1F`, `1.` and `1.2.3` must not be read as a number and something else.
        if bare_point
            || self
                .peek()
                .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.')
        {
            self.skip_while(|c| c.is_alphanumeric() || c == '_' || c == '.');
            let span = Span::new(start, self.at);
            return Err(Error::new(
                span,
                format!("{} is not a plain number", quote(span.slice(self.text))),
            )
            .help("write digits with at most one decimal point, e.g. `38.5`"));
        }
        match digits.slice(self.text).parse::<f64>() {
            Ok(value) if value <= limits::NUMBER => Ok(Token::Number(value)),
            _ => Err(Error::new(
                digits,
                format!("{} is too large a number", quote(digits.slice(self.text))),
            )
            .help("numbers go up to 9007199254740992")),
        }
    }

    fn string(&mut self, delimiter: char) -> Result<Token, Error> {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        while let Some(c) = self.peek() {
            let here = self.at;
            self.at += c.len_utf8();
            match c {
                '\n' | '\r' => break,
                '\\' => match self.peek() {
                    Some(escaped @ ('\\' | '\'' | '"')) => {
                        self.at += 1;
                        value.push(escaped);
                    }
                    Some(other) => {
                        let span = Span::new(here, self.at + other.len_utf8());
                        return Err(Error::new(
                            span,
                            format!(
                                "{} means nothing inside quotes",
                                quote(span.slice(self.text))
                            ),
                        )
                        .help("a backslash goes before a quote or another backslash only"));
                    }
                    None => break,
                },
                c if c == delimiter => return Ok(Token::Text(value)),
                c => value.push(c),
            }
        }
        Err(Error::new(
            Span::new(start, start + 1),
            format!("this {} is never closed", quote(&delimiter.to_string())),
        )
        .help("put the same quote at the end, on the same line"))
    }

    fn symbol(&mut self, first: char) -> Result<Token, Error> {
        let start = self.at;
        self.at += first.len_utf8();
        let doubled = |lexer: &mut Self, second: char| {
            let found = lexer.peek() == Some(second);
            if found {
                lexer.at += second.len_utf8();
            }
            found
        };
        let token = match first {
            '(' => Token::OpenParen,
            ')' => Token::CloseParen,
            '[' => Token::OpenList,
            ']' => Token::CloseList,
            ',' => Token::Comma,
            '-' => Token::Minus,
            '!' if doubled(self, '=') => Token::Relation(Relation::NotEqual),
            '!' => Token::Not,
            '<' if doubled(self, '=') => Token::Relation(Relation::LessOrEqual),
            '<' => Token::Relation(Relation::Less),
            '>' if doubled(self, '=') => Token::Relation(Relation::GreaterOrEqual),
            '>' => Token::Relation(Relation::Greater),
            '=' if doubled(self, '=') => Token::Relation(Relation::Equal),
            '&' if doubled(self, '&') => Token::And,
            '|' if doubled(self, '|') => Token::Or,
            '+' | '*' | '/' | '%' => Token::Foreign(Foreign::Arithmetic),
            '?' | ':' => Token::Foreign(Foreign::Choice),
            '.' => Token::Foreign(Foreign::Access),
            '{' | '}' => Token::Foreign(Foreign::Braces),
            _ => return Err(self.stray(first, start)),
        };
        Ok(token)
    }

    /// A character that begins nothing.
    fn stray(&mut self, first: char, start: usize) -> Error {
        let remedy = match first {
            '=' if self.peek() == Some('<') => Some("write `<=`"),
            '=' if self.peek() == Some('>') => Some("write `>=`"),
            '=' => Some("write `==` to compare"),
            '&' => Some("write `&&` for and"),
            '|' => Some("write `||` for or"),
            '≤' => Some("write `<=`"),
            '≥' => Some("write `>=`"),
            '≠' => Some("write `!=`"),
            '¬' => Some("write `!`"),
            '–' | '−' => Some("write the plain minus sign `-`"),
            '‘' | '’' | '“' | '”' | '„' | '‚' | '«' | '»' | '´' | '`' => {
                Some("use straight quotes: `'`")
            }
            c if c.is_whitespace() => Some("replace it with an ordinary space"),
            _ => None,
        };
        if first.is_ascii_uppercase() {
            self.skip_while(|c| c.is_ascii_alphanumeric() || c == '_');
            let span = Span::new(start, self.at);
            let word = span.slice(self.text);
            return Error::new(
                span,
                format!(
                    "{} does not start with a small letter, as names do",
                    quote(word)
                ),
            )
            .maybe_help(match word {
                "AND" => Some("write `&&` for and".into()),
                "OR" => Some("write `||` for or".into()),
                "NOT" => Some("write `!` for not".into()),
                _ => None,
            });
        }
        let what = if first.is_whitespace() {
            format!("`{}` is not an ordinary space", first.escape_unicode())
        } else {
            format!(
                "{} is not part of rule expressions",
                quote(&first.to_string())
            )
        };
        Error::new(Span::new(start, self.at), what).maybe_help(remedy.map(String::from))
    }
}
