//! The patient's own page: what was agreed, what to do, how it goes, who looked, and what they can say themselves.

mod course;
mod plan;
mod says;

use axum::extract::State;
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_care::decide::Act;
use cotreat_care::event::{ConsentGiven, ConsentWithdrawn, Giver, QuestionAsked};
use cotreat_ui::{Fields, Frame, Tone, Words, hidden, notice, second_button};
use maud::{Markup, html};

use crate::clinic::{Caller, OwnEpisode, Person, Refused, new_id};
use crate::identity::cookie::Jar;
use crate::web::{App, LinkForm, LinkPage, Page, Problem, Tongue, token};

/// What the page works with.
pub(in crate::pages) struct Own<'a> {
    app: &'a App,
    words: Words,
    person: Person,
    episodes: Vec<OwnEpisode>,
    csrf: String,
}

impl<'a> Own<'a> {
    async fn of(app: &'a App, open: &LinkPage, tongue: &Tongue) -> Result<(Self, Caller), Problem> {
        let caller = open.page()?;
        let person = app
            .clinic
            .person(&caller, &open.session.link.patient)
            .await?;
        let mut episodes = Vec::new();
        for one in person.episodes.iter().filter(|one| one.closed_on.is_none()) {
            episodes.push(app.clinic.own_episode(&caller, &one.episode).await?);
        }
        let own = Self {
            words: tongue.words(person.identity.language.as_deref()),
            csrf: token(&app.identity.forms_of_link(&open.session.link)),
            app,
            person,
            episodes,
        };
        Ok((own, caller))
    }
}

const HERE: &str = "/my-record";

/// `GET /my-record`.
///
/// # Errors
/// This is not a page link, or a fault.
pub async fn show(State(app): State<App>, open: LinkPage, tongue: Tongue) -> Result<Page, Problem> {
    let (own, _) = Own::of(&app, &open, &tongue).await?;
    Ok(page(&own, &Fields::new(&own.words), None))
}

fn page(own: &Own<'_>, fields: &Fields, said: Option<Markup>) -> Page {
    let words = &own.words;
    let body = html! {
        (fields.summary())
        @if words.lang() != cotreat_ui::Lang::En { p class="govuk-body" { (words.say("own-in-english")) } }
        @for one in &own.episodes {
            (plan::shown(own, one))
            (course::shown(own, one))
            (says::questions(own, one, fields))
            (says::medicines(own, one))
            (says::consents(own, one))
        }
        @if own.episodes.is_empty() { p class="govuk-body" { (words.say("own-no-episode")) } }
        (says::looked(own))
        form method="post" action="/my-record/close" {
            (hidden("csrf", &own.csrf))
            (second_button(&words.say("own-close")))
        }
    };
    let mut frame = Frame::new(words, own.person.identity.full_name())
        .record()
        .at(HERE)
        .checked(fields);
    if let Some(said) = said {
        frame = frame.notice(said);
    }
    Page::whole(frame.page(body))
}

/// The caller with the key of the form, so that what is sent twice is done once.
fn with_key(caller: Caller, key: Option<&String>) -> Caller {
    Caller {
        request: key.map(|key| format!("own/{key}")),
        ..caller
    }
}

/// `POST /my-record/question`: asks the team something.
///
/// # Errors
/// This is not a page link, or a fault.
pub async fn ask(
    State(app): State<App>,
    tongue: Tongue,
    LinkForm(open, sent): LinkForm,
) -> Result<Response, Problem> {
    let (own, caller) = Own::of(&app, &open, &tongue).await?;
    let episode = mine(&own, &sent)?;
    let mut fields = Fields::sent(&own.words, sent.clone());
    let Some(text) = fields.read_text(&says::question_field(&own.words)) else {
        let page = page(&own, &fields, None);
        return Ok(page
            .with(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
            .into_response());
    };
    let key = sent.get("request");
    let act = Act::AskQuestion(QuestionAsked {
        // The key of the form is the question's: sent twice, it is the same one.
        question: key.cloned().unwrap_or_else(new_id),
        text,
    });
    match app
        .clinic
        .act_now(&with_key(caller, key), &episode, act)
        .await
    {
        Ok(_) => Ok(Redirect::to("/my-record#questions").into_response()),
        Err(Refused::Care(refusal)) => Ok(refused(&own, &fields, &refusal.to_string())),
        Err(refused) => Err(refused.into()),
    }
}

fn refused(own: &Own<'_>, fields: &Fields, says: &str) -> Response {
    let said = notice(&own.words, Tone::Stop, html! { p { (says) } });
    let page = page(own, fields, Some(said));
    page.with(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
        .into_response()
}

/// `POST /my-record/consent`: agrees to a use of the record, or takes it back.
///
/// # Errors
/// This is not a page link, or a fault.
pub async fn consent(
    State(app): State<App>,
    tongue: Tongue,
    LinkForm(open, sent): LinkForm,
) -> Result<Response, Problem> {
    let (own, caller) = Own::of(&app, &open, &tongue).await?;
    let episode = mine(&own, &sent)?;
    let asked = sent.get("purpose").map_or("", String::as_str);
    let Some(purpose) = says::PURPOSES.into_iter().find(|one| *one == asked) else {
        return Err(Problem::not_found());
    };
    let purpose = purpose.to_owned();
    let act = if sent.get("agrees").is_some_and(|agrees| agrees == "yes") {
        Act::GiveConsent(ConsentGiven {
            purpose,
            given_by: Giver::Patient,
        })
    } else {
        Act::WithdrawConsent(ConsentWithdrawn { purpose })
    };
    let caller = with_key(caller, sent.get("request"));
    match app.clinic.act_now(&caller, &episode, act).await {
        Ok(_) => Ok(Redirect::to("/my-record#consents").into_response()),
        Err(Refused::Care(refusal)) => {
            let fields = Fields::new(&own.words);
            Ok(refused(&own, &fields, &refusal.to_string()))
        }
        Err(refused) => Err(refused.into()),
    }
}

/// The episode a form is about, which must be one of theirs.
fn mine(
    own: &Own<'_>,
    sent: &std::collections::BTreeMap<String, String>,
) -> Result<String, Problem> {
    let asked = sent.get("episode").map_or("", String::as_str);
    let mut episodes = own.episodes.iter();
    let found = episodes.find(|one| one.episode == asked);
    found
        .map(|one| one.episode.clone())
        .ok_or_else(Problem::not_found)
}

/// `POST /my-record/close`.
///
/// # Errors
/// A fault.
pub async fn close(
    State(app): State<App>,
    tongue: Tongue,
    LinkForm(open, _): LinkForm,
) -> Result<Response, Problem> {
    app.identity.patient_leaves(&open.token).await?;
    let heads = AppendHeaders([
        (header::SET_COOKIE, Jar::Patient.clear()),
        (
            header::HeaderName::from_static("clear-site-data"),
            "\"cache\", \"cookies\", \"storage\"".to_owned(),
        ),
    ]);
    let words = tongue.words(None);
    let body = html! { p class="govuk-body" { (words.say("own-closed-says")) } };
    let page = Frame::new(&words, words.say("own-closed")).page(body);
    Ok((heads, Page::whole(page)).into_response())
}
