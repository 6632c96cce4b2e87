//! Links conditions and classifications, and attaches to each condition the evidence lines that findings hold for it.

use std::collections::BTreeMap;

use crate::Tier;
use crate::files::Files;
use crate::format::{self, After, StopsHandsOn};
use crate::handle::{Handle, Table};
use crate::link::context::Context;
use crate::model::{
    Alarm, ClassValue, Classification, Clearing, Condition, Criterion, Finding, Line, Prior,
};
use crate::names::Layer;

/// The width of a 95 % interval in standard errors, one way.
const Z95: f64 = 1.959_963_984_540_054;

pub(crate) fn all(context: &Context<'_>, files: &Files) -> Vec<Condition> {
    context.each(
        &files.conditions,
        |c| &c.id,
        |file, condition| one(context, file, condition),
    )
}

fn one(context: &Context<'_>, file: &str, condition: &format::Condition) -> Condition {
    if condition.prior.is_empty() && condition.criterion.is_empty() && condition.alarm.is_empty() {
        context.wrong(
            file,
            &condition.id,
            "nothing says when this condition is thought of",
            "add [[prior]] (with evidence in the findings), [[criterion]] or [[alarm]] records",
        );
    }
    if !condition.prior.is_empty() && !condition.criterion.is_empty() {
        context.wrong(
            file,
            &condition.id,
            "a condition has priors or criteria, not both",
            "keep the priors where ratios were measured",
        );
    }
    context.unique(file, condition.alarm.iter().map(|a| &a.label));
    let mut alarms: Vec<Alarm> = condition
        .alarm
        .iter()
        .filter_map(|a| alarm(context, file, a))
        .collect();
    let clearings = condition
        .clearing
        .iter()
        .filter_map(|clearing| {
            let mut clears = Vec::new();
            for label in &clearing.clears {
                let written = |a: &format::Alarm| a.label.value == label.value;
                if !condition.alarm.iter().any(written) {
                    context.wrong(
                        file,
                        label,
                        format!("there is no alarm `{}` in this file", label.value),
                        "name the label of an [[alarm]]",
                    );
                }
                // It is written, but missing here, where its rule is wrong; that was told.
                clears.extend(alarms.iter().position(|a| a.label == label.value));
            }
            let when = context.rule(file, &clearing.when, Layer::Classification)?;
            Some(Clearing {
                clears,
                when,
                statement: context.statement(file, clearing),
            })
        })
        .collect();
    let clearings = sort_alarms(&mut alarms, clearings);
    let mut criteria: Vec<Criterion> = condition
        .criterion
        .iter()
        .filter_map(|c| {
            let when = context.rule(file, &c.when, Layer::Alarm)?;
            Some(Criterion {
                band: c.band,
                when,
                statement: context.statement(file, c),
            })
        })
        .collect();
    criteria.sort_by_key(|c| std::cmp::Reverse(c.band));
    Condition {
        id: condition.id.value.clone(),
        name: condition.name.clone(),
        group: condition.group,
        explain: condition.explain.clone(),
        priors: condition
            .prior
            .iter()
            .filter_map(|p| prior(context, file, p))
            .collect(),
        criteria,
        alarms,
        clearings,
        lines: Vec::new(),
        notes: context.statements(file, &condition.evidence),
        place: context.place(file, &condition.id.span),
    }
}

/// Puts the most urgent alarms first and lets the clearings follow.
fn sort_alarms(alarms: &mut [Alarm], clearings: Vec<Clearing>) -> Vec<Clearing> {
    let before: Vec<String> = alarms.iter().map(|a| a.label.clone()).collect();
    alarms.sort_by_key(|a| std::cmp::Reverse(a.tier));
    let moved = |at: usize| {
        alarms
            .iter()
            .position(|a| a.label == before[at])
            .unwrap_or(at)
    };
    clearings
        .into_iter()
        .map(|c| Clearing {
            clears: c.clears.into_iter().map(moved).collect(),
            ..c
        })
        .collect()
}

fn alarm(context: &Context<'_>, file: &str, alarm: &format::Alarm) -> Option<Alarm> {
    let to = alarm
        .to
        .as_ref()
        .and_then(|id| context.find(&context.ids.pathways, file, id));
    let when = context.rule(file, &alarm.when, Layer::Classification)?;
    Some(Alarm {
        label: alarm.label.value.clone(),
        tier: alarm.tier,
        when,
        action: alarm.action.clone(),
        within: alarm.within.clone(),
        to,
        stops_hands_on: alarm.tier >= Tier::Urgent || alarm.hands_on == Some(StopsHandsOn::Stop),
        statement: context.statement(file, alarm),
    })
}

fn prior(context: &Context<'_>, file: &str, prior: &format::Prior) -> Option<Prior> {
    let (value, low, high) = (prior.value.value, prior.low, prior.high);
    if !(0.0 < low && low <= value && value <= high && high < 1.0) {
        context.wrong(
            file,
            &prior.value,
            "a prior lies between 0 and 1, with low ≤ value ≤ high",
            "e.g. `value = 0.08`, `low = 0.05`, `high = 0.12`",
        );
        return None;
    }
    let logit = |p: f64| (p / (1.0 - p)).ln();
    Some(Prior {
        setting: prior.setting,
        when: context.maybe_rule(file, prior.when.as_ref(), Layer::Alarm),
        logit: logit(value),
        logit_se: (logit(high) - logit(low)) / (2.0 * Z95),
        printed: (value, low, high),
        statement: context.statement(file, prior),
    })
}

/// Gives each condition the evidence lines that findings hold for it, in the order in which they are tried: by cluster, composites before
/// their parts, then rank, then id. Never the order of input.
pub(crate) fn attach_lines(conditions: &mut Table<Condition>, findings: &Table<Finding>) {
    let mut by_condition: BTreeMap<Handle<Condition>, Vec<(Handle<Finding>, usize)>> =
        BTreeMap::new();
    for (handle, finding) in findings.iter() {
        for (at, evidence) in finding.evidence.iter().enumerate() {
            if evidence.positive.is_some() || evidence.negative.is_some() {
                by_condition
                    .entry(evidence.condition)
                    .or_default()
                    .push((handle, at));
            }
        }
    }
    for (condition, mut lines) in by_condition {
        lines.sort_by_key(|(handle, at)| {
            let finding = &findings[*handle];
            (
                finding.cluster.clone(),
                finding.derive.is_none(),
                finding.rank,
                finding.id.clone(),
                *at,
            )
        });
        let mut numbered = Vec::new();
        let mut cluster = 0;
        let mut last: Option<&str> = None;
        for (finding, evidence) in lines {
            let name = findings[finding].cluster.as_str();
            if last.is_some_and(|last| last != name) {
                cluster += 1;
            }
            last = Some(name);
            numbered.push(Line {
                finding,
                evidence,
                cluster,
            });
        }
        conditions.get_mut(condition).lines = numbered;
    }
}

pub(crate) fn classifications(context: &Context<'_>, files: &Files) -> Vec<Classification> {
    context.each(
        &files.classifications,
        |c| &c.id,
        |file, classification| {
            context.unique(file, classification.value.iter().map(|v| &v.id));
            if !(1..=63).contains(&classification.value.len()) {
                context.wrong(
                    file,
                    &classification.id,
                    "a classification has between 1 and 63 values",
                    "split it",
                );
            }
            let up_to = if classification.after == After::Scores {
                Layer::Classification
            } else {
                Layer::LateClassification
            };
            let values = classification
                .value
                .iter()
                .filter_map(|value| {
                    let when = context.rule(file, &value.when, up_to)?;
                    Some(ClassValue {
                        id: value.id.value.clone(),
                        name: value.name.clone(),
                        when,
                        out_of_scope: value.out_of_scope.clone(),
                        statement: context.statement(file, value),
                    })
                })
                .collect();
            Classification {
                id: classification.id.value.clone(),
                name: classification.name.clone(),
                exclusive: classification.exclusive,
                after: classification.after,
                values,
                place: context.place(file, &classification.id.span),
            }
        },
    )
}
