//! A made-up patient as an episode, and as the line of JSON that `cotreat` reads.

use cotreat_care::Episode;
use cotreat_care::fact::{Fact, Value};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::Setting;
use cotreat_knowledge::model::{Answers, Finding};
use jiff::civil::{Date, date};
use serde_json::{Map, Value as Json, json};

use super::patient::Patient;
use super::tables::Tables;

/// The day on which all of them are seen; nothing depends on it.
const DAY: Date = date(2026, 3, 2);

/// The patient as reasoning sees one.
pub fn of(patient: &Patient, tables: &Tables, number: u64, knowledge: &Knowledge) -> Episode {
    let disease = patient
        .disease
        .map_or("no serious disease", |at| tables.diseases[at].name.as_str());
    let answered = knowledge
        .findings
        .handles()
        .zip(&patient.answers.0)
        .filter_map(|(finding, value)| Some((finding, (*value)?)));
    Episode {
        title: format!("Made-up patient {number}: {disease}"),
        as_of: DAY,
        setting: Setting::default(),
        jurisdiction: "any".into(),
        profile: None,
        available: None,
        wants: Vec::new(),
        declines: Vec::new(),
        goals: Vec::new(),
        facts: answered
            .map(|(finding, value)| Fact {
                finding,
                value,
                by: None,
                profession: None,
                on: DAY,
                how: None,
                dose: None,
            })
            .collect(),
        scores: Vec::new(),
        answers: Vec::new(),
        cleared: Vec::new(),
    }
}

/// One line of JSON, without a line end.
pub fn line(episode: &Episode, knowledge: &Knowledge) -> String {
    let facts: Map<String, Json> = episode
        .facts
        .iter()
        .map(|fact| {
            (
                knowledge.findings.id(fact.finding).to_owned(),
                written(&knowledge.findings[fact.finding], fact.value),
            )
        })
        .collect();
    json!({ "title": episode.title, "as_of": episode.as_of.to_string(), "facts": facts })
        .to_string()
}

fn written(finding: &Finding, value: Value) -> Json {
    match (value, &finding.answers) {
        (Value::Yes, _) => "yes".into(),
        (Value::No, _) => "no".into(),
        (Value::Code(code), Answers::Choice(codes)) => codes[usize::from(code)].as_str().into(),
        (
            Value::Number(number),
            Answers::Number {
                unit: Some(unit), ..
            },
        ) => format!("{number} {unit}").into(),
        (Value::Number(number), _) => number.into(),
        // Lists of answers are not made up.
        (Value::Code(_) | Value::Codes(_) | Value::NotKnown, _) => "unknown".into(),
    }
}

#[cfg(test)]
mod tests {
    use cotreat_care::input;

    use super::super::{arguments::Arguments, folder, patient, tables::Tables};

    /// The program itself must be able to read what is written, and no patient may contradict himself.
    #[test]
    fn lines_read_back_as_the_same_facts() {
        let knowledge =
            folder::knowledge(None).unwrap_or_else(|problems| panic!("{}", problems[0]));
        let tables =
            Tables::shipped(&knowledge).unwrap_or_else(|problems| panic!("{}", problems[0]));
        let arguments = Arguments {
            serious: Some(0.5),
            ..Arguments::default()
        };
        for number in 0..200 {
            let made = patient::generate(&tables, &knowledge, &arguments, number);
            let episode = super::of(&made, &tables, number, &knowledge);
            let line = super::line(&episode, &knowledge);
            let read = input::from_json("line", &line, &knowledge)
                .unwrap_or_else(|problems| panic!("{}\n{line}", problems[0]));
            let facts = |episode: &cotreat_care::Episode| {
                let mut facts: Vec<_> = episode
                    .facts
                    .iter()
                    .map(|fact| (fact.finding, format!("{:?}", fact.value)))
                    .collect();
                facts.sort();
                facts
            };
            assert_eq!(facts(&read), facts(&episode), "patient {number}");
        }
    }
}
