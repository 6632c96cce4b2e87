//! `cotreat coverage`: which recommendations of a guideline are encoded, which are left out and why, and whether the list is complete.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use cotreat_care::face::{Block, Tone};
use cotreat_knowledge::format::SourceKind;
use cotreat_knowledge::model::{Intervention, Recommendation, Source};
use cotreat_knowledge::{Handle, Knowledge, Place, Problem, did_you_mean};

use crate::commands::KnowledgeFolder;
use crate::files;
use crate::terminal::{self, Failure};
use crate::words::{count, place, word};

/// Say which recommendations of a guideline are encoded, which are left out and why.
///
/// Without GUIDELINE: a table of all guidelines. Exit code 0, also when something is left out; 2 when there is no such guideline.
#[derive(Debug, Args)]
#[command(after_help = include_str!("examples/coverage.txt"))]
pub struct Coverage {
    /// The id of a guideline.
    pub guideline: Option<String>,
    #[command(flatten)]
    pub from: KnowledgeFolder,
}

impl Coverage {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let folder: Option<PathBuf> = self.from.knowledge;
        let knowledge = files::knowledge(folder.as_deref())?;
        match self.guideline {
            None => table(&knowledge),
            Some(id) => terminal::show(&one(&knowledge, find(&knowledge, &id)?)),
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A guideline, or anything else that has a list of recommendations.
fn has_list(source: &Source) -> bool {
    source.kind == SourceKind::Guideline || !source.statements.is_empty()
}

fn find(knowledge: &Knowledge, id: &str) -> Result<Handle<Source>, Failure> {
    let known = || {
        knowledge
            .sources
            .iter()
            .filter(|(_, source)| has_list(source))
            .map(|(handle, _)| knowledge.sources.id(handle))
    };
    let wrong = |message: String| {
        let help = did_you_mean(id, known())
            .unwrap_or_else(|| "`cotreat coverage` lists the guidelines".into());
        Failure::from(Problem::new(Place::file("coverage"), message).help(help))
    };
    let handle = knowledge
        .sources
        .find(id)
        .ok_or_else(|| wrong(format!("there is no guideline `{id}`")))?;
    let source = &knowledge.sources[handle];
    if has_list(source) {
        Ok(handle)
    } else {
        Err(wrong(format!(
            "`{id}` is not a guideline ({}) and lists no recommendations",
            word(serde_json::to_value(source.kind))
        )))
    }
}

/// The recommendations that cite a source.
fn recommendations(
    knowledge: &Knowledge,
    source: Handle<Source>,
) -> impl Iterator<Item = (&Intervention, &Recommendation)> {
    let all = knowledge
        .interventions
        .iter()
        .flat_map(|(_, one)| one.recommendations.iter().map(move |r| (one, r)));
    all.filter(move |(_, r)| r.statement.source == Some(source))
}

/// How many statements are encoded and how many left out.
fn counts(source: &Source) -> (usize, usize) {
    let left_out = source
        .statements
        .iter()
        .filter(|s| s.left_out.is_some())
        .count();
    (source.statements.len() - left_out, left_out)
}

fn table(knowledge: &Knowledge) {
    let mut rows =
        vec![["guideline", "called", "encoded", "left out", "list", "read"].map(str::to_owned)];
    let (mut encoded_in_all, mut left_out_of_all) = (0, 0);
    for (handle, source) in knowledge
        .sources
        .iter()
        .filter(|(_, source)| has_list(source))
    {
        let (encoded, left_out) = counts(source);
        encoded_in_all += encoded;
        left_out_of_all += left_out;
        rows.push([
            knowledge.sources.id(handle).to_owned(),
            source.short.clone(),
            encoded.to_string(),
            left_out.to_string(),
            if source.statements.is_empty() {
                "none"
            } else if source.list_complete {
                "complete"
            } else {
                "not complete"
            }
            .to_owned(),
            word(serde_json::to_value(source.read)),
        ]);
    }
    let guidelines = rows.len() - 1;
    let widths: Vec<usize> = (0..rows[0].len())
        .map(|column| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        terminal::print(&format!("{}\n", cells.join("  ").trim_end()));
    }
    terminal::print(&format!(
        "\n{}: {} encoded, {left_out_of_all} left out. \"complete\" means that every recommendation of the guideline stands in its list.\n",
        count(guidelines, "guideline"),
        count(encoded_in_all, "statement"),
    ));
}

fn one(knowledge: &Knowledge, handle: Handle<Source>) -> Vec<Block> {
    let source = &knowledge.sources[handle];
    let (encoded, left_out) = counts(source);
    let mut blocks = vec![
        Block::Heading(1, format!("{}: {}", source.short, source.name)),
        Block::Line(
            format!(
                "{} Read: {}.",
                source.citation,
                word(serde_json::to_value(source.read))
            ),
            Tone::Plain,
        ),
    ];
    blocks.extend(
        source
            .note
            .iter()
            .map(|note| Block::Line(note.clone(), Tone::Warning)),
    );
    blocks.push(if source.list_complete {
        Block::Line(
            "The list below is complete: it holds every recommendation of the guideline.".into(),
            Tone::Good,
        )
    } else {
        Block::Line(
            "The list below is not complete: the guideline recommends more than stands here."
                .into(),
            Tone::Warning,
        )
    });
    blocks.extend(
        source
            .list_note
            .iter()
            .map(|note| Block::Line(note.clone(), Tone::Plain)),
    );
    blocks.push(Block::Line(
        format!(
            "{}: {encoded} encoded, {left_out} left out. {}",
            count(source.statements.len(), "statement"),
            place(&source.place)
        ),
        Tone::Plain,
    ));
    blocks.push(Block::Heading(2, "Encoded".into()));
    for statement in source.statements.iter().filter(|s| s.left_out.is_none()) {
        blocks.push(Block::Item(
            0,
            format!("{}: {}", statement.id, statement.says),
            Tone::Plain,
        ));
        for (one, r) in recommendations(knowledge, handle)
            .filter(|(_, r)| r.statement_id.as_ref() == Some(&statement.id))
        {
            let words = format!(
                "{}.{} ({}, {})",
                one.id,
                r.label,
                word(serde_json::to_value(r.direction)),
                r.strength
            );
            blocks.push(Block::Item(
                1,
                format!("{words} {}", place(&r.statement.place)),
                Tone::Faint,
            ));
        }
    }
    if left_out > 0 {
        blocks.push(Block::Heading(2, "Left out".into()));
    }
    for statement in &source.statements {
        if let Some(why) = &statement.left_out {
            blocks.push(Block::Item(
                0,
                format!("{}: {}", statement.id, statement.says),
                Tone::Plain,
            ));
            blocks.push(Block::Item(
                1,
                format!("because: {why} {}", place(&statement.place)),
                Tone::Warning,
            ));
        }
    }
    let loose: Vec<String> = recommendations(knowledge, handle)
        .filter(|(_, r)| r.statement_id.is_none())
        .map(|(one, r)| format!("{}.{} {}", one.id, r.label, place(&r.statement.place)))
        .collect();
    if !loose.is_empty() {
        blocks.push(Block::Heading(
            2,
            "Recommendations that cite the guideline without naming a statement of the list".into(),
        ));
        blocks.extend(
            loose
                .into_iter()
                .map(|words| Block::Item(0, words, Tone::Warning)),
        );
    }
    blocks.push(Block::Line(
        format!(
            "`cotreat explain {}` shows everything else that rests on it.",
            knowledge.sources.id(handle)
        ),
        Tone::Faint,
    ));
    blocks
}
