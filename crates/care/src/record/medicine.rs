//! Medicines over time: the day's opioids in oral morphine, and on how many days a class of medicines was taken.
//!
//! Factors are knowledge. Where the knowledge has none for a medicine, its way of taking it or its unit, the day's dose is *not known*, never 0.

use std::collections::{BTreeMap, BTreeSet};

use cotreat_knowledge::Knowledge;
use jiff::civil::Date;

use super::Record;
use super::referral::days_between;
use crate::event::MedicationRecorded;

/// The opioids of one day, in milligrams of oral morphine. It estimates risk; it is never used to change from one opioid to another.
#[derive(Clone, Debug, PartialEq)]
pub struct OralMorphine {
    /// What could be turned into oral morphine, in mg a day, on a day on which all of it is taken. The whole only where `not_known` is empty.
    pub known_part: f64,
    /// Opioids without a dose or a factor, and medicines of which nobody knows what they are.
    pub not_known: Vec<String>,
}

impl OralMorphine {
    /// The day's dose in mg of oral morphine; none: not known.
    #[must_use]
    pub fn mg_a_day(&self) -> Option<f64> {
        self.not_known.is_empty().then_some(self.known_part)
    }
}

/// On how many days a class was taken. Where it is only known on how many days and not on which, the truth lies between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// At least.
    pub at_least: u32,
    /// At most.
    pub at_most: u32,
}

/// The day's opioids; none when nothing was ever recorded about medicines by then, which is not the same as none taken.
#[must_use]
pub fn oral_morphine(record: &Record, knowledge: &Knowledge, day: Date) -> Option<OralMorphine> {
    let spans = spans(record);
    if !record.medication.iter().any(|noted| noted.day <= day) {
        return None;
    }
    let mut sum = OralMorphine {
        known_part: 0.0,
        not_known: Vec::new(),
    };
    for span in spans.iter().filter(|span| span.covers(day)) {
        let taken = span.taken;
        if !may_be_opioid(knowledge, taken) {
            continue;
        }
        let factor = taken.dose.and_then(|dose| {
            let medicine = knowledge.medicines.get(&taken.medicine)?;
            let conversion = medicine.conversion(taken.route, dose.unit)?;
            Some(dose.amount * conversion.factor)
        });
        match factor {
            Some(milligrams) => sum.known_part += milligrams,
            None => sum.not_known.push(taken.medicine.clone()),
        }
    }
    Some(sum)
}

/// For each class of medicines the days on which it was taken, from one day to another, both counted.
#[must_use]
pub fn days_of(
    record: &Record,
    knowledge: &Knowledge,
    from: Date,
    to: Date,
) -> BTreeMap<String, Days> {
    let whole = days_in(from, to);
    let mut by_class: BTreeMap<String, Counted> = BTreeMap::new();
    for span in spans(record) {
        let Some(class) = class(knowledge, span.taken) else {
            continue;
        };
        let (first, last) = (span.from.max(from), span.to.map_or(to, |end| end.min(to)));
        let inside = days_in(first, last);
        if inside == 0 {
            continue;
        }
        by_class
            .entry(class.to_owned())
            .or_default()
            .add(&span, first, last, inside);
    }
    by_class
        .into_iter()
        .map(|(class, counted)| (class, counted.days(whole)))
        .collect()
}

/// The class of a medicine: that of its file, else the one that was named.
fn class<'a>(knowledge: &'a Knowledge, taken: &'a MedicationRecorded) -> Option<&'a str> {
    knowledge
        .medicines
        .get(&taken.medicine)
        .map(|medicine| medicine.class.as_str())
        .or(taken.class.as_deref())
}

/// Whether it must be counted, or may have to be.
fn may_be_opioid(knowledge: &Knowledge, taken: &MedicationRecorded) -> bool {
    match knowledge.medicines.get(&taken.medicine) {
        Some(medicine) => medicine.opioid,
        // A medicine without a file is an opioid where the opioids of this knowledge carry its class, and may be one where nobody told a class.
        None => taken.class.as_ref().is_none_or(|class| {
            let mut all = knowledge.medicines.iter();
            all.any(|(_, other)| other.opioid && other.class == *class)
        }),
    }
}

/// A time in which a medicine was taken, cut where a later record of the same medicine and way of taking it begins.
struct Span<'a> {
    taken: &'a MedicationRecorded,
    from: Date,
    to: Option<Date>,
}

impl Span<'_> {
    fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

fn spans(record: &Record) -> Vec<Span<'_>> {
    let all = &record.medication;
    let mut spans = Vec::new();
    for (at, noted) in all.iter().enumerate() {
        let taken = &noted.what;
        let mut to = taken.to;
        for later in all[at + 1..].iter().map(|later| &later.what) {
            let same = later.medicine == taken.medicine && later.route == taken.route;
            // What a later record says about its own time counts; what lies before it stays.
            if same && to.is_none_or(|to| to >= later.from) {
                to = Some(later.from.yesterday().unwrap_or(Date::MIN));
            }
        }
        if to.is_none_or(|to| to >= taken.from) {
            spans.push(Span {
                taken,
                from: taken.from,
                to,
            });
        }
    }
    spans
}

/// Days from one day to another, both counted; 0 when the second lies before the first.
fn days_in(from: Date, to: Date) -> u32 {
    u32::try_from(days_between(from, to).saturating_add(1)).unwrap_or(0)
}

#[derive(Default)]
struct Counted {
    /// Days of which it is known that it was taken.
    every_day: BTreeSet<Date>,
    /// The most days that one record with an unknown choice of days must have.
    some_at_least: u32,
    /// All days that such records may have.
    some_at_most: u32,
}

impl Counted {
    fn add(&mut self, span: &Span<'_>, first: Date, last: Date, inside: u32) {
        let Some(days) = span.taken.days else {
            self.every_day.extend(
                first
                    .series(jiff::Span::new().days(1))
                    .take_while(|day| *day <= last),
            );
            return;
        };
        let spoken_of = span.taken.to.map_or(inside, |to| days_in(span.from, to));
        let outside = spoken_of.saturating_sub(inside);
        self.some_at_least = self
            .some_at_least
            .max(days.saturating_sub(outside).min(inside));
        self.some_at_most = self.some_at_most.saturating_add(days.min(inside));
    }

    fn days(&self, whole: u32) -> Days {
        let every = u32::try_from(self.every_day.len()).unwrap_or(u32::MAX);
        Days {
            at_least: every.max(self.some_at_least).min(whole),
            at_most: every.saturating_add(self.some_at_most).min(whole),
        }
    }
}
