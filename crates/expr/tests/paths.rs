//! How far an expression is from a value.

use std::collections::BTreeMap;

use cotreat_expr::{CallProblem, Code, Domain, Expr, Facts, Symbol, Tri, Type, Vocabulary};

/// Facts `a` to `z` are yes/no, in the order of the alphabet; those that are known stand in the map.
struct Letters(BTreeMap<char, bool>);

impl Vocabulary for Letters {
    fn name(&self, ident: &str) -> Option<(Symbol, Type)> {
        let letter = ident.chars().next().filter(|_| ident.len() == 1)?;
        Some((Symbol(u32::from(letter)), Type::Bool))
    }
    fn call(&self, _: &str, _: &[&str]) -> Result<(Symbol, Type), CallProblem> {
        Err(CallProblem::UnknownFunction { suggestion: None })
    }
    fn code(&self, _: Domain, _: &str) -> Option<Code> {
        None
    }
    fn codes(&self, _: Domain) -> Vec<String> {
        Vec::new()
    }
}

impl Facts for Letters {
    fn bool(&self, symbol: Symbol) -> Tri {
        let letter = char::from_u32(symbol.0).unwrap_or('?');
        self.0
            .get(&letter)
            .map_or(Tri::Unknown, |value| Tri::from(*value))
    }
    fn number(&self, _: Symbol) -> Option<f64> {
        None
    }
    fn code(&self, _: Symbol) -> Option<Code> {
        None
    }
    fn contains(&self, _: Symbol, _: Code) -> Tri {
        Tri::Unknown
    }
}

/// "fewest: fact answers, …" for the way to yes.
fn check(text: &str, known: &[(char, bool)], expected: &str) {
    let letters = Letters(known.iter().copied().collect());
    let expr = Expr::compile(text, &letters).unwrap();
    let paths = expr.paths(true, &letters, &|_, _| Some(1));
    assert_eq!(
        expr.fewest(true, &letters, &|_, _| Some(1)),
        paths.fewest,
        "{text}"
    );
    let fewest = paths
        .fewest
        .map_or_else(|| "never".to_owned(), |n| n.to_string());
    let steps: Vec<String> = paths
        .steps
        .iter()
        .map(|step| {
            let letter = char::from_u32(step.symbol.0).unwrap();
            let sign = if step.wanted { "" } else { "!" };
            format!("{sign}{letter} {}", step.answers)
        })
        .collect();
    assert_eq!(
        format!("{fewest}: {}", steps.join(", ")),
        expected,
        "{text}"
    );
}

#[test]
fn one_answer_or_several() {
    check("a", &[], "1: a 1");
    check("a && b", &[], "2: a 2, b 2");
    check("a && b", &[('a', true)], "1: b 1");
    check("a && b", &[('a', false)], "never: ");
    check("a || b && c", &[], "1: a 1, b 2, c 2");
    check("!a && b", &[], "2: !a 2, b 2");
    check("!(a && b)", &[], "1: !a 1, !b 1");
    check("!(a || b)", &[], "2: !a 2, !b 2");
    check("a", &[('a', true)], "0: ");
}

#[test]
fn some_of_a_list() {
    check("atLeast(2, [a, b, c])", &[], "2: a 2, b 2, c 2");
    check("atLeast(2, [a, b, c])", &[('a', true)], "1: b 1, c 1");
    check("atLeast(2, [a, b && c, d])", &[], "2: a 2, b 3, c 3, d 2");
    check("!atLeast(2, [a, b, c])", &[('a', true)], "2: !b 2, !c 2");
}
