//! `cotreat explain`: all that is known about an id, and where it comes from.

mod article;
mod body;
mod care;
mod condition;
mod finding;
mod instrument;
mod listing;
mod part;
mod people;
mod source;
mod written;

use std::process::ExitCode;

use clap::Args;
use cotreat_care::face::{Block, Tone};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Knowledge, Place, Problem};
use serde_json::Value;

use crate::commands::KnowledgeFolder;
use crate::terminal::{self, Failure};
use crate::{files, rules};

use article::{Article, Entry};
use written::Written;

/// Say all that is known about a finding, condition, technique, recommendation …, and where it comes from.
///
/// ID is an id of any kind, or of a part of a file such as INTERVENTION.LABEL. Without ID: every id by kind. Exit code 2 when there is no such id.
#[derive(Debug, Args)]
#[command(after_help = include_str!("examples/explain.txt"))]
pub struct Explain {
    /// The id of a finding, condition, classification, instrument, intervention, technique, muscle, joint, pattern, profession, pathway, profile
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
        let articles = articles(&knowledge, &Written::new(&texts, &knowledge), id);
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
fn articles(knowledge: &Knowledge, written: &Written<'_>, id: &str) -> Vec<Article> {
    let k = knowledge;
    let mut all = Vec::new();
    all.extend(
        k.findings
            .find(id)
            .map(|handle| finding::article(k, written, handle)),
    );
    all.extend(
        k.conditions
            .find(id)
            .map(|handle| condition::article(k, written, handle)),
    );
    all.extend(
        k.classifications
            .find(id)
            .map(|handle| condition::classification(k, written, handle)),
    );
    all.extend(
        k.instruments
            .find(id)
            .map(|handle| instrument::article(k, written, handle)),
    );
    all.extend(
        k.interventions
            .find(id)
            .map(|handle| care::intervention(k, written, handle)),
    );
    all.extend(
        k.techniques
            .find(id)
            .map(|handle| care::technique(k, written, handle)),
    );
    all.extend(
        k.muscles
            .find(id)
            .map(|handle| body::muscle(k, written, handle)),
    );
    all.extend(k.joints.find(id).map(|handle| body::joint(k, handle)));
    all.extend(
        k.patterns
            .find(id)
            .map(|handle| body::pattern(k, written, handle)),
    );
    all.extend(
        k.professions
            .find(id)
            .map(|handle| people::profession(k, handle)),
    );
    all.extend(k.pathways.find(id).map(|handle| people::pathway(k, handle)));
    all.extend(k.profiles.find(id).map(|handle| people::profile(k, handle)));
    all.extend(
        k.sources
            .find(id)
            .map(|handle| source::article(k, written, handle)),
    );
    all.extend((id == "method").then(|| source::method(k)));
    if let Some((whole, label)) = id.split_once('.') {
        all.extend(part::articles(k, whole, label));
    }
    all
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
