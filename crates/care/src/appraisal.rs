//! The appraisal: all that can be said about a patient now, as one plain value.
//!
//! Every face (text, Markdown, JSON, later pages, cards and letters) shows this value; none decides anything. Ids are words from the
//! knowledge files. Every statement carries its reasons, down to the file and line.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of this shape.
pub const SCHEMA: &str = "cotreat.appraisal/1";

/// All that can be said now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appraisal {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What the patient or case is called in print; never an identifier.
    pub title: String,
    /// The day it is made for.
    pub as_of: String,
    /// Where the patient is seen.
    pub setting: String,
    /// Which scope of practice holds.
    pub jurisdiction: String,
    /// Whose guidelines count: a profile, or `all`.
    pub profile: String,
    /// The guidelines of the profile, and how much of each is known here; empty for `all`.
    pub guidelines: Vec<Guideline>,
    /// Version of the engine.
    pub engine: String,
    /// Hash of the knowledge release.
    pub knowledge: String,
    /// Whether the knowledge behind it was certified by a clinician.
    pub certification: Certification,
    /// The patient this program is not made for: what to say instead.
    pub out_of_scope: Option<String>,
    /// What matters most, in a few lines.
    pub summary: Vec<String>,
    /// What was recorded.
    pub facts: Vec<KnownFact>,
    /// Scores that could be worked out.
    pub scores: Vec<KnownScore>,
    /// How the episode is sorted.
    pub classes: Vec<Class>,
    /// Alarms that stand, were cleared, or could still be raised; most urgent first.
    pub alarms: Vec<Alarm>,
    /// Contributors, most likely first.
    pub contributors: Vec<Contributor>,
    /// Muscle patterns; never a cause.
    pub patterns: Vec<Pattern>,
    /// What to ask next.
    pub questions: Questions,
    /// The plan.
    pub plan: Plan,
    /// Whom to refer to.
    pub pathways: Vec<Pathway>,
    /// Every source that is cited above.
    pub sources: Vec<CitedSource>,
}

/// A guideline that counts in the chosen profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guideline {
    /// Id of the source.
    pub source: String,
    /// How it is called in short.
    pub short: String,
    /// Whether all its recommendations on back pain are known here.
    pub complete: bool,
    /// What is known of it and what is not.
    pub note: Option<String>,
}

/// Whether a clinician certified the files behind this appraisal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certification {
    /// Files cited here whose present text was certified.
    pub certified: u32,
    /// Files cited here that nobody certified.
    pub not_certified: u32,
    /// What to tell the reader.
    pub note: String,
}

/// Why something is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The statement.
    pub says: String,
    /// Id of the source, if there is one.
    pub source: Option<String>,
    /// How the source is called in short.
    pub source_name: Option<String>,
    /// Where in the source.
    pub location: Option<String>,
    /// `source`, `secondary` or `expert_judgement`.
    pub basis: String,
    /// Somebody certified the file.
    pub certified: bool,
    /// File and line behind the statement.
    pub place: String,
    /// The answers that made the rule true.
    pub because: Vec<String>,
}

/// Something with an id, as a reader calls it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// A recorded fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownFact {
    /// Id of the finding.
    pub finding: String,
    /// What it is called.
    pub name: String,
    /// Its value in words.
    pub value: String,
    /// When.
    pub on: String,
    /// Who.
    pub by: Option<String>,
    /// How.
    pub how: Option<String>,
    /// Treatments: the dose.
    pub dose: Option<String>,
}

/// A score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownScore {
    /// `peg` or `start_back.distress`.
    pub score: String,
    /// What the instrument is called.
    pub name: String,
    /// The value.
    pub value: f64,
    /// Smallest and largest possible value.
    pub range: (f64, f64),
    /// `worse` or `better`.
    pub higher: String,
    /// The band it lies in.
    pub band: Option<String>,
}

/// One classification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Id of the classification.
    pub classification: String,
    /// What it is called.
    pub name: String,
    /// Values that hold, by id.
    pub values: Vec<String>,
    /// What they are called.
    pub names: Vec<String>,
    /// Something must be asked to know it fully.
    pub unknown: bool,
    /// What would have to be asked.
    pub missing: Vec<Named>,
    /// Why.
    pub why: Vec<Reason>,
}

/// The alarm state of one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
    /// Id of the condition.
    pub condition: String,
    /// What it is called.
    pub name: String,
    /// The tier that stands.
    pub reached: Option<String>,
    /// The higher tier that unanswered questions could still raise it to.
    pub could_reach: Option<String>,
    /// The unanswered questions.
    pub missing: Vec<Named>,
    /// It stops hands-on care.
    pub stops_hands_on: bool,
    /// The rules that hold.
    pub raised: Vec<Raised>,
}

/// One alarm rule that holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// Label of the rule.
    pub label: String,
    /// Its tier.
    pub tier: String,
    /// What to do.
    pub action: String,
    /// By when.
    pub within: Option<String>,
    /// Professions that may clear it.
    pub may_clear: Vec<String>,
    /// What cleared it, if anything did.
    pub cleared: Option<String>,
    /// Clearings that do not hold, and why not.
    pub not_cleared: Vec<String>,
    /// Why.
    pub why: Reason,
}

/// One contributor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contributor {
    /// Id of the condition.
    pub condition: String,
    /// What it is called.
    pub name: String,
    /// Its family.
    pub group: String,
    /// `unlikely`, `possible`, `likely`, `very_likely` or `cannot_say`.
    pub band: String,
    /// `ratios` or `criteria`.
    pub method: String,
    /// Median probability; only from ratios.
    pub median: Option<f64>,
    /// 95 % interval; only from ratios.
    pub interval: Option<(f64, f64)>,
    /// The starting point or the criterion.
    pub basis: Option<Reason>,
    /// What speaks for or against it.
    pub evidence: Vec<Evidence>,
    /// Anything the reader must know about how it was worked out.
    pub notes: Vec<String>,
    /// Questions whose answer could move it.
    pub missing: Vec<Named>,
}

/// One line of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Id of the finding.
    pub finding: String,
    /// The finding and its answer in words.
    pub answer: String,
    /// The likelihood ratio for this answer.
    pub ratio: f64,
    /// Whether it counts, and if not why.
    pub counts: String,
    /// Anything the reader must know about it.
    pub notes: Vec<String>,
    /// Where it comes from.
    pub why: Reason,
}

/// A muscle pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Id of the pattern.
    pub pattern: String,
    /// What it is called.
    pub name: String,
    /// Muscles to activate.
    pub inhibited: Vec<String>,
    /// Muscles to release.
    pub overworked: Vec<String>,
    /// Why it is seen.
    pub why: Reason,
    /// What speaks against the story.
    pub contested: Vec<Reason>,
}

/// What to ask next: the best forty of each list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Questions {
    /// What the patient can answer, best first.
    pub patient: Vec<Question>,
    /// What a clinician must examine, best first.
    pub clinician: Vec<Question>,
    /// Pictures and laboratory results to enter where they exist already, best first; no test is asked for here.
    pub results: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Id of the finding or instrument.
    pub ask: String,
    /// The words of the question.
    pub words: String,
    /// Possible answers.
    pub answers: Vec<String>,
    /// What the answer would change.
    pub because: String,
    /// How long it takes.
    pub burden_seconds: u32,
    /// Where the question stands.
    pub place: String,
}

/// The plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Whether any hands-on care is offered.
    pub hands_on: bool,
    /// Alarms that stop hands-on care.
    pub hands_on_stopped_by: Vec<String>,
    /// What the patient wants to be able to do.
    pub goals: Vec<String>,
    /// An emergency stands: conditions because of which everything else waits.
    pub emergency: Vec<String>,
    /// What to tell the patient while an emergency or urgent alarm stands.
    pub tell: Vec<String>,
    /// When it is looked at again.
    pub review_on: Option<String>,
    /// What calls for an earlier review, of all proposed lines, each once; what has happened already first.
    pub triggers: Vec<Trigger>,
    /// What goes first where release and activation are both planned.
    pub sequence: Option<String>,
    /// One line per intervention, in the order in which they are shown.
    pub lines: Vec<Line>,
}

/// One line of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Id of the intervention.
    pub intervention: String,
    /// What it is called.
    pub name: String,
    /// What it reads: `offered`, `conflict`, `not_yet`, `last_resort`, `stopped`, `declined`, `unavailable`, `against`, `not_indicated`.
    pub status: String,
    /// The status in a sentence.
    pub reading: String,
    /// Proposed; an offered line that is not preselected is possible too.
    pub preselected: bool,
    /// `active`, `passive`, `advice`, `medicine`, `invasive`, `investigation`.
    pub role: String,
    /// Its place on the ladder.
    pub rung: u8,
    /// `cause`, `symptom`, `prevention`.
    pub aim: String,
    /// What it is, plainly.
    pub explain: String,
    /// The patient asked for it.
    pub wanted: bool,
    /// Whether it was tried, and the response.
    pub tried: Option<String>,
    /// Possible contributors it acts on.
    pub acts_on: Vec<String>,
    /// What must be asked first.
    pub ask_first: Vec<Named>,
    /// How much.
    pub dose: Option<Reason>,
    /// Who can deliver it, and under whose guidance.
    pub who: Vec<Who>,
    /// What it works on.
    pub targets: Vec<Target>,
    /// Recommendations that hold.
    pub advice: Vec<Recommendation>,
    /// Contraindications that hold, and those not yet excluded.
    pub safety: Vec<Safety>,
    /// Techniques that are not simply allowed.
    pub techniques: Vec<Technique>,
    /// Techniques that are allowed as usual.
    pub allowed_techniques: Vec<Named>,
    /// Together with which active care.
    pub together_with: Vec<String>,
    /// Days until its review.
    pub review_days: Option<u32>,
    /// When it ends.
    pub stop_rule: Option<String>,
    /// What calls for an earlier review.
    pub triggers: Vec<Trigger>,
}

/// Who can deliver a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// Id of the profession.
    pub profession: String,
    /// What it is called.
    pub name: String,
    /// It may lead the plan.
    pub leads: bool,
    /// It does not lead, and works under the guidance of professions that do.
    pub needs_guidance: bool,
    /// Names of professions within reach that may guide it, where it does not lead.
    pub guided_by: Vec<String>,
}

/// What calls for an earlier review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// It has happened already.
    pub happened: bool,
    /// It belongs to advice or active care, not to one passive treatment or medicine alone.
    pub general: bool,
    /// What happens and what to do then.
    pub why: Reason,
}

/// A muscle or joint a line works on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// `muscle` or `joint`.
    pub kind: String,
    /// Its id.
    pub target: String,
    /// What it is called.
    pub name: String,
    /// Why it is here: a muscle is `examined` or belongs to a `pattern`; a joint, because of the contributor named.
    pub because: String,
    /// Techniques that serve it and are safe.
    pub techniques: Vec<Named>,
}

/// A recommendation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// Its label.
    pub label: String,
    /// `for`, `against`, `none`.
    pub direction: String,
    /// The guideline's own word.
    pub strength: String,
    /// The guideline's grade of certainty.
    pub certainty: Option<String>,
    /// `holds`, `open`, or `bent` by an exception.
    pub state: String,
    /// Why.
    pub why: Reason,
}

/// A contraindication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// Its label.
    pub label: String,
    /// `stop`, `adapt`, `avoid_region`, `ask`.
    pub level: String,
    /// `holds` or `open`.
    pub state: String,
    /// The region to keep off.
    pub region: Option<String>,
    /// The techniques it concerns; none: the whole intervention.
    pub concerns: Vec<Named>,
    /// Why.
    pub why: Reason,
}

/// A technique that is not simply allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Its id.
    pub technique: String,
    /// What it is called.
    pub name: String,
    /// `adapted`, `not_yet`, `out_of_scope`, `stopped`.
    pub status: String,
    /// Labels of the contraindications behind it.
    pub because: Vec<String>,
    /// What must be asked first.
    pub ask_first: Vec<Named>,
}

/// A pathway to take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// Its id.
    pub pathway: String,
    /// What it is called.
    pub name: String,
    /// To whom.
    pub to: String,
    /// How fast.
    pub within: String,
    /// What the referral must contain.
    pub content: Vec<String>,
    /// Why.
    pub why: Reason,
}

/// A source that is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CitedSource {
    /// Its id.
    pub source: String,
    /// How it is called in short.
    pub short: String,
    /// Full citation.
    pub citation: String,
    /// Web address or DOI.
    pub link: Option<String>,
    /// How much of it was read.
    pub read: String,
    /// Anything a reader must know.
    pub note: Option<String>,
}

impl Appraisal {
    /// The canonical JSON: keys sorted, two spaces, a newline at the end. The same appraisal always gives the same bytes.
    ///
    /// # Errors
    /// Never for an appraisal made by this crate: it holds no value that JSON cannot carry.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        // Through a value, whose maps are sorted here: whether they come sorted depends on what else is in the build.
        let mut value = serde_json::to_value(self)?;
        value.sort_all_objects();
        let mut text = serde_json::to_string_pretty(&value)?;
        text.push('\n');
        Ok(text)
    }

    /// The JSON Schema of [`Self::to_json`].
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Self).to_value()
    }
}
