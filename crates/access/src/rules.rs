//! The rules as they are read: files of Cedar policies, checked against the schema, and laid out so that a decision looks only at those that can matter.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr as _;

use cedar_policy::{
    Effect, Entity, EntityId, EntityUid, Policy, PolicyId, PolicySet, Schema, SchemaFragment,
    ValidationMode, Validator,
};

use crate::action::Action;
use crate::viewer::Kind;

/// The schema that belongs to this program.
pub(crate) const SCHEMA: &str = include_str!("../policies/access.cedarschema");
/// The policies that belong to this program.
pub(crate) const POLICIES: [(&str, &str); 5] = [
    ("care.cedar", include_str!("../policies/care.cedar")),
    ("desk.cedar", include_str!("../policies/desk.cedar")),
    ("links.cedar", include_str!("../policies/links.cedar")),
    (
        "organisation.cedar",
        include_str!("../policies/organisation.cedar"),
    ),
    (
        "operation.cedar",
        include_str!("../policies/operation.cedar"),
    ),
];
/// How problems name the schema.
pub(crate) const SCHEMA_FILE: &str = "access.cedarschema";

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

/// Something that is wrong with the rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1; none: the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl Problem {
    pub(crate) fn new(file: &str, line: Option<usize>, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            what: what.into(),
        }
    }
}

/// What the schema says of an action.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    /// What it is, in words.
    pub(crate) what: String,
    /// The sentence of a refusal for which no rule has a better one.
    pub(crate) otherwise: String,
    /// The action with the groups it belongs to.
    pub(crate) entity: Entity,
}

/// The rules, checked.
pub(crate) struct Rules {
    pub(crate) schema: Schema,
    list: Vec<Rule>,
    said: BTreeMap<Action, Said>,
    about: BTreeMap<(Action, Kind), PolicySet>,
}

impl Rules {
    pub(crate) fn read(schema: &str, files: &[(&str, &str)]) -> Result<Self, Vec<Problem>> {
        let (schema, said) = schema_of(schema)?;
        let (all, list) = policies_of(files)?;
        let validator = Validator::new(schema);
        check(&validator, &all, &list)?;
        let schema = validator.schema().clone();
        let about =
            lay_out(&schema, &all).map_err(|what| vec![Problem::new(SCHEMA_FILE, None, what)])?;
        Ok(Self {
            schema,
            list,
            said,
            about,
        })
    }

    /// The rules that can matter when such a viewer does this; none: nothing is said about it.
    pub(crate) fn about(&self, action: Action, kind: Kind) -> Option<&PolicySet> {
        self.about.get(&(action, kind))
    }

    pub(crate) fn said(&self, action: Action) -> Option<&Said> {
        self.said.get(&action)
    }

    pub(crate) fn list(&self) -> impl Iterator<Item = &Rule> {
        self.list.iter()
    }

    pub(crate) fn rule(&self, id: &str) -> Option<&Rule> {
        self.list.iter().find(|rule| rule.id == id)
    }
}

/// The schema, and what it says of each action.
fn schema_of(text: &str) -> Result<(Schema, BTreeMap<Action, Said>), Vec<Problem>> {
    let whole = |what: String| vec![Problem::new(SCHEMA_FILE, None, what)];
    let (fragment, warnings) =
        SchemaFragment::from_cedarschema_str(text).map_err(|error| whole(error.to_string()))?;
    if let Some(warning) = { warnings }.next() {
        return Err(whole(warning.to_string()));
    }
    let schema = Schema::from_schema_fragments([fragment.clone()])
        .map_err(|error| whole(error.to_string()))?;
    let entities = schema
        .action_entities()
        .map_err(|error| whole(error.to_string()))?;
    let mut problems = Vec::new();
    let mut said = BTreeMap::new();
    for action in Action::ALL {
        let id = EntityId::new(action.id());
        let sentence = |key| {
            fragment
                .action_annotation(None, &id, key)
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        let entity = entities.iter().find(|one| one.uid().id() == &id);
        match (entity, sentence("what"), sentence("otherwise")) {
            (Some(entity), Some(what), Some(otherwise)) => {
                let entity = entity.clone();
                let one = Said {
                    what,
                    otherwise,
                    entity,
                };
                said.insert(*action, one);
            }
            (None, ..) => problems.push(Problem::new(
                SCHEMA_FILE,
                None,
                format!("the action `{action}` is missing: declare it"),
            )),
            _ => problems.push(Problem::new(
                SCHEMA_FILE,
                line_of(text, &format!("action {action}")),
                format!(
                    "the action `{action}` has no words: give it `@what(\"…\")` and `@otherwise(\"…\")`"
                ),
            )),
        }
    }
    let groups: BTreeSet<&EntityUid> = schema.action_groups().collect();
    for uid in schema.actions().filter(|uid| !groups.contains(uid)) {
        if Action::of(uid.id().unescaped()).is_none() {
            problems.push(Problem::new(
                SCHEMA_FILE,
                line_of(text, &format!("action {}", uid.id().unescaped())),
                format!(
                    "the program does nothing that is called `{}`: remove it, or add it to the actions of the program",
                    uid.id().unescaped()
                ),
            ));
        }
    }
    if problems.is_empty() {
        Ok((schema, said))
    } else {
        Err(problems)
    }
}

/// The policies under their own ids, and the rules they are.
fn policies_of(files: &[(&str, &str)]) -> Result<(PolicySet, Vec<Rule>), Vec<Problem>> {
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
    if problems.is_empty() {
        Ok((all, list))
    } else {
        Err(problems)
    }
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

/// The first line that holds this.
fn line_of(text: &str, what: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.contains(what))
        .map(|at| at + 1)
}

/// The rules fit the schema, strictly, and each can hold at all.
fn check(validator: &Validator, all: &PolicySet, list: &[Rule]) -> Result<(), Vec<Problem>> {
    let found = validator.validate(all, ValidationMode::Strict);
    let place = |id: &PolicyId| {
        let rule = list
            .iter()
            .find(|rule| rule.id == *AsRef::<str>::as_ref(id));
        rule.map_or(("", None), |rule| (rule.file.as_str(), Some(rule.line)))
    };
    let problem = |id: &PolicyId, what: String| {
        let (file, line) = place(id);
        Problem::new(file, line, what)
    };
    let errors = found
        .validation_errors()
        .map(|error| problem(error.policy_id(), error.to_string()));
    let warnings = found
        .validation_warnings()
        .map(|warning| problem(warning.policy_id(), warning.to_string()));
    let problems: Vec<Problem> = errors.chain(warnings).collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// For each action and sort of viewer, the rules that are not plainly false for them. The others cannot change a decision.
fn lay_out(
    schema: &Schema,
    all: &PolicySet,
) -> Result<BTreeMap<(Action, Kind), PolicySet>, String> {
    let mut about: BTreeMap<(Action, Kind), PolicySet> = BTreeMap::new();
    for policy in all.policies() {
        let mut places = BTreeSet::new();
        for asked in policy.get_valid_request_envs(schema) {
            let action = Action::of(asked.action().id().unescaped());
            let principal = asked.principal().basename();
            let kind = Kind::ALL
                .into_iter()
                .find(|kind| kind.entity() == principal);
            match (action, kind) {
                (Some(action), Some(kind)) => places.insert((action, kind)),
                _ => return Err(format!("nobody asks as `{principal}`: remove it")),
            };
        }
        for place in places {
            let set = about.entry(place).or_default();
            set.add(policy.clone()).map_err(|error| error.to_string())?;
        }
    }
    Ok(about)
}
