//! Compares an appraisal with what a case expects.

use cotreat_knowledge::{Handle, Knowledge, Problem, Table, Tier, did_you_mean};

use super::Node;
use crate::appraisal::Appraisal;
use crate::input::At;
use crate::plan::Status;

const KEYS: [&str; 15] = [
    "alarms",
    "could_reach",
    "contributors",
    "classes",
    "plan",
    "techniques",
    "targets",
    "patterns",
    "pathways",
    "ask_patient_first",
    "ask_clinician_first",
    "must_ask",
    "hands_on",
    "preselected",
    "not_preselected",
];

const BANDS: [&str; 5] = [
    "unlikely",
    "possible",
    "likely",
    "very_likely",
    "cannot_say",
];
const TECHNIQUES: [&str; 5] = ["allowed", "adapted", "not_yet", "out_of_scope", "stopped"];

/// Everything in which the appraisal differs from the expectation.
#[must_use]
pub fn differences(expect: &At, appraisal: &Appraisal, knowledge: &Knowledge) -> Vec<Problem> {
    let mut compare = Compare {
        appraisal,
        knowledge,
        problems: Vec::new(),
    };
    let Node::Table(entries) = &expect.node else {
        return compare.problems;
    };
    for (key, at) in entries {
        match key.as_str() {
            "alarms" => compare.each(
                at,
                &knowledge.conditions,
                "condition",
                &tiers(),
                Compare::alarm,
            ),
            "could_reach" => compare.each(
                at,
                &knowledge.conditions,
                "condition",
                &tiers(),
                Compare::could_reach,
            ),
            "contributors" => compare.each(
                at,
                &knowledge.conditions,
                "condition",
                &BANDS,
                Compare::contributor,
            ),
            "plan" => compare.each(
                at,
                &knowledge.interventions,
                "intervention",
                &statuses(),
                Compare::plan,
            ),
            "techniques" => compare.each(
                at,
                &knowledge.techniques,
                "technique",
                &TECHNIQUES,
                Compare::technique,
            ),
            "classes" => compare.classes(at),
            "targets" => compare.targets(at),
            "patterns" => compare.exactly(
                at,
                &knowledge.patterns,
                "pattern",
                appraisal
                    .patterns
                    .iter()
                    .map(|p| p.pattern.as_str())
                    .collect(),
            ),
            "pathways" => compare.exactly(
                at,
                &knowledge.pathways,
                "pathway",
                appraisal
                    .pathways
                    .iter()
                    .map(|p| p.pathway.as_str())
                    .collect(),
            ),
            "ask_patient_first" => compare.first(
                at,
                appraisal.questions.patient.first().map(|q| q.ask.as_str()),
            ),
            "ask_clinician_first" => compare.first(
                at,
                appraisal
                    .questions
                    .clinician
                    .first()
                    .map(|q| q.ask.as_str()),
            ),
            "must_ask" => compare.must_ask(at),
            "preselected" => compare.preselected(at, true),
            "not_preselected" => compare.preselected(at, false),
            "hands_on" => {
                if at.node != Node::Truth(appraisal.plan.hands_on) {
                    compare.differs(
                        at,
                        "hands_on",
                        &appraisal.plan.hands_on.to_string(),
                        &say(at),
                    );
                }
            }
            other => {
                let help = did_you_mean(other, KEYS.into_iter())
                    .unwrap_or_else(|| format!("known are {}", KEYS.join(", ")));
                compare.problems.push(
                    Problem::new(at.place.clone(), format!("`{other}` cannot be expected"))
                        .help(help),
                );
            }
        }
    }
    compare.problems
}

fn tiers() -> Vec<&'static str> {
    Tier::DESCENDING
        .iter()
        .map(|tier| tier.word())
        .chain(["none"])
        .collect()
}

fn statuses() -> Vec<&'static str> {
    [
        "offered",
        "conflict",
        "not_yet",
        "last_resort",
        "stopped",
        "declined",
        "unavailable",
        "against",
        "not_indicated",
    ]
    .into_iter()
    .filter(|word| Status::from_word(word).is_some())
    .collect()
}

struct Compare<'a> {
    appraisal: &'a Appraisal,
    knowledge: &'a Knowledge,
    problems: Vec<Problem>,
}

impl Compare<'_> {
    fn differs(&mut self, at: &At, what: &str, got: &str, want: &str) {
        self.problems.push(
            Problem::new(
                at.place.clone(),
                format!("{what}: expected {want}, got {got}"),
            )
            .help("decide by the source which of the two is right"),
        );
    }

    /// A table of id → expected word or list of allowed words.
    fn each<T>(
        &mut self,
        at: &At,
        table: &Table<T>,
        kind: &str,
        words: &[&str],
        got: fn(&Self, &str) -> String,
    ) {
        let Node::Table(entries) = &at.node else {
            self.problems.push(
                Problem::new(at.place.clone(), "this must be a table")
                    .help("e.g. `{ massage = \"stopped\" }`"),
            );
            return;
        };
        for (id, want) in entries {
            if !self.known(want, table.find(id), id, table, kind) {
                continue;
            }
            let allowed = texts(want);
            for word in &allowed {
                if !words.contains(&word.as_str()) {
                    let help = did_you_mean(word, words.iter().copied())
                        .unwrap_or_else(|| format!("known are {}", words.join(", ")));
                    self.problems.push(
                        Problem::new(
                            want.place.clone(),
                            format!("`{word}` cannot be expected here"),
                        )
                        .help(help),
                    );
                }
            }
            let found = got(self, id);
            if !allowed.contains(&found) {
                self.differs(want, id, &found, &say(want));
            }
        }
    }

    fn known<T>(
        &mut self,
        at: &At,
        found: Option<Handle<T>>,
        id: &str,
        table: &Table<T>,
        kind: &str,
    ) -> bool {
        if found.is_none() {
            let help = did_you_mean(id, table.ids().iter().map(String::as_str))
                .unwrap_or_else(|| "check the spelling".into());
            self.problems.push(
                Problem::new(at.place.clone(), format!("there is no {kind} `{id}`")).help(help),
            );
        }
        found.is_some()
    }

    fn alarm(&self, id: &str) -> String {
        let found = self
            .appraisal
            .alarms
            .iter()
            .find(|a| a.condition == id)
            .and_then(|a| a.reached.clone());
        found.unwrap_or_else(|| "none".into())
    }

    fn could_reach(&self, id: &str) -> String {
        let found = self
            .appraisal
            .alarms
            .iter()
            .find(|a| a.condition == id)
            .and_then(|a| a.could_reach.clone());
        found.unwrap_or_else(|| "none".into())
    }

    fn contributor(&self, id: &str) -> String {
        self.appraisal
            .contributors
            .iter()
            .find(|c| c.condition == id)
            .map_or_else(|| "no band (only alarms)".into(), |c| c.band.clone())
    }

    fn plan(&self, id: &str) -> String {
        self.appraisal
            .plan
            .lines
            .iter()
            .find(|l| l.intervention == id)
            .map(|l| l.status.clone())
            .unwrap_or_default()
    }

    fn technique(&self, id: &str) -> String {
        let lines = &self.appraisal.plan.lines;
        if lines
            .iter()
            .any(|l| l.allowed_techniques.iter().any(|t| t.id == id))
        {
            return "allowed".into();
        }
        let found = lines
            .iter()
            .flat_map(|l| &l.techniques)
            .find(|t| t.technique == id);
        found.map_or_else(
            || "not considered (its intervention is not advised)".into(),
            |t| t.status.clone(),
        )
    }

    fn classes(&mut self, at: &At) {
        let Node::Table(entries) = &at.node else {
            return;
        };
        for (id, want) in entries {
            if !self.known(
                want,
                self.knowledge.classifications.find(id),
                id,
                &self.knowledge.classifications,
                "classification",
            ) {
                continue;
            }
            let class = self
                .appraisal
                .classes
                .iter()
                .find(|c| c.classification == *id);
            let got = class.map(|c| c.values.clone()).unwrap_or_default();
            let unknown = class.is_some_and(|c| c.unknown);
            let mut wanted = texts(want);
            let fits = if wanted == ["unknown"] {
                unknown && got.is_empty()
            } else if wanted == ["none"] {
                !unknown && got.is_empty()
            } else {
                let mut held = got.clone();
                held.sort();
                wanted.sort();
                held == wanted
            };
            if !fits {
                let found = match (got.is_empty(), unknown) {
                    (true, true) => "unknown".to_owned(),
                    (true, false) => "none".to_owned(),
                    (false, _) => got.join(", "),
                };
                self.differs(want, id, &found, &say(want));
            }
        }
    }

    /// The muscles and joints that lines work on, exactly.
    fn targets(&mut self, at: &At) {
        let Node::Table(entries) = &at.node else {
            return;
        };
        for (line, want) in entries {
            if !self.known(
                want,
                self.knowledge.interventions.find(line),
                line,
                &self.knowledge.interventions,
                "intervention",
            ) {
                continue;
            }
            let mut wanted = texts(want);
            let parts = || {
                let muscles = self.knowledge.muscles.ids().iter();
                muscles.chain(self.knowledge.joints.ids())
            };
            let unknown: Vec<Problem> = wanted
                .iter()
                .filter(|id| !parts().any(|part| part == *id))
                .map(|id| {
                    let help = did_you_mean(id, parts().map(String::as_str))
                        .unwrap_or_else(|| "`cotreat explain` lists them".to_owned());
                    let message = format!("there is no muscle or joint `{id}`");
                    Problem::new(want.place.clone(), message).help(help)
                })
                .collect();
            if !unknown.is_empty() {
                self.problems.extend(unknown);
                continue;
            }
            let lines = self.appraisal.plan.lines.iter();
            let mut found: Vec<String> = lines
                .filter(|l| l.intervention == *line)
                .flat_map(|l| &l.targets)
                .map(|target| target.target.clone())
                .collect();
            found.sort();
            wanted.sort();
            if found != wanted {
                self.differs(
                    want,
                    line,
                    &format!("[{}]", found.join(", ")),
                    &format!("[{}]", wanted.join(", ")),
                );
            }
        }
    }

    fn exactly<T>(&mut self, at: &At, table: &Table<T>, kind: &str, got: Vec<&str>) {
        let mut wanted = texts(at);
        for id in &wanted {
            self.known(at, table.find(id), id, table, kind);
        }
        let mut found: Vec<String> = got.into_iter().map(str::to_owned).collect();
        found.sort();
        wanted.sort();
        if found != wanted {
            self.differs(
                at,
                &format!("{kind}s"),
                &format!("[{}]", found.join(", ")),
                &format!("[{}]", wanted.join(", ")),
            );
        }
    }

    fn first(&mut self, at: &At, got: Option<&str>) {
        let wanted = texts(at);
        if !wanted.iter().any(|w| Some(w.as_str()) == got) {
            self.differs(at, "first question", got.unwrap_or("none"), &say(at));
        }
    }

    fn preselected(&mut self, at: &At, wanted: bool) {
        for id in texts(at) {
            if !self.known(
                at,
                self.knowledge.interventions.find(&id),
                &id,
                &self.knowledge.interventions,
                "intervention",
            ) {
                continue;
            }
            let line = self
                .appraisal
                .plan
                .lines
                .iter()
                .find(|l| l.intervention == id);
            if line.is_some_and(|l| l.preselected) != wanted {
                let status = line.map(|l| l.status.clone()).unwrap_or_default();
                let (got, want) = if wanted {
                    ("not proposed", "proposed")
                } else {
                    ("proposed", "not proposed")
                };
                self.differs(at, &id, &format!("{got} ({status})"), want);
            }
        }
    }

    fn must_ask(&mut self, at: &At) {
        let questions = &self.appraisal.questions;
        for id in texts(at) {
            if !questions
                .patient
                .iter()
                .chain(&questions.clinician)
                .chain(&questions.results)
                .any(|q| q.ask == id)
            {
                self.differs(at, "questions", "not among them", &id);
            }
        }
    }
}

/// A word or a list of words.
fn texts(at: &At) -> Vec<String> {
    match &at.node {
        Node::Text(text) => vec![text.clone()],
        Node::List(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn say(at: &At) -> String {
    match &at.node {
        Node::Truth(truth) => truth.to_string(),
        _ => texts(at).join(" or "),
    }
}
