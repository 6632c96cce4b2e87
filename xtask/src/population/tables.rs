//! The two sheets linked to the knowledge: ids are handles, expressions are compiled, shares add up.

use cotreat_expr::Expr;
use cotreat_knowledge::format::FindingKind;
use cotreat_knowledge::model::{Answers, Condition, Finding};
use cotreat_knowledge::names::Name;
use cotreat_knowledge::{Handle, Knowledge, Problem};

use super::link::Linking;
use super::sheets;

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
