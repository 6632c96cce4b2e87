//! Which page comes next.

use std::collections::BTreeSet;

use cotreat_knowledge::format::{FindingKind, LicenceTier};
use cotreat_knowledge::model::{Answers, Finding, Instrument};
use cotreat_knowledge::{Handle, Knowledge, Tier};
use jiff::civil::Date;

use super::{Intake, Page, Theme};
use crate::ask::{self, Question};
use crate::conclude;
use crate::open::{Askable, Open};
use crate::record::Record;

/// As many questions as one page has at most.
const ON_A_PAGE: usize = 6;
/// As many answers as it may take to an urgent alarm for a question to come first.
const FIRST: u32 = 3;
/// So many findings are asked one by one in an ordinary intake; what could raise an urgent alarm is asked beyond it.
const FINDINGS: usize = 22;
/// What the page about hopes asks: wanted, not wanted, goals, expectation.
const HOPES: usize = 4;

/// How far a patient is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number of the first question of the page, from 1.
    pub question: usize,
    /// How many there will be, as far as can be told now.
    pub of: usize,
}

impl Intake {
    /// The page that comes after all those that were given; none: nothing is left to ask.
    #[must_use]
    pub fn next(&self, record: &Record, knowledge: &Knowledge, today: Date) -> Option<Page> {
        // What was neither ticked nor denied is not known yet.
        let open = self.neither();
        if !open.is_empty() {
            let ask = open.into_iter().take(ON_A_PAGE).collect();
            let theme = Theme::Safety;
            return Some(Page::Questions { theme, ask });
        }
        let ranked = self.ranked(record, knowledge, today);
        let first: Vec<&Question> = ranked.iter().filter(|one| comes_first(one)).collect();
        let (ticked, told): (Vec<&Question>, Vec<&Question>) =
            first.iter().partition(|one| is_yes_or_no(knowledge, one));
        if let [alone] = ticked.as_slice() {
            return Some(page(knowledge, &[alone], Some(Theme::Safety)));
        }
        if !ticked.is_empty() {
            let ask = ids(knowledge, &ticked).take(ON_A_PAGE).collect();
            return Some(Page::Screen { ask });
        }
        if !told.is_empty() {
            return Some(page(knowledge, &told, None));
        }
        if !self.has(&Page::Chart) {
            return Some(Page::Chart);
        }
        if !self.marked().is_empty() && !self.has(&Page::Pain) {
            return Some(Page::Pain);
        }
        let left = FINDINGS.saturating_sub(self.one_by_one());
        let worth: Vec<&Question> = ranked.iter().collect();
        if left > 0 && !worth.is_empty() {
            let Page::Questions { theme, mut ask } = page(knowledge, &worth, None) else {
                return None;
            };
            ask.truncate(left);
            return Some(Page::Questions { theme, ask });
        }
        self.closing(record, knowledge)
    }

    /// The next page as long as it is about what may need help soon; none: that is through.
    #[must_use]
    pub fn next_for_safety(
        &self,
        record: &Record,
        knowledge: &Knowledge,
        today: Date,
    ) -> Option<Page> {
        // Where it hurts comes right after it.
        self.next(record, knowledge, today)
            .filter(|page| *page != Page::Chart)
    }

    /// The pages at the end, which everybody gets.
    fn closing(&self, record: &Record, knowledge: &Knowledge) -> Option<Page> {
        if !self.has(&Page::Tried) {
            return Some(Page::Tried);
        }
        let asked = self.asked();
        let responses: Vec<String> = self
            .tried
            .iter()
            .filter_map(|id| knowledge.interventions.find(id))
            .filter_map(|found| knowledge.interventions[found].tried)
            .map(|finding| knowledge.findings.id(finding).to_owned())
            .filter(|id| !asked.contains(id.as_str()))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .take(ON_A_PAGE)
            .collect();
        if !responses.is_empty() {
            return Some(Page::Questions {
                theme: Theme::Treatment,
                ask: responses,
            });
        }
        for page in [Page::Medicines, Page::Hopes] {
            if !self.has(&page) {
                return Some(page);
            }
        }
        waiting(record, knowledge)
            .into_iter()
            .map(|(assignment, instrument)| Page::Sheet {
                assignment,
                instrument: knowledge.instruments.id(instrument).to_owned(),
            })
            .find(|page| !self.has(page))
    }

    fn has(&self, page: &Page) -> bool {
        self.pages.contains(page)
    }

    /// The findings that were asked on any page.
    #[must_use]
    pub fn asked(&self) -> BTreeSet<&str> {
        let asked = self.pages.iter().flat_map(|page| match page {
            Page::Screen { ask } | Page::Questions { ask, .. } => ask.as_slice(),
            _ => &[],
        });
        asked.map(String::as_str).collect()
    }

    /// How many findings were asked one by one.
    fn one_by_one(&self) -> usize {
        let asked = self.pages.iter().map(|page| match page {
            Page::Questions { ask, .. } => ask.len(),
            _ => 0,
        });
        asked.sum()
    }

    /// What stood on a page to be ticked, was neither ticked nor denied there, and was not asked for itself since.
    fn neither(&self) -> Vec<String> {
        let mut open = Vec::new();
        for page in self.pages.iter().take(self.done) {
            match page {
                Page::Screen { ask } => {
                    let unsaid = ask.iter().filter(|id| !self.answers.contains_key(*id));
                    open.extend(unsaid.cloned());
                }
                Page::Questions { ask, .. } => open.retain(|id| !ask.contains(id)),
                _ => {}
            }
        }
        open
    }

    /// The findings still worth asking of the patient, best first.
    fn ranked(&self, record: &Record, knowledge: &Knowledge, today: Date) -> Vec<Question> {
        let episode = self.episode(record, knowledge, today);
        let conclusions = conclude(&episode, knowledge);
        let open = Open::new(&conclusions.assessment, knowledge);
        let (assessment, plan) = (&conclusions.assessment, &conclusions.plan);
        let all = ask::questions(&episode, assessment, plan, knowledge, &open).patient;
        let asked = self.asked();
        all.into_iter()
            .filter(|one| match one.askable {
                Askable::Finding(finding) => {
                    !asked.contains(knowledge.findings.id(finding))
                        && knowledge.findings[finding].ask.is_some()
                }
                Askable::Instrument(_) => false,
            })
            .collect()
    }
}

/// Whether it is a short way from its answer to an alarm that cannot wait.
fn comes_first(one: &Question) -> bool {
    one.answers_to_alarm <= FIRST && one.could_raise >= Some(Tier::Urgent)
}

fn finding(one: &Question) -> Option<Handle<Finding>> {
    match one.askable {
        Askable::Finding(finding) => Some(finding),
        Askable::Instrument(_) => None,
    }
}

fn is_yes_or_no(knowledge: &Knowledge, one: &Question) -> bool {
    finding(one).is_some_and(|one| matches!(knowledge.findings[one].answers, Answers::YesNo { .. }))
}

/// The findings of some questions, by id.
fn ids<'a>(knowledge: &'a Knowledge, all: &'a [&Question]) -> impl Iterator<Item = String> + 'a {
    all.iter()
        .filter_map(|one| finding(one))
        .map(|one| knowledge.findings.id(one).to_owned())
}

/// A page of the best question and of the next best ones of the same theme.
fn page(knowledge: &Knowledge, ranked: &[&Question], theme: Option<Theme>) -> Page {
    let of = |one: &Question| finding(one).map(|one| theme_of(knowledge.findings[one].kind));
    let theme = theme.or_else(|| ranked.first().and_then(|one| of(one)));
    let theme = theme.unwrap_or(Theme::Pain);
    let alike: Vec<&Question> = ranked
        .iter()
        .copied()
        .filter(|one| theme == Theme::Safety || of(one) == Some(theme))
        .collect();
    let ask = ids(knowledge, &alike).take(ON_A_PAGE).collect();
    Page::Questions { theme, ask }
}

const fn theme_of(kind: FindingKind) -> Theme {
    match kind {
        FindingKind::Background => Theme::Health,
        FindingKind::Treatment => Theme::Treatment,
        _ => Theme::Pain,
    }
}

/// The questionnaires that were assigned, are not answered, and whose words may be shown, in the order of their days.
fn waiting(record: &Record, knowledge: &Knowledge) -> Vec<(String, Handle<Instrument>)> {
    let answered: BTreeSet<&str> = record
        .answers
        .iter()
        .filter_map(|noted| noted.what.assignment.as_deref())
        .collect();
    let mut found: Vec<_> = record
        .assignments
        .iter()
        .filter(|(id, _)| !answered.contains(id.as_str()))
        .filter_map(|(id, noted)| {
            let instrument = knowledge.instruments.find(&noted.what.instrument)?;
            let one = &knowledge.instruments[instrument];
            let shown = one.tier == LicenceTier::A && one.items.iter().all(|i| i.text.is_some());
            shown.then(|| (noted.what.due, id.clone(), instrument))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, id, one)| (id, one)).collect()
}

/// How far a patient is on the page with this number, from 0.
#[must_use]
pub fn progress(
    intake: &Intake,
    page: usize,
    record: &Record,
    knowledge: &Knowledge,
    today: Date,
) -> Progress {
    let count = |pages: &[Page]| pages.iter().map(|one| questions_on(one, knowledge)).sum();
    let before: usize = count(intake.pages.get(..page).unwrap_or_default());
    let given: usize = count(&intake.pages);
    let ranked = intake.ranked(record, knowledge, today);
    let first = ranked.iter().filter(|one| comes_first(one)).count();
    let left = FINDINGS.saturating_sub(intake.one_by_one());
    // What comes first is ticked some at a time; the others are asked one by one.
    let findings = first.div_ceil(ON_A_PAGE) + (ranked.len() - first).min(left);
    let mut closing = vec![
        Page::Chart,
        Page::Pain,
        Page::Tried,
        Page::Medicines,
        Page::Hopes,
    ];
    let sheets = waiting(record, knowledge).into_iter();
    closing.extend(sheets.map(|(assignment, instrument)| Page::Sheet {
        assignment,
        instrument: knowledge.instruments.id(instrument).to_owned(),
    }));
    if intake.drawing.is_some() && intake.marked().is_empty() {
        closing.retain(|page| *page != Page::Pain);
    }
    closing.retain(|page| !intake.has(page));
    let closing: usize = count(&closing);
    Progress {
        question: before + 1,
        of: given + findings + closing,
    }
}

/// How many answers a page asks for.
#[must_use]
pub fn questions_on(page: &Page, knowledge: &Knowledge) -> usize {
    match page {
        Page::Questions { ask, .. } => ask.len(),
        Page::Screen { .. } | Page::Chart | Page::Pain | Page::Tried | Page::Medicines => 1,
        Page::Hopes => HOPES,
        Page::Sheet { instrument, .. } => knowledge
            .instruments
            .find(instrument)
            .map_or(0, |found| knowledge.instruments[found].items.len()),
    }
}

/// The treatments a patient can say they have had: those with a finding that says what it did.
#[must_use]
pub fn treatments(knowledge: &Knowledge) -> Vec<&str> {
    let chosen = knowledge.interventions.iter().filter(|(_, one)| {
        one.tried.is_some_and(|finding| {
            matches!(knowledge.findings[finding].answers, Answers::Choice(_))
        })
    });
    chosen.map(|(_, one)| one.id.as_str()).collect()
}
