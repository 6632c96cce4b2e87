//! Makes up one patient.

use cotreat_care::fact::Value;
use cotreat_expr::{Code, Expr, Facts, Symbol, Tri};
use cotreat_knowledge::model::Finding;
use cotreat_knowledge::{Handle, Knowledge};

use super::arguments::Arguments;
use super::draws::Draws;
use super::tables::{Amounts, Flag, Row, Tables};

/// A patient who never lived.
#[derive(Debug)]
pub struct Patient {
    /// The serious disease, by position in the tables.
    pub disease: Option<usize>,
    /// Whether any answer counts as a red flag.
    pub flagged: bool,
    /// The answers by finding.
    pub answers: Answers,
}

/// Answers by finding; `None` where nothing was answered.
#[derive(Debug)]
pub struct Answers(pub Vec<Option<Value>>);

/// Patient `number`, the same for ever.
pub fn generate(
    tables: &Tables,
    knowledge: &Knowledge,
    arguments: &Arguments,
    number: u64,
) -> Patient {
    let mut draws = Draws::of(arguments.seed, number);
    let disease = disease(tables, arguments, &mut draws);
    let mut answers = Answers(vec![None; knowledge.findings.len()]);
    let instead = disease.map(|at| &tables.diseases[at].instead);
    for (at, general) in tables.rows.iter().enumerate() {
        let row = instead
            .and_then(|rows| rows[at].as_ref())
            .unwrap_or(general);
        // Two draws a row, used or not: what is drawn for one row never depends on another row's shares.
        let chance = (draws.share(), draws.share());
        // Who may be asked at all does not change with a disease.
        if let Some(value) = value(row, general.only.as_ref(), &answers, chance) {
            answers.set(knowledge, row.finding, value);
        }
    }
    let flagged = tables.rows.iter().any(|row| is_flag(row, &answers));
    for (finding, share) in &tables.others {
        let chance = draws.share();
        let value = share.map_or(Value::Code(0), |share| yes_no(chance < share));
        answers.set(knowledge, *finding, value);
    }
    for answer in &mut answers.0 {
        if draws.share() < arguments.unanswered {
            *answer = None;
        }
    }
    Patient {
        disease,
        flagged,
        answers,
    }
}

fn disease(tables: &Tables, arguments: &Arguments, draws: &mut Draws) -> Option<usize> {
    let (ill, which) = (draws.share(), draws.share());
    (ill < arguments.serious.unwrap_or(tables.serious))
        .then(|| pick(tables.diseases.iter().map(|d| d.share), which))
}

/// The position that a chance falls on when shares are laid end to end.
fn pick(shares: impl Iterator<Item = f64>, chance: f64) -> usize {
    let mut end = 0.0;
    let mut last = 0;
    for (at, share) in shares.enumerate() {
        end += share;
        if share > 0.0 {
            last = at;
        }
        if chance < end {
            return at;
        }
    }
    // The shares add up to 1 but for rounding.
    last
}

fn value(row: &Row, only: Option<&Expr>, answers: &Answers, chance: (f64, f64)) -> Option<Value> {
    if only.is_some_and(|only| only.eval(answers) != Tri::Yes) {
        return None;
    }
    let group = row
        .groups
        .iter()
        .find(|(when, _)| when.eval(answers) == Tri::Yes);
    Some(match group.map_or(&row.amounts, |(_, amounts)| amounts) {
        Amounts::Yes(share) => yes_no(chance.0 < *share),
        Amounts::Codes(codes) => {
            Value::Code(codes[pick(codes.iter().map(|(_, share)| *share), chance.0)].0)
        }
        Amounts::Bands(step, bands) => {
            let band = &bands[pick(bands.iter().map(|band| band.share), chance.0)];
            let steps = ((band.to - band.from) / step).round() + 1.0;
            // Back to the decimal that is meant: 36.2 and not 36.199999.
            let number = band.from + (chance.1 * steps).floor() * step;
            Value::Number((number * 100.0).round() / 100.0)
        }
    })
}

fn yes_no(yes: bool) -> Value {
    if yes { Value::Yes } else { Value::No }
}

fn is_flag(row: &Row, answers: &Answers) -> bool {
    match &row.flag {
        Flag::Never => false,
        Flag::Yes => answers.0[row.finding.index()] == Some(Value::Yes),
        Flag::When(expr) => expr.eval(answers) == Tri::Yes,
    }
}

impl Answers {
    /// Sets an answer and what follows from it. A yes that followed from another yes stays.
    fn set(&mut self, knowledge: &Knowledge, finding: Handle<Finding>, value: Value) {
        if self.0[finding.index()] == Some(Value::Yes) {
            return;
        }
        self.0[finding.index()] = Some(value);
        if value == Value::Yes {
            for implied in &knowledge.findings[finding].implies {
                self.set(knowledge, *implied, Value::Yes);
            }
        }
    }

    fn of(&self, symbol: Symbol) -> Option<Value> {
        // The symbols of findings come first and follow their handles.
        self.0.get(symbol.0 as usize).copied().flatten()
    }
}

impl Facts for Answers {
    fn bool(&self, symbol: Symbol) -> Tri {
        match self.of(symbol) {
            Some(Value::Yes) => Tri::Yes,
            Some(Value::No) => Tri::No,
            _ => Tri::Unknown,
        }
    }

    fn number(&self, symbol: Symbol) -> Option<f64> {
        match self.of(symbol) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    fn code(&self, symbol: Symbol) -> Option<Code> {
        match self.of(symbol) {
            Some(Value::Code(code)) => Some(Code(code)),
            _ => None,
        }
    }

    fn contains(&self, symbol: Symbol, code: Code) -> Tri {
        match self.of(symbol) {
            Some(Value::Codes(codes)) => {
                Tri::from(codes & 1_u64.checked_shl(code.0.into()).unwrap_or(0) != 0)
            }
            _ => Tri::Unknown,
        }
    }
}
