//! Muscles, joints and patterns.

use cotreat_knowledge::format::WordKind;
use cotreat_knowledge::model::{Finding, Joint, Muscle, Pattern, Statement, Technique};
use cotreat_knowledge::{Handle, Knowledge};

use super::article::{Article, Entry};

pub(super) fn muscle(knowledge: &Knowledge, handle: Handle<Muscle>) -> Article {
    let one = &knowledge.muscles[handle];
    let mut article = Article::new("muscle", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("also called", one.synonyms.join(", "));
    article.fact("action", one.action.clone());
    article.fact("nerve", one.nerve.clone().unwrap_or_default());
    article.fact("referral area", one.referral.clone().unwrap_or_default());
    for (label, finding) in [
        ("tender", one.tender),
        ("weak", one.weak),
        ("short", one.short),
    ] {
        article.fact(
            label,
            finding
                .map(|f| knowledge.findings.id(f).to_owned())
                .unwrap_or_default(),
        );
    }
    article.fact("tests", findings(knowledge, &one.tests));
    article.fact("release", techniques(knowledge, &one.release));
    article.fact("activation", techniques(knowledge, &one.activation));
    article.fact("anatomy ontology", one.ontology.clone().unwrap_or_default());
    article.section(
        "Statements",
        statements(knowledge, &one.statement, &one.notes),
    );
    let patterns = knowledge.patterns.iter().filter_map(|(_, p)| {
        let what = if p.inhibited.contains(&handle) {
            "inhibited"
        } else if p.overworked.contains(&handle) {
            "overworked"
        } else {
            return None;
        };
        Some(Entry::plain(format!("{what} in {}", p.id)).at(&p.place))
    });
    article.section("Patterns", patterns.collect());
    article.words(knowledge, WordKind::Muscles, |id| id == one.id);
    article
}

fn findings(knowledge: &Knowledge, list: &[Handle<Finding>]) -> String {
    list.iter()
        .map(|f| knowledge.findings.id(*f))
        .collect::<Vec<_>>()
        .join(", ")
}

fn techniques(knowledge: &Knowledge, list: &[Handle<Technique>]) -> String {
    list.iter()
        .map(|t| knowledge.techniques.id(*t))
        .collect::<Vec<_>>()
        .join(", ")
}

fn statements(knowledge: &Knowledge, first: &Statement, notes: &[Statement]) -> Vec<Entry> {
    std::iter::once(first)
        .chain(notes)
        .map(|note| Entry::stated(knowledge, "", note))
        .collect()
}

pub(super) fn joint(knowledge: &Knowledge, handle: Handle<Joint>) -> Article {
    let one = &knowledge.joints[handle];
    let mut article = Article::new("joint", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("motion", one.motion.clone());
    article.fact("referral area", one.referral.clone().unwrap_or_default());
    article.fact("tests", findings(knowledge, &one.tests));
    article.fact("techniques", techniques(knowledge, &one.techniques));
    let conditions: Vec<&str> = one
        .conditions
        .iter()
        .map(|c| knowledge.conditions.id(*c))
        .collect();
    article.fact("worked on where possible", conditions.join(", "));
    article.fact("anatomy ontology", one.ontology.clone().unwrap_or_default());
    article.section(
        "Statements",
        statements(knowledge, &one.statement, &one.notes),
    );
    article
}

pub(super) fn pattern(knowledge: &Knowledge, handle: Handle<Pattern>) -> Article {
    let one = &knowledge.patterns[handle];
    let muscles = |list: &[Handle<Muscle>]| {
        list.iter()
            .map(|m| knowledge.muscles.id(*m))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut article = Article::new("pattern", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("inhibited, to activate", muscles(&one.inhibited));
    article.fact("overworked, to release", muscles(&one.overworked));
    article.fact("standing", "guides release and activation; never a cause");
    article.section(
        "When it is seen",
        vec![Entry::stated(knowledge, "", &one.statement).when(Some(&one.when))],
    );
    article.section(
        "What speaks against the story",
        one.contested
            .iter()
            .map(|c| Entry::stated(knowledge, "", c))
            .collect(),
    );
    article.section(
        "What speaks for it",
        one.notes
            .iter()
            .map(|note| Entry::stated(knowledge, "", note))
            .collect(),
    );
    article.words(knowledge, WordKind::Patterns, |id| id == one.id);
    article
}
