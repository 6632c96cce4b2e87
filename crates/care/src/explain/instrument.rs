//! An instrument: licence, items, scores, bands, and changes that matter.

use cotreat_knowledge::format::{Missing, ScoreMethod, WordKind};
use cotreat_knowledge::model::{Instrument, Item, MeaningfulChange, Score, ScoreBand};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge};

use super::words::word;

use super::article::{Article, Entry};
use super::cited_by;

pub(super) fn article(knowledge: &Knowledge, handle: Handle<Instrument>) -> Article {
    let one = &knowledge.instruments[handle];
    let mut article = Article::new("instrument", &one.id, &one.name).in_file(knowledge, &one.place);
    article.fact("measures", one.measures.clone());
    article.fact("answered by", word(serde_json::to_value(one.asked_of)));
    article.fact("takes", format!("about {} s", one.burden_seconds));
    article.fact(
        "licence",
        format!(
            "tier {}. {}",
            word(serde_json::to_value(one.tier)),
            one.licence
        ),
    );
    article.section(
        "Items",
        one.items
            .iter()
            .map(|i| Entry::plain(item(i)).at(&one.place))
            .collect(),
    );
    article.section(
        "Scoring",
        vec![Entry::stated(knowledge, "", &one.statement)],
    );
    article.section(
        "Scores",
        one.scores
            .iter()
            .map(|s| Entry::plain(score(one, s)).at(&one.place))
            .collect(),
    );
    article.section(
        "Bands",
        one.scores
            .iter()
            .flat_map(|s| s.bands.iter().map(move |b| band(knowledge, s, b)))
            .collect(),
    );
    article.section(
        "A change that matters",
        one.changes
            .iter()
            .map(|c| change(knowledge, one, c))
            .collect(),
    );
    article.section(
        "Statements",
        one.notes
            .iter()
            .map(|note| Entry::stated(knowledge, "", note))
            .collect(),
    );
    article.section(
        "Cited by these rules",
        cited_by(
            knowledge,
            |name| matches!(name, Name::Score(score) if score.instrument == handle),
        ),
    );
    let own = |id: &str| id.split('.').next() == Some(one.id.as_str());
    article.words(knowledge, WordKind::Instruments, own);
    article
}

fn band(knowledge: &Knowledge, score: &Score, band: &ScoreBand) -> Entry {
    let lead = format!("{}, {}, {} to {}", score.id, band.name, band.from, band.to);
    Entry::stated(knowledge, &lead, &band.statement)
}

fn item(item: &Item) -> String {
    let text = item
        .text
        .as_deref()
        .unwrap_or("its wording may not be shipped");
    let labels = if item.labels.is_empty() {
        String::new()
    } else {
        format!(": {}", item.labels.join(", "))
    };
    format!("{}: {text} ({} to {}{labels})", item.id, item.min, item.max)
}

/// How a score is made.
pub(super) fn score(one: &Instrument, score: &Score) -> String {
    let items: Vec<&str> = score
        .items
        .iter()
        .map(|i| one.items[i.item].id.as_str())
        .collect();
    let method = match score.method {
        ScoreMethod::Sum => "sum",
        ScoreMethod::Mean => "mean",
        ScoreMethod::Count => "number of items that are not 0",
        ScoreMethod::Percent => "percent of what is possible",
    };
    let missing = match score.missing {
        _ if score.max_missing == 0 => "no score when an item is missing".to_owned(),
        Missing::Zero => format!("up to {} missing items count 0", score.max_missing),
        Missing::Prorate => format!(
            "up to {} missing items are made up for by the others",
            score.max_missing
        ),
        Missing::None => format!("up to {} items may be missing", score.max_missing),
    };
    let of = if items.is_empty() {
        "entered as a total".to_owned()
    } else {
        format!("{method} of {}; {missing}", items.join(", "))
    };
    format!(
        "{}: {of}; {} to {}, higher is {}",
        score.id,
        score.min,
        score.max,
        word(serde_json::to_value(score.higher))
    )
}

fn change(knowledge: &Knowledge, one: &Instrument, change: &MeaningfulChange) -> Entry {
    let points = change.points.map(|points| format!("{points} points"));
    let percent = change.percent.map(|percent| format!("{percent} %"));
    let size: Vec<String> = points.into_iter().chain(percent).collect();
    Entry::stated(
        knowledge,
        &format!(
            "{}, {}: {}",
            change.id,
            one.scores[change.score].id,
            size.join(" and ")
        ),
        &change.statement,
    )
}
