//! Every article at once, with what rests on each source, for whoever browses: made once from the knowledge.

use std::collections::BTreeMap;

use cotreat_knowledge::Knowledge;

use super::{Article, Section, Texts, articles, kinds};

/// Every article, by kind and id.
#[derive(Clone, Debug, Default)]
pub struct Library {
    articles: Vec<Article>,
    /// The kind of each id: of several, the first in the order of kinds.
    kinds: BTreeMap<String, &'static str>,
    /// Everything that is written about an article, in lower case.
    texts: Vec<String>,
}

/// What the articles of sources are called.
const SOURCE: &str = "source";
/// The title of what rests on a source.
pub(super) const RESTS: &str = "What rests on it";

impl Library {
    /// The library of a release.
    #[must_use]
    pub fn of(knowledge: &Knowledge) -> Self {
        let mut library = Self::default();
        let nothing = Texts::new();
        for (kind, ids) in kinds(knowledge) {
            for (id, _) in ids {
                let found = articles(knowledge, &nothing, id);
                library
                    .articles
                    .extend(found.into_iter().find(|one| one.kind == kind));
            }
        }
        library.rest();
        for one in &library.articles {
            let kind = library.kinds.entry(one.id.clone());
            kind.or_insert(one.kind);
        }
        library.texts = library.articles.iter().map(text).collect();
        library
    }

    /// Puts what rests on each source into its article, with the article in which it stands.
    fn rest(&mut self) {
        let mut resting: BTreeMap<String, Vec<super::Entry>> = BTreeMap::new();
        for article in self.articles.iter().filter(|one| one.kind != SOURCE) {
            for entry in article.sections.iter().flat_map(|one| &one.entries) {
                let source = entry.origin.as_ref().and_then(|one| one.source.clone());
                if let Some(source) = source {
                    let mut entry = entry.clone();
                    entry
                        .details
                        .insert(0, format!("{} {}", article.kind, article.id));
                    resting.entry(source).or_default().push(entry);
                }
            }
        }
        for article in self.articles.iter_mut().filter(|one| one.kind == SOURCE) {
            if let Some(entries) = resting.remove(&article.id) {
                article.sections.push(Section {
                    title: RESTS,
                    entries,
                });
            }
        }
    }

    /// An article.
    #[must_use]
    pub fn article<'l>(&'l self, kind: &'l str, id: &str) -> Option<&'l Article> {
        let mut all = self.of_kind(kind);
        all.find(|one| one.id == id)
    }

    /// Every article of a kind, in the order of ids.
    pub fn of_kind<'l>(&'l self, kind: &'l str) -> impl Iterator<Item = &'l Article> {
        self.articles.iter().filter(move |one| one.kind == kind)
    }

    /// How many articles there are of each kind, in their order.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        let mut counts: Vec<(&'static str, usize)> = Vec::new();
        for article in &self.articles {
            match counts.last_mut() {
                Some((kind, count)) if *kind == article.kind => *count += 1,
                _ => counts.push((article.kind, 1)),
            }
        }
        counts
    }

    /// The kind of an id: of several, the first in the order of kinds.
    #[must_use]
    pub fn kind_of(&self, id: &str) -> Option<&'static str> {
        self.kinds.get(id).copied()
    }

    /// The articles in which all words stand; those with them in name or id come first.
    #[must_use]
    pub fn find(&self, wanted: &str, most: usize) -> Vec<&Article> {
        let wanted = wanted.to_lowercase();
        let words: Vec<&str> = wanted.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let holds = |text: &str| words.iter().all(|word| text.contains(word));
        let both = self.articles.iter().zip(&self.texts);
        let mut found: Vec<(bool, &Article)> = both
            .filter(|(_, text)| holds(text))
            .map(|(one, _)| (holds(&named(one)), one))
            .collect();
        found.sort_by_key(|(named, _)| !named);
        found.truncate(most);
        found.into_iter().map(|(_, one)| one).collect()
    }
}

/// Name and id, as they are looked for.
fn named(article: &Article) -> String {
    let id = article.id.replace('_', " ");
    format!("{} {} {id}", article.name, article.id).to_lowercase()
}

/// Everything that is written about it.
fn text(article: &Article) -> String {
    let mut text = named(article);
    let facts = article.facts.iter().map(|(_, fact)| fact.as_str());
    let entries = article.sections.iter().flat_map(|one| &one.entries);
    let said = entries.flat_map(|one| std::iter::once(&one.words).chain(&one.details));
    for part in facts.chain(said.map(String::as_str)) {
        text.push('\n');
        text.push_str(&part.to_lowercase());
    }
    text
}
