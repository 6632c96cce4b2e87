//! The two sheets linked to the knowledge: ids are handles, expressions are compiled, shares add up.

use std::collections::BTreeMap;
use std::path::Path;

use cotreat_expr::Expr;
use cotreat_knowledge::format::FindingKind;
use cotreat_knowledge::model::{Answers, Condition, Finding};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Place, Problem, did_you_mean};
use toml::Spanned;

use super::sheets::{self, Basis};

/// What patients are drawn from.
#[derive(Debug)]
pub struct Tables {
    /// How people without serious disease answer, in the order in which it is drawn.
    pub rows: Vec<Row>,
    /// How many have a serious disease.
    pub serious: f64,
    /// Which.
    pub diseases: Vec<Disease>,
    /// Findings that bear on no alarm, with the share that says yes; `None`: one of several answers, of which the first stands.
    pub others: Vec<(Handle<Finding>, Option<f64>)>,
    /// Findings that alarm rules cite but no row draws: they stay unknown.
    pub undrawn: Vec<Handle<Finding>>,
    /// How many rows rest on what, counted over both sheets: seen or worked out, and assumed.
    pub grounds: (usize, usize),
}

/// One disease.
#[derive(Debug)]
pub struct Disease {
    /// What it is called in the report.
    pub name: String,
    /// The condition whose alarm should ring.
    pub condition: Handle<Condition>,
    /// How many of the seriously ill have it.
    pub share: f64,
    /// What takes the place of the general rows, by their position.
    pub instead: Vec<Option<Row>>,
}

/// How often each answer to one finding is given.
#[derive(Debug)]
pub struct Row {
    /// The finding.
    pub finding: Handle<Finding>,
    /// Asked only where this holds.
    pub only: Option<Expr>,
    /// People in whom it is different; the first that holds counts.
    pub groups: Vec<(Expr, Amounts)>,
    /// Everybody else.
    pub amounts: Amounts,
    /// Which answer is a red flag.
    pub flag: Flag,
}

/// How many give which answer.
#[derive(Clone, Debug)]
pub enum Amounts {
    /// Yes.
    Yes(f64),
    /// One of several answers, by position.
    Codes(Vec<(u16, f64)>),
    /// A number in one of these bands, in steps.
    Bands(f64, Vec<sheets::Band>),
}

/// Which answer is a red flag.
#[derive(Debug)]
pub enum Flag {
    /// None.
    Never,
    /// A yes.
    Yes,
    /// Any for which this holds.
    When(Expr),
}

impl Tables {
    /// The sheets beside this file.
    pub fn shipped(knowledge: &Knowledge) -> Result<Self, Vec<Problem>> {
        Self::link(
            include_str!("flags.toml"),
            include_str!("diseases.toml"),
            knowledge,
        )
    }

    fn link(flags: &str, diseases: &str, knowledge: &Knowledge) -> Result<Self, Vec<Problem>> {
        let mut linking = Linking {
            knowledge,
            file: "flags.toml",
            text: flags,
            problems: Vec::new(),
            drawn: Vec::new(),
            grounds: (0, 0),
        };
        let Some(sheet) = linking.parse::<sheets::Flags>() else {
            return Err(linking.problems);
        };
        let rows: Vec<Row> = sheet
            .finding
            .iter()
            .filter_map(|row| linking.row(row, None))
            .collect();
        let not_done: Vec<_> = sheet
            .not_done
            .iter()
            .filter_map(|one| linking.finding(&one.id, &one.says))
            .collect();
        let kinds: Vec<_> = sheet
            .others
            .iter()
            .filter_map(|one| linking.kind(one))
            .collect();
        (linking.file, linking.text) = ("diseases.toml", diseases);
        let Some(sheet) = linking.parse::<sheets::Diseases>() else {
            return Err(linking.problems);
        };
        linking.ground(sheet.basis, sheet.source.as_deref(), &sheet.says, 0);
        let diseases: Vec<_> = sheet
            .disease
            .iter()
            .filter_map(|disease| linking.disease(disease, rows.len()))
            .collect();
        linking.whole(
            diseases.iter().map(|d| d.share),
            0,
            "the shares of the diseases",
        );
        if !linking.problems.is_empty() {
            return Err(linking.problems);
        }
        let cited = cited_by_alarms(knowledge);
        let drawn = |finding: Handle<Finding>| linking.drawn.contains(&finding);
        let undrawn = cited
            .iter()
            .copied()
            .filter(|f| asked(knowledge, *f) && !drawn(*f) && !not_done.contains(f))
            .collect();
        let others = knowledge
            .findings
            .handles()
            .filter(|f| {
                asked(knowledge, *f)
                    && !drawn(*f)
                    && !cited.contains(f)
                    && knowledge.findings[*f].no_when.is_none()
            })
            .filter_map(|f| {
                let share = kinds
                    .iter()
                    .find(|(kind, _)| *kind == knowledge.findings[f].kind)
                    .map(|(_, share)| *share)?;
                match &knowledge.findings[f].answers {
                    Answers::YesNo { .. } => Some((f, Some(share))),
                    Answers::Choice(_) => Some((f, None)),
                    Answers::Choices(_) | Answers::Number { .. } => None,
                }
            })
            .collect();
        Ok(Self {
            rows,
            serious: sheet.serious,
            diseases,
            others,
            undrawn,
            grounds: linking.grounds,
        })
    }
}

/// Whether an intake answers a finding: somebody can be asked, and it is neither a laboratory test nor a picture.
fn asked(knowledge: &Knowledge, finding: Handle<Finding>) -> bool {
    let one = &knowledge.findings[finding];
    one.ask.is_some()
        && one.derive.is_none()
        && !matches!(one.kind, FindingKind::Laboratory | FindingKind::Imaging)
}

/// Every finding that an alarm rule or a clearing cites, also through derived findings and classifications.
fn cited_by_alarms(knowledge: &Knowledge) -> Vec<Handle<Finding>> {
    let rules = knowledge.conditions.iter().flat_map(|(_, condition)| {
        let alarms = condition.alarms.iter().map(|alarm| &alarm.when);
        alarms.chain(condition.clearings.iter().map(|clearing| &clearing.when))
    });
    let mut open: Vec<_> = rules
        .flat_map(|rule| rule.expr.symbols().iter().copied())
        .collect();
    let mut seen = Vec::new();
    let mut found = Vec::new();
    while let Some(symbol) = open.pop() {
        if seen.contains(&symbol) {
            continue;
        }
        seen.push(symbol);
        match knowledge.names.of(symbol) {
            Name::Finding(finding) => {
                found.push(finding);
                let one = &knowledge.findings[finding];
                open.extend(
                    one.derive
                        .iter()
                        .flat_map(|rule| rule.expr.symbols().iter().copied()),
                );
            }
            Name::Classification(class) => {
                let values = &knowledge.classifications[class].values;
                open.extend(
                    values
                        .iter()
                        .flat_map(|value| value.when.expr.symbols().iter().copied()),
                );
            }
            Name::Score(_) | Name::Alarm(..) | Name::Likely(_) | Name::Possible(_) => {}
        }
    }
    found.sort();
    found
}

struct Linking<'a> {
    knowledge: &'a Knowledge,
    file: &'static str,
    text: &'a str,
    problems: Vec<Problem>,
    /// The findings of the rows of `flags.toml`, in their order.
    drawn: Vec<Handle<Finding>>,
    grounds: (usize, usize),
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

    fn parse<T: serde::de::DeserializeOwned>(&mut self) -> Option<T> {
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
    fn ground(&mut self, basis: Basis, source: Option<&str>, says: &str, at: usize) {
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

    fn finding(&mut self, id: &Spanned<String>, says: &str) -> Option<Handle<Finding>> {
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

    fn kind(&mut self, others: &sheets::Others) -> Option<(FindingKind, f64)> {
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
    fn row(&mut self, row: &sheets::Row, disease: Option<&str>) -> Option<Row> {
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

    fn whole(&mut self, shares: impl Iterator<Item = f64>, at: usize, what: &str) {
        let sum: f64 = shares.sum();
        if (sum - 1.0).abs() > 1e-9 {
            self.wrong(
                at,
                format!("{what} add up to {sum}"),
                "they must add up to 1",
            );
        }
    }

    fn disease(&mut self, disease: &sheets::Disease, rows: usize) -> Option<Disease> {
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

#[cfg(test)]
mod tests {
    use super::super::folder;
    use super::Tables;

    const DISEASES: &str = "serious = 0.01\nbasis = \"assumption\"\nsays = \"x\"\ndisease = []";

    fn problems(flags: &str) -> Vec<String> {
        let knowledge =
            folder::knowledge(None).unwrap_or_else(|problems| panic!("{}", problems[0]));
        // No diseases at all is a mistake of its own, which is not what is looked for here.
        let problems = Tables::link(flags, DISEASES, &knowledge)
            .err()
            .unwrap_or_default();
        problems
            .iter()
            .map(ToString::to_string)
            .filter(|text| text.contains("flags.toml"))
            .collect()
    }

    #[test]
    fn the_shipped_sheets_fit_the_knowledge() {
        let knowledge =
            folder::knowledge(None).unwrap_or_else(|problems| panic!("{}", problems[0]));
        let tables =
            Tables::shipped(&knowledge).unwrap_or_else(|problems| panic!("{}", problems[0]));
        let undrawn: Vec<_> = tables
            .undrawn
            .iter()
            .map(|finding| knowledge.findings.id(*finding))
            .collect();
        assert!(
            undrawn.is_empty(),
            "alarm rules cite findings without a row in flags.toml: {}",
            undrawn.join(", ")
        );
    }

    #[test]
    fn mistakes_are_told_with_place_and_remedy() {
        let found = problems(
            "[[finding]]\nid = \"feverr\"\nshare = 0.1\nbasis = \"assumption\"\nsays = \"x\"",
        );
        assert_eq!(
            found,
            [
                "xtask/src/population/flags.toml:2:6: there is no finding `feverr`\n  help: did you mean `fever`?"
            ]
        );
        let found =
            problems("[[finding]]\nid = \"fever\"\nshare = 10\nbasis = \"seen\"\nsays = \"x\"");
        assert_eq!(found.len(), 2, "{found:?}");
        let found = problems(
            "[[finding]]\nid = \"fever\"\nshare = 0.1\ngroups = [{ when = \"diabetes\", share = 0.2 }]\nbasis = \"assumption\"\nsays = \"x\"",
        );
        assert!(
            found[0].contains("`diabetes` cites something that is not drawn yet"),
            "{found:?}"
        );
    }
}
