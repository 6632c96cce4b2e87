//! The catalogues: whole, alike in every language, and all of them built in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use cotreat_ui::AREAS;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;

/// The variables of each text, by its id.
pub type Texts = BTreeMap<String, BTreeSet<String>>;

/// What a file says; panics on whatever cannot be read, as the program would leave it out in silence.
fn read(place: &str, text: &str) -> Texts {
    let resource = parse(text).unwrap_or_else(|(_, errors)| panic!("{place}: {errors:?}"));
    let mut texts = Texts::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.to_owned();
                let value = message
                    .value
                    .unwrap_or_else(|| panic!("{place}: `{id}` says nothing"));
                let mut variables = BTreeSet::new();
                of_pattern(&value, &mut variables);
                assert!(
                    texts.insert(id.clone(), variables).is_none(),
                    "{place}: `{id}` stands there twice"
                );
            }
            Entry::Junk { content } => panic!("{place}: this cannot be read: {content}"),
            _ => {}
        }
    }
    texts
}

fn of_pattern(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, into);
        }
    }
}

fn of_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, into),
        Expression::Select { selector, variants } => {
            of_inline(selector, into);
            for variant in variants {
                of_pattern(&variant.value, into);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, into),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                of_inline(argument, into);
            }
        }
        _ => {}
    }
}

/// Every text of a language, of all areas.
pub fn all(lang: &str) -> Texts {
    let mut whole = Texts::new();
    for area in AREAS {
        let text = if lang == "en" { area.en } else { area.es };
        for (id, variables) in read(&format!("{lang}/{}.ftl", area.name), text) {
            assert!(
                whole.insert(id.clone(), variables).is_none(),
                "{lang}: `{id}` stands in two files"
            );
        }
    }
    whole
}

#[test]
fn both_languages_say_the_same_and_are_told_the_same() {
    for area in AREAS {
        let en = read(&format!("en/{}.ftl", area.name), area.en);
        let es = read(&format!("es/{}.ftl", area.name), area.es);
        let ids = |texts: &Texts| texts.keys().cloned().collect::<Vec<_>>();
        assert_eq!(ids(&en), ids(&es), "the ids of {}.ftl", area.name);
        for (id, variables) in &en {
            assert_eq!(variables, &es[id], "what `{id}` is told");
        }
    }
    assert!(all("en").len() > 50, "the catalogues were read");
    assert_eq!(all("en"), all("es"));
}

#[test]
fn every_file_is_built_in() {
    for lang in ["en", "es"] {
        let folder = format!("{}/words/{lang}", env!("CARGO_MANIFEST_DIR"));
        let found: BTreeSet<String> = fs::read_dir(&folder)
            .expect("the folder of a language")
            .map(|entry| {
                entry
                    .expect("a file")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        let known: BTreeSet<String> = AREAS
            .iter()
            .map(|area| format!("{}.ftl", area.name))
            .collect();
        assert_eq!(found, known, "the areas named in words.rs");
    }
}
