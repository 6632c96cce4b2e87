//! The published JSON Schemas describe the files, so that what an editor underlines is what the program refuses.

use cotreat_knowledge::format::Kind;
use jsonschema::Validator;
use serde_json::Value;

use crate::common::guide::{Texts, examples};
use crate::common::shipped;
use crate::problems::shape::MISTAKES;

fn validator(kind: Kind) -> Validator {
    let schema = kind.schema().expect("a TOML kind");
    if let Err(error) = jsonschema::meta::validate(&schema) {
        panic!("the schema of a {} is no JSON Schema: {error}", kind.word());
    }
    jsonschema::validator_for(&schema)
        .unwrap_or_else(|error| panic!("the schema of a {}: {error}", kind.word()))
}

/// What the schema of its kind says against a file; `None` where it is not TOML at all.
fn against(validator: &Validator, text: &str) -> Option<Vec<String>> {
    let value = toml::from_str::<toml::Value>(text).ok()?;
    let value: Value = serde_json::to_value(value).ok()?;
    Some(
        validator
            .iter_errors(&value)
            .map(|error| format!("at `{}`: {error}", error.instance_path()))
            .collect(),
    )
}

/// What the schemas say against a knowledge folder, and how many files were looked at.
fn all_against(texts: &Texts) -> (Vec<String>, usize) {
    let (mut said, mut seen) = (Vec::new(), 0);
    for kind in Kind::TOML {
        let validator = validator(kind);
        for (path, text) in texts
            .iter()
            .filter(|(path, _)| Kind::of(path) == Some(kind))
        {
            seen += 1;
            match against(&validator, text) {
                None => said.push(format!("{path}: not TOML")),
                Some(errors) => {
                    said.extend(errors.into_iter().map(|error| format!("{path}: {error}")))
                }
            }
        }
    }
    (said, seen)
}

#[test]
fn every_example_of_the_guide_fits_its_schema() {
    let (said, seen) = all_against(examples());
    assert!(seen >= Kind::TOML.len());
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn every_shipped_file_fits_its_schema() {
    let (said, seen) = all_against(shipped::texts());
    let toml = shipped::texts()
        .keys()
        .filter(|path| path.ends_with(".toml"))
        .count();
    assert_eq!(seen, toml, "every TOML file of the folder has a kind");
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn a_mistake_in_the_shape_is_one_for_the_schema_too() {
    // JSON has neither numbers without end nor texts that are only not blank.
    let not_for_a_schema = ["an empty text"];
    for mistake in MISTAKES {
        let (said, _) = all_against(&mistake.made());
        let refused = !said.is_empty();
        assert_eq!(
            refused,
            !not_for_a_schema.contains(&mistake.name),
            "{}: {said:?}",
            mistake.name
        );
    }
}

#[test]
fn every_record_is_closed_and_every_key_is_described() {
    for kind in Kind::TOML {
        let schema = kind.schema().expect("a TOML kind");
        let definitions = schema
            .get("$defs")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let records = definitions
            .map(|(name, one)| (name.as_str(), one))
            .chain([(kind.word(), &schema)]);
        for (name, record) in records {
            let Some(keys) = record.get("properties").and_then(Value::as_object) else {
                continue;
            };
            assert_eq!(
                record.get("additionalProperties"),
                Some(&Value::Bool(false)),
                "{name} takes any key"
            );
            for (key, one) in keys {
                let described = one
                    .get("description")
                    .and_then(Value::as_str)
                    .is_some_and(|words| !words.is_empty());
                assert!(
                    described,
                    "an editor has nothing to say about `{key}` in {name}"
                );
            }
        }
    }
}
