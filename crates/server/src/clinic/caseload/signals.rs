//! What of a record calls for somebody today.

use cotreat_care::Record;
use cotreat_care::assess::assess;
use cotreat_care::course::{Change, courses};
use cotreat_care::record::State;
use cotreat_knowledge::{Knowledge, Tier};
use jiff::civil::Date;

/// So many days somebody is new after their episode began.
const NEW: i32 = 7;

/// What of a record calls for somebody today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signals {
    /// The most urgent alarm that stands and calls for action.
    pub alarm: Option<Standing>,
    /// How they do by each questionnaire with a rule for a change that matters.
    pub outcomes: Vec<Outcome>,
    /// What should have happened by now.
    pub late: Vec<Late>,
    /// Questions of the patient that nobody answered.
    pub questions: usize,
    /// The day of the last session.
    pub last_session: Option<Date>,
    /// The next appointment by a referral.
    pub next_appointment: Option<Date>,
    /// Whole weeks since the episode began.
    pub week: i32,
    /// The episode began within the last week.
    pub is_new: bool,
}

/// An alarm that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How urgent.
    pub tier: Tier,
    /// What the condition is called.
    pub name: String,
}

/// How somebody does by one questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it is called.
    pub name: String,
    /// Id of the rule by which the change is judged.
    pub rule: String,
    /// The source of the rule, in short; none: our own judgement.
    pub source: Option<String>,
    /// What became of it.
    pub change: Change,
    /// Six weeks on, it is not better.
    pub not_better: bool,
    /// Every value, the oldest first.
    pub values: Vec<f64>,
    /// Smallest and largest possible value.
    pub scale: (f64, f64),
}

/// Something that should have happened by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Late {
    /// A questionnaire was due on this day and was not answered.
    Answers(Date),
    /// A referral waits for so many days longer than it should.
    Referral(i32),
    /// The plan was to be looked at again on this day.
    Review(Date),
    /// The appraisal is due again since this day.
    Appraisal(Date),
}

impl Signals {
    /// What follows from a record, by one body of knowledge, on a day.
    #[must_use]
    pub fn of(record: &Record, knowledge: &Knowledge, today: Date) -> Self {
        let began = record.began();
        let days = began.map_or(0, |began| days(began, today));
        let ahead = record
            .referrals
            .values()
            .filter(|one| one.state == State::Scheduled)
            .filter_map(|one| one.appointment)
            .filter(|day| *day >= today);
        Self {
            alarm: alarm(record, knowledge, today),
            outcomes: outcomes(record, knowledge, today),
            late: late(record, knowledge, today),
            questions: record
                .questions
                .values()
                .filter(|one| one.answers.is_empty())
                .count(),
            last_session: sessions(record).max(),
            next_appointment: ahead.min(),
            week: days / 7,
            is_new: began.is_some() && days < NEW,
        }
    }

    /// Somebody got worse by so much that it matters.
    #[must_use]
    pub fn is_worse(&self) -> bool {
        self.outcomes.iter().any(|one| one.change == Change::Worse)
    }

    /// Six weeks on, nothing got better: not one of the questionnaires that were asked again.
    #[must_use]
    pub fn is_not_better(&self) -> bool {
        self.outcomes.iter().any(|one| one.not_better)
            && self.outcomes.iter().all(|one| one.change != Change::Better)
    }

    /// How loudly it calls, for the order of the list: 0 is loudest.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self.alarm.as_ref().map(|alarm| alarm.tier) {
            Some(Tier::Emergency) => 0,
            Some(Tier::Urgent) => 1,
            _ if self.is_worse() => 2,
            _ if self.is_not_better() => 3,
            _ if !self.late.is_empty() => 4,
            _ if self.questions > 0 => 5,
            Some(_) => 6,
            None if self.is_new => 7,
            None => 8,
        }
    }
}

/// What is only watched calls for nothing.
fn alarm(record: &Record, knowledge: &Knowledge, today: Date) -> Option<Standing> {
    let known = record.known(knowledge, today);
    let alarms = assess(&known.episode, knowledge).alarms.into_iter();
    let standing = alarms.filter_map(|one| Some((one.reached?, one.condition)));
    let (tier, condition) = standing
        .filter(|(tier, _)| *tier > Tier::Watch)
        .max_by_key(|(tier, condition)| (*tier, std::cmp::Reverse(*condition)))?;
    Some(Standing {
        tier,
        name: knowledge.conditions[condition].name.clone(),
    })
}

fn outcomes(record: &Record, knowledge: &Knowledge, today: Date) -> Vec<Outcome> {
    let courses = courses(record, knowledge, today).into_iter();
    courses
        .map(|course| {
            let instrument = &knowledge.instruments[course.instrument];
            let score = &instrument.scores[course.score];
            let source = course.rule.statement.source;
            Outcome {
                name: instrument.name.clone(),
                rule: course.rule.id.clone(),
                source: source.map(|source| knowledge.sources[source].short.clone()),
                change: course.change,
                not_better: course.not_better_by_week_six(knowledge, today),
                values: course.points.iter().map(|(_, value)| *value).collect(),
                scale: (score.min, score.max),
            }
        })
        .collect()
}

fn late(record: &Record, knowledge: &Knowledge, today: Date) -> Vec<Late> {
    let mut late = Vec::new();
    late.extend(
        record
            .appraisal_due
            .as_ref()
            .map(|due| Late::Appraisal(due.day)),
    );
    let waits = record.referrals.values();
    let longest = waits
        .filter_map(|one| Some(one.overdue(knowledge, today)?.days))
        .max();
    late.extend(longest.map(Late::Referral));
    let review = record.plan_in_force().and_then(|plan| plan.review);
    late.extend(review.filter(|day| *day < today).map(Late::Review));
    let answered = |id: &str| {
        let mut answers = record.answers.iter();
        answers.any(|one| one.what.assignment.as_deref() == Some(id))
    };
    let asked = record.assignments.iter();
    let due = asked
        .filter(|(id, one)| one.what.due < today && !answered(id))
        .map(|(_, one)| one.what.due)
        .min();
    late.extend(due.map(Late::Answers));
    late
}

fn sessions(record: &Record) -> impl Iterator<Item = Date> {
    let first = record
        .sessions
        .values()
        .filter_map(|one| one.versions.first());
    first.map(|written| written.day)
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
