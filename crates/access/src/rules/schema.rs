//! The schema, and the words it has for each action.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{Entities, Entity, EntityId, EntityUid, Schema, SchemaFragment};

use crate::action::Action;
use crate::problem::{Problem, SCHEMA_FILE, line_of, sound};

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

/// Reads the schema. It says every action of the program, with its words, and no other.
pub(super) fn read(text: &str) -> Result<(Schema, BTreeMap<Action, Said>), Vec<Problem>> {
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
    let mut problems = strange(&schema, text);
    let mut said = BTreeMap::new();
    for action in Action::ALL {
        match said_of(*action, &fragment, &entities, text) {
            Ok(one) => drop(said.insert(*action, one)),
            Err(problem) => problems.push(problem),
        }
    }
    sound((schema, said), problems)
}

fn said_of(
    action: Action,
    fragment: &SchemaFragment,
    entities: &Entities,
    text: &str,
) -> Result<Said, Problem> {
    let id = EntityId::new(action.id());
    let Some(entity) = entities.iter().find(|one| one.uid().id() == &id) else {
        let what = format!("the action `{action}` is missing: declare it");
        return Err(Problem::new(SCHEMA_FILE, None, what));
    };
    let words = |key| {
        let words = fragment.action_annotation(None, &id, key).map(str::trim);
        words.filter(|words| !words.is_empty()).map(str::to_owned)
    };
    let (Some(what), Some(otherwise)) = (words("what"), words("otherwise")) else {
        let what = format!(
            "the action `{action}` has no words: give it `@what(\"…\")` and `@otherwise(\"…\")`"
        );
        let line = line_of(text, &format!("action {action}"));
        return Err(Problem::new(SCHEMA_FILE, line, what));
    };
    Ok(Said {
        what,
        otherwise,
        entity: entity.clone(),
    })
}

/// Actions that the program does not have. A group is not an action.
fn strange(schema: &Schema, text: &str) -> Vec<Problem> {
    let groups: BTreeSet<&EntityUid> = schema.action_groups().collect();
    let actions = schema.actions().filter(|uid| !groups.contains(uid));
    let strange = actions.filter(|uid| Action::of(uid.id().unescaped()).is_none());
    let problem = |uid: &EntityUid| {
        let name = uid.id().unescaped();
        Problem::new(
            SCHEMA_FILE,
            line_of(text, &format!("action {name}")),
            format!(
                "the program does nothing that is called `{name}`: remove it, or add it to the actions of the program"
            ),
        )
    };
    strange.map(problem).collect()
}
