//! What is wrong with a knowledge file is said in full: every problem, with file, line, column and remedy.
//!
//! One `check`, many cases: each makes one mistake in the knowledge of the guide and lists exactly what is then told.

mod body;
mod cited;
mod conditions;
mod findings;
mod ids;
mod instruments;
mod interventions;
mod medicines;
mod rules;
pub mod shape;
mod together;
mod unread;
mod words;

use cotreat_knowledge::load;

use crate::common::guide::{Texts, bare, examples};

/// A mistake, and what is told about it.
pub struct Mistake {
    pub name: &'static str,
    edits: &'static [Edit],
    told: &'static [&'static str],
}

/// A change of the guide's knowledge folder.
pub enum Edit {
    /// In this file, these words (which stand there once) become those.
    Swap(&'static str, &'static str, &'static str),
    /// This text is added at the end of the file, or the file is new.
    Add(&'static str, &'static str),
    /// The file is gone.
    Remove(&'static str),
}

use Edit::{Add, Remove, Swap};

/// Checks every mistake of a list; all that differ are told together, so that a change of the guide is mended in one go.
fn check(mistakes: &[Mistake]) {
    let wrong: String = mistakes.iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{wrong}");
}

/// What differs from what should be told about a mistake.
fn difference(mistake: &Mistake) -> Option<String> {
    let got = told(&mistake.made());
    if got == mistake.told {
        return None;
    }
    let list = |lines: &mut dyn Iterator<Item = &str>| -> String {
        lines.map(|line| format!("    {line:?},\n")).collect()
    };
    let expected = list(&mut mistake.told.iter().copied());
    let got = list(&mut got.iter().map(String::as_str));
    Some(format!(
        "\n{}\n  expected:\n{expected}  got:\n{got}",
        mistake.name
    ))
}

impl Mistake {
    /// The guide's knowledge folder with this mistake in it; lines are counted without its comments.
    pub fn made(&self) -> Texts {
        let mut texts = examples().clone();
        for edit in self.edits {
            apply(edit, &mut texts, self.name);
        }
        bare(&texts)
    }
}

fn apply(edit: &Edit, texts: &mut Texts, name: &str) {
    match edit {
        Swap(file, from, to) => {
            let text = texts
                .get_mut(*file)
                .unwrap_or_else(|| panic!("{name}: the guide has no {file}"));
            assert_eq!(
                text.matches(from).count(),
                1,
                "{name}: `{from}` stands once in {file}:\n{text}"
            );
            *text = text.replacen(from, to, 1);
        }
        Add(file, more) => texts.entry((*file).to_owned()).or_default().push_str(more),
        Remove(file) => {
            assert!(
                texts.remove(*file).is_some(),
                "{name}: the guide has no {file}"
            );
        }
    }
}

/// The lines that are told about a knowledge folder.
fn told(texts: &Texts) -> Vec<String> {
    match load(
        texts
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    ) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .flat_map(|p| p.to_string().lines().map(str::to_owned).collect::<Vec<_>>())
            .collect(),
    }
}
