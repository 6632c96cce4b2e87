//! Every rule is CEL and means what CEL says, as far as everything is known: compared with the `cel` crate.
//!
//! `cel` parses by recursion without a limit of its own that fits a test thread, so it runs on a thread with a large stack.

mod support;
#[path = "support/trees.rs"]
mod trees;

use std::collections::HashMap;
use std::sync::Arc;

use cel::{Context, Env, Program, Value as Cel};
use cotreat_expr::{Expr, Tri};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::{FACTS, Known, Value, Words, codes_of};
use trees::{Dice, Style, knowledge, trees};

const COMPLETIONS: usize = 64;

/// Runs `test` where `cel` has room.
fn with_room(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(test)
        .expect("a thread");
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// What `cel` says when every fact is known.
fn cel_value(program: &Program, env: &Arc<Env>, facts: &Known) -> bool {
    let mut context = Context::with_env(Arc::clone(env));
    let mut calls: HashMap<String, Cel> = HashMap::new();
    for (place, (written, kind)) in FACTS.iter().enumerate() {
        let codes = match kind {
            cotreat_expr::Type::Code(domain) | cotreat_expr::Type::Set(domain) => codes_of(*domain),
            _ => &[],
        };
        let value: Cel = match &facts.0[place] {
            Value::Bool(value) => (*value).into(),
            Value::Number(value) => (*value).into(),
            Value::Code(code) => codes[usize::from(code.0)].into(),
            Value::Set(holds) => {
                let held = codes.iter().zip(holds).filter(|(_, tri)| tri.is_yes());
                Cel::List(Arc::new(held.map(|(code, _)| Cel::from(*code)).collect()))
            }
            Value::Unknown => panic!("`{written}` is unknown"),
        };
        if written.contains('(') {
            calls.insert((*written).to_owned(), value);
        } else {
            context.add_variable_from_value(*written, value);
        }
    }
    let calls = Arc::new(calls);
    for function in ["score", "alarm", "likely"] {
        let calls = Arc::clone(&calls);
        let answer = move |name: Arc<String>| calls[&format!("{function}('{name}')")].clone();
        context.add_function(function, answer).expect("a free name");
    }
    let answer =
        move |a: Arc<String>, b: Arc<String>| calls[&format!("alarmTier('{a}','{b}')")].clone();
    context
        .add_function("alarmTier", answer)
        .expect("a free name");
    let at_least = |n: i64, list: Arc<Vec<Cel>>| -> bool {
        let yes = list
            .iter()
            .filter(|value| **value == Cel::Bool(true))
            .count();
        i64::try_from(yes).is_ok_and(|yes| yes >= n)
    };
    context
        .add_function("atLeast", at_least)
        .expect("a free name");
    match program.execute(&context) {
        Ok(Cel::Bool(value)) => value,
        other => panic!("cel says {other:?}"),
    }
}

/// Where everything is known the two agree; where something is not, a decided value holds however the gaps are filled.
#[test]
fn agrees_with_cel() {
    with_room(|| {
        let env = Arc::new(Env::stdlib());
        let mut runner = TestRunner::new(Config {
            failure_persistence: None,
            ..Config::with_cases(400)
        });
        let decided = std::cell::Cell::new(0);
        let result = runner.run(
            &(trees(), knowledge(), any::<u64>()),
            |(tree, facts, seed)| {
                let (rule, text) = (tree.write(Style::Rule), tree.write(Style::Cel));
                let expr = Expr::compile(&rule, &Words)
                    .unwrap_or_else(|errors| panic!("{rule}: {errors:?}"));
                let program =
                    Program::compile(&text).unwrap_or_else(|errors| panic!("{text}: {errors}"));
                let ours = expr.eval(&facts);
                decided.set(decided.get() + usize::from(!ours.is_unknown()));
                let mut dice = Dice::new(seed);
                for _ in 0..COMPLETIONS {
                    let known = facts.completed(&mut dice);
                    let theirs = Tri::from(cel_value(&program, &env, &known));
                    prop_assert_eq!(expr.eval(&known), theirs, "{} with {:?}", &rule, &known);
                    if !ours.is_unknown() {
                        prop_assert_eq!(
                            ours,
                            theirs,
                            "{} was decided too early with {:?}",
                            &rule,
                            &facts
                        );
                    }
                }
                Ok(())
            },
        );
        if let Err(error) = result {
            panic!("{error}");
        }
        // Else the second comparison would say little.
        assert!(
            decided.get() >= 40,
            "only {} cases were decided",
            decided.get()
        );
    });
}

/// The rule text itself, numbers and all, is CEL: nothing that compiles here is refused there.
#[test]
fn every_rule_parses_as_cel() {
    with_room(|| {
        let mut runner = TestRunner::new(Config {
            failure_persistence: None,
            ..Config::with_cases(200)
        });
        let result = runner.run(&trees(), |tree| {
            let text = tree.write(Style::Rule);
            prop_assert!(Expr::compile(&text, &Words).is_ok(), "{}", &text);
            prop_assert!(Program::compile(&text).is_ok(), "{}", &text);
            Ok(())
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    });
}

/// The other half of "strict subset", for texts that no tree would write: what compiles here parses there.
#[test]
fn token_soup_that_compiles_is_cel() {
    with_room(|| {
        let mut runner = TestRunner::new(Config {
            failure_persistence: None,
            ..Config::with_cases(30_000)
        });
        let compiled = std::cell::Cell::new(0);
        let result = runner.run(&soup(), |text| {
            if Expr::compile(&text, &Words).is_ok() {
                compiled.set(compiled.get() + 1);
                prop_assert!(Program::compile(&text).is_ok(), "{}", &text);
            }
            Ok(())
        });
        if let Err(error) = result {
            panic!("{error}");
        }
        assert!(
            compiled.get() >= 100,
            "only {} texts compiled",
            compiled.get()
        );
    });
}

fn soup() -> impl Strategy<Value = String> {
    let token = proptest::sample::select(vec![
        "a",
        "b",
        "fever",
        "age",
        "onset",
        "pain_sites",
        "true",
        "false",
        "'sudden'",
        "\"leg\"",
        "'a'",
        "50",
        "-1.5",
        "0",
        "007",
        "(",
        ")",
        "[",
        "]",
        ",",
        "!",
        "!!",
        "&&",
        "||",
        "==",
        "!=",
        "<",
        ">=",
        "in",
        "in ['sudden']",
        "atLeast(1, [",
        "])",
        "alarm('malignancy')",
        "\t",
        "\n",
    ]);
    (prop::collection::vec(token, 1..6), prop::bool::ANY)
        .prop_map(|(tokens, spaced)| tokens.join(if spaced { " " } else { "" }))
}
