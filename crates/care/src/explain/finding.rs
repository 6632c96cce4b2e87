//! A finding: how it is asked, what was measured about it, and what waits for it.

use cotreat_knowledge::format::{Measured, WordKind};
use cotreat_knowledge::model::{Answers, Evidence, Finding, Ratio};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge};

use super::words::{short, word};

use super::article::{Article, Entry};
use super::cited_by;

pub(super) fn article(knowledge: &Knowledge, handle: Handle<Finding>) -> Article {
    let one = &knowledge.findings[handle];
    let mut article = Article::new("finding", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("kind", word(serde_json::to_value(one.kind)));
    article.fact("answered by", word(serde_json::to_value(one.asked_of)));
    article.fact(
        "question",
        one.ask
            .clone()
            .unwrap_or_else(|| "never asked: it follows from other findings".into()),
    );
    article.fact("answers", answers(&one.answers));
    article.fact("takes", format!("about {} s", one.burden_seconds));
    if one.cluster != one.id {
        article.fact(
            "cluster",
            format!(
                "{}, rank {}: of one cluster only one finding counts for a condition",
                one.cluster, one.rank
            ),
        );
    }
    let ids = |findings: &[Handle<Finding>]| {
        findings
            .iter()
            .map(|f| knowledge.findings.id(*f))
            .collect::<Vec<_>>()
            .join(", ")
    };
    article.fact("a yes means yes for", ids(&one.implies));
    article.fact("follows from a yes to", ids(&one.implied_by));
    let derive = one.derive.iter().map(|rule| {
        Entry::plain("It follows from other findings")
            .when(Some(rule))
            .at(&rule.place)
    });
    let no_when = one.no_when.iter().map(|rule| {
        Entry::plain("It is no by itself, and not asked")
            .when(Some(rule))
            .at(&rule.place)
    });
    let only_if = one.only_if.iter().map(|rule| {
        Entry::plain("It makes sense only here; elsewhere not having asked keeps no alarm open")
            .when(Some(rule))
            .at(&rule.place)
    });
    article.section(
        "Rules of its own",
        derive.chain(no_when).chain(only_if).collect(),
    );
    article.section(
        "Evidence",
        one.evidence
            .iter()
            .map(|e| evidence(knowledge, one, e))
            .collect(),
    );
    article.section(
        "Cited by these rules",
        cited_by(knowledge, |name| name == Name::Finding(handle)),
    );
    article.section("Needed elsewhere", uses(knowledge, handle));
    article.words(knowledge, WordKind::Findings, |id| id == one.id);
    article
}

fn answers(answers: &Answers) -> String {
    match answers {
        Answers::YesNo { yes, no } if yes == "yes" => format!("{yes}, {no}"),
        Answers::YesNo { yes, no } => format!("{yes} (yes), {no} (no)"),
        Answers::Choice(codes) => format!("one of {}", codes.join(", ")),
        Answers::Choices(codes) => format!("any of {}", codes.join(", ")),
        Answers::Number {
            unit,
            units,
            min,
            max,
        } => {
            let unit = unit.as_ref().map_or_else(
                || "a bare number".to_owned(),
                |unit| format!("a number in {unit}"),
            );
            let others: Vec<String> = units
                .iter()
                .map(|(other, factor)| format!("{other} (times {factor})"))
                .collect();
            let others = if others.is_empty() {
                String::new()
            } else {
                format!(", or in {}", others.join(", "))
            };
            let from = min
                .map(|min| format!(", from {}", short(min)))
                .unwrap_or_default();
            let to = max
                .map(|max| format!(", to {}", short(max)))
                .unwrap_or_default();
            format!("{unit}{others}{from}{to}")
        }
    }
}

/// One line of evidence with its numbers: what was printed, and what was worked out from it.
pub(super) fn evidence(knowledge: &Knowledge, one: &Finding, evidence: &Evidence) -> Entry {
    let condition = &knowledge.conditions[evidence.condition];
    let lead = format!("{} for {}", one.id, condition.id);
    let accuracy = evidence
        .accuracy
        .iter()
        .flat_map(|(sensitivity, specificity)| {
            [
                format!("sensitivity {}", printed(*sensitivity)),
                format!("specificity {}", printed(*specificity)),
            ]
        });
    let mut entry = Entry::stated(knowledge, &lead, &evidence.statement).details(accuracy);
    entry
        .details
        .extend(evidence.positive.map(|r| ratio("a yes", r)));
    entry
        .details
        .extend(evidence.negative.map(|r| ratio("a no", r)));
    entry.details.extend(
        evidence
            .setting
            .map(|setting| format!("measured in {}", word(serde_json::to_value(setting)))),
    );
    entry
        .details
        .extend(evidence.n.map(|n| format!("{n} people studied")));
    entry
}

/// `0.28 (95 % interval 0.22 to 0.35)`.
fn printed(number: Measured) -> String {
    match (number.low, number.high) {
        (Some(low), Some(high)) => format!(
            "{} (95 % interval {} to {})",
            short(number.value),
            short(low),
            short(high)
        ),
        _ => format!("{} (no interval printed)", short(number.value)),
    }
}

/// The width of a 95 % interval in standard errors, one way.
const Z95: f64 = 1.959_963_984_540_054;

fn ratio(answer: &str, ratio: Ratio) -> String {
    let interval = ratio.log_se.map_or_else(
        || "no interval".to_owned(),
        |se| {
            format!(
                "95 % interval {} to {}",
                short((ratio.log - Z95 * se).exp()),
                short((ratio.log + Z95 * se).exp())
            )
        },
    );
    let how = if ratio.derived {
        "worked out from sensitivity and specificity"
    } else {
        "as printed"
    };
    format!(
        "{answer} multiplies the odds by {} ({interval}; {how})",
        short(ratio.value)
    )
}

/// Plan lines that must know it, and the parts of the body it tests.
fn uses(knowledge: &Knowledge, handle: Handle<Finding>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (_, one) in knowledge.interventions.iter() {
        if one.must_know.contains(&handle) {
            entries.push(
                Entry::plain(format!(
                    "intervention {} is not offered before it is known",
                    one.id
                ))
                .at(&one.place),
            );
        }
        if one.tried == Some(handle) {
            entries.push(
                Entry::plain(format!(
                    "intervention {}: says whether it was tried",
                    one.id
                ))
                .at(&one.place),
            );
        }
    }
    for (_, one) in knowledge.muscles.iter() {
        let parts = [
            (one.tender, "tender"),
            (one.weak, "weak"),
            (one.short, "short"),
        ];
        for (_, what) in parts
            .into_iter()
            .filter(|(finding, _)| *finding == Some(handle))
        {
            entries.push(
                Entry::plain(format!("muscle {}: says that it is {what}", one.id)).at(&one.place),
            );
        }
        if one.tests.contains(&handle) {
            entries.push(Entry::plain(format!("muscle {}: tests it", one.id)).at(&one.place));
        }
    }
    for (_, one) in knowledge
        .joints
        .iter()
        .filter(|(_, joint)| joint.tests.contains(&handle))
    {
        entries.push(Entry::plain(format!("joint {}: tests it", one.id)).at(&one.place));
    }
    entries
}
