//! Stated facts as one body of knowledge understands them.

use cotreat_knowledge::Knowledge;
use cotreat_knowledge::model::{Answers, Finding};

use crate::event::Said;
use crate::fact::Value;

/// Something on record that this knowledge does not understand: it is listed, and never lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotUnderstood {
    /// What sort of thing: "finding", "instrument", …
    pub kind: &'static str,
    /// The id on record.
    pub id: String,
    /// Why it is not understood.
    pub why: String,
}

impl NotUnderstood {
    pub(crate) fn unknown(kind: &'static str, id: &str) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            why: format!("this knowledge has no {kind} of that name"),
        }
    }
}

/// What was said about a finding, as its file wants it.
///
/// # Errors
/// In the reader's words: which answers the finding takes.
pub(crate) fn value(finding: &Finding, said: &Said) -> Result<Value, String> {
    if *said == Said::NotKnown {
        return Ok(Value::NotKnown);
    }
    match (&finding.answers, said) {
        (Answers::YesNo { .. }, Said::Yes) => Ok(Value::Yes),
        (Answers::YesNo { .. }, Said::No) => Ok(Value::No),
        (Answers::YesNo { yes, no }, Said::Answer(word)) if word == yes || word == no => {
            Ok(if word == yes { Value::Yes } else { Value::No })
        }
        (Answers::Choice(codes), Said::Answer(word)) => position(codes, word).map(Value::Code),
        (Answers::Choices(codes), Said::Answers(words)) => words
            .iter()
            .try_fold(0, |bits, word| Ok(bits | 1_u64 << position(codes, word)?))
            .map(Value::Codes),
        (
            Answers::Number {
                unit,
                units,
                min,
                max,
            },
            Said::Number {
                value,
                unit: written,
            },
        ) => {
            let own = unit.as_deref().unwrap_or_default();
            let factor = if written == own {
                1.0
            } else {
                *units
                    .get(written)
                    .ok_or_else(|| format!("it is measured in `{own}`, not in `{written}`"))?
            };
            let number = value * factor;
            let fits = number.is_finite()
                && min.is_none_or(|min| number >= min)
                && max.is_none_or(|max| number <= max);
            if fits {
                Ok(Value::Number(number))
            } else {
                Err(format!("it cannot be {number} {own}").trim_end().to_owned())
            }
        }
        (Answers::YesNo { yes, no }, _) => Err(format!("it is answered with `{yes}` or `{no}`")),
        (Answers::Choice(codes), _) => Err(format!("it takes one of {}", list(codes))),
        (Answers::Choices(codes), _) => Err(format!("it takes any of {}", list(codes))),
        (Answers::Number { unit, .. }, _) => Err(format!(
            "it is a number in {}",
            unit.as_deref().unwrap_or("no unit")
        )),
    }
}

fn position(codes: &[String], word: &str) -> Result<u16, String> {
    codes
        .iter()
        .position(|code| code == word)
        .and_then(|at| u16::try_from(at).ok())
        .ok_or_else(|| format!("`{word}` is none of {}", list(codes)))
}

fn list(codes: &[String]) -> String {
    let quoted: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    quoted.join(", ")
}

/// The finding and value of a stated fact, under this knowledge.
pub(crate) fn fact(
    knowledge: &Knowledge,
    id: &str,
    said: &Said,
) -> Result<(cotreat_knowledge::Handle<Finding>, Value), NotUnderstood> {
    let Some(handle) = knowledge.findings.find(id) else {
        return Err(NotUnderstood::unknown("finding", id));
    };
    value(&knowledge.findings[handle], said)
        .map(|value| (handle, value))
        .map_err(|why| NotUnderstood {
            kind: "finding",
            id: id.to_owned(),
            why,
        })
}
