//! Muscles, joints and patterns.

use crate::handle::Handle;
use crate::model::{Condition, Finding, Rule, Statement, Technique};
use crate::problem::Place;

/// One muscle.
#[derive(Clone, Debug)]
pub struct Muscle {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// What it does.
    pub action: String,
    /// Its nerve and roots.
    pub nerve: Option<String>,
    /// Where pain from it is described.
    pub referral: Option<String>,
    /// Tender, familiar pain.
    pub tender: Option<Handle<Finding>>,
    /// Weak.
    pub weak: Option<Handle<Finding>>,
    /// Short.
    pub short: Option<Handle<Finding>>,
    /// Findings that test it.
    pub tests: Vec<Handle<Finding>>,
    /// Techniques that release it.
    pub release: Vec<Handle<Technique>>,
    /// Techniques that activate it.
    pub activation: Vec<Handle<Technique>>,
    /// Identifier in an open anatomy ontology.
    pub ontology: Option<String>,
    /// The statement.
    pub statement: Statement,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// One joint or segment.
#[derive(Clone, Debug)]
pub struct Joint {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// How it moves.
    pub motion: String,
    /// Where pain from it is described.
    pub referral: Option<String>,
    /// Findings that test it.
    pub tests: Vec<Handle<Finding>>,
    /// Techniques used on it.
    pub techniques: Vec<Handle<Technique>>,
    /// Contributors that are pain from this joint.
    pub conditions: Vec<Handle<Condition>>,
    /// Identifier in an open anatomy ontology.
    pub ontology: Option<String>,
    /// The statement.
    pub statement: Statement,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// A pattern of inhibited and overworked muscles; never a cause.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// Muscles to activate.
    pub inhibited: Vec<Handle<Muscle>>,
    /// Muscles to release.
    pub overworked: Vec<Handle<Muscle>>,
    /// When it is seen.
    pub when: Rule,
    /// The statement.
    pub statement: Statement,
    /// What speaks against the story.
    pub contested: Vec<Statement>,
    /// What speaks for it.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}
