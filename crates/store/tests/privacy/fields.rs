//! The fields of the events as their JSON Schemas tell them.
//!
//! | place | what |
//! | --- | --- |
//! | `care.recorded.at` | a field that every event of care has |
//! | `care.event.session_recorded.session` | a field of one event |
//! | `care.shape.Session.minutes` | a field of something that stands in one or more events |
//! | `care.shape.Said.itself` | something that can be a single word as well as an object |

use std::collections::{BTreeMap, BTreeSet};

use cotreat_people::event::{OrganisationEvent, PatientEvent, Recorded, UserEvent};
use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value};

/// The places of all fields of all events.
pub fn of_all_events() -> BTreeSet<String> {
    let mut places = of::<cotreat_care::event::Recorded>("care");
    places.extend(of::<Recorded<OrganisationEvent>>("people"));
    places.extend(of::<Recorded<UserEvent>>("people"));
    places.extend(of::<Recorded<PatientEvent>>("people"));
    places
}

fn of<T: JsonSchema>(part: &str) -> BTreeSet<String> {
    let schema = schema_for!(T).to_value();
    let mut walk = Walk {
        part,
        shapes: shapes(&schema),
        seen: BTreeSet::new(),
        places: BTreeSet::new(),
    };
    walk.recorded(&schema);
    walk.places
}

fn shapes(schema: &Value) -> BTreeMap<String, Value> {
    let shapes = schema.get("$defs").and_then(Value::as_object);
    let shapes = shapes.into_iter().flatten();
    shapes
        .map(|(name, shape)| (name.clone(), shape.clone()))
        .collect()
}

struct Walk<'a> {
    part: &'a str,
    shapes: BTreeMap<String, Value>,
    /// Shapes that were walked through.
    seen: BTreeSet<String>,
    places: BTreeSet<String>,
}

impl Walk<'_> {
    /// What all events have in common, and each event.
    fn recorded(&mut self, schema: &Value) {
        self.properties(schema, &format!("{}.recorded", self.part));
        let events = alternatives(schema);
        assert!(!events.is_empty(), "the events of {}", self.part);
        for event in events {
            let kind = &event["properties"]["event"]["const"];
            let kind = kind.as_str().expect("every event has a kind");
            self.inside(&event, &format!("{}.event.{kind}", self.part));
        }
    }

    /// The fields that stand in an object: its own, those of a shape that is written into it, and those of each of its kinds.
    fn inside(&mut self, schema: &Value, place: &str) {
        self.properties(schema, place);
        if let Some(shape) = shape_of(schema).and_then(|name| self.shapes.get(&name).cloned()) {
            self.inside(&shape, place);
        }
        for alternative in alternatives(schema) {
            if self.holds_fields(&alternative) {
                self.inside(&alternative, place);
            } else {
                self.places.insert(format!("{place}.itself"));
            }
        }
    }

    fn properties(&mut self, schema: &Value, place: &str) {
        for (name, field) in properties(schema) {
            // The kind of an event stands in its name.
            if !(name == "event" && field.get("const").is_some()) {
                self.field(&field, &format!("{place}.{name}"));
            }
        }
    }

    /// A field is a value, a shape, or either of them.
    fn field(&mut self, field: &Value, place: &str) {
        if let Some(name) = shape_of(field) {
            let shape = self
                .shapes
                .get(&name)
                .cloned()
                .unwrap_or_else(|| panic!("{place}: no shape {name}"));
            if self.holds_fields(&shape) {
                if self.seen.insert(name.clone()) {
                    self.inside(&shape, &format!("{}.shape.{name}", self.part));
                }
            } else {
                self.places.insert(place.to_owned());
            }
            return;
        }
        if let Some(items) = field.get("items") {
            self.field(items, place);
            return;
        }
        let alternatives = alternatives(field);
        if !alternatives.is_empty() {
            for alternative in alternatives
                .iter()
                .filter(|one| one.get("type") != Some(&Value::from("null")))
            {
                self.field(alternative, place);
            }
        } else if properties(field).is_empty() {
            self.places.insert(place.to_owned());
        } else {
            self.properties(field, place);
        }
    }

    fn holds_fields(&self, schema: &Value) -> bool {
        let shape = shape_of(schema).and_then(|name| self.shapes.get(&name));
        !properties(schema).is_empty()
            || shape.is_some_and(|shape| self.holds_fields(shape))
            || alternatives(schema)
                .iter()
                .any(|one| self.holds_fields(one))
    }
}

fn properties(schema: &Value) -> Map<String, Value> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.cloned().unwrap_or_default()
}

fn alternatives(schema: &Value) -> Vec<Value> {
    let lists = ["oneOf", "anyOf", "allOf"].into_iter();
    let lists = lists.filter_map(|list| schema.get(list).and_then(Value::as_array));
    lists.flatten().cloned().collect()
}

fn shape_of(schema: &Value) -> Option<String> {
    let name = schema.get("$ref")?.as_str()?;
    name.rsplit('/').next().map(str::to_owned)
}
