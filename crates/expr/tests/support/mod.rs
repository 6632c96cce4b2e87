//! A small vocabulary and hand-made facts for the tests of this crate.

#![allow(dead_code, reason = "every test file uses its own part of this one")]

use cotreat_expr::{CallProblem, Code, Domain, Facts, Symbol, Tri, Type, Vocabulary, closest};

pub const DOMAINS: &[&[&str]] = &[
    &["sudden", "gradual"],
    &["acute", "subacute", "chronic"],
    &["back", "buttock", "leg", "foot"],
    &["routine", "urgent", "emergency"],
    &[
        "c01", "c02", "c03", "c04", "c05", "c06", "c07", "c08", "c09", "c10", "c11", "c12", "c13",
        "c14",
    ],
];

/// Every fact: how it is written, and its type. A symbol is the place in this list.
pub const FACTS: &[(&str, Type)] = &[
    ("a", Type::Bool),
    ("b", Type::Bool),
    ("c", Type::Bool),
    ("fever", Type::Bool),
    ("saddle_anaesthesia", Type::Bool),
    ("age", Type::Number),
    ("crp", Type::Number),
    ("onset", Type::Code(Domain(0))),
    ("stage", Type::Code(Domain(1))),
    ("stage_before", Type::Code(Domain(1))),
    ("main_site", Type::Code(Domain(2))),
    ("pain_sites", Type::Set(Domain(2))),
    ("sites_before", Type::Set(Domain(2))),
    ("chapter", Type::Code(Domain(4))),
    ("score('peg')", Type::Number),
    ("score('start_back.distress')", Type::Number),
    ("alarm('malignancy')", Type::Bool),
    ("likely('radiculopathy')", Type::Bool),
    ("alarmTier('malignancy','urgent')", Type::Bool),
];

pub struct Words;

/// The functions, how many names each takes, and what its first name is called in a message.
const FUNCTIONS: &[(&str, usize, &str)] = &[
    ("score", 1, "instrument"),
    ("alarm", 1, "condition"),
    ("likely", 1, "condition"),
    ("alarmTier", 2, "condition"),
];

pub fn symbol(written: &str) -> Option<Symbol> {
    let place = FACTS.iter().position(|(name, _)| *name == written)?;
    u32::try_from(place).ok().map(Symbol)
}

pub fn written(symbol: Symbol) -> &'static str {
    FACTS[symbol.0 as usize].0
}

pub fn codes_of(domain: Domain) -> &'static [&'static str] {
    DOMAINS[domain.0 as usize]
}

pub fn code_of(domain: Domain, text: &str) -> Option<Code> {
    let place = codes_of(domain).iter().position(|code| *code == text)?;
    u16::try_from(place).ok().map(Code)
}

impl Vocabulary for Words {
    fn name(&self, ident: &str) -> Option<(Symbol, Type)> {
        let symbol = symbol(ident)?;
        Some((symbol, FACTS[symbol.0 as usize].1))
    }

    fn call(&self, function: &str, arguments: &[&str]) -> Result<(Symbol, Type), CallProblem> {
        let Some((_, expected, what)) = FUNCTIONS.iter().find(|(name, ..)| *name == function)
        else {
            return Err(CallProblem::UnknownFunction {
                suggestion: closest(function, FUNCTIONS.iter().map(|f| f.0)).map(String::from),
            });
        };
        if arguments.len() != *expected {
            return Err(CallProblem::WrongArgumentCount {
                expected: *expected,
            });
        }
        let quoted: Vec<String> = arguments.iter().map(|a| format!("'{a}'")).collect();
        let call = format!("{function}({})", quoted.join(","));
        symbol(&call)
            .map(|symbol| (symbol, FACTS[symbol.0 as usize].1))
            .ok_or_else(|| CallProblem::UnknownArgument {
                index: 0,
                message: format!("`{}` is not a known {what}", arguments[0]),
                suggestion: closest(&call, FACTS.iter().map(|f| f.0))
                    .and_then(|found| found.split('\'').nth(1))
                    .map(String::from),
            })
    }

    fn code(&self, domain: Domain, text: &str) -> Option<Code> {
        code_of(domain, text)
    }

    fn suggest_name(&self, ident: &str) -> Option<String> {
        closest(ident, FACTS.iter().map(|f| f.0)).map(String::from)
    }

    fn suggest_code(&self, domain: Domain, text: &str) -> Option<String> {
        closest(text, codes_of(domain).iter().copied()).map(String::from)
    }

    fn codes(&self, domain: Domain) -> Vec<String> {
        codes_of(domain)
            .iter()
            .map(|code| (*code).to_string())
            .collect()
    }
}

/// What is known about one fact. A set is known code by code.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    Unknown,
    Bool(bool),
    Number(f64),
    Code(Code),
    Set(Vec<Tri>),
}

/// One value per entry of [`FACTS`].
#[derive(Clone, PartialEq, Debug)]
pub struct Known(pub Vec<Value>);

impl Known {
    pub fn nothing() -> Known {
        Known(vec![Value::Unknown; FACTS.len()])
    }

    fn of(&self, symbol: Symbol) -> &Value {
        &self.0[symbol.0 as usize]
    }
}

impl Facts for Known {
    fn bool(&self, symbol: Symbol) -> Tri {
        match self.of(symbol) {
            Value::Bool(value) => Tri::from(*value),
            Value::Unknown => Tri::Unknown,
            other => panic!(
                "`{}` asked as a yes or no but is {other:?}",
                written(symbol)
            ),
        }
    }

    fn number(&self, symbol: Symbol) -> Option<f64> {
        match self.of(symbol) {
            Value::Number(value) => Some(*value),
            Value::Unknown => None,
            other => panic!("`{}` asked as a number but is {other:?}", written(symbol)),
        }
    }

    fn code(&self, symbol: Symbol) -> Option<Code> {
        match self.of(symbol) {
            Value::Code(value) => Some(*value),
            Value::Unknown => None,
            other => panic!("`{}` asked as a choice but is {other:?}", written(symbol)),
        }
    }

    fn contains(&self, symbol: Symbol, code: Code) -> Tri {
        match self.of(symbol) {
            Value::Set(codes) => codes[usize::from(code.0)],
            Value::Unknown => Tri::Unknown,
            other => panic!(
                "`{}` asked as a list of choices but is {other:?}",
                written(symbol)
            ),
        }
    }
}
