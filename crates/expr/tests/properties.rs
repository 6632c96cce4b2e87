//! What holds for every expression and every state of knowledge.

mod support;
#[path = "support/trees.rs"]
mod trees;

use cotreat_expr::{Expr, Symbol, Tri, Way};
use proptest::prelude::*;
use support::{Known, Words};
use trees::{Dice, Style, knowledge, trees};

fn compile(text: &str) -> Expr {
    Expr::compile(text, &Words).unwrap_or_else(|errors| panic!("{text}: {errors:?}"))
}

fn unknowns(expr: &Expr, facts: &Known) -> Vec<Symbol> {
    let mut out = Vec::new();
    expr.unknowns(facts, &mut out);
    out
}

fn reasons(expr: &Expr, facts: &Known) -> Vec<Symbol> {
    let mut out = Vec::new();
    expr.reasons(facts, &mut out);
    out
}

fn place(symbol: Symbol) -> usize {
    symbol.0 as usize
}

/// Every error points into the text, on character boundaries, and says something.
fn compiles_or_says_why(text: &str) {
    match Expr::compile(text, &Words) {
        Ok(expr) => {
            let facts = Known::nothing();
            let trace = expr.trace(&facts);
            assert_eq!(expr.eval(&facts), trace.value);
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                assert!(
                    text.get(error.span.start..error.span.end).is_some(),
                    "{text:?}: {error:?}"
                );
                assert!(!error.message.is_empty());
                assert!(error.to_string().len() < 2_000, "{error}");
                error.span.line_column(text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        compiles_or_says_why(&text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        compiles_or_says_why(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_soup_of_tokens_is_read_or_refused(tokens in prop::collection::vec(
        prop::sample::select(vec![
            "a", "age", "onset", "pain_sites", "nobody", "has", "null", "if", "true", "'sudden'", "'x'", "\"", "'", "\\", "50", "-1",
            "1.5", "1e5", "(", ")", "[", "]", ",", "!", "&&", "||", "&", "|", "==", "=", "!=", "<", "<=", ">", ">=", "in",
            "atLeast(", "atLeast(2, [", "score('peg')", "score(", "alarmTier('malignancy', 'urgent')", "+", "-", "?", ":", ".", "{",
            "ß", "\u{a0}", " ", "\n",
        ]), 0..40),
    ) {
        compiles_or_says_why(&tokens.concat());
        compiles_or_says_why(&tokens.join(" "));
    }

    /// The text of a part is an expression of its own, with the same value.
    #[test]
    fn every_part_of_a_trace_stands_by_itself(tree in trees(), facts in knowledge()) {
        let expr = compile(&tree.write(Style::Rule));
        let mut open = vec![expr.trace(&facts)];
        while let Some(part) = open.pop() {
            prop_assert_eq!(part.span.slice(expr.text()), &part.text);
            prop_assert_eq!(compile(&part.text).eval(&facts), part.value, "{}", &part.text);
            open.extend(part.children);
        }
    }

    /// More knowledge never overturns a decided value.
    #[test]
    fn learning_more_keeps_what_was_decided(tree in trees(), facts in knowledge(), seed in any::<u64>()) {
        let expr = compile(&tree.write(Style::Rule));
        let before = expr.eval(&facts);
        let mut dice = Dice::new(seed);
        let mut more = facts.clone();
        for symbol in expr.symbols() {
            if dice.roll(2) == 0 {
                more.fill(place(*symbol), &mut dice);
                let after = expr.eval(&more);
                prop_assert!(before.is_unknown() || before == after, "{}: {} became {}", expr.text(), before, after);
            }
        }
    }

    #[test]
    fn unknowns_and_reasons_exclude_each_other(tree in trees(), facts in knowledge()) {
        let expr = compile(&tree.write(Style::Rule));
        let (unknowns, reasons) = (unknowns(&expr, &facts), reasons(&expr, &facts));
        match expr.eval(&facts) {
            Tri::Unknown => {
                prop_assert!(!unknowns.is_empty());
                prop_assert!(reasons.is_empty());
            }
            _ => prop_assert!(unknowns.is_empty()),
        }
        for list in [unknowns, reasons] {
            let mut each_once = list.clone();
            each_once.sort_unstable();
            each_once.dedup();
            prop_assert_eq!(each_once.len(), list.len());
            prop_assert!(list.iter().all(|symbol| expr.symbols().contains(symbol)));
        }
    }

    /// The quick twins of `paths` say the same as it does, whatever may not be asked.
    #[test]
    fn way_and_fewest_agree_with_paths(tree in trees(), facts in knowledge(), forbidden in any::<u64>()) {
        let expr = compile(&tree.write(Style::Rule));
        let may_ask = |symbol: Symbol, wanted: bool| {
            forbidden & (1 << ((place(symbol) * 2 + usize::from(wanted)) % 64)) == 0
        };
        let leaf = |symbol: Symbol, wanted: bool| may_ask(symbol, wanted).then_some(1);
        for wanted in [true, false] {
            let fewest = expr.paths(wanted, &facts, &leaf).fewest;
            let way = match fewest {
                None => Way::Closed,
                Some(0) => Way::There,
                Some(_) => Way::Open,
            };
            prop_assert_eq!(expr.fewest(wanted, &facts, &leaf), fewest, "{}", expr.text());
            prop_assert_eq!(expr.way(wanted, &facts, &may_ask), way, "{}", expr.text());
        }
    }

    /// Answering everything but the unknowns leaves the value open: all of them together do stand in the way.
    #[test]
    fn other_answers_do_not_help(tree in trees(), facts in knowledge(), seed in any::<u64>()) {
        let expr = compile(&tree.write(Style::Rule));
        if expr.eval(&facts).is_unknown() {
            let in_the_way = unknowns(&expr, &facts);
            let mut more = facts.clone();
            let mut dice = Dice::new(seed);
            for symbol in expr.symbols().iter().filter(|symbol| !in_the_way.contains(symbol)) {
                more.fill(place(*symbol), &mut dice);
            }
            prop_assert_eq!(expr.eval(&more), Tri::Unknown, "{} with {:?}", expr.text(), more);
        }
    }

    /// Answering the unknowns decides. Twice, because which code to look for in a set is asked before the set.
    #[test]
    fn answering_the_unknowns_decides(tree in trees(), facts in knowledge(), seed in any::<u64>()) {
        let expr = compile(&tree.write(Style::Rule));
        let mut more = facts.clone();
        let mut dice = Dice::new(seed);
        for _ in 0..2 {
            for symbol in unknowns(&expr, &more) {
                more.fill(place(symbol), &mut dice);
            }
        }
        prop_assert!(!expr.eval(&more).is_unknown(), "{} with {:?}", expr.text(), more);
    }

    /// The reasons alone, everything else forgotten, give the same value.
    #[test]
    fn the_reasons_suffice(tree in trees(), facts in knowledge()) {
        let expr = compile(&tree.write(Style::Rule));
        let value = expr.eval(&facts);
        if !value.is_unknown() {
            let mut less = Known::nothing();
            for symbol in reasons(&expr, &facts) {
                less.0[place(symbol)] = facts.0[place(symbol)].clone();
            }
            prop_assert_eq!(expr.eval(&less), value, "{} with {:?}", expr.text(), less);
        }
    }

    /// What was there before is kept, and does not count as a repetition.
    #[test]
    fn both_lists_are_appended(tree in trees(), facts in knowledge()) {
        let expr = compile(&tree.write(Style::Rule));
        let before: Vec<Symbol> = expr.symbols().to_vec();
        let mut out = before.clone();
        expr.unknowns(&facts, &mut out);
        expr.reasons(&facts, &mut out);
        let mut expected = before;
        expected.extend(unknowns(&expr, &facts));
        expected.extend(reasons(&expr, &facts));
        prop_assert_eq!(out, expected);
    }
}
