//! Clinical pictures: what the patients of the cases tell and show, a little different in each who comes with it.

use cotreat_care::assess::{Assessment, assess};
use cotreat_care::event::{Said, Stated};
use cotreat_care::fact::{Fact, Value};
use cotreat_care::{Conclusions, Episode, case, conclude};
use cotreat_knowledge::format::Role;
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_knowledge::{Handle, Knowledge, Problem, Tier};
use jiff::civil::Date;

use crate::calendar::later;
use crate::draws::Draws;
use crate::sheets::{Kind, Tables, Varies};

/// What one patient of a case told and showed.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// Its facts; totals and clearings are left out, because a record takes neither from a case.
    pub(crate) episode: Episode,
    /// The tier of each condition's alarm.
    tiers: Vec<Option<Tier>>,
}

/// The pictures of all cases, by what they ask for first.
#[derive(Debug)]
pub(crate) struct Pictures {
    calm: Vec<Picture>,
    urgent: Vec<Picture>,
    emergency: Vec<Picture>,
    /// By finding: what most patients with a calm picture answer.
    usual: Vec<Option<Said>>,
}

impl Pictures {
    /// Reads the cases: (path, text).
    pub(crate) fn read<'t>(
        cases: impl IntoIterator<Item = (&'t str, &'t str)>,
        knowledge: &Knowledge,
    ) -> Result<Self, Vec<Problem>> {
        let mut pictures = Self {
            calm: Vec::new(),
            urgent: Vec::new(),
            emergency: Vec::new(),
            usual: Vec::new(),
        };
        for (path, text) in cases {
            for case in case::read(path, text)? {
                if case.given.is_some() {
                    pictures.sort_in(case.episode(knowledge)?, knowledge);
                }
            }
        }
        pictures.usual = usual(&pictures.calm, knowledge);
        Ok(pictures)
    }

    fn sort_in(&mut self, mut episode: Episode, knowledge: &Knowledge) {
        episode.scores.clear();
        episode.answers.clear();
        episode.cleared.clear();
        let conclusions = conclude(&episode, knowledge);
        let Some(kind) = kind(&conclusions, knowledge) else {
            return;
        };
        let picture = Picture {
            episode,
            tiers: tiers(&conclusions.assessment),
        };
        self.of_mut(kind).push(picture);
    }

    fn of_mut(&mut self, kind: Kind) -> &mut Vec<Picture> {
        match kind {
            Kind::Calm => &mut self.calm,
            Kind::Urgent => &mut self.urgent,
            Kind::Emergency => &mut self.emergency,
        }
    }

    /// The pictures of a kind.
    pub(crate) fn of(&self, kind: Kind) -> &[Picture] {
        match kind {
            Kind::Calm => &self.calm,
            Kind::Urgent => &self.urgent,
            Kind::Emergency => &self.emergency,
        }
    }

    /// What most people answer to a question.
    pub(crate) fn usual(&self, finding: Handle<Finding>) -> Option<&Said> {
        self.usual.get(finding.index()).and_then(Option::as_ref)
    }
}

/// What a picture asks for first; none where the program is not made for the patient, or nothing could be treated.
fn kind(conclusions: &Conclusions, knowledge: &Knowledge) -> Option<Kind> {
    let plan = &conclusions.plan;
    if plan.out_of_scope.is_some() {
        return None;
    }
    let alarms = &conclusions.assessment.alarms;
    match alarms.iter().filter_map(|alarm| alarm.reached).max() {
        Some(Tier::Emergency) => return Some(Kind::Emergency),
        Some(Tier::Urgent) => return Some(Kind::Urgent),
        _ => {}
    }
    let stopped = alarms.iter().any(|alarm| alarm.stops_hands_on(knowledge));
    let proposed = || plan.lines.iter().filter(|line| line.preselected);
    let active =
        proposed().any(|line| knowledge.interventions[line.intervention].role == Role::Active);
    let hands_on = proposed().any(|line| knowledge.interventions[line.intervention].hands_on);
    (!stopped && active && hands_on).then_some(Kind::Calm)
}

fn tiers(assessment: &Assessment) -> Vec<Option<Tier>> {
    assessment
        .alarms
        .iter()
        .map(|alarm| alarm.reached)
        .collect()
}

impl Picture {
    /// The picture as one more patient has it: some numbers differ, alarms do not.
    pub(crate) fn varied(
        &self,
        tables: &Tables,
        knowledge: &Knowledge,
        draws: &mut Draws,
    ) -> Episode {
        let mut episode = self.episode.clone();
        for varies in &tables.varies {
            vary(&mut episode, varies, knowledge, draws);
        }
        let assessment = assess(&episode, knowledge);
        let same = tiers(&assessment) == self.tiers && assessment.contradictions.is_empty();
        if same { episode } else { self.episode.clone() }
    }
}

fn vary(episode: &mut Episode, varies: &Varies, knowledge: &Knowledge, draws: &mut Draws) {
    let Answers::Number { min, max, .. } = &knowledge.findings[varies.finding].answers else {
        return;
    };
    for fact in &mut episode.facts {
        if fact.finding == varies.finding
            && let Value::Number(number) = &mut fact.value
        {
            let most = varies.by + *number * varies.part;
            let moved = (*number + draws.within([-most, most])).round();
            *number = moved.clamp(min.unwrap_or(f64::MIN), max.unwrap_or(f64::MAX));
        }
    }
}

/// A number that a picture tells.
pub(crate) fn number(episode: &Episode, finding: Handle<Finding>) -> Option<f64> {
    let mut facts = episode.facts.iter().filter(|fact| fact.finding == finding);
    facts.find_map(|fact| match fact.value {
        Value::Number(number) => Some(number),
        _ => None,
    })
}

/// A word that a picture tells.
pub(crate) fn word<'k>(
    episode: &Episode,
    finding: Handle<Finding>,
    knowledge: &'k Knowledge,
) -> Option<&'k str> {
    let Answers::Choice(codes) = &knowledge.findings[finding].answers else {
        return None;
    };
    let mut facts = episode.facts.iter().filter(|fact| fact.finding == finding);
    facts.find_map(|fact| match fact.value {
        Value::Code(at) => codes.get(usize::from(at)).map(String::as_str),
        _ => None,
    })
}

/// A fact of a picture as somebody states it on a day.
pub(crate) fn stated(fact: &Fact, as_of: Date, day: Date, knowledge: &Knowledge) -> Stated {
    let before = as_of
        .until(fact.on)
        .map_or(0, |span| i64::from(span.get_days()));
    Stated {
        finding: knowledge.findings.id(fact.finding).to_owned(),
        value: said(fact.value, &knowledge.findings[fact.finding].answers),
        on: (before < 0).then(|| later(day, before)),
        how: fact.how.clone(),
        dose: fact.dose.clone(),
    }
}

/// A value in words that outlive the finding's file.
fn said(value: Value, answers: &Answers) -> Said {
    match (value, answers) {
        (Value::Yes, _) => Said::Yes,
        (Value::No, _) => Said::No,
        (Value::Code(at), Answers::Choice(codes)) => codes
            .get(usize::from(at))
            .map_or(Said::NotKnown, |code| Said::Answer(code.clone())),
        (Value::Codes(bits), Answers::Choices(codes)) => {
            let chosen = codes
                .iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1);
            Said::Answers(chosen.map(|(_, code)| code.clone()).collect())
        }
        (Value::Number(value), Answers::Number { unit, .. }) => Said::Number {
            value,
            unit: unit.clone().unwrap_or_default(),
        },
        _ => Said::NotKnown,
    }
}

/// By finding the answer that stands most often in these pictures; of two that stand as often the one that came first.
fn usual(pictures: &[Picture], knowledge: &Knowledge) -> Vec<Option<Said>> {
    let mut counted: Vec<Vec<(Said, u32)>> =
        knowledge.findings.handles().map(|_| Vec::new()).collect();
    for fact in pictures.iter().flat_map(|picture| &picture.episode.facts) {
        if fact.value == Value::NotKnown {
            continue;
        }
        let said = said(fact.value, &knowledge.findings[fact.finding].answers);
        let answers = &mut counted[fact.finding.index()];
        match answers.iter_mut().find(|(known, _)| *known == said) {
            Some((_, times)) => *times += 1,
            None => answers.push((said, 1)),
        }
    }
    let most = |answers: Vec<(Said, u32)>| {
        let highest = answers.iter().map(|(_, times)| *times).max()?;
        let first = answers.into_iter().find(|(_, times)| *times == highest);
        first.map(|(said, _)| said)
    };
    counted.into_iter().map(most).collect()
}
