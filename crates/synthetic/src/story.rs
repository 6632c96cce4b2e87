//! The story of one patient: what is planned next, day by day, and what comes of it.
//!
//! A story holds a diary. Each step is taken on its day or on the next one on which the practice is open, and may put further steps into the diary; it ends at midnight
//! before today, wherever the patient stands then. So there are patients at every stage, and nothing about a later day was known on an earlier one.

mod act;
mod alarm;
mod arrive;
mod assess;
mod consent;
mod end;
mod lines;
mod measure;
mod moves;
mod plan;
mod refer;
mod review;
mod setback;
mod talk;
mod treat;
mod twice;

use std::collections::BTreeMap;

use cotreat_care::event::Who;
use cotreat_care::{Episode, Record};
use cotreat_people::Identity;
use cotreat_people::patient::Patient;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::later;
use crate::clinic::Clinic;
use crate::course::Course;
use crate::directory::{Practice, Staff};
use crate::draws::Draws;
use crate::entry::{Entry, History, Shown};
use crate::fate::Fate;
use crate::sheets::{FateRow, Tables, Words};
use crate::{person, picture};

use act::{Done, No};
use end::Why;
use lines::Line;
use moves::Move;
use refer::Asked;

/// One patient's story.
pub(crate) struct Story<'c> {
    clinic: &'c Clinic<'c>,
    row: &'c FateRow,
    draws: Draws,
    identity: Identity,
    /// The practice the patient came to first.
    home: usize,
    /// The clinician the patient came to first.
    first: usize,
    /// Practices that see the patient.
    seen_at: Vec<usize>,
    /// Who leads the plan.
    lead: Option<usize>,
    file: File,
    /// A second file of the same patient, and who opened it.
    second: Option<(File, usize)>,
    picture: Episode,
    course: Course,
    lines: Vec<Line>,
    referrals: Vec<Asked>,
    /// What the fate does to a referral was done.
    plotted: bool,
    sessions: u32,
    /// The episode was taken up again.
    returned: bool,
    /// The patient comes to nothing any more.
    away: bool,
    diary: BTreeMap<(Date, u32), Step>,
    noted: u32,
    moment: Timestamp,
    /// Nothing is at or after this.
    until: Timestamp,
    entries: Vec<Entry>,
    shown: Vec<Shown>,
    given_up: Vec<String>,
}

/// The episode that is being written.
struct File {
    /// Id of the episode.
    id: String,
    /// Id of the patient.
    patient: String,
    began: Date,
    /// What the episode adds up to.
    record: Record,
    /// What the file adds up to.
    person: Patient,
}

/// Something that stands in the diary.
#[derive(Clone, Debug)]
enum Step {
    /// The patient is registered.
    Register,
    /// The patient answers the intake at home.
    Intake,
    /// The first visit.
    Visit,
    /// Somebody whose tests are back clears alarms, and goes on.
    Cleared(usize),
    /// Somebody goes on to the plan.
    Plan(usize),
    /// A wave of instruments is asked for.
    Ask(usize),
    /// A wave is answered: assignment and position of the instrument.
    Answer(Vec<(String, usize)>),
    /// The next thing that happens to a referral.
    Refer(usize, Move),
    /// A session by somebody, with so many to come, through a referral or not.
    Treat(usize, i64, Option<usize>),
    /// Something went wrong after a session.
    Setback(usize, String),
    /// The appraisal is due again.
    Look,
    /// The plan is looked at.
    Review,
    /// The pain is back.
    BackAgain,
    /// The lead takes it up again after that.
    TakeUp,
    /// All is well: the last visit.
    Settle,
    /// The patient asks something; position of the question.
    Question(usize),
    /// The team answers.
    Reply(String, String),
    /// The patient no longer agrees.
    Withdraw,
    /// The episode ends.
    Close(Why),
    /// The patient comes back.
    Return,
    /// Somebody else registers the same patient.
    SecondFile,
    /// That is noticed.
    Merge,
}

impl<'c> Story<'c> {
    /// Tells the story of a patient.
    pub(crate) fn tell(clinic: &'c Clinic<'c>, row: &'c FateRow, number: u64) -> Option<History> {
        let mut story = Self::new(clinic, row, number)?;
        if row.id == Fate::NewToday {
            story.note_given_up(Self::arrive_now);
        }
        while let Some(((day, _), step)) = story.diary.pop_first() {
            if story.note_given_up(|story| story.take(day, step)) {
                break;
            }
        }
        Some(History {
            number,
            fate: row.id,
            entries: story.entries,
            shown: story.shown,
            given_up: story.given_up,
        })
    }

    fn new(clinic: &'c Clinic<'c>, row: &'c FateRow, number: u64) -> Option<Self> {
        let mut draws = Draws::of(clinic.seed, "patient", number);
        let (tables, knowledge) = (&clinic.sheets.tables, clinic.knowledge);
        let practices = &clinic.directory.practices;
        let home = draws.weighted(practices.iter().map(|one| one.of_60));
        let hours = &practices.get(home)?.hours;
        let first = *draws.one(&clinic.directory.assessing(home, knowledge))?;
        let today = hours.day_of(clinic.now);
        let began = later(today, -draws.between(row.began));
        let picture = draws.one(clinic.pictures.of(row.picture))?;
        let picture = picture.varied(tables, knowledge, &mut draws);
        let identity = person::identity(
            &clinic.sheets.names,
            &clinic.sheets.organisations.town,
            picture::word(&picture, tables.sex, knowledge),
            age(&picture, tables, &mut draws),
            began,
            &mut draws,
        );
        let severity = picture::number(&picture, tables.intensity).map(|pain| pain / 10.0);
        let severity = severity.filter(|severity| *severity > 0.0);
        let severity = severity.unwrap_or_else(|| draws.within(tables.score.first));
        let mut story = Self {
            clinic,
            row,
            identity,
            home,
            first,
            seen_at: vec![home],
            lead: None,
            file: File::new(draws.id(), draws.id(), began),
            second: None,
            course: Course::new(severity, tables.course(row)),
            picture,
            lines: Vec::new(),
            referrals: Vec::new(),
            plotted: false,
            sessions: 0,
            returned: false,
            away: false,
            diary: BTreeMap::new(),
            noted: 0,
            moment: Timestamp::MIN,
            until: hours.instant(today, 0),
            entries: Vec::new(),
            shown: Vec::new(),
            given_up: Vec::new(),
            draws,
        };
        if row.id != Fate::NewToday {
            story.plan_for(began, Step::Register);
        }
        Some(story)
    }

    /// Puts a step into the diary.
    fn plan_for(&mut self, day: Date, step: Step) {
        self.noted += 1;
        self.diary.insert((day, self.noted), step);
    }

    /// Puts a step into the diary, so many days from now.
    fn plan_in(&mut self, days: [i64; 2], step: Step) {
        let day = later(self.today(), self.draws.between(days));
        self.plan_for(day, step);
    }

    fn take(&mut self, day: Date, step: Step) -> Done {
        match step {
            Step::Register => self.register(day),
            Step::Intake => self.intake(day),
            Step::Visit => self.visit(day),
            Step::Cleared(staff) => self.cleared(day, staff),
            Step::Plan(staff) => self.go_on(day, staff),
            Step::Ask(wave) => self.ask(day, wave),
            Step::Answer(sheets) => self.answer(day, &sheets),
            Step::Refer(at, next) => self.move_on(day, at, next),
            Step::Treat(staff, left, through) => self.treat(day, staff, left, through),
            Step::Setback(staff, session) => self.setback(day, staff, session),
            Step::Look => self.look_again(day),
            Step::Review => self.review(day),
            Step::BackAgain => self.back_again(day),
            Step::TakeUp => self.take_up(day),
            Step::Settle => self.settle(day),
            Step::Question(at) => self.question(day, at),
            Step::Reply(question, text) => self.reply(day, question, text),
            Step::Withdraw => self.withdraw(day),
            Step::Close(why) => self.close(day, why),
            Step::Return => self.come_back(day),
            Step::SecondFile => self.second_file(day),
            Step::Merge => self.merge(day),
        }
    }

    /// Does something; true when the story is over. What was refused and nobody found a way around is kept.
    fn note_given_up(&mut self, step: impl FnOnce(&mut Self) -> Done) -> bool {
        match step(self) {
            Ok(()) => false,
            Err(No::Refused(_, told)) => {
                self.given_up.push(told);
                false
            }
            Err(No::Over) => true,
        }
    }

    fn tables(&self) -> &'c Tables {
        &self.clinic.sheets.tables
    }

    fn words(&self) -> &'c Words {
        &self.clinic.sheets.words
    }

    fn practice(&self, at: usize) -> &'c Practice {
        &self.clinic.directory.practices[at]
    }

    fn staff(&self, at: usize) -> &'c Staff {
        &self.clinic.directory.staff[at]
    }

    fn who(&self, staff: usize) -> &'c Who {
        &self.staff(staff).who
    }

    /// Whoever answers for the patient: the lead, else the clinician they came to.
    fn responsible(&self) -> usize {
        self.lead.unwrap_or(self.first)
    }

    /// Days since the episode began.
    fn days(&self) -> i64 {
        let since = self.file.began.until(self.today());
        since.map_or(0, |span| i64::from(span.get_days()))
    }
}

impl File {
    fn new(id: String, patient: String, began: Date) -> Self {
        Self {
            id,
            patient,
            began,
            record: Record::default(),
            person: Patient::default(),
        }
    }
}

/// The age that the picture tells, else one that is drawn.
fn age(picture: &Episode, tables: &Tables, draws: &mut Draws) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "years of a life")]
    let told = picture::number(picture, tables.age).map(|years| years as i64);
    told.unwrap_or_else(|| {
        let at = draws.weighted(tables.ages.iter().map(|row| row.of_60));
        tables
            .ages
            .get(at)
            .map_or(0, |row| draws.between(row.years))
    })
}
