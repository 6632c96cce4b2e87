//! `cotreat explain`: all that is known about an id, and where it comes from.

mod listing;

use std::process::ExitCode;

use clap::Args;
use cotreat_care::explain::{Article, articles};
use cotreat_care::face::{Block, Tone};
use cotreat_knowledge::{Knowledge, Place, Problem};
use serde_json::Value;

use crate::commands::KnowledgeFolder;
use crate::files;
use crate::terminal::{self, Failure};

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

fn closing(knowledge: &Knowledge) -> String {
    let release = &knowledge.hash[..knowledge.hash.len().min(16)];
    let note = knowledge.ledger_note.as_deref().unwrap_or_default();
    format!("Knowledge {release}. {note}").trim_end().to_owned()
}

/// A thing of a kind, called up by an id in a message.
fn missing(message: String) -> Problem {
    Problem::new(Place::file("explain"), message)
}
