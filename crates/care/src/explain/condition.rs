//! Conditions with their starting points, criteria, alarms and evidence; and classifications.

use cotreat_knowledge::format::{After, WordKind};
use cotreat_knowledge::model::{Alarm, ClassValue, Classification, Condition};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge};

use super::words::{percent, word};

use super::article::{Article, Entry};
use super::{cited_by, finding};

pub(super) fn article(knowledge: &Knowledge, handle: Handle<Condition>) -> Article {
    let one = &knowledge.conditions[handle];
    let mut article = Article::new("condition", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("group", word(serde_json::to_value(one.group)));
    article.fact("what it is", one.explain.clone());
    article.section(
        "Alarms",
        one.alarms.iter().map(|a| alarm(knowledge, a)).collect(),
    );
    article.section(
        "What may clear an alarm",
        one.clearings
            .iter()
            .map(|c| {
                let labels: Vec<&str> = c
                    .clears
                    .iter()
                    .map(|at| one.alarms[*at].label.as_str())
                    .collect();
                Entry::stated(
                    knowledge,
                    &format!("clears {}", labels.join(", ")),
                    &c.statement,
                )
                .when(Some(&c.when))
            })
            .collect(),
    );
    article.section(
        "Starting points",
        one.priors
            .iter()
            .map(|p| {
                let (value, low, high) = p.printed;
                let lead = format!(
                    "{} ({} to {}) in {}",
                    percent(value),
                    percent(low),
                    percent(high),
                    word(serde_json::to_value(p.setting))
                );
                Entry::stated(knowledge, &lead, &p.statement).when(p.when.as_ref())
            })
            .collect(),
    );
    article.section(
        "Criteria",
        one.criteria
            .iter()
            .map(|c| {
                Entry::stated(knowledge, &c.band.word().replace('_', " "), &c.statement)
                    .when(Some(&c.when))
            })
            .collect(),
    );
    article.section(
        "Evidence, in the order in which it counts",
        one.lines
            .iter()
            .map(|line| {
                let f = &knowledge.findings[line.finding];
                finding::evidence(knowledge, f, &f.evidence[line.evidence])
                    .detail(format!("cluster {}", f.cluster))
            })
            .collect(),
    );
    article.section(
        "Statements",
        one.notes
            .iter()
            .map(|note| Entry::stated(knowledge, "", note))
            .collect(),
    );
    let acting = knowledge
        .interventions
        .iter()
        .filter(|(_, i)| i.acts_on.contains(&handle));
    article.section(
        "Interventions that act on it",
        acting
            .map(|(_, i)| Entry::plain(i.id.clone()).at(&i.place))
            .collect(),
    );
    let cites = |name| matches!(name, Name::Alarm(c, _) | Name::Likely(c) | Name::Possible(c) if c == handle);
    article.section("Cited by these rules", cited_by(knowledge, cites));
    article.words(knowledge, WordKind::Conditions, |id| id == one.id);
    article
}

/// An alarm rule with what to do.
pub(super) fn alarm(knowledge: &Knowledge, alarm: &Alarm) -> Entry {
    let mut entry = Entry::stated(
        knowledge,
        &format!("{} `{}`", alarm.tier.word(), alarm.label),
        &alarm.statement,
    )
    .when(Some(&alarm.when));
    entry.details.push(format!("do: {}", alarm.action));
    entry.details.extend(
        alarm
            .within
            .iter()
            .map(|within| format!("within: {within}")),
    );
    entry.details.extend(
        alarm
            .to
            .map(|to| format!("pathway: {}", knowledge.pathways.id(to))),
    );
    entry.details.push(
        if alarm.stops_hands_on {
            "hands-on care stops"
        } else {
            "hands-on care stays open"
        }
        .to_owned(),
    );
    let clearers: Vec<&str> = knowledge
        .professions
        .iter()
        .filter(|(_, p)| p.may_clear.covers(alarm.tier))
        .map(|(_, p)| p.id.as_str())
        .collect();
    entry.detail(format!(
        "may be cleared by: {}",
        if clearers.is_empty() {
            "nobody".to_owned()
        } else {
            clearers.join(", ")
        }
    ))
}

pub(super) fn classification(knowledge: &Knowledge, handle: Handle<Classification>) -> Article {
    let one = &knowledge.classifications[handle];
    let mut article =
        Article::new("classification", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact(
        "values",
        if one.exclusive {
            "one at most: the first that is true"
        } else {
            "each for itself"
        },
    );
    article.fact(
        "worked out",
        match one.after {
            After::Scores => "from findings and scores",
            After::Contributors => "from alarms and contributors too",
        },
    );
    article.section(
        "Values",
        one.values
            .iter()
            .map(|value| class_value(knowledge, value))
            .collect(),
    );
    article.section(
        "Cited by these rules",
        cited_by(knowledge, |name| name == Name::Classification(handle)),
    );
    let own = |id: &str| id.split_once('.').is_some_and(|(class, _)| class == one.id);
    article.words(knowledge, WordKind::Classifications, own);
    article
}

/// One value of a classification.
pub(super) fn class_value(knowledge: &Knowledge, value: &ClassValue) -> Entry {
    let entry = Entry::stated(
        knowledge,
        &format!("{} ({})", value.name, value.id),
        &value.statement,
    )
    .when(Some(&value.when));
    entry.details(
        value
            .out_of_scope
            .iter()
            .map(|words| format!("this program is not made for these patients: {words}")),
    )
}
