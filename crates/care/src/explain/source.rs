//! A source, and everything that rests on it; and the numbers of the method.

use cotreat_knowledge::model::{Source, SourceStatement};
use cotreat_knowledge::{Handle, Knowledge};

use super::words::word;

use super::Texts;
use super::article::{Article, Entry};
use super::citing::citing;

pub(super) fn article(knowledge: &Knowledge, texts: &Texts, handle: Handle<Source>) -> Article {
    let one = &knowledge.sources[handle];
    let id = knowledge.sources.id(handle);
    let mut article = Article::new("source", id, &one.name).in_file(knowledge, &one.place);
    article.fact("called", one.short.clone());
    article.fact("kind", word(serde_json::to_value(one.kind)));
    article.fact("year", one.year.to_string());
    article.fact("citation", one.citation.clone());
    article.fact("address", one.url.clone().unwrap_or_default());
    article.fact(
        "DOI",
        one.doi
            .as_ref()
            .map(|doi| format!("https://doi.org/{doi}"))
            .unwrap_or_default(),
    );
    article.fact(
        "how much of it was read",
        word(serde_json::to_value(one.read)),
    );
    article.fact("note", one.note.clone().unwrap_or_default());
    if !one.statements.is_empty() {
        article.fact(
            "list of its recommendations",
            if one.list_complete {
                "complete"
            } else {
                "not complete"
            },
        );
        article.fact("about the list", one.list_note.clone().unwrap_or_default());
    }
    let profiles: Vec<&str> = knowledge
        .profiles
        .iter()
        .filter(|(_, p)| p.guidelines.contains(&handle))
        .map(|(_, p)| p.id.as_str())
        .collect();
    article.fact("counts in the profiles", profiles.join(", "));
    article.section(
        "What it recommends",
        one.statements
            .iter()
            .map(|s| statement(knowledge, handle, s))
            .collect(),
    );
    article.section(super::library::RESTS, citing(texts, knowledge, id));
    article
}

/// One recommendation of a guideline: encoded where, or left out why.
pub(super) fn statement(
    knowledge: &Knowledge,
    source: Handle<Source>,
    statement: &SourceStatement,
) -> Entry {
    let mut entry =
        Entry::plain(format!("{}: {}", statement.id, statement.says)).at(&statement.place);
    entry.details.extend(
        statement
            .left_out
            .iter()
            .map(|why| format!("left out: {why}")),
    );
    for (_, one) in knowledge.interventions.iter() {
        for r in &one.recommendations {
            if r.statement.source == Some(source) && r.statement_id.as_ref() == Some(&statement.id)
            {
                entry.details.push(format!(
                    "encoded by {}.{}, {}",
                    one.id,
                    r.label,
                    super::words::place(&r.statement.place)
                ));
            }
        }
    }
    entry
}

/// The numbers of the reasoning itself.
pub(super) fn method(knowledge: &Knowledge) -> Article {
    let one = &knowledge.method;
    let mut article = Article::new("method", "method", "The numbers of the reasoning")
        .in_file(knowledge, &knowledge.method_statement.place);
    article.fact("possible from", one.possible_from.to_string());
    article.fact("likely from", one.likely_from.to_string());
    article.fact("very likely from", one.very_likely_from.to_string());
    article.fact(
        "bands an interval may not touch",
        format!("{}: then it is \"cannot say\"", one.cannot_say_bands),
    );
    article.fact(
        "clusters that multiply",
        format!("{} at most", one.max_clusters),
    );
    article.fact(
        "ratios used outside their setting",
        format!("log-interval times {}", one.other_setting_widening),
    );
    article.fact(
        "ratios without a printed interval",
        format!("uncertain by a factor of {}", one.missing_interval_factor),
    );
    article.fact(
        "review",
        format!(
            "after {} days where a line does not say",
            one.default_review_days
        ),
    );
    article.fact(
        "review while an urgent alarm stands",
        format!("after {} days at the latest", one.urgent_review_days),
    );
    article.fact(
        "proposed of one broader intervention",
        format!("{} kinds at most", one.preselected_kinds),
    );
    article.fact(
        "proposed hands-on lines",
        format!("{} at most", one.preselected_hands_on),
    );
    article.section(
        "Why these numbers",
        vec![Entry::stated(knowledge, "", &knowledge.method_statement)],
    );
    article
}
