//! `data/shares.toml` held against the knowledge: ids are handles, and what must add up does.

use cotreat_knowledge::format::Asked;
use cotreat_knowledge::format::LicenceTier;
use cotreat_knowledge::model::{Finding, Instrument};
use cotreat_knowledge::{Handle, Knowledge, Problem, did_you_mean};

use super::shares::{AgeRow, Opioid, ScoreRow, SessionRow, Since};
use super::{CourseRow, Days, FateRow, Habits, Minutes, SIXTY, Shares, Shows, Wave, sixty, wrong};
use crate::draws::Draws;
use crate::fate::Fate;

const FILE: &str = "shares.toml";

/// The sheet, with handles.
#[derive(Debug)]
pub(crate) struct Tables {
    fates: Vec<FateRow>,
    courses: Vec<CourseRow>,
    pub(crate) score: ScoreRow,
    pub(crate) instruments: Vec<Given>,
    pub(crate) waves: Vec<Wave>,
    pub(crate) days: Days,
    pub(crate) minutes: Minutes,
    pub(crate) habits: Habits,
    pub(crate) session: SessionRow,
    pub(crate) since: Since,
    pub(crate) opioid: Opioid,
    pub(crate) ages: Vec<AgeRow>,
    /// The finding that tells the age.
    pub(crate) age: Handle<Finding>,
    /// The finding that tells the sex.
    pub(crate) sex: Handle<Finding>,
    /// The finding that tells how strong the pain is.
    pub(crate) intensity: Handle<Finding>,
    pub(crate) varies: Vec<Varies>,
}

/// An instrument that is handed out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given {
    pub(crate) instrument: Handle<Instrument>,
    pub(crate) shows: Shows,
    pub(crate) weight: f64,
}

/// A finding in which one patient of a picture differs from the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Varies {
    pub(crate) finding: Handle<Finding>,
    pub(crate) by: f64,
    pub(crate) part: f64,
}

impl Tables {
    pub(super) fn link(
        shares: Shares,
        knowledge: &Knowledge,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        fates(&shares, problems);
        sixty(
            problems,
            FILE,
            "ages",
            shares.age.iter().map(|row| row.of_60),
        );
        let before = problems.len();
        let told = &shares.told_by;
        let [age, sex, intensity] =
            [&told.age, &told.sex, &told.intensity].map(|id| finding(knowledge, id, problems));
        let varies: Vec<Option<Varies>> = shares
            .varies
            .iter()
            .map(|row| {
                Some(Varies {
                    finding: finding(knowledge, &row.finding, problems)?,
                    by: row.by,
                    part: row.part,
                })
            })
            .collect();
        let instruments: Vec<Option<Given>> = shares
            .instrument
            .iter()
            .map(|row| {
                Some(Given {
                    instrument: instrument(knowledge, &row.id, problems)?,
                    shows: row.shows,
                    weight: row.weight,
                })
            })
            .collect();
        if problems.len() > before {
            return None;
        }
        Some(Self {
            fates: shares.fate,
            courses: shares.course,
            score: shares.score,
            instruments: instruments.into_iter().flatten().collect(),
            waves: shares.wave,
            days: shares.days,
            minutes: shares.minutes,
            habits: shares.habits,
            session: shares.session,
            since: shares.since,
            opioid: shares.opioid,
            ages: shares.age,
            age: age?,
            sex: sex?,
            intensity: intensity?,
            varies: varies.into_iter().flatten().collect(),
        })
    }

    /// What becomes of a patient. Each sixty patients hold every fate as often as the sheet says, in an order of their own.
    pub(crate) fn fate(&self, seed: u64, number: u64) -> Option<&FateRow> {
        let sixty = u64::from(SIXTY);
        let mut order: Vec<&FateRow> = self
            .fates
            .iter()
            .flat_map(|row| (0..row.of_60).map(move |_| row))
            .collect();
        Draws::of(seed, "fates", number / sixty).shuffle(&mut order);
        let place = usize::try_from(number % sixty).unwrap_or(0);
        order.get(place).copied()
    }

    /// Everything that becomes of people.
    pub(crate) fn fates(&self) -> &[FateRow] {
        &self.fates
    }

    /// The course of a fate.
    pub(crate) fn course(&self, row: &FateRow) -> &[(u32, f64)] {
        let found = self.courses.iter().find(|course| course.id == row.course);
        found.map_or(&[], |course| &course.points)
    }
}

/// Every fate has one row and a course, and the rows are sixty people.
fn fates(shares: &Shares, problems: &mut Vec<Problem>) {
    sixty(
        problems,
        FILE,
        "fates",
        shares.fate.iter().map(|row| row.of_60),
    );
    for fate in Fate::ALL {
        let rows = shares
            .fate
            .iter()
            .filter(|row| row.id == fate && row.of_60 > 0);
        if rows.count() != 1 {
            let message = format!("`{fate:?}` does not have one row with at least one patient");
            wrong(problems, FILE, message, "write one `[[fate]]` for each");
        }
    }
    for row in &shares.fate {
        let known = shares
            .course
            .iter()
            .any(|one| one.id == row.course && !one.points.is_empty());
        if !known {
            let message = format!("there is no course `{}`", row.course);
            wrong(problems, FILE, message, "write it as a `[[course]]`");
        }
    }
}

fn finding(
    knowledge: &Knowledge,
    id: &str,
    problems: &mut Vec<Problem>,
) -> Option<Handle<Finding>> {
    let found = knowledge.findings.find(id);
    if found.is_none() {
        let help = did_you_mean(id, knowledge.findings.ids().iter().map(String::as_str));
        let message = format!("this knowledge has no finding `{id}`");
        wrong(
            problems,
            FILE,
            message,
            help.unwrap_or_else(|| "name another one".into()),
        );
    }
    found
}

/// An instrument that may be handed out: its items may be shipped, and the patient answers it.
fn instrument(
    knowledge: &Knowledge,
    id: &str,
    problems: &mut Vec<Problem>,
) -> Option<Handle<Instrument>> {
    let Some(found) = knowledge.instruments.find(id) else {
        let help = did_you_mean(id, knowledge.instruments.ids().iter().map(String::as_str));
        let message = format!("this knowledge has no instrument `{id}`");
        wrong(
            problems,
            FILE,
            message,
            help.unwrap_or_else(|| "name another one".into()),
        );
        return None;
    };
    let one = &knowledge.instruments[found];
    if one.tier == LicenceTier::A && one.asked_of == Asked::Patient {
        return Some(found);
    }
    let message = format!("`{id}` may not be handed out to patients as it is");
    wrong(
        problems,
        FILE,
        message,
        "name one of licence tier A that the patient answers",
    );
    None
}
