//! One instrument over time: what was measured, what counts as a meaningful improvement, and what happened meanwhile.
//!
//! A missed measurement breaks the line, and nothing is smoothed. The caller counts days from the start of care and brings the words for each day; nothing here knows a calendar.

mod axis;
mod plot;
mod sparkline;
mod told;

pub use sparkline::sparkline;

use crate::{Figure, Words, figure};

/// Everything that the graph shows.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The instrument or scale, as people call it.
    pub name: String,
    /// Lowest and highest value that the instrument can have.
    pub scale: (f64, f64),
    /// Which way is better.
    pub better: Better,
    /// What was measured or should have been, in any order.
    pub waves: Vec<Wave>,
    /// From which value on a patient is meaningfully better than at first.
    pub meaningful: Option<Meaningful>,
    /// What happened meanwhile, in any order.
    pub events: Vec<Event>,
}

/// Which way on the scale is better.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
}

/// One time at which the instrument was due.
#[derive(Clone, Debug)]
pub struct Wave {
    /// Days since the start.
    pub day: i32,
    /// The day in words, such as `week 6, 3 March`.
    pub when: String,
    /// What came of it; none where nobody answered.
    pub value: Option<f64>,
}

/// The bound of a meaningful improvement, worked out by a rule that has a name and a source.
#[derive(Clone, Debug)]
pub struct Meaningful {
    /// This value or better.
    pub at: f64,
    /// The name of the rule.
    pub rule: String,
}

/// Something that happened while the patient was in care.
#[derive(Clone, Debug)]
pub struct Event {
    /// Days since the start.
    pub day: i32,
    /// The day in words.
    pub when: String,
    /// What kind of thing.
    pub kind: Kind,
    /// What it was, where there is more to say.
    pub what: String,
}

/// Kinds of things that happen.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A treatment session.
    Session,
    /// An adverse event.
    Harm,
    /// A referral to somebody else.
    Referral,
}

/// The graph of one instrument. `key` makes the ids on the page unique.
#[must_use]
pub fn graph(key: &str, outcome: &Outcome, words: &Words) -> Figure {
    let course = Course::of(outcome);
    let (title, said) = (told::title(&course, words), told::words(&course, words));
    Figure {
        svg: plot::svg(&figure::id(key), &course, &title, &said, words),
        title,
        words: said,
        legend: told::legend(&course, words),
        table: told::table(&course, words),
    }
}

/// An outcome in the order of time, with every value a number that can be drawn.
struct Course<'a> {
    outcome: &'a Outcome,
    waves: Vec<(&'a Wave, Option<f64>)>,
    events: Vec<&'a Event>,
    meaningful: Option<&'a Meaningful>,
}

impl<'a> Course<'a> {
    fn of(outcome: &'a Outcome) -> Course<'a> {
        let finite = |value: &f64| value.is_finite();
        let mut waves: Vec<_> = outcome
            .waves
            .iter()
            .map(|wave| (wave, wave.value.filter(finite)))
            .collect();
        waves.sort_by_key(|(wave, _)| wave.day);
        let mut events: Vec<_> = outcome.events.iter().collect();
        events.sort_by_key(|event| event.day);
        let meaningful = outcome.meaningful.as_ref().filter(|m| m.at.is_finite());
        Course {
            outcome,
            waves,
            events,
            meaningful,
        }
    }

    /// The waves that have a value.
    fn measured(&self) -> impl DoubleEndedIterator<Item = (&'a Wave, f64)> {
        self.waves
            .iter()
            .filter_map(|(wave, value)| Some((*wave, (*value)?)))
    }

    fn missed(&self) -> usize {
        self.waves
            .iter()
            .filter(|(_, value)| value.is_none())
            .count()
    }

    fn events(&self, kind: Kind) -> impl Iterator<Item = &'a Event> {
        self.events
            .iter()
            .copied()
            .filter(move |event| event.kind == kind)
    }

    /// The scale as it is drawn: what the instrument can have, or else what was measured.
    fn scale(&self) -> (f64, f64) {
        let (low, high) = self.outcome.scale;
        if low.is_finite() && high.is_finite() && low < high && (high - low).is_finite() {
            return (low, high);
        }
        let most = self.measured().map(|(_, value)| value).fold(1.0, f64::max);
        (0.0, most.min(1e9))
    }

    /// Values that the scale cannot have; they are drawn at its edge.
    fn outside(&self) -> usize {
        let (low, high) = self.scale();
        self.measured()
            .filter(|(_, value)| *value < low || *value > high)
            .count()
    }
}
