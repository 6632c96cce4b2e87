//! All that is known about an id, and where it comes from: one [`Article`] for each kind of thing that has the id, out of the knowledge alone.
//!
//! `cotreat explain` prints articles, the knowledge browser of the server shows them: both show the same words.

mod article;
mod body;
mod care;
mod citing;
mod condition;
mod finding;
mod instrument;
mod library;
mod medicine;
pub mod part;
mod people;
pub mod rules;
mod source;
pub mod words;

use std::collections::BTreeMap;

use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Table};

pub use article::{Article, Entry, FileNote, Origin, Section};
pub use library::Library;

/// The texts of a knowledge folder by path below it.
pub type Texts = BTreeMap<String, String>;

/// A kind of thing, and the id and name of every one.
pub type Kinds<'k> = Vec<(&'static str, Vec<(&'k str, &'k str)>)>;

/// Everything that has this id, one article for each kind. The texts are read once more for what rests on a source.
#[must_use]
pub fn articles(k: &Knowledge, texts: &Texts, id: &str) -> Vec<Article> {
    let found = [
        one(&k.findings, id, |handle| finding::article(k, handle)),
        one(&k.conditions, id, |handle| condition::article(k, handle)),
        one(&k.classifications, id, |handle| {
            condition::classification(k, handle)
        }),
        one(&k.instruments, id, |handle| instrument::article(k, handle)),
        one(&k.interventions, id, |handle| care::intervention(k, handle)),
        one(&k.techniques, id, |handle| care::technique(k, handle)),
        one(&k.medicines, id, |handle| medicine::article(k, handle)),
        one(&k.muscles, id, |handle| body::muscle(k, handle)),
        one(&k.joints, id, |handle| body::joint(k, handle)),
        one(&k.patterns, id, |handle| body::pattern(k, handle)),
        one(&k.professions, id, |handle| people::profession(k, handle)),
        one(&k.pathways, id, |handle| people::pathway(k, handle)),
        one(&k.profiles, id, |handle| people::profile(k, handle)),
        one(&k.sources, id, |handle| source::article(k, texts, handle)),
        (id == "method").then(|| source::method(k)),
    ];
    let mut all: Vec<Article> = found.into_iter().flatten().collect();
    if let Some((whole, label)) = id.split_once('.') {
        all.extend(part::articles(k, whole, label));
    }
    all
}

fn one<T>(
    table: &Table<T>,
    id: &str,
    article: impl FnOnce(Handle<T>) -> Article,
) -> Option<Article> {
    table.find(id).map(article)
}

/// Every id by kind.
#[must_use]
pub fn kinds(k: &Knowledge) -> Kinds<'_> {
    fn of<'k, T>(table: &'k Table<T>, name: impl Fn(&'k T) -> &'k str) -> Vec<(&'k str, &'k str)> {
        table
            .iter()
            .map(|(handle, one)| (table.id(handle), name(one)))
            .collect()
    }
    vec![
        ("finding", of(&k.findings, |one| &one.name)),
        ("condition", of(&k.conditions, |one| &one.name)),
        ("classification", of(&k.classifications, |one| &one.name)),
        ("instrument", of(&k.instruments, |one| &one.name)),
        ("intervention", of(&k.interventions, |one| &one.name)),
        ("technique", of(&k.techniques, |one| &one.name)),
        ("medicine", of(&k.medicines, |one| &one.name)),
        ("muscle", of(&k.muscles, |one| &one.name)),
        ("joint", of(&k.joints, |one| &one.name)),
        ("pattern", of(&k.patterns, |one| &one.name)),
        ("profession", of(&k.professions, |one| &one.name)),
        ("pathway", of(&k.pathways, |one| &one.name)),
        ("profile", of(&k.profiles, |one| &one.name)),
        ("source", of(&k.sources, |one| &one.short)),
        ("method", vec![("method", "The numbers of the reasoning")]),
    ]
}

/// The rules that cite a word.
fn cited_by(knowledge: &Knowledge, wanted: impl Fn(Name) -> bool) -> Vec<Entry> {
    let cites = |ruling: &rules::Ruling<'_>| ruling.cites(knowledge, &wanted);
    rules::all(knowledge)
        .into_iter()
        .filter(cites)
        .map(|r| Entry::plain(r.decides).when(Some(r.rule)).at(&r.rule.place))
        .collect()
}
