//! `cotreat explain`: all that is known about an id, and where it comes from.

mod article;
mod body;
mod care;
mod citing;
mod condition;
mod finding;
mod instrument;
mod listing;
mod medicine;
mod part;
mod people;
mod source;

use std::process::ExitCode;

use clap::Args;
use cotreat_care::face::{Block, Tone};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Place, Problem, Table};
use serde_json::Value;

use crate::commands::KnowledgeFolder;
use crate::files::{self, Texts};
use crate::rules;
use crate::terminal::{self, Failure};

use article::{Article, Entry};

/// Say all that is known about a finding, condition, technique, recommendation …, and where it comes from.
///
/// ID is an id of any kind, or of a part of a file such as INTERVENTION.LABEL. Without ID: every id by kind. Exit code 2 when there is no such id.
#[derive(Debug, Args)]
#[command(after_help = include_str!("examples/explain.txt"))]
pub struct Explain {
    /// The id of a finding, condition, classification, instrument, intervention, technique, medicine, muscle, joint, pattern, profession, pathway, profile
    /// or source; or of a part of one: intervention.label, condition.alarm, classification.value, source.statement.
    pub id: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub from: KnowledgeFolder,
}

impl Explain {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let folder = self.from.knowledge.as_deref();
        let texts = files::knowledge_texts(folder)?;
        let knowledge = files::knowledge_of(&texts, folder)?;
        let Some(id) = &self.id else {
            listing::print(&knowledge, self.json);
            return Ok(ExitCode::SUCCESS);
        };
        let articles = articles(&knowledge, &texts, id);
        if articles.is_empty() {
            return Err(listing::unknown(&knowledge, id).into());
        }
        if self.json {
            terminal::print(&format!(
                "{:#}\n",
                Value::Array(articles.iter().map(Article::json).collect())
            ));
        } else {
            for (at, article) in articles.iter().enumerate() {
                if at > 0 {
                    terminal::print("\n\n");
                }
                terminal::show(&article.blocks());
            }
            terminal::print("\n");
            terminal::show(&[Block::Line(closing(&knowledge), Tone::Faint)]);
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Everything that has this id, one article for each kind.
fn articles(k: &Knowledge, texts: &Texts, id: &str) -> Vec<Article> {
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

fn closing(knowledge: &Knowledge) -> String {
    let release = &knowledge.hash[..knowledge.hash.len().min(16)];
    let note = knowledge.ledger_note.as_deref().unwrap_or_default();
    format!("Knowledge {release}. {note}").trim_end().to_owned()
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

/// A thing of a kind, called up by an id in a message.
fn missing(message: String) -> Problem {
    Problem::new(Place::file("explain"), message)
}
