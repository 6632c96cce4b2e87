//! Interventions and techniques.

use crate::format::{Aim, Class, Direction, Level, Role, Sequence, Targets};
use crate::handle::Handle;
use crate::model::{Condition, Finding, Profession, Rule, Statement};
use crate::problem::Place;

/// What can be done.
#[derive(Clone, Debug)]
pub struct Intervention {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// What part it plays.
    pub role: Role,
    /// Whether hands or needles are laid on.
    pub hands_on: bool,
    /// Its place on the ladder, 1 to 5.
    pub rung: u8,
    /// What it is for.
    pub aim: Aim,
    /// What comes first.
    pub sequence: Option<Sequence>,
    /// The broader intervention it is a kind of.
    pub kind_of: Option<Handle<Intervention>>,
    /// Where it is possible but not proposed.
    pub not_first_when: Option<Rule>,
    /// Advice that is given even while an emergency stands.
    pub even_in_emergency: bool,
    /// Who may deliver it.
    pub delivered_by: Vec<Handle<Profession>>,
    /// What must be answered before it can be offered.
    pub must_know: Vec<Handle<Finding>>,
    /// What it is, plainly.
    pub explain: String,
    /// Days until its review.
    pub review_days: Option<u32>,
    /// The finding that says whether it was tried.
    pub tried: Option<Handle<Finding>>,
    /// Conditions it acts on.
    pub acts_on: Vec<Handle<Condition>>,
    /// When it ends.
    pub stop_rule: Option<String>,
    /// How much of it; the first whose rule is true.
    pub doses: Vec<Dose>,
    /// What guidelines say.
    pub recommendations: Vec<Recommendation>,
    /// What forbids or changes it.
    pub contraindications: Vec<Contraindication>,
    /// What is named to the patient before consent to treatment.
    pub risks: Vec<Risk>,
    /// What calls for an earlier review.
    pub triggers: Vec<Trigger>,
    /// Its techniques, by id.
    pub techniques: Vec<Handle<Technique>>,
    /// Further statements.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}

/// How much of it.
#[derive(Clone, Debug)]
pub struct Dose {
    /// For whom.
    pub when: Option<Rule>,
    /// Days until the review where this dose holds.
    pub review_days: Option<u32>,
    /// The dose.
    pub statement: Statement,
}

/// What a guideline says about it.
#[derive(Clone, Debug)]
pub struct Recommendation {
    /// Unique in the intervention.
    pub label: String,
    /// Which statement of the guideline this encodes.
    pub statement_id: Option<String>,
    /// Which way it points.
    pub direction: Direction,
    /// The guideline's own word.
    pub strength: String,
    /// The guideline's grade of certainty.
    pub certainty: Option<String>,
    /// For whom.
    pub when: Option<Rule>,
    /// Only together with one of these.
    pub together_with: Vec<Handle<Intervention>>,
    /// Position of the recommendation that it bends.
    pub except: Option<usize>,
    /// The statement.
    pub statement: Statement,
}

/// What a contraindication concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppliesTo {
    /// The whole intervention.
    Whole,
    /// These techniques, in the order of ids.
    Techniques(Vec<Handle<Technique>>),
}

impl AppliesTo {
    /// Whether it concerns a technique of its intervention.
    #[must_use]
    pub fn covers(&self, technique: Handle<Technique>) -> bool {
        match self {
            Self::Whole => true,
            Self::Techniques(techniques) => techniques.binary_search(&technique).is_ok(),
        }
    }
}

/// What forbids or changes it.
#[derive(Clone, Debug)]
pub struct Contraindication {
    /// Unique in the intervention.
    pub label: String,
    /// How it acts.
    pub level: Level,
    /// For whom.
    pub when: Rule,
    /// What it concerns.
    pub applies_to: AppliesTo,
    /// What to keep off.
    pub region: Option<String>,
    /// The statement.
    pub statement: Statement,
}

/// What is named to the patient before consent to treatment.
#[derive(Clone, Debug)]
pub struct Risk {
    /// Unique in the intervention.
    pub label: String,
    /// For which techniques.
    pub applies_to: AppliesTo,
    /// The statement.
    pub statement: Statement,
}

/// What calls for an earlier review.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// For whom.
    pub when: Option<Rule>,
    /// The statement.
    pub statement: Statement,
}

/// How an intervention is done.
#[derive(Clone, Debug)]
pub struct Technique {
    /// `snake_case`.
    pub id: String,
    /// What clinicians call it.
    pub name: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// What it belongs to.
    pub intervention: Handle<Intervention>,
    /// How strongly it acts on tissue.
    pub class: Class,
    /// What safety rules may address.
    pub flags: Vec<String>,
    /// What it works on.
    pub targets: Targets,
    /// What is done.
    pub method: String,
    /// Who may deliver it, where that is narrower than for the intervention.
    pub delivered_by: Vec<Handle<Profession>>,
    /// The statement.
    pub statement: Statement,
    /// What is known about it.
    pub notes: Vec<Statement>,
    /// Where it is written.
    pub place: Place,
}
