//! Contributors in words: the band, the numbers, every line of evidence, and what the numbers assume.

use std::cmp::Reverse;

use cotreat_expr::Tri;
use cotreat_knowledge::Band;

use crate::appraisal::{Contributor as Explained, Evidence};
use crate::appraise::reasons::{Explain, word};
use crate::assess::{Contributor, Estimate, UsedLine};
use crate::open::Asking;

/// Most likely first; what cannot be said comes last.
pub(super) fn explain(explain: &Explain<'_>) -> Vec<Explained> {
    let mut all: Vec<&Contributor> = explain.assessment.contributors.iter().collect();
    all.sort_by(|a, b| {
        let median = |c: &Contributor| c.estimate.as_ref().map_or(0.0, |e| e.median);
        (Reverse(a.band))
            .cmp(&Reverse(b.band))
            .then(median(b).total_cmp(&median(a)))
            .then(a.condition.cmp(&b.condition))
    });
    all.into_iter()
        .map(|one| contributor(explain, one))
        .collect()
}

fn contributor(explain: &Explain<'_>, one: &Contributor) -> Explained {
    let condition = &explain.knowledge.conditions[one.condition];
    let mut explained = Explained {
        condition: condition.id.clone(),
        name: condition.name.clone(),
        group: word(&condition.group),
        band: one.band.map_or("cannot_say", Band::word).to_owned(),
        method: if one.estimate.is_some() {
            "ratios"
        } else {
            "criteria"
        }
        .to_owned(),
        median: None,
        interval: None,
        basis: None,
        evidence: Vec::new(),
        notes: Vec::new(),
        missing: Vec::new(),
    };
    match &one.estimate {
        Some(estimate) => ratios(explain, one, estimate, &mut explained),
        None => criteria(explain, one, &mut explained),
    }
    explained
}

fn criteria(explain: &Explain<'_>, one: &Contributor, explained: &mut Explained) {
    let criteria = &explain.knowledge.conditions[one.condition].criteria;
    if let Some(at) = one.criterion {
        explained.basis = Some(explain.reason(&criteria[at].statement, Some(&criteria[at].when)));
    }
    explained.notes.push("No likelihood ratios exist for this: the band comes from criteria, which are expert judgement.".into());
    let mut open = Asking::default();
    for at in &one.open_criteria {
        explain.open.add_rule(&criteria[*at].when, &mut open);
    }
    explained.missing = explain.names(&open.list());
    if one.band.is_none() {
        explained.notes.push(if explained.missing.is_empty() {
            "No criterion holds.".into()
        } else {
            "Cannot say: not enough was asked or examined.".into()
        });
    }
}

fn ratios(
    explain: &Explain<'_>,
    one: &Contributor,
    estimate: &Estimate,
    explained: &mut Explained,
) {
    let knowledge = explain.knowledge;
    let condition = &knowledge.conditions[one.condition];
    let prior = &condition.priors[estimate.prior];
    let spoken = !estimate.used.is_empty();
    if spoken {
        explained.median = Some(estimate.median);
        explained.interval = Some((estimate.low, estimate.high));
    }
    explained.basis = Some(explain.reason(&prior.statement, prior.when.as_ref()));
    let (value, low, high) = prior.printed;
    explained.notes.push(format!(
        "Starting point {} ({} to {}), {}.",
        percent(value),
        percent(low),
        percent(high),
        if estimate.prior_other_setting {
            "made for another setting, so its interval is widened"
        } else {
            "before any test"
        }
    ));
    if !estimate.open_priors.is_empty() {
        explained.notes.push("Another starting point may apply; the interval covers both until the missing answers are known.".into());
    }
    if spoken {
        explained.notes.push(format!(
            "{} independent {} of findings multiplied; dependence between them would make the true interval wider.",
            estimate.used.len(),
            if estimate.used.len() == 1 { "group" } else { "groups" }
        ));
    }
    if one.band.is_none() {
        explained.notes.push(if spoken {
            let at_least_possible =
                estimate.surely_at_least(Band::Possible, &knowledge.method) == Tri::Yes;
            let tail = if at_least_possible {
                " It lies above \"unlikely\" as a whole."
            } else {
                ""
            };
            format!("Cannot say: the interval reaches over too many bands.{tail}")
        } else {
            "Cannot say: no finding spoke, only the starting point.".into()
        });
    }
    for used in &estimate.used {
        explained.evidence.push(evidence(explain, used, "counts"));
    }
    for other in &estimate.same_cluster {
        let counts = if other.conflicts {
            "does not count: same group, and it points the other way"
        } else {
            "does not count: same group"
        };
        explained.evidence.push(evidence(explain, other, counts));
    }
    for other in &estimate.too_many {
        explained.evidence.push(evidence(
            explain,
            other,
            "does not count: enough groups multiply already",
        ));
    }
    let mut open = Asking::default();
    for finding in one.open_findings() {
        open.add(&explain.open.finding(finding));
    }
    explained.missing = explain.names(&open.list());
}

fn evidence(explain: &Explain<'_>, used: &UsedLine, counts: &str) -> Evidence {
    let finding = &explain.knowledge.findings[used.line.finding];
    let record = &finding.evidence[used.line.evidence];
    let mut notes = Vec::new();
    if used.ratio.derived {
        notes.push("ratio worked out from sensitivity and specificity".to_owned());
    }
    if used.interval_assumed {
        notes.push(
            "no interval printed: taken as uncertain by a factor (expert judgement)".to_owned(),
        );
    }
    if used.other_setting {
        let measured = record
            .setting
            .map(|s| word(&s))
            .unwrap_or_default()
            .replace('_', " ");
        notes.push(format!(
            "measured in another setting ({measured}): its interval is widened"
        ));
    }
    Evidence {
        finding: finding.id.clone(),
        answer: explain.answer(used.line.finding),
        ratio: (used.ratio.value * 100.0).round() / 100.0,
        counts: counts.to_owned(),
        notes,
        why: explain.reason(&record.statement, None),
    }
}

/// A probability as a whole or tenth percentage.
pub(super) fn percent(p: f64) -> String {
    let percent = (p * 1000.0).round() / 10.0;
    format!("{percent} %")
}
