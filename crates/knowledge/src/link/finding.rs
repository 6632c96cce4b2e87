//! Links findings and works out the ratios of their evidence.

use cotreat_expr::{Type, Vocabulary as _};

use crate::At;
use crate::files::Files;
use crate::format::{self, FindingType, Measured};
use crate::handle::Table;
use crate::link::context::Context;
use crate::model::{Answers, Evidence, Finding, Ratio};
use crate::names::Layer;
use crate::problem::Problem;

/// The width of a 95 % interval in standard errors, one way.
const Z95: f64 = 1.959_963_984_540_054;

/// What a question costs when its file does not say.
const DEFAULT_BURDEN_SECONDS: u32 = 10;

pub(crate) fn all(context: &Context<'_>, files: &Files) -> Vec<Finding> {
    context.each(
        &files.findings,
        |f| &f.id,
        |file, finding| one(context, file, finding),
    )
}

/// Tells each finding which findings imply it.
pub(crate) fn attach_implied_by(findings: &mut Table<Finding>) {
    let pairs: Vec<_> = findings
        .iter()
        .flat_map(|(from, finding)| finding.implies.iter().map(move |to| (from, *to)))
        .collect();
    for (from, to) in pairs {
        findings.get_mut(to).implied_by.push(from);
    }
}

fn one(context: &Context<'_>, file: &str, finding: &format::Finding) -> Finding {
    let id = &finding.id;
    if finding.ask.is_none() && finding.derive.is_none() {
        context.wrong(
            file,
            id,
            "this finding can neither be asked nor follows from others",
            "add `ask = \"…\"` or `derive = \"…\"`",
        );
    }
    let yes_no = finding.kind_of_answer == FindingType::YesNo;
    if !yes_no
        && (finding.derive.is_some() || finding.no_when.is_some() || !finding.implies.is_empty())
    {
        context.wrong(
            file,
            id,
            "only yes/no findings can have `derive`, `no_when` or `implies`",
            "use a yes/no finding of its own",
        );
    }
    if !yes_no && !finding.evidence.is_empty() {
        context.wrong(
            file,
            id,
            "only a yes/no finding can carry evidence",
            "add a derived yes/no finding, e.g. `derive = \"age > 70\"`, and put the evidence there",
        );
    }
    let implied = context.find_all(&context.ids.findings, file, &finding.implies);
    for written in &finding.implies {
        let is_known = context.ids.findings.find(&written.value).is_some();
        if is_known && !matches!(context.names.name(&written.value), Some((_, Type::Bool))) {
            context.wrong(
                file,
                written,
                format!("`{}` is not a yes/no finding", written.value),
                "only yes/no findings can be implied",
            );
        }
    }
    Finding {
        id: id.value.clone(),
        name: finding.name.clone(),
        kind: finding.kind,
        asked_of: finding.asked_of,
        ask: finding.ask.clone(),
        answers: answers(context, file, finding),
        burden_seconds: finding
            .burden_seconds
            .unwrap_or(DEFAULT_BURDEN_SECONDS)
            .max(1),
        cluster: finding.cluster.clone().unwrap_or_else(|| id.value.clone()),
        rank: finding.rank.unwrap_or(u32::MAX),
        implies: implied,
        implied_by: Vec::new(),
        no_when: context.maybe_rule(file, finding.no_when.as_ref(), Layer::Finding),
        only_if: context.maybe_rule(file, finding.only_if.as_ref(), Layer::Finding),
        derive: context.maybe_rule(file, finding.derive.as_ref(), Layer::Finding),
        body_chart: body_chart(context, file, finding),
        evidence: finding
            .evidence
            .iter()
            .filter_map(|line| evidence(context, file, line))
            .collect(),
        place: context.place(file, &id.span),
    }
}

/// The regions of the body chart, which only answer what a patient can say with yes.
fn body_chart(context: &Context<'_>, file: &str, finding: &format::Finding) -> Vec<u16> {
    let answered =
        finding.kind_of_answer == FindingType::YesNo && finding.asked_of == format::Asked::Patient;
    if !answered && !finding.body_chart.is_empty() {
        context.wrong(
            file,
            &finding.id,
            "a mark on the body chart cannot answer this",
            "only yes/no findings with `asked_of = \"patient\"` have `body_chart`",
        );
    }
    for region in &finding.body_chart {
        if !is_on_the_chart(region.value) {
            context.wrong(
                file,
                region,
                format!("the body chart has no region {}", region.value),
                "regions are 101 to 136 in front and 201 to 238 behind",
            );
        }
    }
    finding.body_chart.iter().map(|one| one.value).collect()
}

/// Whether a number is a region of the body chart.
#[must_use]
pub const fn is_on_the_chart(region: u16) -> bool {
    matches!(region, 101..=136 | 201..=238)
}

fn answers(context: &Context<'_>, file: &str, finding: &format::Finding) -> Answers {
    let id = &finding.id;
    let codes: Vec<String> = finding.answers.iter().map(|a| a.value.clone()).collect();
    let number_fields = finding.unit.is_some()
        || finding.min.is_some()
        || finding.max.is_some()
        || !finding.units.is_empty();
    if finding.kind_of_answer != FindingType::Number && number_fields {
        context.wrong(
            file,
            id,
            "`unit`, `units`, `min` and `max` belong to numbers",
            "add `type = \"number\"`, or leave them out",
        );
    }
    context.unique(file, &finding.answers);
    match finding.kind_of_answer {
        FindingType::YesNo => match codes.as_slice() {
            [] => Answers::YesNo {
                yes: "yes".into(),
                no: "no".into(),
            },
            [yes, no] => Answers::YesNo {
                yes: yes.clone(),
                no: no.clone(),
            },
            _ => {
                context.wrong(
                    file,
                    id,
                    "a yes/no finding has two words: for yes and for no",
                    "e.g. `answers = [\"positive\", \"negative\"]`",
                );
                Answers::YesNo {
                    yes: "yes".into(),
                    no: "no".into(),
                }
            }
        },
        FindingType::Choice | FindingType::Choices => {
            if !(2..=64).contains(&codes.len()) {
                context.wrong(
                    file,
                    id,
                    "a choice needs between 2 and 64 answers",
                    "list them in `answers = [\"…\", \"…\"]`",
                );
            }
            for answer in &finding.answers {
                if !crate::link::ids::is_snake_case(&answer.value) || answer.value == "unknown" {
                    context.wrong(
                        file,
                        answer,
                        format!("`{}` cannot be an answer", answer.value),
                        "use small letters, digits and `_`; `unknown` is always allowed by itself",
                    );
                }
            }
            if finding.kind_of_answer == FindingType::Choice {
                Answers::Choice(codes)
            } else {
                Answers::Choices(codes)
            }
        }
        FindingType::Number => {
            if !codes.is_empty() {
                context.wrong(
                    file,
                    id,
                    "a number has no list of answers",
                    "leave `answers` out",
                );
            }
            if let (Some(min), Some(max)) = (finding.min, finding.max)
                && min >= max
            {
                context.wrong(file, id, "`min` is not below `max`", "swap or correct them");
            }
            if finding
                .units
                .values()
                .any(|factor| !factor.is_finite() || *factor <= 0.0)
            {
                context.wrong(
                    file,
                    id,
                    "a unit's factor must be a positive number",
                    "e.g. `units = { weeks = 7 }`",
                );
            }
            if !finding.units.is_empty() && finding.unit.is_none() {
                context.wrong(
                    file,
                    id,
                    "`units` needs a `unit` to convert to",
                    "add `unit = \"…\"`",
                );
            }
            Answers::Number {
                unit: finding.unit.clone(),
                units: finding.units.clone(),
                min: finding.min,
                max: finding.max,
            }
        }
    }
}

fn evidence(context: &Context<'_>, file: &str, line: &format::Evidence) -> Option<Evidence> {
    let condition = context.find(&context.ids.conditions, file, &line.condition);
    let statement = context.statement(file, line);
    let accuracy = (&line.sensitivity, &line.specificity);
    let ratios = (&line.lr_positive, &line.lr_negative);
    let (positive, negative) = match (accuracy, ratios) {
        ((Some(sensitivity), Some(specificity)), (None, None)) => {
            let fits = share(context, file, sensitivity) & share(context, file, specificity);
            if fits {
                from_accuracy(sensitivity.value, specificity.value)
            } else {
                (None, None)
            }
        }
        ((None, None), (positive, negative)) if positive.is_some() || negative.is_some() => (
            positive.as_ref().and_then(|p| printed(context, file, p)),
            negative.as_ref().and_then(|n| printed(context, file, n)),
        ),
        _ => {
            context.wrong(
                file,
                &line.condition,
                "this evidence needs `sensitivity` and `specificity`, or `lr_positive` and/or `lr_negative`",
                "type what the paper printed; leave the record out if it printed neither",
            );
            (None, None)
        }
    };
    Some(Evidence {
        condition: condition?,
        statement,
        accuracy: line
            .sensitivity
            .as_ref()
            .zip(line.specificity.as_ref())
            .map(|(sensitivity, specificity)| (sensitivity.value, specificity.value)),
        positive,
        negative,
        setting: line.setting,
        n: line.n,
    })
}

/// Checks a share between 0 and 1 with its interval.
fn share(context: &Context<'_>, file: &str, at: &At<Measured>) -> bool {
    let m = at.value;
    let fits = ordered(m)
        && (0.0..=1.0).contains(&m.value)
        && m.low.is_none_or(|l| l >= 0.0)
        && m.high.is_none_or(|h| h <= 1.0);
    if !fits {
        context.wrong(
            file,
            at,
            "a share lies between 0 and 1, with low ≤ value ≤ high",
            "e.g. `{ value = 0.28, low = 0.22, high = 0.35 }`",
        );
    }
    fits
}

fn ordered(m: Measured) -> bool {
    m.value.is_finite()
        && m.low.is_none_or(|low| low <= m.value)
        && m.high.is_none_or(|high| m.value <= high)
}

fn printed(context: &Context<'_>, file: &str, at: &At<Measured>) -> Option<Ratio> {
    let m = at.value;
    if !ordered(m) || m.value < 0.0 || m.low.is_some_and(|low| low < 0.0) {
        context.problem(
            Problem::new(
                context.place(file, &at.span),
                "a likelihood ratio is positive, with low ≤ value ≤ high",
            )
            .help("e.g. `{ value = 2.8, low = 1.4, high = 5.3 }`"),
        );
        return None;
    }
    let log_se = match (m.low, m.high) {
        (Some(low), Some(high)) if low > 0.0 => Some((high.ln() - low.ln()) / (2.0 * Z95)),
        _ => None,
    };
    ratio(m.value, log_se, false)
}

/// LR+ = sensitivity / (1 − specificity), LR− = (1 − sensitivity) / specificity.
///
/// The variance of a logarithm of a quotient is the sum of the variances of both logarithms; each comes from its printed interval.
fn from_accuracy(sensitivity: Measured, specificity: Measured) -> (Option<Ratio>, Option<Ratio>) {
    let complement = |m: Measured| Measured {
        value: 1.0 - m.value,
        low: m.high.map(|h| 1.0 - h),
        high: m.low.map(|l| 1.0 - l),
    };
    let quotient = |over: Measured, under: Measured| {
        let log_se = match (log_se(over), log_se(under)) {
            (Some(a), Some(b)) => Some(a.hypot(b)),
            _ => None,
        };
        ratio(over.value / under.value, log_se, true)
    };
    (
        quotient(sensitivity, complement(specificity)),
        quotient(complement(sensitivity), specificity),
    )
}

fn log_se(m: Measured) -> Option<f64> {
    match (m.low, m.high) {
        (Some(low), Some(high)) if low > 0.0 => Some((high.ln() - low.ln()) / (2.0 * Z95)),
        _ => None,
    }
}

/// A ratio that can be multiplied: not 0 (a study in which nobody was missed proves no certainty) and not infinite.
fn ratio(value: f64, log_se: Option<f64>, derived: bool) -> Option<Ratio> {
    let log = value.ln();
    log.is_finite().then_some(Ratio {
        value,
        log,
        log_se,
        derived,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(value: f64, low: f64, high: f64) -> Measured {
        Measured {
            value,
            low: Some(low),
            high: Some(high),
        }
    }

    #[test]
    fn crossed_straight_leg_raise_gives_the_published_ratios() {
        let (positive, negative) =
            from_accuracy(measured(0.28, 0.22, 0.35), measured(0.90, 0.85, 0.94));
        let (positive, negative) = (positive.unwrap(), negative.unwrap());
        assert!((positive.value - 2.8).abs() < 1e-9);
        assert!((negative.value - 0.8).abs() < 1e-9);
        assert!(positive.log_se.unwrap() > negative.log_se.unwrap());
    }

    #[test]
    fn nobody_missed_is_no_certainty() {
        let (positive, negative) =
            from_accuracy(measured(1.0, 0.9, 1.0), measured(0.22, 0.15, 0.30));
        assert!(positive.is_some());
        assert!(negative.is_none());
    }
}
