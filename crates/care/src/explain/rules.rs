//! Every rule of the knowledge files, and which of them cite a word: a finding, a classification, a score, an alarm or a band.

use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::Direction;
use cotreat_knowledge::model::Rule;
use cotreat_knowledge::names::Name;

use super::words::word;

/// A rule, and what it decides.
#[derive(Clone, Debug)]
pub struct Ruling<'k> {
    /// What the rule decides, in words.
    pub decides: String,
    /// The rule.
    pub rule: &'k Rule,
}

impl Ruling<'_> {
    /// Whether the rule cites a word.
    pub fn cites(&self, knowledge: &Knowledge, wanted: impl Fn(Name) -> bool) -> bool {
        self.rule
            .expr
            .symbols()
            .iter()
            .any(|symbol| wanted(knowledge.names.of(*symbol)))
    }
}

/// Every rule, in the order in which they are worked out.
#[must_use]
pub fn all(knowledge: &Knowledge) -> Vec<Ruling<'_>> {
    let mut all = Vec::new();
    findings(knowledge, &mut all);
    classifications(knowledge, &mut all);
    conditions(knowledge, &mut all);
    for (_, one) in knowledge.patterns.iter() {
        all.push(Ruling {
            decides: format!("pattern {}", one.id),
            rule: &one.when,
        });
    }
    interventions(knowledge, &mut all);
    for (_, one) in knowledge.pathways.iter() {
        all.push(Ruling {
            decides: format!("pathway {}", one.id),
            rule: &one.when,
        });
    }
    all
}

fn findings<'k>(knowledge: &'k Knowledge, all: &mut Vec<Ruling<'k>>) {
    for (_, one) in knowledge.findings.iter() {
        let derive = one.derive.iter().map(|rule| Ruling {
            decides: format!("finding {} follows", one.id),
            rule,
        });
        let no_when = one.no_when.iter().map(|rule| Ruling {
            decides: format!("finding {} is no by itself", one.id),
            rule,
        });
        let only_if = one.only_if.iter().map(|rule| Ruling {
            decides: format!("finding {} is asked only here", one.id),
            rule,
        });
        all.extend(derive.chain(no_when).chain(only_if));
    }
}

fn classifications<'k>(knowledge: &'k Knowledge, all: &mut Vec<Ruling<'k>>) {
    for (_, one) in knowledge.classifications.iter() {
        all.extend(one.values.iter().map(|value| Ruling {
            decides: format!("classification {}.{}", one.id, value.id),
            rule: &value.when,
        }));
    }
}

fn conditions<'k>(knowledge: &'k Knowledge, all: &mut Vec<Ruling<'k>>) {
    for (_, one) in knowledge.conditions.iter() {
        for alarm in &one.alarms {
            all.push(Ruling {
                decides: format!("alarm {}.{} ({})", one.id, alarm.label, alarm.tier.word()),
                rule: &alarm.when,
            });
        }
        for clearing in &one.clearings {
            let labels: Vec<&str> = clearing
                .clears
                .iter()
                .map(|at| one.alarms[*at].label.as_str())
                .collect();
            all.push(Ruling {
                decides: format!("clears the alarm {}.{}", one.id, labels.join(", ")),
                rule: &clearing.when,
            });
        }
        for prior in &one.priors {
            all.extend(prior.when.iter().map(|rule| Ruling {
                decides: format!("starting point of {}", one.id),
                rule,
            }));
        }
        for criterion in &one.criteria {
            let band = criterion.band.word().replace('_', " ");
            all.push(Ruling {
                decides: format!("criterion of {} ({band})", one.id),
                rule: &criterion.when,
            });
        }
    }
}

fn interventions<'k>(knowledge: &'k Knowledge, all: &mut Vec<Ruling<'k>>) {
    for (_, one) in knowledge.interventions.iter() {
        for c in &one.contraindications {
            let level = word(serde_json::to_value(c.level));
            all.push(Ruling {
                decides: format!("contraindication {}.{} ({level})", one.id, c.label),
                rule: &c.when,
            });
        }
        for r in &one.recommendations {
            let direction = match r.direction {
                Direction::For => "for",
                Direction::Against => "against",
                Direction::None => "no recommendation",
            };
            all.extend(r.when.iter().map(|rule| Ruling {
                decides: format!("recommendation {}.{} ({direction})", one.id, r.label),
                rule,
            }));
        }
        all.extend(one.not_first_when.iter().map(|rule| Ruling {
            decides: format!("intervention {} is possible, but not proposed", one.id),
            rule,
        }));
        for dose in &one.doses {
            all.extend(dose.when.iter().map(|rule| Ruling {
                decides: format!("dose of {}", one.id),
                rule,
            }));
        }
        for trigger in &one.triggers {
            all.extend(trigger.when.iter().map(|rule| Ruling {
                decides: format!("earlier review of {}", one.id),
                rule,
            }));
        }
    }
}
