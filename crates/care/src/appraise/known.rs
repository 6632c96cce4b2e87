//! Facts, scores, classifications and patterns in words.

use cotreat_expr::Facts as _;

use crate::appraisal::{Class, KnownFact, KnownScore, Pattern};
use crate::appraise::reasons::{Explain, word};
use crate::open::Asking;

/// Facts in the order of findings and days, whatever the order of input.
pub(super) fn facts(explain: &Explain<'_>) -> Vec<KnownFact> {
    let knowledge = explain.knowledge;
    let mut facts: Vec<_> = explain.episode.facts.iter().collect();
    facts.sort_by_cached_key(|fact| {
        let value = explain.value(fact.finding, fact.value);
        (
            fact.finding,
            fact.on,
            fact.by.clone(),
            fact.profession,
            fact.how.clone(),
            fact.dose.clone(),
            value,
        )
    });
    facts
        .into_iter()
        .map(|fact| KnownFact {
            finding: knowledge.findings.id(fact.finding).to_owned(),
            name: knowledge.findings[fact.finding].name.clone(),
            value: explain.value(fact.finding, fact.value),
            on: fact.on.to_string(),
            by: match (&fact.by, fact.profession) {
                (Some(by), Some(profession)) => {
                    Some(format!("{by}, {}", knowledge.professions[profession].name))
                }
                (Some(by), None) => Some(by.clone()),
                (None, Some(profession)) => Some(knowledge.professions[profession].name.clone()),
                (None, None) => None,
            },
            how: fact.how.clone(),
            dose: fact.dose.clone(),
        })
        .collect()
}

pub(super) fn scores(explain: &Explain<'_>) -> Vec<KnownScore> {
    let knowledge = explain.knowledge;
    knowledge
        .names
        .scores()
        .filter_map(|(symbol, score)| {
            let value = explain.assessment.state.number(symbol)?;
            let instrument = &knowledge.instruments[score.instrument];
            let definition = &instrument.scores[score.score];
            let key = if score.score == 0 {
                instrument.id.clone()
            } else {
                format!("{}.{}", instrument.id, definition.id)
            };
            Some(KnownScore {
                score: key,
                name: instrument.name.clone(),
                value,
                range: (definition.min, definition.max),
                higher: word(&definition.higher),
                band: definition.band(value).map(|band| band.name.clone()),
            })
        })
        .collect()
}

pub(super) fn classes(explain: &Explain<'_>) -> Vec<Class> {
    let state = &explain.assessment.state;
    explain
        .knowledge
        .classifications
        .iter()
        .map(|(handle, class)| {
            let symbol = explain.knowledge.names.classification(handle);
            let (held, unknown): (Vec<usize>, bool) = if class.exclusive {
                let chosen = state.chosen(symbol);
                (
                    chosen.flatten().map(usize::from).into_iter().collect(),
                    chosen.is_none(),
                )
            } else {
                let (yes, unknown) = state.set(symbol);
                let all = if class.values.len() >= 64 {
                    u64::MAX
                } else {
                    (1 << class.values.len()) - 1
                };
                (
                    (0..class.values.len())
                        .filter(|at| yes & (1 << at) != 0)
                        .collect(),
                    unknown & all != 0,
                )
            };
            let mut missing = Asking::default();
            if unknown {
                for value in &class.values {
                    explain.open.add_rule(&value.when, &mut missing);
                }
            }
            Class {
                classification: class.id.clone(),
                name: class.name.clone(),
                values: held.iter().map(|at| class.values[*at].id.clone()).collect(),
                names: held
                    .iter()
                    .map(|at| class.values[*at].name.clone())
                    .collect(),
                unknown,
                missing: explain.names(&missing.list()),
                why: held
                    .iter()
                    .map(|at| {
                        explain.reason(&class.values[*at].statement, Some(&class.values[*at].when))
                    })
                    .collect(),
            }
        })
        .collect()
}

pub(super) fn patterns(explain: &Explain<'_>) -> Vec<Pattern> {
    let knowledge = explain.knowledge;
    explain
        .assessment
        .patterns
        .iter()
        .map(|handle| {
            let pattern = &knowledge.patterns[*handle];
            let names =
                |muscles: &[cotreat_knowledge::Handle<cotreat_knowledge::model::Muscle>]| {
                    muscles
                        .iter()
                        .map(|m| knowledge.muscles[*m].name.clone())
                        .collect()
                };
            Pattern {
                pattern: pattern.id.clone(),
                name: pattern.name.clone(),
                inhibited: names(&pattern.inhibited),
                overworked: names(&pattern.overworked),
                why: explain.reason(&pattern.statement, Some(&pattern.when)),
                contested: pattern
                    .contested
                    .iter()
                    .map(|c| explain.reason(c, None))
                    .collect(),
            }
        })
        .collect()
}
