//! What every linking step needs: places, look-ups with "did you mean", statements, rules, and the list of problems.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use cotreat_expr::Expr;

use crate::At;
use crate::files::{Text, Written};
use crate::format::cited::HasCitation;
use crate::format::{Basis, Read};
use crate::handle::{Handle, Table};
use crate::link::ids::{Ids, Index};
use crate::model::{Rule, Source, Statement};
use crate::names::{Layer, Names};
use crate::problem::{Place, Problem};

/// Shared by all linking steps.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    texts: &'a BTreeMap<&'a str, Text<'a>>,
    pub(crate) ids: &'a Ids,
    pub(crate) names: &'a Names,
    read: OnceCell<Vec<Read>>,
    problems: RefCell<Vec<Problem>>,
    /// Every rule's words, numbered.
    rules: RefCell<HashMap<String, u32>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        texts: &'a BTreeMap<&'a str, Text<'a>>,
        ids: &'a Ids,
        names: &'a Names,
    ) -> Self {
        Self {
            texts,
            ids,
            names,
            read: OnceCell::new(),
            problems: RefCell::default(),
            rules: RefCell::default(),
        }
    }

    /// How many rules with different words there are.
    pub(crate) fn rules(&self) -> u32 {
        u32::try_from(self.rules.borrow().len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    /// Remembers how much of each source was read: nobody may cite what nobody read.
    pub(crate) fn know_sources(&self, sources: &Table<Source>) {
        // Set once, by the one caller.
        let _ = self
            .read
            .set(sources.iter().map(|(_, source)| source.read).collect());
    }

    pub(crate) fn place(&self, file: &str, span: &Range<usize>) -> Place {
        self.texts
            .get(file)
            .map_or_else(|| Place::file(file), |text| text.place(file, span.start))
    }

    pub(crate) fn problem(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Something wrong with a value that knows its span.
    pub(crate) fn wrong<T>(
        &self,
        file: &str,
        at: &At<T>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problem(Problem::new(self.place(file, &at.span), message).help(help));
    }

    /// The handle of an id that was written somewhere.
    pub(crate) fn find<T>(
        &self,
        index: &Index<T>,
        file: &str,
        id: &At<String>,
    ) -> Option<Handle<T>> {
        let found = index.find(&id.value);
        if found.is_none() && !index.is_unread(&id.value) {
            self.problem(index.missing(self.place(file, &id.span), &id.value));
        }
        found
    }

    /// The handles of several ids, none of them twice.
    pub(crate) fn find_all<T>(
        &self,
        index: &Index<T>,
        file: &str,
        ids: &[At<String>],
    ) -> Vec<Handle<T>> {
        let mut found = Vec::new();
        for id in ids {
            if let Some(handle) = self.find(index, file, id) {
                if found.contains(&handle) {
                    self.wrong(
                        file,
                        id,
                        format!("`{}` stands twice in this list", id.value),
                        "leave one of them out",
                    );
                } else {
                    found.push(handle);
                }
            }
        }
        found
    }

    /// A record's statement, checked: it names a source it was read in, or says that it is judgement.
    pub(crate) fn statement(&self, file: &str, record: &impl HasCitation) -> Statement {
        let cited = record.cited();
        let place = self.place(file, &cited.says.span);
        let source = cited
            .source
            .and_then(|id| self.find(&self.ids.sources, file, id));
        let basis = match (cited.source, cited.basis) {
            (None, Some(Basis::ExpertJudgement)) => Basis::ExpertJudgement,
            (None, _) => {
                self.problem(
                    Problem::new(place.clone(), "this statement names no source")
                        .help("add `source` and `where`, or `basis = \"expert_judgement\"`"),
                );
                Basis::ExpertJudgement
            }
            (Some(_), basis) => basis.unwrap_or(Basis::Source),
        };
        if let Some(id) = cited.source {
            if cited.place.is_none_or(|place| place.trim().is_empty()) {
                self.wrong(
                    file,
                    id,
                    "this statement does not say where in the source it stands",
                    "add `where = \"…\"`",
                );
            }
            let read = source.and_then(|s| self.read.get().and_then(|read| read.get(s.index())));
            if basis == Basis::Source && matches!(read, Some(Read::NotRead | Read::Secondary)) {
                self.wrong(
                    file,
                    id,
                    format!("`{}` itself was not read, so it cannot be cited as read", id.value),
                    "add `basis = \"secondary\"` or `basis = \"expert_judgement\"`, or read the source and change its `read`",
                );
            }
        }
        Statement {
            says: cited.says.value.clone(),
            source,
            location: cited.place.unwrap_or_default().to_owned(),
            basis,
            place,
        }
    }

    /// Several records' statements.
    pub(crate) fn statements<R: HasCitation>(&self, file: &str, records: &[R]) -> Vec<Statement> {
        records
            .iter()
            .map(|record| self.statement(file, record))
            .collect()
    }

    /// Compiles an expression that may cite layers up to and including `up_to`.
    pub(crate) fn rule(&self, file: &str, text: &At<String>, up_to: Layer) -> Option<Rule> {
        match Expr::compile(&text.value, self.names) {
            Ok(expr) => {
                let place = self.place(file, &text.span);
                for symbol in expr.symbols() {
                    let layer = self.names.layer(*symbol);
                    if layer > up_to {
                        self.problem(
                            Problem::new(place.clone(), format!("this rule cites {}, which is worked out later", layer.word()))
                                .help("a rule may cite earlier layers only: findings, scores, classifications, alarms, contributors, later classifications, plan"),
                        );
                    }
                }
                let mut rules = self.rules.borrow_mut();
                let next = u32::try_from(rules.len()).unwrap_or(u32::MAX);
                let words = *rules.entry(text.value.clone()).or_insert(next);
                Some(Rule { expr, words, place })
            }
            Err(errors) => {
                for error in errors {
                    if self.ids.is_unread_word(error.span.slice(&text.value)) {
                        continue;
                    }
                    let place = self.texts.get(file).map_or_else(
                        || Place::file(file),
                        |t| t.place(file, t.inside(&text.span, error.span.start)),
                    );
                    self.problem(Problem::new(place, error.message).maybe_help(error.help));
                }
                None
            }
        }
    }

    /// Compiles an expression that may be left out.
    pub(crate) fn maybe_rule(
        &self,
        file: &str,
        text: Option<&At<String>>,
        up_to: Layer,
    ) -> Option<Rule> {
        text.and_then(|text| self.rule(file, text, up_to))
    }

    /// Says when a label stands twice in one file.
    pub(crate) fn unique<'l>(&self, file: &str, labels: impl IntoIterator<Item = &'l At<String>>) {
        let mut seen = HashSet::new();
        for label in labels {
            if !seen.insert(label.value.as_str()) {
                self.wrong(
                    file,
                    label,
                    format!("`{}` stands twice in this file", label.value),
                    "each needs a name of its own",
                );
            }
        }
    }

    /// Links every file of a kind, in the order of ids.
    pub(crate) fn each<F, M>(
        &self,
        files: &[Written<F>],
        id: impl Fn(&F) -> &At<String>,
        link: impl Fn(&str, &F) -> M,
    ) -> Vec<M> {
        let mut sorted: Vec<&Written<F>> = files.iter().collect();
        sorted.sort_by(|a, b| id(&a.value).value.cmp(&id(&b.value).value));
        sorted.dedup_by(|a, b| id(&a.value).value == id(&b.value).value);
        sorted
            .into_iter()
            .map(|written| link(&written.file, &written.value))
            .collect()
    }
}
