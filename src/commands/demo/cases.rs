//! Three instructive cases, on one page each.

use cotreat_care::Appraisal;
use cotreat_care::face::{self, Block, Detail, Tone};
use cotreat_knowledge::{Place, Problem};

use super::Demo;
use crate::files;
use crate::patient::{Kind, Overrides, Patient};
use crate::terminal::{self, Failure};

/// Which cases, and what to look at: `path | heading | introduction`, one on a line. No heading means the first.
const CASES: &str = include_str!("cases.txt");

/// Prints them.
pub fn print(demo: &Demo) -> Result<(), Failure> {
    let folder = demo.from.knowledge.as_deref();
    let texts = files::knowledge_texts(folder)?;
    let knowledge = files::knowledge_of(&texts, folder)?;
    let detail = if demo.full {
        Detail::Full
    } else {
        Detail::Brief
    };
    let mut tried = Vec::new();
    for (at, (path, heading, introduction)) in cases().enumerate() {
        let text = texts.get(path).ok_or_else(|| {
            Problem::new(
                Place::file(path),
                "this case is not in the knowledge folder",
            )
            .help("leave out --knowledge to see the built-in cases")
        })?;
        let chosen = Overrides {
            case: (!heading.is_empty()).then(|| heading.to_owned()),
            ..Overrides::default()
        };
        let patient = Patient::from_text(path, Kind::Case, text, &chosen, &knowledge)?;
        let appraisal = cotreat_care::appraise(&patient.episode, &knowledge);
        terminal::show(&[Block::Line(
            format!(
                "Case {} of {}, {path}. {introduction}",
                at + 1,
                cases().count()
            ),
            Tone::Strong,
        )]);
        terminal::print("\n");
        terminal::show(&page(&appraisal, detail));
        terminal::print("\n");
        tried.push(path);
    }
    terminal::show(&closing(&tried));
    Ok(())
}

/// The page, without its hint at an option that this command does not have.
fn page(appraisal: &Appraisal, detail: Detail) -> Vec<Block> {
    let mut blocks = face::layout(appraisal, detail);
    blocks.retain(
        |block| !matches!(block, Block::Line(words, Tone::Faint) if words.contains("--brief")),
    );
    blocks
}

/// Path, heading and introduction of each case.
fn cases() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    CASES.lines().filter_map(|line| {
        let mut parts = line.splitn(3, '|').map(str::trim);
        Some((parts.next()?, parts.next()?, parts.next()?))
    })
}

/// What to try next.
fn closing(paths: &[&str]) -> Vec<Block> {
    let path = paths.first().copied().unwrap_or("cases/…");
    let hint =
        |command: String, what: &str| Block::Item(0, format!("{command} : {what}"), Tone::Plain);
    vec![
        Block::Heading(2, "Now try".into()),
        hint(
            format!("cotreat appraise knowledge/{path}"),
            "the reason for every line, down to the sentence of a source",
        ),
        hint(
            format!("cotreat ask knowledge/{path} --both"),
            "answer the next best questions and see what each answer changes",
        ),
        hint(
            "cotreat explain".into(),
            "every id; with one of them, all that is known about it and where from",
        ),
        hint(
            "cotreat coverage".into(),
            "what the guidelines say that is encoded, and what is not",
        ),
        hint("cotreat --help".into(), "the other commands"),
    ]
}
