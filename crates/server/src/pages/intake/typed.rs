//! From the fields of a page to answers, and back.

use std::collections::BTreeMap;

use cotreat_care::event::{Amount, Drawing, Feel, Mark, MedicationRecorded, Said, Wishes};
use cotreat_care::intake::{Intake, Page};
use cotreat_figures::body;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::{DoseUnit, Route};
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_ui::{Field, Fields, Words};

use super::show::{self, MEDICINES, NONE, UNSURE};
use super::{Here, sheets};

/// The figure that is shown, in the program's word for it.
const FIGURE: &str = "neutral";
/// The class of a medicine that no file is about.
const OTHER: &str = "other";

/// The fields of a page with what was answered before.
pub(super) fn filled(here: &Here<'_>, number: usize) -> Fields {
    let mut fields = Fields::new(&here.words);
    let intake = &here.intake;
    match intake.pages.get(number - 1) {
        Some(Page::Screen { ask }) => {
            let said = |id: &&String| intake.answers.get(*id);
            for id in ask.iter().filter(|id| said(id) == Some(&Said::Yes)) {
                fields.add("screen", id);
            }
            if ask.iter().all(|id| said(&id) == Some(&Said::No)) {
                fields.add("screen", NONE);
            } else if fields.all("screen").is_empty() && intake.done >= number {
                fields.add("screen", UNSURE);
            }
        }
        Some(Page::Questions { ask, .. }) => {
            for finding in show::findings(here.knowledge(), ask) {
                fill_finding(&mut fields, finding, intake.answers.get(&finding.id));
            }
        }
        Some(Page::Chart) => {
            for region in intake.marked() {
                fields.add("region", region.to_string());
            }
            if intake
                .drawing
                .as_ref()
                .is_some_and(|drawing| drawing.marks.is_empty())
            {
                fields.set("nowhere", "yes");
            }
        }
        Some(Page::Pain) => {
            for mark in intake.drawing.iter().flat_map(|drawing| &drawing.marks) {
                if let Some(pain) = mark.pain {
                    fields.set(format!("pain-{}", mark.region), pain.to_string());
                }
                for feel in &mark.feels {
                    fields.add(format!("feels-{}", mark.region), feel.word());
                }
            }
        }
        Some(Page::Tried) => {
            for id in &intake.tried {
                fields.add("tried", id);
            }
            if intake.tried.is_empty() && intake.done >= number {
                fields.add("tried", "none");
            }
            fields.set("tried-else", &intake.tried_else);
        }
        Some(Page::Medicines) => {
            let knowledge = here.knowledge();
            for (nth, one) in intake.medicines.iter().enumerate() {
                let found = knowledge.medicines.find(&one.medicine);
                let name = found.map_or(&one.medicine, |found| &knowledge.medicines[found].name);
                fields.set(format!("medicine-{nth}"), name);
                if let Some(dose) = one.dose {
                    fields.set(format!("dose-{nth}"), dose.amount.to_string());
                }
            }
        }
        Some(Page::Hopes) => {
            let wishes = &intake.wishes;
            fields.set("goals", wishes.goals.join("\n"));
            if let Some(expected) = wishes.expectation {
                fields.set("expectation", expected.to_string());
            }
            for id in &wishes.wants {
                fields.add("wants", id);
            }
            for id in &wishes.declines {
                fields.add("declines", id);
            }
        }
        Some(Page::Sheet { instrument, .. }) => {
            for (item, value) in intake.sheets.get(instrument).into_iter().flatten() {
                fields.set(format!("item-{item}"), value.to_string());
            }
        }
        None => {}
    }
    fields
}

fn fill_finding(fields: &mut Fields, finding: &Finding, said: Option<&Said>) {
    let name = format!("f-{}", finding.id);
    match said {
        None => {
            // The unit that most people think in stands there already.
            if let Answers::Number {
                unit: Some(unit), ..
            } = &finding.answers
            {
                fields.set(format!("u-{}", finding.id), unit);
            }
        }
        Some(Said::Yes) => _ = fields.set(name, "yes"),
        Some(Said::No) => _ = fields.set(name, "no"),
        Some(Said::NotKnown) => {
            if !matches!(finding.answers, Answers::Number { .. }) {
                fields.set(name, UNSURE);
            }
        }
        Some(Said::Answer(code)) => _ = fields.set(name, code),
        Some(Said::Answers(codes)) => {
            for code in codes {
                fields.add(&name, code);
            }
        }
        Some(Said::Number { value, unit }) => {
            fields.set(name, value.to_string());
            fields.set(format!("u-{}", finding.id), unit);
        }
    }
}

/// Takes over what was sent for a page. What is missing or cannot be read is told at its field; the rest is taken over all the same.
pub(super) fn take(here: &mut Here<'_>, number: usize, fields: &mut Fields) {
    let Some(page) = here.intake.pages.get(number - 1).cloned() else {
        return;
    };
    match page {
        Page::Screen { ask } => {
            let knowledge = &here.app.clinic.knowledge;
            screen(&mut here.intake, &here.words, knowledge, &ask, fields);
        }
        Page::Questions { ask, .. } => {
            let knowledge = &here.app.clinic.knowledge;
            questions(&mut here.intake, &here.words, knowledge, &ask, fields);
        }
        Page::Chart => chart(here, fields),
        Page::Pain => marks(here, fields),
        Page::Tried => tried(here, fields),
        Page::Medicines => medicines(here, fields),
        Page::Hopes => hopes(here, fields),
        Page::Sheet { instrument, .. } => {
            let knowledge = &here.app.clinic.knowledge;
            if let Some(found) = knowledge.instruments.find(&instrument) {
                let answers = sheets::read(&knowledge.instruments[found], fields);
                here.intake.sheets.insert(instrument, answers);
            }
        }
    }
}

/// What was ticked is a yes; "none of these" is a no to each; anything else is not known yet, and is asked for itself.
pub(in crate::pages) fn screen(
    intake: &mut Intake,
    words: &Words,
    knowledge: &Knowledge,
    ask: &[String],
    fields: &mut Fields,
) {
    let choices = show::screen_choices(words, knowledge, ask);
    let chosen = fields.read_choices(&show::screen_field(words), &choices);
    let chose = |value: &str| chosen.iter().any(|one| one == value);
    let ticked = ask.iter().any(|id| chose(id));
    if chose(NONE) && (ticked || chose(UNSURE)) {
        fields.wrong("screen", words.say("intake-screen-both"));
    }
    let none = chose(NONE) && !ticked && !chose(UNSURE);
    // What was asked for itself since is answered there.
    let later: Vec<String> = intake
        .pages
        .iter()
        .filter_map(|page| match page {
            Page::Questions { ask, .. } => Some(ask.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    for id in ask {
        if chose(id) {
            intake.answers.insert(id.clone(), Said::Yes);
        } else if none {
            intake.answers.insert(id.clone(), Said::No);
        } else if !later.contains(id) {
            intake.answers.remove(id);
        }
    }
}

/// What was answered one by one.
pub(in crate::pages) fn questions(
    intake: &mut Intake,
    words: &Words,
    knowledge: &Knowledge,
    ask: &[String],
    fields: &mut Fields,
) {
    for finding in show::findings(knowledge, ask) {
        match finding_said(words, finding, fields) {
            Some(said) => _ = intake.answers.insert(finding.id.clone(), said),
            None => _ = intake.answers.remove(&finding.id),
        }
    }
}

/// What was said about a finding; none: nothing, or nothing that can be read.
fn finding_said(words: &Words, finding: &Finding, fields: &mut Fields) -> Option<Said> {
    let field = show::field(finding);
    let choices = show::choices(words, finding);
    match &finding.answers {
        Answers::YesNo { .. } | Answers::Choice(_) => {
            let chosen = fields.read_choice(&field, &choices)?;
            Some(match (chosen.as_str(), &finding.answers) {
                (UNSURE, _) => Said::NotKnown,
                ("yes", Answers::YesNo { .. }) => Said::Yes,
                ("no", Answers::YesNo { .. }) => Said::No,
                _ => Said::Answer(chosen),
            })
        }
        Answers::Choices(_) => {
            let chosen = fields.read_choices(&field, &choices);
            if chosen.iter().any(|one| one == UNSURE) {
                return Some(Said::NotKnown);
            }
            (!chosen.is_empty()).then_some(Said::Answers(chosen))
        }
        Answers::Number { .. } if show::is_scale(finding) => {
            let point = fields.read_scale(&field.optional(), 0, 10);
            Some(point.map_or(Said::NotKnown, |value| Said::Number {
                value: f64::from(value),
                unit: String::new(),
            }))
        }
        Answers::Number { .. } => number(words, finding, field, fields),
    }
}

fn number(words: &Words, finding: &Finding, field: Field, fields: &mut Fields) -> Option<Said> {
    let Answers::Number {
        unit,
        units,
        min,
        max,
    } = &finding.answers
    else {
        return None;
    };
    let offered = show::units(words, finding);
    let own = unit.clone().unwrap_or_default();
    let chosen = show::unit_field(words, finding).optional();
    let chosen = fields.read_choice(&chosen, &offered).unwrap_or(own);
    let factor = units.get(&chosen).copied().unwrap_or(1.0);
    let least = min.unwrap_or(f64::MIN) / factor;
    let most = max.unwrap_or(f64::MAX) / factor;
    let field = field.range(least, most).optional();
    let before = fields.is_right();
    match fields.read_number(&field) {
        Some(value) => Some(Said::Number {
            value,
            unit: chosen,
        }),
        // Left empty on purpose: they are not sure.
        None if fields.is_right() == before && fields.get(field.name()).trim().is_empty() => {
            Some(Said::NotKnown)
        }
        None => None,
    }
}

fn chart(here: &mut Here<'_>, fields: &mut Fields) {
    let before: BTreeMap<u16, Mark> = here
        .intake
        .drawing
        .iter()
        .flat_map(|drawing| &drawing.marks)
        .map(|mark| (mark.region, mark.clone()))
        .collect();
    let mut marked: Vec<u16> = fields
        .all("region")
        .iter()
        .filter_map(|region| region.parse().ok())
        .filter(|region| body::region(*region).is_some())
        .collect();
    marked.sort_unstable();
    marked.dedup();
    let nowhere = fields.get("nowhere") == "yes";
    if marked.is_empty() && !nowhere {
        fields.wrong("nowhere", here.words.say("intake-chart-empty"));
        here.intake.drawing = None;
        return;
    }
    let mark = |region| {
        before.get(&region).cloned().unwrap_or(Mark {
            region,
            ..Mark::default()
        })
    };
    here.intake.drawing = Some(Drawing {
        figure: FIGURE.to_owned(),
        marks: marked.into_iter().map(mark).collect(),
    });
}

fn marks(here: &mut Here<'_>, fields: &mut Fields) {
    let Some(mut drawing) = here.intake.drawing.take() else {
        return;
    };
    let choices = show::feels(&here.words);
    for mark in &mut drawing.marks {
        mark.pain = fields.read_scale(&show::pain_field(here, mark.region), 0, 10);
        let felt = fields.read_choices(&show::feel_field(here, mark.region), &choices);
        mark.feels = Feel::ALL
            .into_iter()
            .filter(|feel| felt.iter().any(|word| word == feel.word()))
            .collect();
    }
    here.intake.drawing = Some(drawing);
}

fn tried(here: &mut Here<'_>, fields: &mut Fields) {
    let words = here.words;
    let which = Field::new("tried", words.say("intake-tried-which"));
    let chosen = fields.read_choices(&which, &show::treatment_choices(here));
    let none = chosen.iter().any(|id| id == "none");
    here.intake.tried = chosen.into_iter().filter(|_| !none).collect();
    let other = Field::new("tried-else", words.say("intake-tried-else"))
        .most(show::LONGEST)
        .optional();
    if let Some(text) = own_words(fields, &other) {
        here.intake.tried_else = text;
    }
}

/// A text of the patient's own; none: it cannot be taken.
fn own_words(fields: &mut Fields, field: &Field) -> Option<String> {
    if fields.get(field.name()).trim().is_empty() {
        return Some(String::new());
    }
    fields.read_text(field)
}

fn medicines(here: &mut Here<'_>, fields: &mut Fields) {
    let knowledge = &here.app.clinic.knowledge;
    let mut taken = Vec::new();
    for nth in 0..MEDICINES {
        let (name, dose) = show::medicine_fields(&here.words, nth);
        let dose = fields.read_number(&dose).filter(|dose| *dose > 0.0);
        let Some(name) = own_words(fields, &name).filter(|name| !name.is_empty()) else {
            continue;
        };
        let known = knowledge
            .medicines
            .iter()
            .find(|(_, one)| one.name.to_lowercase() == name.to_lowercase());
        taken.push(MedicationRecorded {
            medicine: known.map_or_else(|| name.clone(), |(_, one)| one.id.clone()),
            class: known.is_none().then(|| OTHER.to_owned()),
            route: Route::Oral,
            dose: dose.map(|amount| Amount {
                amount,
                unit: DoseUnit::MilligramsADay,
            }),
            from: here.asking.today,
            to: None,
            days: None,
        });
    }
    here.intake.medicines = taken;
}

fn hopes(here: &mut Here<'_>, fields: &mut Fields) {
    let [goals, expectation, wants, declines] = show::hope_fields(&here.words);
    let choices = show::hope_choices(here);
    let lines = own_words(fields, &goals);
    let goals = match &lines {
        Some(text) => text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        None => here.intake.wishes.goals.clone(),
    };
    let wanted = fields.read_choices(&wants, &choices);
    let declined = fields.read_choices(&declines, &choices);
    if wanted.iter().any(|id| declined.contains(id)) {
        fields.wrong("declines", here.words.say("hopes-both"));
    }
    here.intake.wishes = Wishes {
        goals,
        expectation: fields.read_scale(&expectation, 0, 10),
        declines: declined
            .into_iter()
            .filter(|id| !wanted.contains(id))
            .collect(),
        wants: wanted,
    };
}
