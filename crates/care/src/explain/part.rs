//! Parts that have a name of their own inside a file: recommendations and contraindications, alarms, values, scores, statements.

use cotreat_knowledge::Knowledge;

use super::article::{Article, Entry};
use super::{care, condition, instrument, source};

/// Every part with this name.
pub(super) fn articles(knowledge: &Knowledge, whole: &str, label: &str) -> Vec<Article> {
    let id = format!("{whole}.{label}");
    let article = |kind, name: String, place, entry| {
        let mut article = Article::new(kind, &id, &name).in_file(knowledge, place);
        article.section("What stands there", vec![entry]);
        article
    };
    let mut all = Vec::new();
    if let Some(one) = knowledge.interventions.get(whole) {
        let of = |what: &str| format!("{}, {what} {label}", one.name);
        all.extend(
            one.recommendations
                .iter()
                .filter(|r| r.label == label)
                .map(|r| {
                    article(
                        "recommendation",
                        of("recommendation"),
                        &one.place,
                        care::recommendation(knowledge, one, r),
                    )
                }),
        );
        all.extend(
            one.contraindications
                .iter()
                .filter(|c| c.label == label)
                .map(|c| {
                    article(
                        "contraindication",
                        of("contraindication"),
                        &one.place,
                        care::contraindication(knowledge, c),
                    )
                }),
        );
        all.extend(
            one.risks
                .iter()
                .filter(|r| r.label == label)
                .map(|r| article("risk", of("risk"), &one.place, care::risk(knowledge, r))),
        );
    }
    if let Some(one) = knowledge.conditions.get(whole) {
        all.extend(one.alarms.iter().filter(|a| a.label == label).map(|a| {
            article(
                "alarm",
                format!("{}, alarm {label}", one.name),
                &one.place,
                condition::alarm(knowledge, a),
            )
        }));
    }
    if let Some(one) = knowledge.classifications.get(whole) {
        all.extend(one.values.iter().filter(|v| v.id == label).map(|v| {
            article(
                "value",
                format!("{}: {}", one.name, v.name),
                &one.place,
                condition::class_value(knowledge, v),
            )
        }));
    }
    if let Some(one) = knowledge.instruments.get(whole) {
        all.extend(one.scores.iter().filter(|s| s.id == label).map(|s| {
            article(
                "score",
                format!("{}, score {label}", one.name),
                &one.place,
                Entry::plain(instrument::score(one, s)).at(&one.place),
            )
        }));
    }
    if let Some(handle) = knowledge.sources.find(whole) {
        let one = &knowledge.sources[handle];
        all.extend(one.statements.iter().filter(|s| s.id == label).map(|s| {
            article(
                "statement",
                format!("{}, statement {label}", one.short),
                &one.place,
                source::statement(knowledge, handle, s),
            )
        }));
    }
    all
}

/// Every name a part of `whole` could be called by.
#[must_use]
pub fn labels(knowledge: &Knowledge, whole: &str) -> Vec<String> {
    let mut labels: Vec<&str> = Vec::new();
    if let Some(one) = knowledge.interventions.get(whole) {
        labels.extend(one.recommendations.iter().map(|r| r.label.as_str()));
        labels.extend(one.contraindications.iter().map(|c| c.label.as_str()));
        labels.extend(one.risks.iter().map(|r| r.label.as_str()));
    }
    labels.extend(
        knowledge
            .conditions
            .get(whole)
            .into_iter()
            .flat_map(|one| one.alarms.iter().map(|a| a.label.as_str())),
    );
    labels.extend(
        knowledge
            .classifications
            .get(whole)
            .into_iter()
            .flat_map(|one| one.values.iter().map(|v| v.id.as_str())),
    );
    labels.extend(
        knowledge
            .instruments
            .get(whole)
            .into_iter()
            .flat_map(|one| one.scores.iter().map(|s| s.id.as_str())),
    );
    labels.extend(
        knowledge
            .sources
            .get(whole)
            .into_iter()
            .flat_map(|one| one.statements.iter().map(|s| s.id.as_str())),
    );
    labels
        .into_iter()
        .map(|label| format!("{whole}.{label}"))
        .collect()
}
