//! The words in which scenarios are told.

use std::fmt::Debug;

use cotreat_people::decide::{self, OrganisationAct, PatientAct, Refusal, Refused, UserAct, Wish};
use cotreat_people::event::{Actor, Kind, OrganisationEvent, PatientEvent, Recorded, UserEvent};
use cotreat_people::organisation::Organisation;
use cotreat_people::patient::Patient;
use cotreat_people::user::User;
use cotreat_people::{organisation, patient, user};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The day on which every story is told.
pub const TODAY: Date = date(2026, 3, 2);

/// What things are decided about, and how.
pub trait Subject: Clone + Debug + Default {
    type Act: Clone + Debug;
    type Event: Kind + Clone + Debug;
    fn decide(&self, wish: &Wish<Self::Act>) -> Result<Vec<Recorded<Self::Event>>, Refusal>;
    fn evolve(self, event: &Recorded<Self::Event>) -> Self;
}

impl Subject for Organisation {
    type Act = OrganisationAct;
    type Event = OrganisationEvent;

    fn decide(&self, wish: &Wish<Self::Act>) -> Result<Vec<Recorded<Self::Event>>, Refusal> {
        decide::organisation(self, wish)
    }

    fn evolve(self, event: &Recorded<Self::Event>) -> Self {
        organisation::evolve(self, event)
    }
}

impl Subject for User {
    type Act = UserAct;
    type Event = UserEvent;

    fn decide(&self, wish: &Wish<Self::Act>) -> Result<Vec<Recorded<Self::Event>>, Refusal> {
        decide::user(self, wish)
    }

    fn evolve(self, event: &Recorded<Self::Event>) -> Self {
        user::evolve(self, event)
    }
}

impl Subject for Patient {
    type Act = PatientAct;
    type Event = PatientEvent;

    fn decide(&self, wish: &Wish<Self::Act>) -> Result<Vec<Recorded<Self::Event>>, Refusal> {
        decide::patient(self, wish)
    }

    fn evolve(self, event: &Recorded<Self::Event>) -> Self {
        patient::evolve(self, event)
    }
}

/// What happened so far.
#[derive(Clone, Debug, Default)]
pub struct Story<S: Subject> {
    pub state: S,
    hours: i64,
}

/// What came of a wish.
#[derive(Debug)]
pub struct Outcome<S: Subject> {
    story: Story<S>,
    result: Result<Vec<Recorded<S::Event>>, Refusal>,
}

/// Noon of the day, and some hours.
pub fn instant(hours: i64) -> Timestamp {
    let noon = TODAY.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("noon");
    noon.timestamp() + SignedDuration::from_hours(hours)
}

pub fn ana() -> Actor {
    colleague("ana", "back_clinic")
}

pub fn colleague(id: &str, organisation: &str) -> Actor {
    Actor::User {
        id: id.into(),
        name: "Somebody".into(),
        organisation: Some(organisation.into()),
    }
}

impl<S: Subject> Story<S> {
    /// Time goes by.
    pub fn hours_later(mut self, hours: i64) -> Self {
        self.hours += hours;
        self
    }

    /// Ana of the back clinic wants this.
    pub fn when(self, act: S::Act) -> Outcome<S> {
        self.when_by(ana(), act)
    }

    pub fn when_by(self, by: Actor, act: S::Act) -> Outcome<S> {
        let wish = Wish {
            by,
            at: instant(self.hours),
            today: TODAY,
            act,
        };
        let result = self.state.decide(&wish);
        Outcome {
            story: self,
            result,
        }
    }

    /// It happened before, and nothing was wrong with it.
    pub fn and(self, act: S::Act) -> Self {
        self.when(act).happens().0
    }

    pub fn shows(self, holds: impl Fn(&S) -> bool) -> Self {
        assert!(holds(&self.state), "{:#?}", self.state);
        self
    }
}

impl<S: Subject> Outcome<S> {
    fn happens(self) -> (Story<S>, Vec<&'static str>) {
        let events = self.result.unwrap_or_else(|no| panic!("refused: {no}"));
        let kinds = events
            .iter()
            .map(|recorded| recorded.event.kind())
            .collect();
        let mut story = self.story;
        for event in &events {
            assert_eq!(event.at, instant(story.hours));
            story.state = story.state.evolve(event);
        }
        (story, kinds)
    }

    /// This event happens.
    pub fn then(self, kind: &str) -> Story<S> {
        let (story, kinds) = self.happens();
        assert_eq!(kinds, [kind]);
        story
    }

    /// It is refused for this reason, and the message holds these words.
    pub fn refused(self, why: Refused, words: &str) {
        let refusal = self.result.expect_err("this must be refused");
        assert_eq!(refusal.refused, why, "{refusal}");
        let told = refusal.to_string();
        assert!(told.contains(words), "no {words:?} in:\n{told}");
        assert!(!refusal.remedy.trim().is_empty(), "{told}");
    }
}
