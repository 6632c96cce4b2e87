//! What clinicians do in an episode, on its pages.

mod conflicts;
mod corpus;
mod examination;
mod overview;
mod plan;
mod session;
mod small_forms;

use cotreat_care::decide::Act;
use cotreat_care::event::{FactsRecorded, Said, Stated};
use cotreat_care::fact::Value;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::model::Answers;
use cotreat_people::Role;

use crate::record::episode;
use crate::support::House;
use crate::support::browser::{Answer, Browser};
use crate::support::form::Form;
use crate::support::people::Somebody;

/// A technique for which the patient below can be treated, its class deep.
const DEEP: &str = "trigger_point_pressure_release";
/// One without a risk that must be named.
const LIGHT: &str = "effleurage";

/// Somebody at work in an episode of a patient with an overworked flank and a painful sacroiliac joint, of whom all is known.
struct Room {
    who: Somebody,
    browser: Browser,
    episode: String,
    patient: String,
}

/// A physiotherapist of the south, where colleagues share records, in such an episode.
async fn assessed(house: &House) -> Room {
    let room = opened(house).await;
    let facts = of_case(&house.clinic.knowledge, "ten_07_muscle_and_joint");
    record(
        house,
        &room,
        Act::RecordFacts(FactsRecorded {
            facts,
            ..FactsRecorded::default()
        }),
    )
    .await;
    room
}

/// The same before anything is known.
async fn opened(house: &House) -> Room {
    let who = house.somebody("pia", "south", Role::Clinician).await;
    let (patient, episode) = episode(house, &who).await;
    let browser = house.browser(&who).await;
    Room {
        who,
        browser,
        episode,
        patient,
    }
}

/// Somebody else at work in the same episode.
async fn beside(house: &House, room: &Room, id: &str, profession: &str) -> Room {
    let who = house
        .somebody_of(id, "south", Role::Clinician, Some(profession))
        .await;
    let browser = house.browser(&who).await;
    Room {
        who,
        browser,
        episode: room.episode.clone(),
        patient: room.patient.clone(),
    }
}

/// Does something without a page.
async fn record(house: &House, room: &Room, act: Act) {
    let seen = version(house, room).await;
    let caller = house.caller(&room.who);
    house
        .clinic
        .act(&caller, &room.episode, seen, act, None)
        .await
        .expect("done");
}

async fn version(house: &House, room: &Room) -> u64 {
    house
        .clinic
        .store
        .episode(&room.episode)
        .await
        .unwrap()
        .unwrap()
        .version
}

async fn read(house: &House, room: &Room) -> cotreat_care::Record {
    house
        .clinic
        .store
        .episode(&room.episode)
        .await
        .unwrap()
        .unwrap()
        .record
}

fn fact(finding: &str, value: Said) -> Act {
    let facts = vec![Stated {
        finding: finding.to_owned(),
        value,
        on: None,
        how: None,
        dose: None,
    }];
    Act::RecordFacts(FactsRecorded {
        facts,
        ..FactsRecorded::default()
    })
}

impl Room {
    fn at(&self, below: &str) -> String {
        format!("/episodes/{}{below}", self.episode)
    }

    /// A page below the episode.
    async fn page(&mut self, below: &str) -> Answer {
        let answer = self.browser.get(&self.at(below)).await;
        assert_eq!(answer.status, 200, "{below}: {}", answer.text);
        answer
    }

    /// The form of a page that is sent to where the page is.
    async fn form(&mut self, below: &str) -> Form {
        let page = self.page(below).await;
        Form::of(&page.text, &self.at(below))
    }

    async fn send(&mut self, form: &Form, button: &str) -> Answer {
        form.send(&mut self.browser, button).await
    }
}

/// The facts of the first heading of a shipped case, as they are written down.
fn of_case(k: &Knowledge, file: &str) -> Vec<Stated> {
    let path = format!("cases/{file}.md");
    let full = format!("{}/../../knowledge/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(full).expect("a case");
    let cases = cotreat_care::case::read(&path, &text).expect("a sound case");
    let first = cases
        .iter()
        .find(|case| case.given.is_some())
        .expect("a patient");
    let episode = first.episode(k).expect("a sound case");
    let facts = episode.facts.iter().map(|fact| {
        let value = match (fact.value, &k.findings[fact.finding].answers) {
            (Value::Yes, _) => Said::Yes,
            (Value::No, _) => Said::No,
            (Value::Code(at), Answers::Choice(codes)) => {
                Said::Answer(codes[usize::from(at)].clone())
            }
            (Value::Codes(bits), Answers::Choices(codes)) => Said::Answers(
                (0..codes.len())
                    .filter(|at| bits & (1 << at) != 0)
                    .map(|at| codes[at].clone())
                    .collect(),
            ),
            (Value::Number(value), Answers::Number { unit, .. }) => Said::Number {
                value,
                unit: unit.clone().unwrap_or_default(),
            },
            _ => Said::NotKnown,
        };
        Stated {
            finding: k.findings.id(fact.finding).to_owned(),
            value,
            on: None,
            how: None,
            dose: None,
        }
    });
    facts.collect()
}
