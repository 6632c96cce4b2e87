//! Questions about findings as fields of a form, and the answers as facts. "Not done" is an answer, and is never "no".

use cotreat_care::event::{Said, Stated};
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::FindingKind;
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_ui::{Choice, Field, Fields, Width};
use maud::{Markup, html};

use super::desk::{Desk, plain};

/// What says that something was asked or tested and the answer is not known.
const NOT_KNOWN: &str = "?";
/// What says that none of several answers holds.
const NONE: &str = "-";
/// As many choices as are shown side by side; more drop down.
const FEW: usize = 7;

/// The name of the field of a finding.
pub(super) fn name(finding: &str) -> String {
    format!("f-{finding}")
}

/// The question, with what its answer would change.
pub(super) fn ask(desk: &Desk<'_>, fields: &Fields, finding: &Finding, because: &str) -> Markup {
    let words = finding.ask.clone().unwrap_or_else(|| finding.name.clone());
    let mut field = Field::new(name(&finding.id), words);
    if !because.is_empty() {
        field = field.hint(because);
    }
    let asked = match &finding.answers {
        Answers::YesNo { yes, no } => {
            let choices = [
                Choice::new("yes", said(yes)),
                Choice::new("no", said(no)),
                not_known(desk, finding),
            ];
            fields.radios(&field.inline(), &choices)
        }
        Answers::Choice(codes) => {
            let mut choices: Vec<Choice> = codes.iter().map(choice).collect();
            choices.push(not_known(desk, finding));
            if codes.len() > FEW {
                fields.select(&field, &choices)
            } else {
                fields.radios(&field, &choices)
            }
        }
        Answers::Choices(codes) => {
            let mut choices: Vec<Choice> = codes.iter().map(choice).collect();
            choices.push(Choice::new(NONE, desk.say("ep-none-of-these")).apart());
            choices.push(not_known(desk, finding).apart());
            fields.checkboxes(&field, &choices)
        }
        Answers::Number { unit, min, max, .. } => {
            let mut field = field.width(Width::Five);
            if let Some(unit) = unit {
                field = field.unit(unit.clone());
            }
            if let (Some(min), Some(max)) = (min, max) {
                field = field.range(*min, *max);
            }
            let not = Field::new(
                format!("{}-not", name(&finding.id)),
                not_done(desk, finding),
            );
            html! { (fields.number(&field)) (fields.tick(&not, NOT_KNOWN)) }
        }
    };
    html! {
        div class="ct-question" {
            (asked)
            @if is_result(finding) {
                (fields.date(&Field::new(format!("{}-on", name(&finding.id)), desk.say("ep-result-on")).optional()))
            }
        }
    }
}

/// Pictures and laboratory results have a day of their own.
const fn is_result(finding: &Finding) -> bool {
    matches!(finding.kind, FindingKind::Imaging | FindingKind::Laboratory)
}

fn choice(code: &String) -> Choice {
    Choice::new(code, said(code))
}

/// An answer as it is read: the words of the knowledge.
fn said(code: &str) -> String {
    super::desk::capital(&plain(code))
}

fn not_known(desk: &Desk<'_>, finding: &Finding) -> Choice {
    Choice::new(NOT_KNOWN, not_done(desk, finding))
}

/// What is tested is "not done"; what is asked is "not known".
fn not_done(desk: &Desk<'_>, finding: &Finding) -> String {
    match finding.kind {
        FindingKind::Examination | FindingKind::Imaging | FindingKind::Laboratory => {
            desk.say("ep-not-done")
        }
        FindingKind::Background | FindingKind::History | FindingKind::Treatment => {
            desk.say("ep-not-known")
        }
    }
}

/// Every answer that was given, in the order of the knowledge. What cannot be is said at its field.
pub(super) fn read(fields: &mut Fields, knowledge: &Knowledge) -> Vec<Stated> {
    let mut facts = Vec::new();
    for (_, finding) in knowledge.findings.iter() {
        if let Some(value) = value(fields, finding) {
            let on = Field::new(format!("{}-on", name(&finding.id)), &finding.name).optional();
            let on = is_result(finding).then(|| fields.read_date(&on)).flatten();
            facts.push(Stated {
                finding: finding.id.clone(),
                value,
                on,
                how: None,
                dose: None,
            });
        }
    }
    facts
}

fn value(fields: &mut Fields, finding: &Finding) -> Option<Said> {
    let name = name(&finding.id);
    if fields.get(&format!("{name}-not")) == NOT_KNOWN && fields.get(&name).is_empty() {
        return Some(Said::NotKnown);
    }
    let first = fields.get(&name).trim().to_owned();
    if first.is_empty() {
        return None;
    }
    if first == NOT_KNOWN {
        return Some(Said::NotKnown);
    }
    match &finding.answers {
        Answers::YesNo { .. } => match first.as_str() {
            "yes" => Some(Said::Yes),
            "no" => Some(Said::No),
            _ => None,
        },
        Answers::Choice(codes) => codes.contains(&first).then_some(Said::Answer(first)),
        Answers::Choices(codes) => {
            let sent = fields.all(&name);
            if sent.iter().any(|code| code == NOT_KNOWN) {
                return Some(Said::NotKnown);
            }
            let chosen: Vec<String> = codes.iter().filter(|c| sent.contains(c)).cloned().collect();
            let none = chosen.is_empty() && sent.iter().any(|code| code == NONE);
            (none || !chosen.is_empty()).then_some(Said::Answers(chosen))
        }
        Answers::Number { unit, min, max, .. } => {
            let mut field = Field::new(name, &finding.name);
            if let (Some(min), Some(max)) = (min, max) {
                field = field.range(*min, *max);
            }
            let value = fields.read_number(&field)?;
            Some(Said::Number {
                value,
                unit: unit.clone().unwrap_or_default(),
            })
        }
    }
}

/// What was said about a finding, in words.
pub(super) fn said_words(
    desk_words: &cotreat_ui::Words,
    finding: Option<&Finding>,
    value: &Said,
) -> String {
    match value {
        Said::Yes => match finding.map(|one| &one.answers) {
            Some(Answers::YesNo { yes, .. }) => plain(yes),
            _ => desk_words.say("ep-yes"),
        },
        Said::No => match finding.map(|one| &one.answers) {
            Some(Answers::YesNo { no, .. }) => plain(no),
            _ => desk_words.say("ep-no"),
        },
        Said::NotKnown => desk_words.say("ep-said-not-known"),
        Said::Answer(code) => plain(code),
        Said::Answers(codes) if codes.is_empty() => desk_words.say("ep-none-of-these"),
        Said::Answers(codes) => codes
            .iter()
            .map(|code| plain(code))
            .collect::<Vec<_>>()
            .join(", "),
        Said::Number { value, unit } if unit.is_empty() => value.to_string(),
        Said::Number { value, unit } => format!("{value} {unit}"),
    }
}
