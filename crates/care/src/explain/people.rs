//! Professions, pathways and profiles.

use cotreat_knowledge::model::{Pathway, Profession, Profile, Scope};
use cotreat_knowledge::{Handle, Knowledge};

use super::words::{place, word};

use super::article::{Article, Entry};

pub(super) fn profession(knowledge: &Knowledge, handle: Handle<Profession>) -> Article {
    let one = &knowledge.professions[handle];
    let ids = |list: &[Handle<Profession>]| {
        list.iter()
            .map(|p| knowledge.professions.id(*p))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut article = Article::new("profession", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact(
        "highest alarm tier it may clear",
        word(serde_json::to_value(one.may_clear)),
    );
    article.fact("may lead a plan", if one.may_lead { "yes" } else { "no" });
    article.fact("a referral to it holds", one.referral_content.join("; "));
    article.fact("referrals are answered within", days(one.answer_days));
    article.fact("may guide", ids(&one.guides));
    let guides: Vec<&str> = knowledge
        .professions
        .iter()
        .filter(|(_, p)| p.guides.contains(&handle))
        .map(|(_, p)| p.id.as_str())
        .collect();
    article.fact("may be guided by", guides.join(", "));
    article.section(
        "Statements",
        std::iter::once(&one.statement)
            .chain(&one.notes)
            .map(|s| Entry::stated(knowledge, "", s))
            .collect(),
    );
    article.section(
        "Scope of practice",
        one.scopes.iter().map(|s| scope(knowledge, s)).collect(),
    );
    let delivers = knowledge
        .interventions
        .iter()
        .filter(|(_, i)| i.delivered_by.contains(&handle));
    article.section(
        "Named as deliverer by",
        delivers
            .map(|(_, i)| Entry::plain(format!("intervention {}", i.id)).at(&i.place))
            .collect(),
    );
    article
}

fn days(days: Option<u32>) -> String {
    match days {
        None => String::new(),
        Some(0) => "the same day".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    }
}

fn scope(knowledge: &Knowledge, scope: &Scope) -> Entry {
    let interventions = |list: &[Handle<_>]| {
        list.iter()
            .map(|i| knowledge.interventions.id(*i))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut entry = Entry::stated(knowledge, &scope.jurisdiction, &scope.statement);
    entry
        .details
        .push(format!("may: {}", interventions(&scope.may)));
    if !scope.not_interventions.is_empty() {
        entry.details.push(format!(
            "may not: {}",
            interventions(&scope.not_interventions)
        ));
    }
    if !scope.not_techniques.is_empty() {
        let techniques: Vec<&str> = scope
            .not_techniques
            .iter()
            .map(|t| knowledge.techniques.id(*t))
            .collect();
        entry.details.push(format!(
            "may not use the techniques: {}",
            techniques.join(", ")
        ));
    }
    entry
}

pub(super) fn pathway(knowledge: &Knowledge, handle: Handle<Pathway>) -> Article {
    let one = &knowledge.pathways[handle];
    let mut article = Article::new("pathway", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("to", one.to.clone());
    article.fact("within", one.within.clone());
    article.fact("the referral holds", one.content.join("; "));
    article.fact("referrals are answered within", days(one.answer_days));
    article.fact(
        "superfluous beside",
        one.gives_way_to
            .iter()
            .map(|p| knowledge.pathways.id(*p))
            .collect::<Vec<_>>()
            .join(", "),
    );
    article.section(
        "For whom",
        vec![Entry::stated(knowledge, "", &one.statement).when(Some(&one.when))],
    );
    let alarms = knowledge
        .conditions
        .iter()
        .flat_map(|(_, c)| c.alarms.iter().map(move |alarm| (c, alarm)));
    let alarms = alarms.filter(|(_, alarm)| alarm.to == Some(handle));
    article.section(
        "Alarms that lead to it",
        alarms
            .map(|(c, alarm)| {
                Entry::plain(format!("{}.{} ({})", c.id, alarm.label, alarm.tier.word()))
                    .at(&alarm.statement.place)
            })
            .collect(),
    );
    article
}

pub(super) fn profile(knowledge: &Knowledge, handle: Handle<Profile>) -> Article {
    let one = &knowledge.profiles[handle];
    let mut article = Article::new("profile", &one.id, &one.name).in_file(knowledge, &one.place);
    article.section(
        "Guidelines that count",
        one.guidelines
            .iter()
            .map(|s| {
                let source = &knowledge.sources[*s];
                Entry {
                    place: Some(place(&source.place)),
                    ..Entry::plain(format!("{} ({})", source.short, knowledge.sources.id(*s)))
                }
            })
            .collect(),
    );
    article
}
