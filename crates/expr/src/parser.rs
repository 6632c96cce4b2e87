//! Tokens to tree, by recursive descent with CEL's precedence: `||`, then `&&`, then comparisons and `in`, then `!`.

use crate::ast::{Ast, Kind};
use crate::error::quote;
use crate::lexer::{Foreign, Lexer, Relation, Token};
use crate::{Error, Span, limits};

/// Reads the whole text. A mistake in the grammar ends the reading: what follows could only be guessed.
pub(crate) fn parse(text: &str) -> Result<Ast, Error> {
    if text.len() > limits::LENGTH {
        let mut start = limits::LENGTH;
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        return Err(Error::new(
            Span::new(start, text.len()),
            format!(
                "the condition is {} bytes long; {} is the most",
                text.len(),
                limits::LENGTH
            ),
        )
        .help("split it into findings that are derived from others"));
    }
    let mut lexer = Lexer::new(text);
    let (token, span) = lexer.next()?;
    let mut parser = Parser {
        text,
        lexer,
        token,
        span,
        before: Span::default(),
        depth: 0,
        nodes: 0,
    };
    if parser.token == Token::End {
        return Err(
            Error::new(span, "the condition is empty").help("write `true` if it always holds")
        );
    }
    let tree = parser.any()?;
    match parser.token {
        Token::End => Ok(tree),
        _ => Err(parser.not_an_operator()),
    }
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    token: Token,
    span: Span,
    /// The token before the current one.
    before: Span,
    depth: usize,
    nodes: usize,
}

impl Parser<'_> {
    fn advance(&mut self) -> Result<Span, Error> {
        self.before = self.span;
        (self.token, self.span) = self.lexer.next()?;
        Ok(self.before)
    }

    fn node(&mut self, kind: Kind, span: Span) -> Result<Ast, Error> {
        self.nodes += 1;
        if self.nodes > limits::NODES {
            return Err(Error::new(
                span,
                format!("the condition has more than {} parts", limits::NODES),
            )
            .help("split it into findings that are derived from others"));
        }
        Ok(Ast {
            kind,
            span,
            outer: span,
        })
    }

    /// Goes one level down; every caller comes up again by subtracting from `depth`.
    fn descend(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > limits::DEPTH {
            return Err(Error::new(
                self.span,
                format!(
                    "the condition is nested more than {} levels deep",
                    limits::DEPTH
                ),
            )
            .help("split it into findings that are derived from others"));
        }
        Ok(())
    }

    fn any(&mut self) -> Result<Ast, Error> {
        self.chain(Token::Or, Self::all, Kind::Any)
    }

    fn all(&mut self) -> Result<Ast, Error> {
        self.chain(Token::And, Self::comparison, Kind::All)
    }

    fn chain(
        &mut self,
        operator: Token,
        part: fn(&mut Self) -> Result<Ast, Error>,
        join: fn(Vec<Ast>) -> Kind,
    ) -> Result<Ast, Error> {
        let first = part(self)?;
        if self.token != operator {
            return Ok(first);
        }
        let mut span = first.outer;
        let mut parts = vec![first];
        while self.token == operator {
            self.advance()?;
            let next = part(self)?;
            span = span.to(next.outer);
            parts.push(next);
        }
        self.node(join(parts), span)
    }

    fn comparison(&mut self) -> Result<Ast, Error> {
        let left = self.not()?;
        let relation = match self.token {
            Token::Relation(relation) => Some(relation),
            Token::In => None,
            _ => return Ok(left),
        };
        self.advance()?;
        let right = self.not()?;
        if matches!(self.token, Token::Relation(_) | Token::In) {
            return Err(Error::new(self.span, "comparisons cannot be chained")
                .help("join two comparisons with `&&`, or put one in parentheses"));
        }
        let span = left.outer.to(right.outer);
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = match relation {
            Some(relation) => Kind::Compare(relation, left, right),
            None => Kind::In(left, right),
        };
        self.node(kind, span)
    }

    fn not(&mut self) -> Result<Ast, Error> {
        if self.token != Token::Not {
            return self.operand();
        }
        self.descend()?;
        let start = self.advance()?;
        let inner = self.not()?;
        self.depth -= 1;
        let span = start.to(inner.outer);
        self.node(Kind::Not(Box::new(inner)), span)
    }

    fn operand(&mut self) -> Result<Ast, Error> {
        match &mut self.token {
            Token::OpenParen => self.group(),
            Token::OpenList => {
                self.descend()?;
                let open = self.span;
                let parts = self.sequence(Token::CloseList)?;
                self.depth -= 1;
                let span = open.to(self.before);
                self.node(Kind::List(parts), span)
            }
            Token::Name => self.name(),
            Token::Text(value) => {
                let kind = Kind::Text(std::mem::take(value));
                self.leaf(kind)
            }
            Token::Number(value) => {
                let kind = Kind::Number(*value);
                self.leaf(kind)
            }
            Token::True => self.leaf(Kind::Truth(true)),
            Token::False => self.leaf(Kind::Truth(false)),
            Token::Minus => self.negative(),
            _ => Err(self.not_an_operand()),
        }
    }

    fn leaf(&mut self, kind: Kind) -> Result<Ast, Error> {
        let span = self.advance()?;
        self.node(kind, span)
    }

    fn group(&mut self) -> Result<Ast, Error> {
        self.descend()?;
        let open = self.advance()?;
        let mut inner = self.any()?;
        if self.token != Token::CloseParen {
            return Err(self.unclosed(open));
        }
        let close = self.advance()?;
        self.depth -= 1;
        inner.outer = open.to(close);
        Ok(inner)
    }

    fn name(&mut self) -> Result<Ast, Error> {
        let span = self.advance()?;
        let word = span.slice(self.text).to_owned();
        if self.token != Token::OpenParen {
            return self.node(Kind::Name(word), span);
        }
        if word == "has" {
            return Err(Error::new(span, "`has` is not part of rule expressions")
                .help(Foreign::Null.help()));
        }
        self.descend()?;
        let arguments = self.sequence(Token::CloseParen)?;
        self.depth -= 1;
        let whole = span.to(self.before);
        let kind = Kind::Call {
            function: word,
            function_span: span,
            arguments,
        };
        self.node(kind, whole)
    }

    /// What stands between brackets, separated by commas; starts at the opening bracket and ends behind the closing one.
    fn sequence(&mut self, close: Token) -> Result<Vec<Ast>, Error> {
        let open = self.advance()?;
        let mut parts = Vec::new();
        if self.token == close {
            self.advance()?;
            return Ok(parts);
        }
        loop {
            parts.push(self.any()?);
            match &self.token {
                Token::Comma => {
                    self.advance()?;
                }
                token if *token == close => {
                    self.advance()?;
                    return Ok(parts);
                }
                _ => return Err(self.unclosed(open)),
            }
        }
    }

    fn negative(&mut self) -> Result<Ast, Error> {
        let sign = self.span;
        let was = self.advance()?;
        match self.token {
            Token::Number(value) if self.span.start == was.end => {
                let digits = self.advance()?;
                self.node(Kind::Number(-value), sign.to(digits))
            }
            _ => Err(Error::new(
                sign,
                "`-` is not part of rule expressions, except directly before a number",
            )
            .help(Foreign::Arithmetic.help())),
        }
    }

    /// A bracket that is still open where the text goes on in another way.
    fn unclosed(&self, open: Span) -> Error {
        if self.token == Token::End {
            let bracket = open.slice(self.text);
            let close = if bracket == "[" { "]" } else { ")" };
            Error::new(open, format!("this {} is never closed", quote(bracket)))
                .help(format!("add a `{close}`"))
        } else {
            self.not_an_operator()
        }
    }

    /// The current token stands where `&&`, `||`, a comparison or the end was due.
    fn not_an_operator(&self) -> Error {
        let words = self.span.slice(self.text);
        let shown = quote(words);
        let error = |message: String| Error::new(self.span, message);
        match &self.token {
            Token::Foreign(Foreign::Reserved) => {
                error(format!("{shown} is not part of rule expressions"))
                    .help("use `&&`, `||` and `!`")
            }
            Token::Foreign(why) => {
                error(format!("{shown} is not part of rule expressions")).help(why.help())
            }
            Token::Minus => error(format!("{shown} is not part of rule expressions"))
                .help(Foreign::Arithmetic.help()),
            Token::OpenList => {
                error("picking an entry with `[` is not part of rule expressions".into())
                    .help(Foreign::Access.help())
            }
            Token::OpenParen => error("there is an operator missing before `(`".into())
                .help("write `&&`, `||` or a comparison between the two"),
            Token::CloseParen | Token::CloseList => {
                error(format!("{shown} closes nothing")).help("take it away or add its partner")
            }
            Token::Comma => {
                error("a comma can only stand in a list or between the arguments of a call".into())
                    .help("write `&&` for and, `||` for or")
            }
            _ => error(format!("there is an operator missing before {shown}")).help(match words {
                "and" => "write `&&` for and",
                "or" => "write `||` for or",
                "is" => "write `==`",
                "not" => "write `!=`, or `!` before a condition",
                _ if self.before.slice(self.text) == "not" => "write `!` for not",
                _ => "write `&&`, `||` or a comparison between the two",
            }),
        }
    }

    /// The current token stands where a fact, a value or an opening parenthesis was due.
    fn not_an_operand(&self) -> Error {
        let shown = quote(self.span.slice(self.text));
        let before = self.before.slice(self.text);
        let error = |message: String| Error::new(self.span, message);
        match self.token {
            Token::End => error("the condition ends too early".into())
                .help(format!("something is missing after {}", quote(before))),
            Token::Foreign(why) => {
                error(format!("{shown} is not part of rule expressions")).help(why.help())
            }
            Token::Relation(Relation::Greater) if before == "<" => {
                error("`<>` is not part of rule expressions".into()).help("write `!=`")
            }
            Token::CloseParen | Token::CloseList if before == "," => {
                error(format!("there is nothing between `,` and {shown}"))
                    .help("take the comma away")
            }
            Token::CloseParen if before == "(" => {
                error("there is nothing between `(` and `)`".into())
            }
            _ if before.is_empty() => error(format!("there is nothing before {shown}")),
            _ => error(format!(
                "there is nothing between {} and {shown}",
                quote(before)
            )),
        }
    }
}
