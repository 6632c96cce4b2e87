//! The pages of an intake as fields, and what was answered on them in words.

use std::collections::BTreeSet;

use cotreat_care::event::{Feel, Said};
use cotreat_care::intake::{Page, Theme, treatments};
use cotreat_figures::body;
use cotreat_knowledge::Knowledge;
use cotreat_knowledge::format::WordKind;
use cotreat_knowledge::model::{Answers, Finding};
use cotreat_ui::{Choice, Field, Fields, Kind, Width, Words, details, inset};
use maud::{Markup, html};

use super::{Here, sheets};

/// So many medicines fit on the page.
pub(super) const MEDICINES: usize = 6;
/// The longest text of a patient's own words.
pub(super) const LONGEST: u32 = 1_000;
/// The value of "not sure".
pub(super) const UNSURE: &str = "unsure";
/// The value of "none of these".
pub(super) const NONE: &str = "none";

/// What a page is called.
pub(super) fn heading(page: &Page, here: &Here<'_>) -> String {
    let words = &here.words;
    words.say(match page {
        Page::Screen { .. } => "intake-safety",
        Page::Questions { theme, .. } => match theme {
            Theme::Safety => "intake-safety",
            Theme::Health => "intake-health",
            Theme::Pain => "intake-pain",
            Theme::Treatment => "intake-treatment",
        },
        Page::Chart => "intake-chart",
        Page::Pain => "intake-marks",
        Page::Tried => "intake-tried",
        Page::Medicines => "intake-medicines",
        Page::Hopes => "intake-hopes",
        Page::Sheet { .. } => "intake-sheet",
    })
}

/// The fields of a page.
pub(super) fn fields(page: &Page, here: &Here<'_>, fields: &Fields) -> Markup {
    match page {
        Page::Screen { ask } => screen(&here.words, here.knowledge(), ask, fields),
        Page::Questions { theme, ask } => {
            questions(&here.words, here.knowledge(), *theme, ask, fields)
        }
        Page::Chart => chart(here, fields),
        Page::Pain => marks(here, fields),
        Page::Tried => tried(here, fields),
        Page::Medicines => medicines(here, fields),
        Page::Hopes => hopes(here, fields),
        Page::Sheet { instrument, .. } => {
            let knowledge = here.knowledge();
            let found = knowledge.instruments.find(instrument);
            html! { @if let Some(found) = found { (sheets::items(&here.words, &knowledge.instruments[found], fields)) } }
        }
    }
}

/// The findings that a page asks, with their ids.
pub(super) fn findings<'a>(knowledge: &'a Knowledge, ask: &[String]) -> Vec<&'a Finding> {
    ask.iter()
        .filter_map(|id| knowledge.findings.find(id))
        .map(|found| &knowledge.findings[found])
        .collect()
}

/// The field in which findings are ticked.
pub(super) fn screen_field(words: &Words) -> Field {
    Field::new("screen", words.say("intake-screen")).hint(words.say("choose-all"))
}

/// The findings as ticks; then "none of these" and "not sure", which stand apart.
pub(super) fn screen_choices(words: &Words, knowledge: &Knowledge, ask: &[String]) -> Vec<Choice> {
    let all = findings(knowledge, ask)
        .into_iter()
        .map(|finding| Choice::new(&finding.id, finding.ask.as_deref().unwrap_or(&finding.name)));
    let apart = [
        Choice::new(NONE, words.say("none-of-these")).apart(),
        Choice::new(UNSURE, words.say("intake-screen-unsure")).apart(),
    ];
    all.chain(apart).collect()
}

/// What can be ticked.
pub(in crate::pages) fn screen(
    words: &Words,
    knowledge: &Knowledge,
    ask: &[String],
    fields: &Fields,
) -> Markup {
    html! {
        p class="govuk-body" { (words.say("intake-safety-why")) }
        (fields.checkboxes(&screen_field(words), &screen_choices(words, knowledge, ask)))
    }
}

/// What is asked one by one.
pub(in crate::pages) fn questions(
    words: &Words,
    knowledge: &Knowledge,
    theme: Theme,
    ask: &[String],
    fields: &Fields,
) -> Markup {
    html! {
        @if theme == Theme::Safety { p class="govuk-body" { (words.say("intake-safety-why")) } }
        @for finding in findings(knowledge, ask) { (question(words, finding, fields)) }
    }
}

/// The field of a finding.
pub(super) fn field(finding: &Finding) -> Field {
    let asked = finding.ask.as_deref().unwrap_or(&finding.name);
    Field::new(format!("f-{}", finding.id), asked)
}

/// The field of the unit in which a number is told.
pub(super) fn unit_field(words: &Words, finding: &Finding) -> Field {
    Field::new(format!("u-{}", finding.id), words.say("unit"))
}

/// The answers of a finding that is chosen from a few, "not sure" last.
pub(super) fn choices(words: &Words, finding: &Finding) -> Vec<Choice> {
    let unsure = Choice::new(UNSURE, words.say("not-sure"));
    match &finding.answers {
        Answers::YesNo { yes, no } => vec![
            Choice::new("yes", said_so(words, yes)),
            Choice::new("no", said_so(words, no)),
            unsure,
        ],
        Answers::Choice(codes) => {
            let codes = codes.iter().map(|code| Choice::new(code, plain(code)));
            codes.chain([unsure]).collect()
        }
        Answers::Choices(codes) => {
            let codes = codes.iter().map(|code| Choice::new(code, plain(code)));
            codes.chain([unsure.apart()]).collect()
        }
        Answers::Number { .. } => Vec::new(),
    }
}

/// Yes and no in the reader's language; other words as the knowledge has them.
fn said_so(words: &Words, word: &str) -> String {
    match word {
        "yes" => words.say("yes"),
        "no" => words.say("no"),
        other => plain(other),
    }
}

/// A code of the knowledge as words: `some_help` → `Some help`.
fn plain(code: &str) -> String {
    let text = code.replace('_', " ");
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A unit in the reader's language, where there is a word for it.
fn unit_word(words: &Words, unit: &str) -> String {
    match unit {
        "days" | "weeks" | "months" | "years" => words.say(&format!("unit-{unit}")),
        other => other.to_owned(),
    }
}

/// The units in which a number may be told; the first is the finding's own.
pub(super) fn units(words: &Words, finding: &Finding) -> Vec<Choice> {
    let Answers::Number { unit, units, .. } = &finding.answers else {
        return Vec::new();
    };
    let own = unit.iter().map(String::as_str);
    let mut all: Vec<(f64, &str)> = own
        .map(|unit| (1.0, unit))
        .chain(units.iter().map(|(unit, factor)| (*factor, unit.as_str())))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter()
        .map(|(_, unit)| Choice::new(unit, unit_word(words, unit)))
        .collect()
}

/// Whether a number is told as a point on a scale from 0 to 10.
pub(super) fn is_scale(finding: &Finding) -> bool {
    matches!(
        &finding.answers,
        Answers::Number { unit: None, min: Some(min), max: Some(max), .. } if *min == 0.0 && *max == 10.0
    )
}

fn question(words: &Words, finding: &Finding, fields: &Fields) -> Markup {
    let field = field(finding);
    match &finding.answers {
        Answers::YesNo { .. } => fields.radios(&field.inline(), &choices(words, finding)),
        Answers::Choice(_) => fields.radios(&field, &choices(words, finding)),
        Answers::Choices(_) => fields.checkboxes(&field, &choices(words, finding)),
        Answers::Number { .. } if is_scale(finding) => {
            let field = field.hint(words.say("leave-empty")).optional();
            fields.scale(
                &field,
                0,
                10,
                &words.say("scale-none"),
                &words.say("scale-most"),
            )
        }
        Answers::Number { unit, .. } => {
            let field = field
                .hint(words.say("leave-empty"))
                .width(Width::Five)
                .optional();
            let units = units(words, finding);
            html! {
                @if units.len() > 1 {
                    div class="ct-pair" { (fields.number(&field)) (fields.select(&unit_field(words, finding), &units)) }
                } @else {
                    (fields.number(&match unit { Some(unit) => field.unit(unit_word(words, unit)), None => field }))
                }
            }
        }
    }
}

/// The words of the drawings.
pub(super) fn drawn<'a>(here: &Here<'_>) -> &'a cotreat_figures::Words {
    cotreat_figures::Words::of(here.words.lang().code())
}

fn chart(here: &Here<'_>, fields: &Fields) -> Markup {
    let words = &here.words;
    let chosen: BTreeSet<u16> = fields
        .all("region")
        .iter()
        .filter_map(|region| region.parse().ok())
        .collect();
    html! {
        p class="govuk-body" { (words.say("intake-chart-lead")) }
        (body::form("region", &chosen, drawn(here)))
        (fields.tick(&Field::new("nowhere", words.say("intake-nowhere")), "yes"))
    }
}

/// How a region feels, as choices.
pub(super) fn feels(words: &Words) -> Vec<Choice> {
    Feel::ALL
        .iter()
        .map(|feel| Choice::new(feel.word(), words.say(&format!("feel-{}", feel.word()))))
        .collect()
}

/// The field for the pain of a region.
pub(super) fn pain_field(here: &Here<'_>, region: u16) -> Field {
    Field::new(
        format!("pain-{region}"),
        here.words.say("intake-how-strong"),
    )
    .hint(here.words.say("leave-empty"))
    .optional()
}

/// The field for how a region feels.
pub(super) fn feel_field(here: &Here<'_>, region: u16) -> Field {
    Field::new(
        format!("feels-{region}"),
        here.words.say("intake-how-it-feels"),
    )
    .optional()
}

fn marks(here: &Here<'_>, fields: &Fields) -> Markup {
    let words = &here.words;
    let (marked, drawn) = (here.intake.marked(), drawn(here));
    let chart = here
        .intake
        .pages
        .iter()
        .position(|page| *page == Page::Chart);
    html! {
        (inset(html! {
            p { strong { (words.say("intake-you-marked")) } " " (body::summary(&marked, drawn)) "." }
            @if let Some(at) = chart { p { (words.say("intake-sides")) " " a class="govuk-link" href={ "/intake/page/" (at + 1) } { (words.say("intake-mark-again")) } } }
        }))
        @for region in body::regions().filter(|region| marked.contains(&region.number)) {
            h2 class="govuk-heading-m" { (region.name(drawn)) }
            (fields.scale(&pain_field(here, region.number), 0, 10, &words.say("scale-none"), &words.say("scale-most")))
            (fields.checkboxes(&feel_field(here, region.number), &feels(words)))
        }
    }
}

/// Interventions as choices: their name, and what they are in plain words.
pub(super) fn interventions<'a>(
    here: &Here<'_>,
    ids: impl IntoIterator<Item = &'a str>,
) -> Vec<Choice> {
    let knowledge = here.knowledge();
    ids.into_iter()
        .filter_map(|id| knowledge.interventions.find(id))
        .map(|found| {
            let one = &knowledge.interventions[found];
            let choice = Choice::new(&one.id, &one.name);
            match knowledge.words("en", WordKind::Interventions, &one.id) {
                Some(says) => choice.hint(says),
                None => choice,
            }
        })
        .collect()
}

/// The treatments that a patient can say they have had.
pub(super) fn treatment_choices(here: &Here<'_>) -> Vec<Choice> {
    let none = Choice::new("none", here.words.say("none-of-these")).apart();
    let had = treatments(here.knowledge());
    interventions(here, had).into_iter().chain([none]).collect()
}

fn tried(here: &Here<'_>, fields: &Fields) -> Markup {
    let words = &here.words;
    html! {
        (fields.checkboxes(&Field::new("tried", words.say("intake-tried-which")).hint(words.say("choose-all")), &treatment_choices(here)))
        (fields.textarea(&Field::new("tried-else", words.say("intake-tried-else")).most(LONGEST).rows(3).optional()))
    }
}

/// The fields of a medicine: its name, and milligrams a day.
pub(super) fn medicine_fields(words: &Words, nth: usize) -> (Field, Field) {
    let told = [("n", (nth + 1).into())];
    let name = Field::new(format!("medicine-{nth}"), words.say_with("medicine", &told))
        .most(80)
        .autocomplete("off")
        .optional();
    let dose = Field::new(
        format!("dose-{nth}"),
        words.say_with("medicine-dose", &told),
    )
    .range(0.0, 20_000.0)
    .width(Width::Five)
    .optional();
    (name, dose)
}

fn medicines(here: &Here<'_>, fields: &Fields) -> Markup {
    let words = &here.words;
    let medicines = &here.knowledge().medicines;
    html! {
        p class="govuk-body" { (words.say("medicines-lead")) }
        @for nth in 0..MEDICINES {
            @let (name, dose) = medicine_fields(words, nth);
            div class="ct-pair" { (fields.text(&name.kind(Kind::Text))) (fields.number(&dose)) }
        }
        (details(&words.say("medicines-names"), html! {
            ul class="govuk-list" { @for (_, one) in medicines.iter() { li { (one.name) } } }
        }))
    }
}

/// The fields about hopes.
pub(super) fn hope_fields(words: &Words) -> [Field; 4] {
    [
        Field::new("goals", words.say("hopes-goals"))
            .hint(words.say("hopes-goals-hint"))
            .most(LONGEST)
            .rows(4)
            .optional(),
        Field::new("expectation", words.say("hopes-expectation"))
            .hint(words.say("leave-empty"))
            .optional(),
        Field::new("wants", words.say("hopes-wants"))
            .hint(words.say("choose-all"))
            .optional(),
        Field::new("declines", words.say("hopes-declines"))
            .hint(words.say("choose-all"))
            .optional(),
    ]
}

/// What a patient can say they would like or would not like: treatments that something can be said about.
pub(super) fn hope_choices(here: &Here<'_>) -> Vec<Choice> {
    interventions(here, treatments(here.knowledge()))
}

fn hopes(here: &Here<'_>, fields: &Fields) -> Markup {
    let words = &here.words;
    let [goals, expectation, wants, declines] = hope_fields(words);
    let choices = hope_choices(here);
    html! {
        (fields.textarea(&goals))
        (fields.scale(&expectation, 0, 10, &words.say("hopes-not-at-all"), &words.say("hopes-well")))
        (fields.checkboxes(&wants, &choices))
        (fields.checkboxes(&declines, &choices))
    }
}

/// What was answered on a page: each question with its answer in words.
pub(super) fn told(page: &Page, here: &Here<'_>) -> Vec<(String, Markup)> {
    let words = &here.words;
    let intake = &here.intake;
    let not_told = || html! { span class="govuk-hint" { (words.say("not-told")) } };
    let listed = |texts: Vec<String>| {
        if texts.is_empty() {
            not_told()
        } else {
            html! { (texts.join(", ")) }
        }
    };
    match page {
        Page::Screen { ask } | Page::Questions { ask, .. } => findings(here.knowledge(), ask)
            .into_iter()
            .map(|finding| {
                let asked = finding.ask.clone().unwrap_or_else(|| finding.name.clone());
                let said = intake.answers.get(&finding.id);
                let said = said.map_or_else(not_told, |said| {
                    let text = in_words(words, finding, said);
                    html! { (text) }
                });
                (asked, said)
            })
            .collect(),
        Page::Chart => {
            let text = body::summary(&intake.marked(), drawn(here));
            vec![(words.say("intake-chart"), html! { (text) })]
        }
        Page::Pain => marks_told(here),
        Page::Tried => {
            let names = names(here, intake.tried.iter());
            let mut rows = vec![(words.say("intake-tried-which"), listed(names))];
            if !intake.tried_else.is_empty() {
                rows.push((
                    words.say("intake-tried-else"),
                    html! { (intake.tried_else) },
                ));
            }
            rows
        }
        Page::Medicines => {
            let told = intake.medicines.iter().map(|one| medicine(here, one));
            vec![(words.say("intake-medicines"), listed(told.collect()))]
        }
        Page::Hopes => {
            let [goals, expectation, wants, declines] =
                hope_fields(words).map(|field| field.label().to_owned());
            let wishes = &intake.wishes;
            let expected = wishes.expectation.map(|value| value.to_string());
            vec![
                (goals, listed(wishes.goals.clone())),
                (expectation, listed(expected.into_iter().collect())),
                (wants, listed(names(here, wishes.wants.iter()))),
                (declines, listed(names(here, wishes.declines.iter()))),
            ]
        }
        Page::Sheet { instrument, .. } => sheet_told(here, instrument, &not_told),
    }
}

fn marks_told(here: &Here<'_>) -> Vec<(String, Markup)> {
    let (words, drawn) = (&here.words, drawn(here));
    let marks = here
        .intake
        .drawing
        .iter()
        .flat_map(|drawing| &drawing.marks);
    marks
        .filter_map(|mark| {
            let region = body::region(mark.region)?;
            let pain = mark
                .pain
                .map(|pain| words.say_with("pain-of-ten", &[("n", pain.into())]));
            let feels = mark
                .feels
                .iter()
                .map(|feel| words.say(&format!("feel-{}", feel.word())));
            let texts: Vec<String> = pain.into_iter().chain(feels).collect();
            let text = if texts.is_empty() {
                words.say("not-told")
            } else {
                texts.join(", ")
            };
            Some((region.name(drawn), html! { (text) }))
        })
        .collect()
}

fn sheet_told(here: &Here<'_>, id: &str, not_told: &dyn Fn() -> Markup) -> Vec<(String, Markup)> {
    let knowledge = here.knowledge();
    let Some(found) = knowledge.instruments.find(id) else {
        return Vec::new();
    };
    let answers = here.intake.sheets.get(id);
    knowledge.instruments[found]
        .items
        .iter()
        .map(|item| {
            let said = answers.and_then(|answers| answers.get(&item.id));
            let value = said.map_or_else(not_told, |value| {
                let label = sheets::choices(item)
                    .into_iter()
                    .find(|choice| choice.value() == value.to_string());
                html! { (label.map_or_else(|| value.to_string(), |choice| choice.label().to_owned())) }
            });
            (item.text.clone().unwrap_or_default(), value)
        })
        .collect()
}

fn names<'a>(here: &Here<'_>, ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let knowledge = here.knowledge();
    ids.filter_map(|id| knowledge.interventions.find(id))
        .map(|found| knowledge.interventions[found].name.clone())
        .collect()
}

/// A medicine with its dose.
fn medicine(here: &Here<'_>, one: &cotreat_care::event::MedicationRecorded) -> String {
    let knowledge = here.knowledge();
    let found = knowledge.medicines.find(&one.medicine);
    let name = found.map_or_else(
        || one.medicine.clone(),
        |found| knowledge.medicines[found].name.clone(),
    );
    match one.dose {
        Some(dose) => here.words.say_with(
            "medicine-with-dose",
            &[("name", name.into()), ("mg", dose.amount.into())],
        ),
        None => name,
    }
}

/// What was said about a finding, in words.
fn in_words(words: &Words, finding: &Finding, said: &Said) -> String {
    match (said, &finding.answers) {
        (Said::Yes, Answers::YesNo { yes, .. }) => said_so(words, yes),
        (Said::No, Answers::YesNo { no, .. }) => said_so(words, no),
        (Said::Yes, _) => words.say("yes"),
        (Said::No, _) => words.say("no"),
        (Said::NotKnown, _) => words.say("not-sure"),
        (Said::Answer(code), _) => plain(code),
        (Said::Answers(codes), _) => codes
            .iter()
            .map(|code| plain(code))
            .collect::<Vec<_>>()
            .join(", "),
        (Said::Number { value, unit }, _) => format!("{value} {}", unit_word(words, unit))
            .trim_end()
            .to_owned(),
    }
}
