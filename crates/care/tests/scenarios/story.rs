//! The words in which scenarios are told.

use cotreat_care::decide::{Act, Command, Refusal, Refused, decide};
use cotreat_care::event::{
    Addressee, EpisodeOpened, FactsRecorded, Plan, PlanAgreed, PlannedLine, Position, Recorded,
    Referral, ReferralAccepted, ReferralDrafted, ReferralSent, Response, Said, Session, Stated,
    TreatmentConsentGiven, Who, Work,
};
use cotreat_care::fact::Value;
use cotreat_care::record::{Record, evolve};
use cotreat_knowledge::model::Answers;
use jiff::civil::{Date, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::common::knowledge;
use crate::common::patients::shipped;

/// The day on which every story begins.
pub const FIRST: Date = date(2026, 3, 2);

/// What happened so far.
#[derive(Clone, Debug, Default)]
pub struct Story {
    pub record: Record,
    pub events: Vec<Recorded>,
}

/// What came of a command.
#[derive(Debug)]
pub struct Outcome {
    story: Story,
    result: Result<Vec<Recorded>, Refusal>,
}

impl Story {
    /// Somebody does something; every command is written down at least a minute after the one before.
    pub fn when(self, command: Command) -> Outcome {
        let mut command = command;
        if let Some(last) = self.events.last() {
            command.at = command.at.max(last.at + SignedDuration::from_mins(1));
        }
        let result = decide(&self.record, &command, knowledge());
        Outcome {
            story: self,
            result,
        }
    }

    /// Somebody did something before, and nothing was wrong with it.
    pub fn and(self, command: Command) -> Self {
        self.when(command).story()
    }

    /// Checks the record.
    pub fn shows(self, holds: impl Fn(&Record) -> bool) -> Self {
        assert!(holds(&self.record), "{:#?}", self.record);
        self
    }
}

impl Outcome {
    fn story(self) -> Story {
        let events = self.result.unwrap_or_else(|no| panic!("refused: {no}"));
        let mut story = self.story;
        for event in events {
            story.record = evolve(story.record, &event);
            story.events.push(event);
        }
        story
    }

    /// These events happen, by their names.
    pub fn then(self, names: &[&str]) -> Story {
        let before = self.story.events.len();
        let story = self.story();
        let happened: Vec<String> = story.events[before..].iter().map(name).collect();
        assert_eq!(happened, names);
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

/// The stored name of an event.
pub fn name(recorded: &Recorded) -> String {
    let json = serde_json::to_value(recorded).expect("JSON");
    json["event"].as_str().expect("a name").to_owned()
}

// Who.

fn practitioner(id: &str, name: &str, profession: &str) -> Who {
    Who::Practitioner {
        id: id.into(),
        name: name.into(),
        profession: profession.into(),
        organisation: None,
    }
}

fn command(by: Who, act: Act) -> Command {
    Command {
        by,
        at: instant(FIRST, 8),
        today: FIRST,
        day: FIRST,
        act,
    }
}

pub fn gp(act: Act) -> Command {
    command(practitioner("grey", "Dr Grey", "gp"), act)
}

pub fn physio(act: Act) -> Command {
    command(practitioner("pat", "Pat Hill", "physiotherapist"), act)
}

pub fn chiropractor(act: Act) -> Command {
    command(practitioner("chris", "Chris Vale", "chiropractor"), act)
}

/// A massage therapist.
pub fn therapist(act: Act) -> Command {
    command(practitioner("max", "Max Reed", "massage_therapist"), act)
}

/// Another massage therapist.
pub fn other_therapist(act: Act) -> Command {
    command(practitioner("mia", "Mia Ford", "massage_therapist"), act)
}

pub fn integrated_therapist(act: Act) -> Command {
    command(practitioner("ida", "Ida Moss", "integrated_therapist"), act)
}

pub fn emergency_physician(act: Act) -> Command {
    command(practitioner("eve", "Dr Stone", "emergency_physician"), act)
}

pub fn patient(act: Act) -> Command {
    command(Who::Patient, act)
}

pub fn desk(act: Act) -> Command {
    let (id, name) = ("dee".into(), "Dee Lake".into());
    command(Who::Staff { id, name }, act)
}

/// The same on another day, written down that day.
pub fn on(day: Date, command: Command) -> Command {
    Command {
        today: day,
        day,
        at: instant(day, 8),
        ..command
    }
}

pub fn instant(day: Date, hour: i8) -> Timestamp {
    let at = day.to_datetime(time(hour, 0, 0, 0));
    at.to_zoned(TimeZone::UTC).expect("a time").timestamp()
}

// Stories to begin with.

pub fn nothing() -> Story {
    Story::default()
}

/// The GP opened an episode.
pub fn opened() -> Story {
    nothing().and(gp(Act::OpenEpisode(opening())))
}

pub fn opening() -> EpisodeOpened {
    EpisodeOpened {
        patient: "p1".into(),
        setting: "primary_care".into(),
        jurisdiction: "uk".into(),
        profile: None,
        available: None,
        reopens: None,
        taken_on_by: None,
    }
}

/// … and wrote down all that is known of a patient with an overworked flank and a painful sacroiliac joint.
pub fn assessed() -> Story {
    opened().and(gp(facts(of_case("ten_07_muscle_and_joint"))))
}

/// … and consent to deep massage was given.
pub fn consented() -> Story {
    assessed().and(therapist(agree_to_treatment(
        "massage",
        &["soreness", "bruise_or_nerve"],
    )))
}

pub fn facts(facts: Vec<Stated>) -> Act {
    Act::RecordFacts(FactsRecorded {
        facts,
        ..FactsRecorded::default()
    })
}

pub fn fact(finding: &str, value: Said) -> Stated {
    Stated {
        finding: finding.into(),
        value,
        on: None,
        how: None,
        dose: None,
    }
}

/// The facts of the first heading of a shipped case.
pub fn of_case(file: &str) -> Vec<Stated> {
    let k = knowledge();
    let case = shipped().iter().find(|p| p.file == file).expect("a case");
    let said = |fact: &cotreat_care::fact::Fact| {
        let codes = |codes: &[String], bits: u64| {
            let chosen = (0..codes.len()).filter(|at| bits & (1 << at) != 0);
            chosen.map(|at| codes[at].clone()).collect()
        };
        let answers = &k.findings[fact.finding].answers;
        match (fact.value, answers) {
            (Value::Yes, _) => Said::Yes,
            (Value::No, _) => Said::No,
            (Value::Code(at), Answers::Choice(codes)) => {
                Said::Answer(codes[usize::from(at)].clone())
            }
            (Value::Codes(bits), Answers::Choices(all)) => Said::Answers(codes(all, bits)),
            (Value::Number(value), Answers::Number { unit, .. }) => Said::Number {
                value,
                unit: unit.clone().unwrap_or_default(),
            },
            _ => Said::NotKnown,
        }
    };
    let stated = |one: &cotreat_care::fact::Fact| fact(k.findings.id(one.finding), said(one));
    case.episode.facts.iter().map(stated).collect()
}

// Plans.

pub fn line(intervention: &str, deliverer: &str) -> PlannedLine {
    PlannedLine {
        intervention: intervention.into(),
        deliverer: Some(deliverer.into()),
        ..PlannedLine::default()
    }
}

pub fn plan(lines: Vec<PlannedLine>) -> Plan {
    Plan {
        goals: vec!["garden for an hour".into()],
        lines,
        review: Some(date(2026, 4, 13)),
        earlier_if: vec!["leg symptoms that spread down".into()],
    }
}

/// Exercise and massage.
pub fn package() -> Plan {
    plan(vec![
        line("exercise_therapy", "physiotherapist"),
        PlannedLine {
            techniques: vec!["trigger_point_pressure_release".into()],
            guided_by: Some("physiotherapist".into()),
            ..line("massage", "massage_therapist")
        },
    ])
}

pub fn agree(plan: Plan) -> Act {
    Act::AgreePlan(PlanAgreed { plan })
}

// Sessions.

pub fn agree_to_treatment(intervention: &str, risks: &[&str]) -> Act {
    Act::GiveTreatmentConsent(TreatmentConsentGiven {
        intervention: intervention.into(),
        classes: vec!["deep".into()],
        risks_named: risks.iter().map(|risk| (*risk).to_owned()).collect(),
        given_by: cotreat_care::event::Giver::Patient,
    })
}

pub fn work(technique: &str) -> Work {
    Work {
        technique: technique.into(),
        at: Some("quadratus_lumborum".into()),
        side: Some(cotreat_care::event::Side::Right),
        direction: None,
        dose: Some("90 seconds".into()),
        position: Some(Position::SideLying),
        overridden: None,
    }
}

pub fn session(work: Vec<Work>) -> Session {
    Session {
        began: instant(FIRST, 11),
        minutes: 45,
        work,
        response: Response {
            pain_before: Some(6),
            pain_after: Some(4),
            spread_down_the_leg: Some(false),
        },
        home_programme: Some("bridge, twice a day".into()),
        adherence: Some(80),
        safety_net: true,
    }
}

/// A session, written down an hour after it began.
pub fn treat(by: fn(Act) -> Command, did: Session) -> Command {
    let act = Act::RecordSession {
        session: "s1".into(),
        experience: cotreat_care::event::Experience {
            training_hours: Some(2200),
            years_of_practice: Some(9),
        },
        did,
    };
    Command {
        at: instant(FIRST, 12),
        ..by(act)
    }
}

// Referrals.

/// To a massage therapist, saying all it must.
pub fn referral() -> Referral {
    let profession = "massage_therapist";
    let k = knowledge();
    let headings = &k
        .professions
        .get(profession)
        .expect("shipped")
        .referral_content;
    Referral {
        pathway: None,
        to: Addressee {
            profession: profession.into(),
            practitioner: Some("max".into()),
            organisation: None,
            outside: None,
        },
        content: headings
            .iter()
            .map(|heading| (heading.clone(), "as told".to_owned()))
            .collect(),
        guidance: Vec::new(),
    }
}

pub fn draft(draft: Referral) -> Act {
    Act::DraftReferral(ReferralDrafted {
        referral: "r1".into(),
        draft,
    })
}

pub fn send() -> Act {
    Act::SendReferral(ReferralSent {
        referral: "r1".into(),
    })
}

pub fn accept() -> Act {
    Act::AcceptReferral(ReferralAccepted {
        referral: "r1".into(),
    })
}

/// A referral that went out.
pub fn sent(referral: Referral) -> Story {
    opened().and(gp(draft(referral))).and(gp(send()))
}
