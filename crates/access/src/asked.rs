//! From our words to Cedar's: who asks, what for and about what, with as much as the rules can look at.
//!
//! Ids are carried as they are and never read as Cedar text, so that an id cannot say anything.

use std::collections::{BTreeSet, HashMap, HashSet};

use cedar_policy::{
    Context, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression, Schema,
};

use crate::problem::{Problem, SCHEMA_FILE};
use crate::relation::{Addressee, Relation};
use crate::resource::Resource;
use crate::rules::Said;
use crate::viewer::{Kind, Viewer};

/// A question in Cedar's words.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) request: Request,
    /// What the rules can look at: whoever asks, what is asked about, the action with its groups.
    pub(crate) entities: Vec<Entity>,
}

/// The names of the schema's entities, read once.
#[derive(Debug)]
pub(crate) struct Words {
    staff: EntityTypeName,
    patient: EntityTypeName,
    task_link: EntityTypeName,
    referral_link: EntityTypeName,
    operator: EntityTypeName,
    anonymous: EntityTypeName,
    role: EntityTypeName,
    organisation: EntityTypeName,
    assignment: EntityTypeName,
    referral: EntityTypeName,
    installation: EntityTypeName,
}

/// What is said about an entity, or around a question.
type Attributes = Vec<(String, RestrictedExpression)>;

/// The only operator, the only installation.
const THE: &str = "the";

impl Words {
    pub(crate) fn new() -> Result<Self, Vec<Problem>> {
        let name = |word: &str| {
            let wrong = |error| {
                vec![Problem::new(
                    SCHEMA_FILE,
                    None,
                    format!("`{word}`: {error}"),
                )]
            };
            word.parse::<EntityTypeName>()
                .map_err(|error| wrong(error.to_string()))
        };
        Ok(Self {
            staff: name(Kind::Staff.entity())?,
            patient: name(Kind::Patient.entity())?,
            task_link: name(Kind::Task.entity())?,
            referral_link: name(Kind::Outsider.entity())?,
            operator: name(Kind::Operator.entity())?,
            anonymous: name(Kind::Anonymous.entity())?,
            role: name("Role")?,
            organisation: name("Organisation")?,
            assignment: name("Assignment")?,
            referral: name("Referral")?,
            installation: name("Installation")?,
        })
    }

    /// The question; none where it fits neither the schema nor the program.
    pub(crate) fn ask(
        &self,
        schema: &Schema,
        viewer: &Viewer,
        said: &Said,
        resource: &Resource<'_>,
    ) -> Option<Asked> {
        let mut entities = vec![said.entity.clone()];
        let principal = self.viewer(viewer, &mut entities)?;
        let about = self.resource(resource, &mut entities)?;
        let context = Context::from_pairs(self.context(resource, &mut entities)?).ok()?;
        let action = said.entity.uid();
        let request = Request::new(principal, action, about, context, Some(schema)).ok()?;
        Some(Asked { request, entities })
    }

    fn viewer(&self, viewer: &Viewer, entities: &mut Vec<Entity>) -> Option<EntityUid> {
        let (uid, attributes, parents) = match viewer {
            Viewer::Staff {
                user,
                organisation,
                roles,
                profession,
                second_factor,
                name: _,
            } => {
                let mut attributes = vec![
                    one("organisation", uid(&self.organisation, organisation)),
                    yes("second_factor", *second_factor),
                ];
                attributes.extend(profession.as_ref().map(|id| text("profession", id)));
                let roles = roles.iter().map(|role| uid(&self.role, role.id()));
                (uid(&self.staff, user), attributes, roles.collect())
            }
            Viewer::Task {
                patient,
                assignment,
            } => {
                let attributes = vec![
                    one("patient", uid(&self.patient, patient)),
                    one("assignment", uid(&self.assignment, assignment)),
                ];
                (uid(&self.task_link, assignment), attributes, HashSet::new())
            }
            Viewer::Outsider {
                referral, patient, ..
            } => {
                let attributes = vec![
                    one("patient", uid(&self.patient, patient)),
                    one("referral", uid(&self.referral, referral)),
                ];
                (
                    uid(&self.referral_link, referral),
                    attributes,
                    HashSet::new(),
                )
            }
            // Of these the rules look at nothing but the name.
            Viewer::Patient { patient } => return Some(uid(&self.patient, patient)),
            Viewer::Operator => return Some(uid(&self.operator, THE)),
            Viewer::Anonymous => return Some(uid(&self.anonymous, THE)),
        };
        add(entities, uid, attributes, parents)
    }

    fn resource(&self, resource: &Resource<'_>, entities: &mut Vec<Entity>) -> Option<EntityUid> {
        match *resource {
            Resource::Patient(relation)
            | Resource::Files { kept: relation, .. }
            | Resource::Assignment { of: relation, .. }
            | Resource::Referral { of: relation, .. }
            | Resource::PrivateNotes { of: relation, .. } => self.patient(relation, entities),
            Resource::Organisation {
                organisation,
                privacy_officer,
            } => {
                let officer =
                    privacy_officer.map(|user| one("privacy_officer", uid(&self.staff, user)));
                let uid = uid(&self.organisation, organisation);
                add(entities, uid, officer.into_iter().collect(), HashSet::new())
            }
            Resource::Rows { organisation, .. } => {
                let uid = uid(&self.organisation, organisation);
                add(entities, uid, Vec::new(), HashSet::new())
            }
            // Whoever asks is in the entities already; of anybody else the rules look at nothing but the name.
            Resource::Account { user } => Some(uid(&self.staff, user)),
            Resource::Installation => Some(uid(&self.installation, THE)),
        }
    }

    fn patient(&self, relation: &Relation, entities: &mut Vec<Entity>) -> Option<EntityUid> {
        fn each(ids: &BTreeSet<String>) -> impl Iterator<Item = &str> {
            ids.iter().map(String::as_str)
        }
        let (staff, organisation) = (&self.staff, &self.organisation);
        let attributes = vec![
            several("seen_at", organisation, each(&relation.seen_at)),
            several("shared_by", organisation, each(&relation.shared_by)),
            several("team", staff, each(&relation.team)),
            several("glass", staff, relation.glass_holds()),
            several("referred", staff, relation.referred()),
            several(
                "referred_organisations",
                organisation,
                relation.referred_organisations(),
            ),
            yes("research", relation.research),
        ];
        let uid = uid(&self.patient, &relation.patient);
        add(entities, uid, attributes, HashSet::new())
    }

    /// What is said around the question.
    fn context(&self, resource: &Resource<'_>, entities: &mut Vec<Entity>) -> Option<Attributes> {
        Some(match *resource {
            Resource::Files { kept, merged } => {
                // A file is not entered twice; that one cannot be merged with itself is for `decide` of the care crate to say.
                let other = if kept.patient == merged.patient {
                    uid(&self.patient, &kept.patient)
                } else {
                    self.patient(merged, entities)?
                };
                vec![one("other", other)]
            }
            Resource::Assignment { assignment, .. } => {
                vec![one("assignment", uid(&self.assignment, assignment))]
            }
            Resource::Referral { referral, .. } => {
                let mut said = vec![one("referral", uid(&self.referral, referral))];
                said.extend(resource.addressee().map(|to| match to {
                    Addressee::User(user) => one("to", uid(&self.staff, user)),
                    Addressee::Organisation(id) => {
                        one("to_organisation", uid(&self.organisation, id))
                    }
                }));
                said
            }
            Resource::PrivateNotes { organisation, .. } => {
                vec![one("note_of", uid(&self.organisation, organisation))]
            }
            Resource::Rows { purpose, .. } => vec![text("purpose", purpose.trim())],
            Resource::Patient(_)
            | Resource::Organisation { .. }
            | Resource::Account { .. }
            | Resource::Installation => Vec::new(),
        })
    }
}

fn add(
    entities: &mut Vec<Entity>,
    uid: EntityUid,
    attributes: Attributes,
    parents: HashSet<EntityUid>,
) -> Option<EntityUid> {
    let attributes: HashMap<_, _> = attributes.into_iter().collect();
    entities.push(Entity::new(uid.clone(), attributes, parents).ok()?);
    Some(uid)
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn one(name: &str, uid: EntityUid) -> (String, RestrictedExpression) {
    (name.to_owned(), RestrictedExpression::new_entity_uid(uid))
}

fn several<'a>(
    name: &str,
    kind: &EntityTypeName,
    ids: impl Iterator<Item = &'a str>,
) -> (String, RestrictedExpression) {
    let ids = ids.map(|id| RestrictedExpression::new_entity_uid(uid(kind, id)));
    (name.to_owned(), RestrictedExpression::new_set(ids))
}

fn yes(name: &str, value: bool) -> (String, RestrictedExpression) {
    (name.to_owned(), RestrictedExpression::new_bool(value))
}

fn text(name: &str, value: &str) -> (String, RestrictedExpression) {
    (
        name.to_owned(),
        RestrictedExpression::new_string(value.to_owned()),
    )
}
