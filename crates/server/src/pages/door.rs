//! The doors behind patients' links: a date of birth opens a task, a code by e-mail opens the own page. Neither shows anything of the patient, and looking changes nothing: mail programs look too.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_store::outbox::Message;
use cotreat_ui::{Field, Fields, Frame, Kind, Width, Words, button, second_button};
use maud::html;

use super::answer::thank_you;
use crate::identity::cookie::Jar;
use crate::identity::letter::Letter;
use crate::identity::link::LinkState;
use crate::identity::link::page::Visit;
use crate::identity::link::task::{DateOfBirth, Start};
use crate::identity::{Refused, Token};
use crate::web::{App, OpenForm, Page, Peer, Problem, Reads};

/// What is said of a link that opens nothing.
fn not_good(words: &Words) -> Page {
    let body = html! {
        p class="govuk-body" { (words.say("link-ask-for-another")) }
        (cotreat_ui::warning(words, &words.say("not-for-emergencies-any")))
    };
    let page = Frame::new(words, words.say("link-not-good")).page(body);
    Page::whole(page).with(StatusCode::GONE)
}

/// `GET /t/{token}`: asks for the date of birth.
///
/// # Errors
/// Too many links that do not exist, or a fault.
pub async fn task(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    Reads(words): Reads,
) -> Result<Page, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good(&words));
    };
    let now = app.clinic.clock.now();
    Ok(match app.identity.look_at_link(&read, from.0, now).await? {
        LinkState::Task(_) => birth(&words, &link, &Fields::new(&words)),
        LinkState::ThankYou => thank_you(&words),
        LinkState::Page(_) | LinkState::Referral(_) | LinkState::NotGood => not_good(&words),
    })
}

fn born(words: &Words) -> Field {
    Field::new("born", words.say("born"))
        .hint(words.say("born-hint"))
        .autocomplete("bday")
}

fn birth(words: &Words, link: &str, fields: &Fields) -> Page {
    let body = html! {
        (fields.summary())
        p class="govuk-body" { (words.say("door-birth-lead")) }
        form method="post" action={ "/t/" (link) } {
            (fields.date(&born(words)))
            (button(&words.say("door-open")))
        }
    };
    let frame = Frame::new(words, words.say("door-task")).checked(fields);
    Page::whole(frame.page(body))
}

/// `POST /t/{token}`: starts, when the date of birth is right; the address of the page behind it holds no secret.
///
/// # Errors
/// The link is not good, too many tries, or a fault.
pub async fn start(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    Reads(words): Reads,
    OpenForm(sent): OpenForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good(&words).into_response());
    };
    let now = app.clinic.clock.now();
    let LinkState::Task(found) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good(&words).into_response());
    };
    let mut fields = Fields::sent(&words, sent);
    // What is no date is a slip of the pen and costs no try.
    let Some(given) = fields.read_date(&born(&words)) else {
        let page = birth(&words, &link, &fields);
        return Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let said = DateOfBirth {
        given,
        born: app.clinic.behind_link(&found.patient).await?.born,
    };
    let died = serde_json::json!({ "patient": found.patient, "assignment": found.assignment });
    let told = [Message {
        topic: "link_died".to_owned(),
        body: died.to_string().into_bytes(),
        due_at: now,
    }];
    let started = app
        .identity
        .start_task(&read, said, &told, from.0, now)
        .await?;
    Ok(match started {
        Start::Opened(session) => {
            let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.set(&session))]);
            (cookie, Redirect::to("/answer")).into_response()
        }
        Start::Wrong { left } => {
            fields.wrong(
                "born",
                words.say_with("door-not-right", &[("n", left.into())]),
            );
            birth(&words, &link, &fields)
                .with(StatusCode::UNAUTHORIZED)
                .into_response()
        }
        Start::Died => not_good(&words).into_response(),
    })
}

/// `GET /p/{token}`: offers to send a code.
///
/// # Errors
/// Too many links that do not exist, or a fault.
pub async fn page(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    Reads(words): Reads,
) -> Result<Page, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good(&words));
    };
    let now = app.clinic.clock.now();
    Ok(match app.identity.look_at_link(&read, from.0, now).await? {
        LinkState::Page(_) => {
            let body = html! {
                p class="govuk-body" { (words.say("door-code-lead")) }
                form method="post" action={ "/p/" (link) } { (button(&words.say("door-send-code"))) }
            };
            Page::whole(Frame::new(&words, words.say("door-page")).page(body))
        }
        LinkState::Task(_) | LinkState::Referral(_) | LinkState::ThankYou | LinkState::NotGood => {
            not_good(&words)
        }
    })
}

/// `POST /p/{token}`: sends a code.
///
/// # Errors
/// The link is not good, enough codes were sent, there is no address, or a fault.
pub async fn code(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    Reads(words): Reads,
    OpenForm(_): OpenForm<super::sign_in::Nothing>,
) -> Result<Page, Problem> {
    let read = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let LinkState::Page(found) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good(&words));
    };
    let identity = app.clinic.behind_link(&found.patient).await?;
    let Some(email) = identity.email else {
        return Err(Problem::unreadable(words.say("door-no-address")));
    };
    let letter = |code: &str| Letter::code(&email, "Cotreat", code).message(now);
    app.identity.send_code(&read, letter, from.0, now).await?;
    Ok(ask_code(&words, &link, &Fields::new(&words)))
}

fn ask_code(words: &Words, link: &str, fields: &Fields) -> Page {
    let field = Field::new("code", words.say("door-code"))
        .kind(Kind::Text)
        .width(Width::Ten)
        .autocomplete("one-time-code");
    let body = html! {
        (fields.summary())
        form method="post" action={ "/p/" (link) "/open" } {
            (fields.text(&field))
            (button(&words.say("door-open-page")))
        }
        form method="post" action={ "/p/" (link) } { (second_button(&words.say("door-another-code"))) }
    };
    let frame = Frame::new(words, words.say("door-page")).checked(fields);
    Page::whole(frame.page(body))
}

/// `POST /p/{token}/open`.
///
/// # Errors
/// The link is not good, or a fault.
pub async fn open(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    Reads(words): Reads,
    OpenForm(sent): OpenForm<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let read = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let typed = Fields::sent(&words, sent);
    let wrong = |says: String| {
        let mut fields = Fields::new(&words);
        fields.wrong("code", says);
        ask_code(&words, &link, &fields)
            .with(StatusCode::UNAUTHORIZED)
            .into_response()
    };
    let visit = app
        .identity
        .visit(&read, typed.get("code"), from.0, now)
        .await?;
    Ok(match visit {
        Visit::Opened(session) => {
            let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.set(&session))]);
            (cookie, Redirect::to("/my-record")).into_response()
        }
        Visit::Wrong { left } => {
            wrong(words.say_with("door-code-not-right", &[("n", left.into())]))
        }
        Visit::NoCode => wrong(words.say("door-code-over")),
    })
}
