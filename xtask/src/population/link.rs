//! Links the rows of a sheet to the knowledge, and says what is wrong with them, with place and remedy.

use std::collections::BTreeMap;
use std::path::Path;

use cotreat_expr::Expr;
use cotreat_knowledge::format::FindingKind;
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Place, Problem, did_you_mean};
use toml::Spanned;

use super::sheets::{self, Basis};
use super::tables::{Amounts, Disease, Flag, Row};

/// Turns the rows of one sheet into what they mean, and remembers everything that is wrong.
pub struct Linking<'a> {
    /// The knowledge that ids and expressions belong to.
    pub knowledge: &'a Knowledge,
    /// The sheet being read.
    pub file: &'static str,
    /// Its text.
    pub text: &'a str,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
    /// The findings of the rows of `flags.toml`, in their order.
    pub drawn: Vec<Handle<Finding>>,
    /// How many rows rest on what: seen or worked out, and assumed.
    pub grounds: (usize, usize),
}

impl Linking<'_> {
    fn place(&self, offset: usize) -> Place {
        let folder = Path::new("xtask/src/population");
        Place::of(&folder.join(self.file).to_string_lossy(), self.text, offset)
    }

    fn wrong(&mut self, offset: usize, message: impl Into<String>, help: impl Into<String>) {
        self.problems
            .push(Problem::new(self.place(offset), message).help(help));
    }

    pub fn parse<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(self.text) {
            Ok(sheet) => Some(sheet),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                self.wrong(
                    offset,
                    error.message().replace('\n', " "),
                    "the first lines of the file say what may be written",
                );
                None
            }
        }
    }

    /// What a row rests on must be said, and a source that is named must be known.
    pub fn ground(&mut self, basis: Basis, source: Option<&str>, says: &str, at: usize) {
        if basis == Basis::Assumption {
            self.grounds.1 += 1
        } else {
            self.grounds.0 += 1
        }
        if says.is_empty() {
            self.wrong(at, "`says` is empty", "say in a sentence why this number");
        }
        match (basis, source) {
            (Basis::Seen | Basis::WorkedOut, None) => self.wrong(
                at,
                "the source is missing",
                "name a file of knowledge/sources, or write basis = \"assumption\"",
            ),
            (_, Some(source)) if self.knowledge.sources.find(source).is_none() => {
                let ids = self.knowledge.sources.ids().iter().map(String::as_str);
                let help = did_you_mean(source, ids)
                    .unwrap_or_else(|| "name a file of knowledge/sources".into());
                self.wrong(at, format!("there is no source `{source}`"), help);
            }
            _ => {}
        }
    }

    pub fn finding(&mut self, id: &Spanned<String>, says: &str) -> Option<Handle<Finding>> {
        let found = self.knowledge.findings.find(id.get_ref());
        if found.is_none() {
            let help = did_you_mean(
                id.get_ref(),
                self.knowledge.findings.ids().iter().map(String::as_str),
            );
            self.wrong(
                id.span().start,
                format!("there is no finding `{}`", id.get_ref()),
                help.unwrap_or_else(|| format!("take the row out: {says}")),
            );
        }
        found
    }

    pub fn kind(&mut self, others: &sheets::Others) -> Option<(FindingKind, f64)> {
        let at = others.kind.span().start;
        self.ground(others.basis, others.source.as_deref(), &others.says, at);
        let share = self.share(others.share, at);
        // Through the same words that finding files use.
        match toml::Value::String(others.kind.get_ref().clone()).try_into() {
            Ok(kind) => Some((kind, share)),
            Err(_) => {
                self.wrong(
                    at,
                    format!("`{}` is not a kind of finding", others.kind.get_ref()),
                    "knowledge/GUIDE.md lists the kinds",
                );
                None
            }
        }
    }

    /// A row; that of a disease must take the place of a general one, whose position is given by the finding.
    pub fn row(&mut self, row: &sheets::Row, disease: Option<&str>) -> Option<Row> {
        let at = row.id.span().start;
        self.ground(row.basis, row.source.as_deref(), &row.says, at);
        let finding = self.finding(&row.id, &row.says)?;
        let known = self.drawn.iter().position(|f| *f == finding);
        let above = match (disease, known) {
            (None, None) => self.drawn.len(),
            (Some(_), Some(position)) => position,
            (None, Some(_)) => {
                self.wrong(
                    at,
                    format!("`{}` has a row already", row.id.get_ref()),
                    "keep one",
                );
                return None;
            }
            (Some(_), None) => {
                self.wrong(
                    at,
                    format!("`{}` has no row in flags.toml", row.id.get_ref()),
                    "write there first how people without disease answer",
                );
                return None;
            }
        };
        let only = row
            .only
            .as_ref()
            .and_then(|text| self.expression(text, above, at));
        let step = row.step.unwrap_or(1.0);
        let amounts = self.amounts(
            finding,
            row.share,
            row.shares.as_ref(),
            row.bands.as_ref(),
            step,
            at,
        )?;
        let groups = row
            .groups
            .iter()
            .filter_map(|group| {
                let when = self.expression(&group.when, above, at)?;
                Some((
                    when,
                    self.amounts(
                        finding,
                        group.share,
                        group.shares.as_ref(),
                        group.bands.as_ref(),
                        step,
                        at,
                    )?,
                ))
            })
            .collect();
        if disease.is_none() {
            self.drawn.push(finding);
        }
        let flag = match &row.flag_when {
            Some(text) => self
                .expression(text, above + 1, at)
                .map_or(Flag::Never, Flag::When),
            None if row.flag => Flag::Yes,
            None => Flag::Never,
        };
        Some(Row {
            finding,
            only,
            groups,
            amounts,
            flag,
        })
    }

    /// An expression that cites only what was drawn before.
    fn expression(&mut self, text: &str, above: usize, at: usize) -> Option<Expr> {
        match Expr::compile(text, &self.knowledge.names) {
            Ok(expr) => {
                for symbol in expr.symbols() {
                    let known = matches!(self.knowledge.names.of(*symbol), Name::Finding(f) if self.drawn[..above.min(self.drawn.len())].contains(&f));
                    if !known {
                        self.wrong(
                            at,
                            format!("`{text}` cites something that is not drawn yet"),
                            "cite rows above only, or move the row down",
                        );
                    }
                }
                Some(expr)
            }
            Err(errors) => {
                for error in errors {
                    self.wrong(
                        at,
                        format!("in `{text}`: {error}"),
                        "knowledge/GUIDE.md, \"Expressions\", says what may be written",
                    );
                }
                None
            }
        }
    }

    fn amounts(
        &mut self,
        finding: Handle<Finding>,
        share: Option<f64>,
        shares: Option<&BTreeMap<String, f64>>,
        bands: Option<&Vec<sheets::Band>>,
        step: f64,
        at: usize,
    ) -> Option<Amounts> {
        let knowledge = self.knowledge;
        match (&knowledge.findings[finding].answers, share, shares, bands) {
            (Answers::YesNo { .. }, Some(share), None, None) => {
                Some(Amounts::Yes(self.share(share, at)))
            }
            (Answers::Choice(codes), None, Some(shares), None) => {
                let mut found = Vec::new();
                for (word, share) in shares {
                    match codes
                        .iter()
                        .position(|code| code == word)
                        .and_then(|position| u16::try_from(position).ok())
                    {
                        Some(code) => found.push((code, self.share(*share, at))),
                        None => self.wrong(
                            at,
                            format!("`{word}` is not an answer"),
                            format!("answers are {}", codes.join(", ")),
                        ),
                    }
                }
                self.whole(
                    found.iter().map(|(_, share)| *share),
                    at,
                    "the shares of the answers",
                );
                Some(Amounts::Codes(found))
            }
            (Answers::Number { .. }, None, None, Some(bands)) => {
                self.whole(
                    bands.iter().map(|band| band.share),
                    at,
                    "the shares of the bands",
                );
                Some(Amounts::Bands(step, bands.clone()))
            }
            _ => {
                self.wrong(
                    at,
                    "the amounts do not fit the finding",
                    "`share` for yes/no, `shares` for one of several answers, `bands` for numbers",
                );
                None
            }
        }
    }

    fn share(&mut self, share: f64, at: usize) -> f64 {
        if !(0.0..=1.0).contains(&share) {
            self.wrong(
                at,
                format!("{share} is not a share"),
                "shares lie between 0 and 1",
            );
        }
        share
    }

    pub fn whole(&mut self, shares: impl Iterator<Item = f64>, at: usize, what: &str) {
        let sum: f64 = shares.sum();
        if (sum - 1.0).abs() > 1e-9 {
            self.wrong(
                at,
                format!("{what} add up to {sum}"),
                "they must add up to 1",
            );
        }
    }

    pub fn disease(&mut self, disease: &sheets::Disease, rows: usize) -> Option<Disease> {
        let at = disease.id.span().start;
        self.ground(disease.basis, disease.source.as_deref(), &disease.says, at);
        let mut instead: Vec<Option<Row>> = (0..rows).map(|_| None).collect();
        for row in &disease.finding {
            if let Some(row) = self.row(row, Some(disease.id.get_ref()))
                && let Some(position) = self.drawn.iter().position(|f| *f == row.finding)
            {
                instead[position] = Some(row);
            }
        }
        let Some(condition) = self.knowledge.conditions.find(&disease.condition) else {
            let ids = self.knowledge.conditions.ids().iter().map(String::as_str);
            let help = did_you_mean(&disease.condition, ids)
                .unwrap_or_else(|| "name a file of knowledge/conditions".into());
            self.wrong(
                at,
                format!("there is no condition `{}`", disease.condition),
                help,
            );
            return None;
        };
        let share = self.share(disease.share, at);
        Some(Disease {
            name: disease.name.clone(),
            condition,
            share,
            instead,
        })
    }
}
