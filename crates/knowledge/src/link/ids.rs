//! Which ids there are: unique, `snake_case`, equal to the file name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::At;
use crate::files::{Files, Text, Written};
use crate::format::{self, FindingType, Kind};
use crate::handle::Handle;
use crate::model;
use crate::names::{Names, Word, WordShape};
use crate::problem::{Place, Problem, did_you_mean};
use crate::unread::Unread;

/// The ids of one kind, sorted.
#[derive(Debug)]
pub(crate) struct Index<T> {
    kind: Kind,
    ids: Vec<String>,
    by_id: HashMap<String, u32>,
    /// Those of files that could not be read.
    unread: BTreeSet<String>,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T> Index<T> {
    fn new(kind: Kind, mut ids: Vec<String>, unread: BTreeSet<String>) -> Self {
        ids.sort();
        ids.dedup();
        let by_id = ids
            .iter()
            .enumerate()
            .map(|(at, id)| (id.clone(), u32::try_from(at).unwrap_or(u32::MAX)))
            .collect();
        Self {
            kind,
            ids,
            by_id,
            unread,
            of: std::marker::PhantomData,
        }
    }

    pub(crate) fn handles(&self) -> impl ExactSizeIterator<Item = Handle<T>> + use<T> {
        (0..u32::try_from(self.ids.len()).unwrap_or(u32::MAX)).map(Handle::new)
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        self.ids.clone()
    }

    pub(crate) fn find(&self, id: &str) -> Option<Handle<T>> {
        self.by_id.get(id).map(|at| Handle::new(*at))
    }

    /// Whether a file defines it, readable or not.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.by_id.contains_key(id) || self.is_unread(id)
    }

    /// Whether a file that could not be read defines it.
    pub(crate) fn is_unread(&self, id: &str) -> bool {
        self.unread.contains(id)
    }

    pub(crate) fn suggest(&self, id: &str) -> Option<String> {
        did_you_mean(id, self.ids.iter().map(String::as_str))
    }

    /// That there is no such id, and what to do about it.
    pub(crate) fn missing(&self, place: Place, id: &str) -> Problem {
        let kind = self.kind.word();
        let help = self.suggest(id).unwrap_or_else(|| {
            format!(
                "`cotreat explain` lists every {kind}; each is a file below `{}/`",
                self.kind.folder()
            )
        });
        Problem::new(place, format!("there is no {kind} `{id}`")).help(help)
    }
}

/// Every id by kind.
#[derive(Debug)]
pub(crate) struct Ids {
    pub(crate) sources: Index<model::Source>,
    pub(crate) findings: Index<model::Finding>,
    pub(crate) conditions: Index<model::Condition>,
    pub(crate) classifications: Index<model::Classification>,
    pub(crate) instruments: Index<model::Instrument>,
    pub(crate) interventions: Index<model::Intervention>,
    pub(crate) techniques: Index<model::Technique>,
    pub(crate) medicines: Index<model::Medicine>,
    pub(crate) muscles: Index<model::Muscle>,
    pub(crate) joints: Index<model::Joint>,
    pub(crate) patterns: Index<model::Pattern>,
    pub(crate) professions: Index<model::Profession>,
    pub(crate) pathways: Index<model::Pathway>,
    pub(crate) profiles: Index<model::Profile>,
}

impl Ids {
    /// Collects and checks the ids.
    pub(crate) fn collect(
        files: &Files,
        texts: &BTreeMap<&str, Text<'_>>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut check = Check {
            texts,
            unread: &files.unread,
            problems,
        };
        let ids = Self {
            sources: check.index(Kind::Source, &files.sources, |v| &v.id),
            findings: check.index(Kind::Finding, &files.findings, |v| &v.id),
            conditions: check.index(Kind::Condition, &files.conditions, |v| &v.id),
            classifications: check.index(Kind::Classification, &files.classifications, |v| &v.id),
            instruments: check.index(Kind::Instrument, &files.instruments, |v| &v.id),
            interventions: check.index(Kind::Intervention, &files.interventions, |v| &v.id),
            techniques: check.index(Kind::Technique, &files.techniques, |v| &v.id),
            medicines: check.index(Kind::Medicine, &files.medicines, |v| &v.id),
            muscles: check.index(Kind::Muscle, &files.muscles, |v| &v.id),
            joints: check.index(Kind::Joint, &files.joints, |v| &v.id),
            patterns: check.index(Kind::Pattern, &files.patterns, |v| &v.id),
            professions: check.index(Kind::Profession, &files.professions, |v| &v.id),
            pathways: check.index(Kind::Pathway, &files.pathways, |v| &v.id),
            profiles: check.index(Kind::Profile, &files.profiles, |v| &v.id),
        };
        // Findings and classifications are both words of expressions; interventions and techniques are both named by safety rules.
        for written in &files.classifications {
            if ids.findings.find(&written.value.id.value).is_some() {
                check.taken(written, &written.value.id, "a finding");
            }
        }
        for written in &files.techniques {
            if ids.interventions.find(&written.value.id.value).is_some() {
                check.taken(written, &written.value.id, "an intervention");
            }
        }
        ids
    }

    /// Whether a word of an expression, quoted or not, is defined in a file that could not be read.
    pub(crate) fn is_unread_word(&self, word: &str) -> bool {
        let word = word.trim_matches(['\'', '"']);
        let instrument = word.split_once('.').map_or(word, |(whole, _)| whole);
        self.findings.is_unread(word)
            || self.classifications.is_unread(word)
            || self.conditions.is_unread(word)
            || self.instruments.is_unread(instrument)
    }

    /// The vocabulary of expressions.
    pub(crate) fn names(&self, files: &Files) -> Names {
        let mut findings: Vec<Word> = files
            .findings
            .iter()
            .map(|w| finding_word(&w.value))
            .collect();
        findings.sort_by(|a, b| a.id.cmp(&b.id));
        findings.dedup_by(|a, b| a.id == b.id);
        let mut classifications: Vec<_> = files
            .classifications
            .iter()
            .map(|w| {
                let shape = if w.value.exclusive {
                    WordShape::Code
                } else {
                    WordShape::Set
                };
                let codes = w.value.value.iter().map(|v| v.id.value.clone()).collect();
                (
                    Word {
                        id: w.value.id.value.clone(),
                        codes,
                        shape,
                    },
                    w.value.after,
                )
            })
            .collect();
        classifications.sort_by(|a, b| a.0.id.cmp(&b.0.id));
        classifications.dedup_by(|a, b| a.0.id == b.0.id);
        let mut scores = Vec::new();
        for written in &files.instruments {
            let id = &written.value.id.value;
            let Some(instrument) = self.instruments.find(id) else {
                continue;
            };
            for (at, score) in written.value.score.iter().enumerate() {
                let key = if at == 0 {
                    id.clone()
                } else {
                    format!("{id}.{}", score.id.value)
                };
                scores.push((
                    key,
                    model::ScoreRef {
                        instrument,
                        score: at,
                    },
                ));
            }
        }
        scores.sort_by(|a, b| a.0.cmp(&b.0));
        scores.dedup_by(|a, b| a.0 == b.0);
        Names::new(findings, classifications, scores, self.conditions.ids())
    }
}

fn finding_word(finding: &format::Finding) -> Word {
    let codes = || finding.answers.iter().map(|a| a.value.clone()).collect();
    let (codes, shape) = match finding.kind_of_answer {
        FindingType::YesNo => (Vec::new(), WordShape::Bool),
        FindingType::Number => (Vec::new(), WordShape::Number),
        FindingType::Choice => (codes(), WordShape::Code),
        FindingType::Choices => (codes(), WordShape::Set),
    };
    Word {
        id: finding.id.value.clone(),
        codes,
        shape,
    }
}

struct Check<'a, 'b> {
    texts: &'a BTreeMap<&'a str, Text<'a>>,
    unread: &'a Unread,
    problems: &'b mut Vec<Problem>,
}

impl Check<'_, '_> {
    fn problem(&mut self, file: &str, at: &At<String>, message: String, help: Option<String>) {
        if let Some(text) = self.texts.get(file) {
            self.problems
                .push(Problem::new(text.place(file, at.span.start), message).maybe_help(help));
        }
    }

    fn taken<T>(&mut self, written: &Written<T>, id: &At<String>, by: &str) {
        let message = format!("`{}` is already the id of {by}", id.value);
        self.problem(
            &written.file,
            id,
            message,
            Some("choose another id and file name".into()),
        );
    }

    fn index<F, M>(
        &mut self,
        kind: Kind,
        files: &[Written<F>],
        id: impl Fn(&F) -> &At<String>,
    ) -> Index<M> {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        let mut ids = Vec::new();
        for written in files {
            let id = id(&written.value);
            let name = written
                .file
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .trim_end_matches(".toml");
            if !is_snake_case(&id.value) {
                let message = format!("`{}` is not an id", id.value);
                self.problem(
                    &written.file,
                    id,
                    message,
                    Some("use small letters, digits and `_`, beginning with a letter".into()),
                );
            } else if id.value != name {
                let message = format!("the id `{}` differs from the file name `{name}`", id.value);
                self.problem(
                    &written.file,
                    id,
                    message,
                    Some(format!(
                        "rename the file to `{}.toml`, or change the id",
                        id.value
                    )),
                );
            }
            if let Some(other) = seen.insert(&id.value, &written.file) {
                let message = format!("`{}` is defined twice: in `{other}` too", id.value);
                self.problem(
                    &written.file,
                    id,
                    message,
                    Some("merge the two files, or choose another id".into()),
                );
            }
            ids.push(id.value.clone());
        }
        Index::new(kind, ids, self.unread.ids(kind))
    }
}

pub(crate) fn is_snake_case(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
