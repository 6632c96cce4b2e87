//! Questions in words, each with what its answer would change.

use cotreat_knowledge::model::Answers;

use crate::appraisal::{Question, Questions};
use crate::appraise::reasons::{Explain, in_a_sentence};
use crate::ask;
use crate::open::Askable;

/// No intake is longer than this; what is left is worked out anew after each answer.
const MOST: usize = 40;

pub(super) fn explain(explain: &Explain<'_>, ranked: &ask::Questions) -> Questions {
    let words = |list: &[ask::Question]| {
        list.iter()
            .take(MOST)
            .map(|q| question(explain, q))
            .collect()
    };
    Questions {
        patient: words(&ranked.patient),
        clinician: words(&ranked.clinician),
        results: words(&ranked.results),
    }
}

fn question(explain: &Explain<'_>, q: &ask::Question) -> Question {
    let knowledge = explain.knowledge;
    let (words, answers, place) = match q.askable {
        Askable::Finding(finding) => {
            let one = &knowledge.findings[finding];
            (
                one.ask.clone().unwrap_or_else(|| one.name.clone()),
                answers(&one.answers),
                &one.place,
            )
        }
        Askable::Instrument(instrument) => {
            let one = &knowledge.instruments[instrument];
            (
                format!("Fill in the questionnaire {}.", one.name),
                Vec::new(),
                &one.place,
            )
        }
    };
    Question {
        ask: explain.id(q.askable).to_owned(),
        words,
        answers,
        because: because(explain, q),
        burden_seconds: q.burden_seconds,
        place: explain.place(place),
    }
}

fn answers(answers: &Answers) -> Vec<String> {
    match answers {
        Answers::YesNo { yes, no } => vec![yes.clone(), no.clone()],
        Answers::Choice(codes) | Answers::Choices(codes) => codes.clone(),
        Answers::Number { unit, .. } => vec![
            unit.as_ref()
                .map_or_else(|| "a number".to_owned(), |u| format!("a number in {u}")),
        ],
    }
}

/// The strongest reason to ask, in a sentence.
fn because(explain: &Explain<'_>, q: &ask::Question) -> String {
    let knowledge = explain.knowledge;
    let conditions = |list: &[_]| -> Vec<String> {
        list.iter()
            .map(|c| in_a_sentence(&knowledge.conditions[*c].name))
            .collect()
    };
    let interventions = |list: &[_]| -> Vec<String> {
        list.iter()
            .map(|i| in_a_sentence(&knowledge.interventions[*i].name))
            .collect()
    };
    if let Some(tier) = q.could_raise {
        let how = if q.answers_to_alarm == 1 {
            "it alone could raise an alarm"
        } else {
            "with other answers it could raise an alarm"
        };
        return format!("{how} ({}): {}", tier.word(), join(&conditions(&q.alarms)));
    }
    if !q.unlocks.is_empty() {
        return format!(
            "it must be known before {} can be offered",
            join(&interventions(&q.unlocks))
        );
    }
    if !q.changes.is_empty() {
        return format!(
            "it could change the plan: {}",
            join(&interventions(&q.changes))
        );
    }
    if q.contributors.is_empty() {
        return format!(
            "it must be known before {} can be considered",
            join(&interventions(&q.medicines))
        );
    }
    format!(
        "it would say more about {}",
        join(&conditions(&q.contributors))
    )
}

/// Up to three names, then how many more.
fn join(names: &[String]) -> String {
    const SHOWN: usize = 3;
    if names.len() <= SHOWN {
        return names.join(", ");
    }
    format!(
        "{} and {} more",
        names[..SHOWN].join(", "),
        names.len() - SHOWN
    )
}
