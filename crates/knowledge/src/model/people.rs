//! Professions, pathways and profiles.

use crate::ClearableTier;
use crate::handle::Handle;
use crate::model::{Intervention, Rule, Source, Statement, Technique};
use crate::problem::Place;

/// One profession.
#[derive(Clone, Debug)]
pub struct Profession {
    /// `snake_case`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The highest alarm tier it may clear.
    pub may_clear: ClearableTier,
    /// Whether it may lead a plan.
    pub may_lead: bool,
    /// Professions it may guide.
    pub guides: Vec<Handle<Profession>>,
    /// What a referral to it says at least.
    pub referral_content: Vec<String>,
    /// Days until a referral to it is answered.
    pub answer_days: Option<u32>,
    /// Its scope by jurisdiction.
    pub scopes: Vec<Scope>,
    /// The statement.
    pub statement: Statement,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// What a profession may do in a place.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The place.
    pub jurisdiction: String,
    /// Interventions it may deliver.
    pub may: Vec<Handle<Intervention>>,
    /// Interventions it may not.
    pub not_interventions: Vec<Handle<Intervention>>,
    /// What remains of `may` without those, in the order of ids.
    pub(crate) allowed: Vec<Handle<Intervention>>,
    /// Techniques it may not, in the order of ids.
    pub not_techniques: Vec<Handle<Technique>>,
    /// The statement.
    pub statement: Statement,
}

impl Profession {
    /// The scope that holds in a place, with its position: the most specific one (`us_pa` before `us` before `any`).
    #[must_use]
    pub fn scope(&self, jurisdiction: &str) -> Option<(usize, &Scope)> {
        let mut place = jurisdiction;
        loop {
            if let Some(scope) = self
                .scopes
                .iter()
                .enumerate()
                .find(|(_, scope)| scope.jurisdiction == place)
            {
                return Some(scope);
            }
            place = match place.rsplit_once('_') {
                Some((wider, _)) => wider,
                None if place == "any" => return None,
                None => "any",
            };
        }
    }
}

impl Scope {
    /// Whether an intervention lies inside the scope.
    #[must_use]
    pub fn allows(&self, intervention: Handle<Intervention>) -> bool {
        self.allowed.binary_search(&intervention).is_ok()
    }

    /// Whether a technique of an allowed intervention lies inside the scope.
    #[must_use]
    pub fn allows_technique(&self, technique: Handle<Technique>) -> bool {
        self.not_techniques.binary_search(&technique).is_err()
    }
}

/// One way of referring a patient.
#[derive(Clone, Debug)]
pub struct Pathway {
    /// `snake_case`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// To whom.
    pub to: String,
    /// How fast.
    pub within: String,
    /// For whom.
    pub when: Rule,
    /// What the referral must contain.
    pub content: Vec<String>,
    /// Days until a referral on it is answered.
    pub answer_days: Option<u32>,
    /// Pathways that make this one superfluous.
    pub gives_way_to: Vec<Handle<Pathway>>,
    /// The statement.
    pub statement: Statement,
    /// Where it is written.
    pub place: Place,
}

/// Whose guidelines count in a place.
#[derive(Clone, Debug)]
pub struct Profile {
    /// `snake_case`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Sources whose recommendations count.
    pub guidelines: Vec<Handle<Source>>,
    /// What is called in an emergency where the profile is a country.
    pub emergency: Option<Emergency>,
    /// Where it is written.
    pub place: Place,
}

/// What is called in an emergency.
#[derive(Clone, Debug)]
pub struct Emergency {
    /// The number, as it is dialled.
    pub number: String,
    /// The statement.
    pub statement: Statement,
}
