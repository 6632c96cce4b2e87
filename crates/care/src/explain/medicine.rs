//! Medicines.

use cotreat_knowledge::model::Medicine;
use cotreat_knowledge::{Handle, Knowledge};

use super::words::word;

use super::article::{Article, Entry};

pub(super) fn article(knowledge: &Knowledge, handle: Handle<Medicine>) -> Article {
    let one = &knowledge.medicines[handle];
    let mut article = Article::new("medicine", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("its days are counted as", one.class.clone());
    article.fact(
        "a means of",
        one.intervention
            .map(|i| knowledge.interventions.id(i).to_owned())
            .unwrap_or_default(),
    );
    if one.opioid && one.conversions.is_empty() {
        article.fact("in oral morphine", "not known");
    }
    article.section(
        "In milligrams of oral morphine a day (to estimate risk, never to change from one opioid to another)",
        one.conversions
            .iter()
            .map(|c| {
                let words = format!(
                    "{}: dose in {} times {}",
                    word(serde_json::to_value(c.route)),
                    serde_json::to_value(c.unit)
                        .ok()
                        .and_then(|unit| unit.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    c.factor
                );
                Entry::stated(knowledge, &words, &c.statement)
            })
            .collect(),
    );
    article.section(
        "Statements",
        std::iter::once(&one.statement)
            .chain(&one.notes)
            .map(|s| Entry::stated(knowledge, "", s))
            .collect(),
    );
    article
}
