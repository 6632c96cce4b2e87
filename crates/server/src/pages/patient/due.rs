//! What a patient has yet to do, and asking them for more: what the front desk sends.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_knowledge::Knowledge;
use cotreat_ui::{
    Choice, Field, Fields, Task, Tone, Width, Words, button, details, hidden, second_button, tag,
    tasks,
};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::{Assigned, Due, INTAKE, Refused};
use crate::web::{App, Checked, Problem, Signed};

/// The waves of a course: their words in events, and the weeks behind the beginning.
const WAVES: [(&str, &str, i64); 6] = [
    ("baseline", "wave-baseline", 0),
    ("week_2", "wave-2", 2),
    ("week_6", "wave-6", 6),
    ("week_10", "wave-10", 10),
    ("week_26", "wave-26", 26),
    ("week_52", "wave-52", 52),
];

/// What is due, and the form that asks for more. Nothing for whoever may not see what is due.
pub(super) async fn section(app: &App, signed: &Signed, patient: &str) -> Result<Markup, Problem> {
    let words = &signed.words;
    let due = match app.clinic.due(&signed.caller, Some(patient)).await {
        Ok(due) => due,
        Err(Refused::NotAllowed { .. } | Refused::NotFound) => return Ok(html! {}),
        Err(refused) => return Err(refused.into()),
    };
    let episodes = app.clinic.open_episodes(&signed.caller, patient).await?;
    let csrf = signed.csrf();
    let nothing =
        due.intakes.is_empty() && due.questionnaires.is_empty() && due.referrals.is_empty();
    Ok(html! {
        h2 class="govuk-heading-m" { (words.say("due-title")) }
        @if nothing { p class="govuk-body" { (words.say("due-nothing")) } } @else {
            (tasks(&listed(&due, &app.clinic.knowledge, words)))
        }
        @for intake in &due.intakes {
            (send(&csrf, &intake.episode, INTAKE, &words.say(if intake.sent.is_some() { "intake-send-again" } else { "intake-send" })))
        }
        @for one in &due.questionnaires {
            @let name = instrument(&app.clinic.knowledge, &one.instrument);
            (send(&csrf, &one.episode, &one.assignment, &words.say_with("questionnaire-send", &[("name", name.into())])))
        }
        @if !episodes.is_empty() {
            (details(&words.say("assign-title"), assign_form(app, signed, patient, &episodes)))
        }
    })
}

/// One tap: makes the link and sends it.
pub(in crate::pages) fn send(csrf: &str, episode: &str, assignment: &str, says: &str) -> Markup {
    html! {
        form method="post" action={ "/episodes/" (episode) "/task-link" } {
            (hidden("csrf", csrf))
            (hidden("assignment", assignment))
            (second_button(says))
        }
    }
}

/// What an instrument is called.
pub(in crate::pages) fn instrument(knowledge: &Knowledge, id: &str) -> String {
    let found = knowledge.instruments.get(id);
    found.map_or_else(|| id.to_owned(), |one| one.name.clone())
}

/// What a wave is called.
pub(in crate::pages) fn wave(words: &Words, id: Option<&str>) -> String {
    let Some(id) = id else {
        return words.say("wave-none");
    };
    let known = WAVES.iter().find(|(wave, ..)| *wave == id);
    known.map_or_else(|| id.to_owned(), |(_, word, _)| words.say(word))
}

/// What is due, as a list.
fn listed(due: &Due, knowledge: &Knowledge, words: &Words) -> Vec<Task> {
    let mut all = Vec::new();
    for intake in &due.intakes {
        let (tone, state) = sent(intake.sent.is_some(), intake.opened.is_some());
        all.push(Task {
            name: words.say("due-intake"),
            address: None,
            hint: Some(words.say_with("since", &[("day", words.date(intake.opened_on).into())])),
            state: tag(tone, &words.say(state)),
        });
    }
    for one in &due.questionnaires {
        let (tone, state) = sent(one.sent.is_some(), one.opened.is_some());
        let due = words.say_with("due-on", &[("day", words.date(one.due_on).into())]);
        all.push(Task {
            name: instrument(knowledge, &one.instrument),
            address: None,
            hint: Some(format!("{}, {due}", wave(words, one.wave.as_deref()))),
            state: tag(tone, &words.say(state)),
        });
    }
    for (one, late) in &due.referrals {
        let to = knowledge.professions.get(&one.to_profession);
        let to = to.map_or_else(|| one.to_profession.clone(), |to| to.name.clone());
        let (tone, state) = match late {
            Some(_) => (Tone::Urgent, "referral-late"),
            None => (Tone::Plain, "referral-waits"),
        };
        all.push(Task {
            name: words.say_with("due-referral", &[("to", to.into())]),
            address: None,
            hint: Some(words.say_with("since", &[("day", words.date(one.since).into())])),
            state: tag(tone, &words.say(state)),
        });
    }
    all
}

/// How far something that is sent has come.
pub(in crate::pages) const fn sent(sent: bool, opened: bool) -> (Tone, &'static str) {
    match (sent, opened) {
        (false, _) => (Tone::Watch, "state-not-sent"),
        (true, false) => (Tone::Plain, "state-sent"),
        (true, true) => (Tone::Known, "state-opened"),
    }
}

fn assign_form(
    app: &App,
    signed: &Signed,
    patient: &str,
    episodes: &[crate::clinic::DeskEpisode],
) -> Markup {
    let words = &signed.words;
    let knowledge = &app.clinic.knowledge;
    let mut fields = Fields::new(words);
    let now = app.clinic.clock.now().to_zoned(signed.zone());
    fields.set_date("due", now.date());
    if let [only] = episodes {
        fields.set("episode", &only.episode);
    }
    let instruments: Vec<Choice> = app
        .clinic
        .to_be_answered()
        .map(|id| Choice::new(id, instrument(knowledge, id)))
        .collect();
    let waves = WAVES.map(|(id, word, _)| Choice::new(id, words.say(word)));
    let which: Vec<Choice> = episodes
        .iter()
        .map(|one| {
            let since = words.date(one.opened_on);
            let says = words.say_with("episode-since", &[("day", since.into())]);
            Choice::new(&one.episode, says)
        })
        .collect();
    html! {
        form method="post" action={ "/patients/" (patient) "/assign" } {
            (hidden("csrf", &signed.csrf()))
            (hidden("request", &crate::clinic::new_id()))
            @if episodes.len() > 1 {
                (fields.select(&Field::new("episode", words.say("assign-episode")), &which))
            } @else { (hidden("episode", fields.get("episode"))) }
            (fields.select(&Field::new("instrument", words.say("assign-instrument")), &instruments))
            (fields.select(&Field::new("wave", words.say("assign-wave")).width(Width::Twenty).optional(), &waves))
            (fields.date(&Field::new("due", words.say("assign-due"))))
            (button(&words.say("assign-do")))
        }
    }
}

/// What a patient is asked to answer.
#[derive(Debug, Deserialize)]
pub struct Assign {
    #[serde(default)]
    episode: String,
    #[serde(default)]
    instrument: String,
    #[serde(default)]
    wave: String,
    #[serde(default, rename = "due-day")]
    day: String,
    #[serde(default, rename = "due-month")]
    month: String,
    #[serde(default, rename = "due-year")]
    year: String,
    #[serde(default)]
    request: String,
}

/// `POST /patients/{id}/assign`: asks the patient to answer an instrument by a day.
///
/// # Errors
/// It is not for the caller, the day cannot be read, or the rules refuse it.
pub async fn assign(
    State(app): State<App>,
    Path(patient): Path<String>,
    Checked(signed, typed): Checked<Assign>,
) -> Result<Response, Problem> {
    app.clinic.may_assign(&signed.caller, &patient).await?;
    let words = &signed.words;
    let read = || {
        let year: i16 = typed.year.trim().parse().ok()?;
        Date::new(
            year,
            typed.month.trim().parse().ok()?,
            typed.day.trim().parse().ok()?,
        )
        .ok()
    };
    let Some(due) = read() else {
        let label = words.say("assign-due");
        let says = words.say_with("date-impossible", &[("label", label.into())]);
        return Err(Problem::unreadable(says));
    };
    let asked = Assigned {
        episode: typed.episode,
        instrument: typed.instrument,
        wave: Some(typed.wave).filter(|wave| WAVES.iter().any(|(id, ..)| id == wave)),
        due,
    };
    let mut caller = signed.caller.clone();
    caller.request = request_key(&signed, &typed.request);
    app.clinic.assign(&caller, &patient, asked).await?;
    let back = format!("/patients/{patient}?done=assigned");
    Ok(Redirect::to(&back).into_response())
}

/// The key of a form that was shown once: sent twice, it is done once.
fn request_key(signed: &Signed, sent: &str) -> Option<String> {
    let user = &signed.here.session.user;
    (8..=200)
        .contains(&sent.len())
        .then(|| format!("{user}/{sent}"))
}
