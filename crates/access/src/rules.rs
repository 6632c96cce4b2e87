//! The rules as they are read: policies in files, checked against the schema, and laid out so that a decision looks only at those that can matter.

pub(crate) mod policies;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{PolicyId, PolicySet, Schema, ValidationMode, Validator};

use crate::action::Action;
use crate::problem::{Problem, SCHEMA_FILE, sound};
use crate::viewer::Kind;

pub use policies::Rule;
pub(crate) use schema::Said;

/// The rules, checked.
pub(crate) struct Rules {
    pub(crate) schema: Schema,
    list: Vec<Rule>,
    said: BTreeMap<Action, Said>,
    about: BTreeMap<(Action, Kind), PolicySet>,
    none: PolicySet,
}

impl Rules {
    pub(crate) fn read(schema: &str, files: &[(&str, &str)]) -> Result<Self, Vec<Problem>> {
        let (schema, said) = schema::read(schema)?;
        let (all, list) = policies::read(files)?;
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
            none: PolicySet::new(),
        })
    }

    /// The rules that can matter when such a viewer does this.
    pub(crate) fn about(&self, action: Action, kind: Kind) -> &PolicySet {
        self.about.get(&(action, kind)).unwrap_or(&self.none)
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
    let problems = errors.chain(warnings).collect();
    sound((), problems)
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
