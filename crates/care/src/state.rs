//! All that is known or worked out about a patient, one value per word of the rule language.
//!
//! Later steps only add: findings, then scores, classifications, alarms, contributors. Anything not yet worked out is unknown.

use cotreat_expr::{Code, Facts, Symbol, Tri};
use cotreat_knowledge::Handle;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::model::Finding;

/// The code of an exclusive classification of which no value holds: known, and equal to nothing.
const NONE: u16 = u16::MAX - 1;
/// The bit for "no value of this exclusive classification holds"; files have at most 63 values besides.
pub(crate) const NO_VALUE: u64 = 1 << 63;
/// The code of what is not known.
const UNKNOWN: u16 = u16::MAX;

/// How a yes/no finding got its value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// It has none.
    #[default]
    Nowhere,
    /// Somebody recorded it: position in the episode's facts.
    Recorded(u32),
    /// It follows from another finding that implies it, or that it implies.
    Implied(Handle<Finding>),
    /// Its own `no_when` holds.
    Excluded,
    /// It was derived from other findings.
    Derived,
}

/// Values by symbol.
#[derive(Clone, Debug)]
pub struct State {
    bools: Vec<Tri>,
    numbers: Vec<f64>,
    codes: Vec<u16>,
    sets: Vec<(u64, u64)>,
    origins: Vec<Origin>,
}

impl State {
    /// A state in which nothing is known.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        let all = knowledge.names.len();
        let valued = knowledge.findings.len()
            + knowledge.classifications.len()
            + knowledge.names.score_keys().len();
        Self {
            bools: vec![Tri::Unknown; all],
            numbers: vec![f64::NAN; valued],
            codes: vec![UNKNOWN; valued],
            sets: vec![(0, u64::MAX); valued],
            origins: vec![Origin::Nowhere; knowledge.findings.len()],
        }
    }

    /// Where a finding's value comes from.
    #[must_use]
    pub fn origin(&self, finding: Handle<Finding>) -> Origin {
        self.origins[finding.index()]
    }

    pub(crate) fn set_origin(&mut self, finding: Handle<Finding>, origin: Origin) {
        self.origins[finding.index()] = origin;
    }

    pub(crate) fn set_bool(&mut self, symbol: Symbol, value: Tri) {
        self.bools[symbol.0 as usize] = value;
    }

    pub(crate) fn set_number(&mut self, symbol: Symbol, value: f64) {
        self.numbers[symbol.0 as usize] = value;
    }

    /// `None`: known that no code holds.
    pub(crate) fn set_code(&mut self, symbol: Symbol, code: Option<u16>) {
        self.codes[symbol.0 as usize] = code.unwrap_or(NONE);
    }

    /// An exclusive classification of which only these values are still possible, one bit each; [`NO_VALUE`] stands for none of them.
    pub(crate) fn set_possible(&mut self, symbol: Symbol, possible: u64) {
        self.sets[symbol.0 as usize] = (possible, 0);
    }

    /// One bit per code: those that hold, and those not known.
    pub(crate) fn set_set(&mut self, symbol: Symbol, yes: u64, unknown: u64) {
        self.sets[symbol.0 as usize] = (yes, unknown);
    }

    /// The code of a choice or exclusive classification: `None` unknown, `Some(None)` none of them.
    #[must_use]
    pub fn chosen(&self, symbol: Symbol) -> Option<Option<u16>> {
        match self.codes[symbol.0 as usize] {
            UNKNOWN => None,
            NONE => Some(None),
            code => Some(Some(code)),
        }
    }

    /// The codes that hold and those not known, one bit each.
    #[must_use]
    pub fn set(&self, symbol: Symbol) -> (u64, u64) {
        self.sets[symbol.0 as usize]
    }
}

impl Facts for State {
    fn bool(&self, symbol: Symbol) -> Tri {
        self.bools[symbol.0 as usize]
    }

    fn number(&self, symbol: Symbol) -> Option<f64> {
        let value = self.numbers[symbol.0 as usize];
        (!value.is_nan()).then_some(value)
    }

    fn code(&self, symbol: Symbol) -> Option<Code> {
        let code = self.codes[symbol.0 as usize];
        (code != UNKNOWN).then_some(Code(code))
    }

    fn among(&self, symbol: Symbol, codes: &[Code]) -> Tri {
        if let Some(known) = self.code(symbol) {
            return Tri::from(codes.contains(&known));
        }
        let (possible, _) = self.sets[symbol.0 as usize];
        if (symbol.0 as usize) < self.origins.len() || possible == 0 {
            return Tri::Unknown;
        }
        let asked = codes.iter().fold(0_u64, |bits, code| {
            bits | 1_u64.checked_shl(u32::from(code.0)).unwrap_or(0)
        });
        if possible & asked == 0 {
            Tri::No
        } else if possible & !asked == 0 {
            Tri::Yes
        } else {
            Tri::Unknown
        }
    }

    fn contains(&self, symbol: Symbol, code: Code) -> Tri {
        let (yes, unknown) = self.sets[symbol.0 as usize];
        let bit = 1_u64.checked_shl(u32::from(code.0)).unwrap_or(0);
        if yes & bit != 0 {
            Tri::Yes
        } else if unknown & bit != 0 {
            Tri::Unknown
        } else {
            Tri::No
        }
    }
}
