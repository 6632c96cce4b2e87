//! The policies: each has an id, and a reason in a sentence.

use std::str::FromStr as _;

use cedar_policy::{Effect, Policy, PolicyId, PolicySet};

use crate::problem::{Problem, line_of, sound};

/// A rule: one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Why it allows or forbids, in a sentence for people.
    pub because: String,
    /// It allows; else it forbids.
    pub permits: bool,
    /// The file in which it stands.
    pub file: String,
    /// The line of its id there, from 1.
    pub line: usize,
}

/// The policies under their own ids, and the rules they are.
pub(crate) fn read(files: &[(&str, &str)]) -> Result<(PolicySet, Vec<Rule>), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut all = PolicySet::new();
    let mut list: Vec<Rule> = Vec::new();
    for (file, text) in files {
        let set = match PolicySet::from_str(text) {
            Ok(set) => set,
            Err(errors) => {
                let told = errors
                    .iter()
                    .map(|error| Problem::new(file, None, error.to_string()));
                problems.extend(told);
                continue;
            }
        };
        if set.templates().next().is_some() {
            problems.push(Problem::new(
                file,
                None,
                "a rule holds a blank (`?principal` or `?resource`): nothing fills it, write what is meant",
            ));
        }
        let mut own = Vec::new();
        for policy in set.policies() {
            match rule_of(file, text, policy) {
                Ok(rule) => own.push((rule, policy)),
                Err(problem) => problems.push(problem),
            }
        }
        own.sort_by_key(|(rule, _)| rule.line);
        for (rule, policy) in own {
            match all.add(policy.new_id(PolicyId::new(&rule.id))) {
                Ok(()) => list.push(rule),
                Err(_) => problems.push(Problem::new(
                    file,
                    Some(rule.line),
                    format!(
                        "there are two rules `{}`: give one of them another id",
                        rule.id
                    ),
                )),
            }
        }
    }
    sound((all, list), problems)
}

fn rule_of(file: &str, text: &str, policy: &Policy) -> Result<Rule, Problem> {
    let sentence = |key| {
        let words = policy.annotation(key).map(str::trim);
        words.filter(|words| !words.is_empty()).map(str::to_owned)
    };
    let missing = |what: &str, line| Problem::new(file, line, format!("a rule has no {what}"));
    let id = sentence("id").ok_or_else(|| {
        let told: String = policy.to_string().chars().take(60).collect();
        missing(&format!("id, give it `@id(\"…\")`: {told} …"), None)
    })?;
    let line = line_of(text, &format!("@id(\"{id}\")"));
    let because = sentence("because")
        .ok_or_else(|| missing(&format!("reason: give `{id}` a `@because(\"…\")`"), line))?;
    Ok(Rule {
        id,
        because,
        permits: policy.effect() == Effect::Permit,
        file: file.to_owned(),
        line: line.unwrap_or(1),
    })
}
