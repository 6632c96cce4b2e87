//! Links of patients: made by staff, opened by patients.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use cotreat_access::Action;
use cotreat_knowledge::model::{Instrument, Item};
use cotreat_store::account::LinkKind;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::Place;
use crate::identity::cookie::Jar;
use crate::identity::letter::Letter;
use crate::identity::link::LinkState;
use crate::identity::link::page::Visit;
use crate::identity::link::task::{DateOfBirth, Start};
use crate::identity::{Refused, Token};
use crate::web::{
    App, Checked, LinkForm, LinkPage, OpenForm, Page, Peer, Problem, Signed, field, token,
};

/// The assignment a link is made for.
#[derive(Debug, Deserialize)]
pub struct For {
    #[serde(default)]
    assignment: String,
}

/// `POST /episodes/{id}/task-link`: makes a link by which the patient answers one assignment. It is sent by e-mail where there is an address, and shown once.
///
/// # Errors
/// There is no such assignment, it is not for the caller, or a fault.
pub async fn make_task_link(
    State(app): State<App>,
    Path(episode): Path<String>,
    Checked(signed, wanted): Checked<For>,
) -> Result<Page, Problem> {
    let place = Place {
        episode: &episode,
        assignment: &wanted.assignment,
    };
    let (patient, _) = app.clinic.assignment(&signed.caller, place).await?;
    made(&app, &signed, LinkKind::Task, &patient, &place.to_text()).await
}

/// `POST /patients/{id}/page-link`: makes a link to the patient's own page.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn make_page_link(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, _): Checked<super::sign_in::Nothing>,
) -> Result<Page, Problem> {
    let viewer = &signed.caller.viewer;
    let relation = app.clinic.permit(viewer, Action::MakeLink, &id).await?;
    made(&app, &signed, LinkKind::Page, &relation.patient, "").await
}

async fn made(
    app: &App,
    by: &Signed,
    kind: LinkKind,
    patient: &str,
    assignment: &str,
) -> Result<Page, Problem> {
    let now = app.clinic.clock.now();
    let identity = app.clinic.behind_link(patient).await?;
    let clinic = app.clinic.organisation(&by.caller).await?.settings.name;
    let door = match kind {
        LinkKind::Task => "t",
        LinkKind::Page => "p",
        LinkKind::Referral => "r",
    };
    let address = |token: &Token| format!("{}/{door}/{}", app.origin, token.to_text().as_str());
    let letter = |token: &Token| match &identity.email {
        Some(email) => Ok(vec![
            Letter::link(email, &clinic, &address(token)).message(now)?,
        ]),
        None => Ok(Vec::new()),
    };
    let (_, token) = app
        .identity
        .make_link(kind, patient, assignment, letter, now)
        .await?;
    let body = html! {
        @if identity.email.is_some() { p { "It is on its way by e-mail. You can also hand it over; it is not shown again:" } }
        @else { p { "There is no e-mail address. Hand this over; it is not shown again:" } }
        p.code { (address(&token)) }
        p { "It is good for 14 days. Making another one ends it." }
        p { a href={ "/patients/" (patient) } { "To the patient" } }
    };
    Ok(Page::new("A link for the patient", body).of(&by.name))
}

/// A link.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    link: String,
}

/// `POST /patients/{id}/links/revoke`: takes a link back; all of them when none is named.
///
/// # Errors
/// It is not for the caller, there is no such link, or a fault.
pub async fn revoke(
    State(app): State<App>,
    Path(id): Path<String>,
    Checked(signed, which): Checked<Which>,
) -> Result<Redirect, Problem> {
    let viewer = &signed.caller.viewer;
    let relation = app.clinic.permit(viewer, Action::RevokeLink, &id).await?;
    let now = app.clinic.clock.now();
    if which.link.is_empty() {
        app.identity.revoke_links(&relation.patient, now).await?;
    } else {
        app.identity
            .revoke_link(&relation.patient, &which.link, now)
            .await?;
    }
    Ok(Redirect::to(&format!("/patients/{}", relation.patient)))
}

fn not_good() -> Page {
    Page::new(
        "This link is not valid any more",
        html! { p { "Ask your clinic for a new one. If you feel much worse, or have trouble with your bladder, your bowel or the strength of your legs, do not wait: call the emergency number of your country." } },
    )
    .with(axum::http::StatusCode::GONE)
}

fn thank_you() -> Page {
    Page::new(
        "Thank you",
        html! { p { "Your answers have arrived. You can close this page." } },
    )
}

/// `GET /t/{token}`: asks for the date of birth. It shows nothing of the patient, and looking changes nothing: mail programs look too.
///
/// # Errors
/// Too many links that do not exist, or a fault.
pub async fn task_door(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
) -> Result<Page, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good());
    };
    let now = app.clinic.clock.now();
    Ok(match app.identity.look_at_link(&read, from.0, now).await? {
        LinkState::Task(_) => birth_page(&link, None),
        LinkState::ThankYou => thank_you(),
        LinkState::Page(_) | LinkState::Referral(_) | LinkState::NotGood => not_good(),
    })
}

fn birth_page(link: &str, left: Option<u64>) -> Page {
    let body = html! {
        @if let Some(left) = left {
            div.trouble role="alert" { p { "That is not the date of birth we have. You can try " (left) " more times." } }
        }
        p { "Your clinic asks you a few questions. To show that it is you, enter your date of birth." }
        form method="post" action={ "/t/" (link) } {
            (field("Date of birth", "born", "date", "", "bday"))
            button { "Start" }
        }
    };
    Page::new("Your questions", body)
}

/// A date of birth.
#[derive(Deserialize)]
pub struct Born {
    #[serde(default)]
    born: String,
}

/// `POST /t/{token}`: starts, when the date of birth is right; the address of the page behind it holds no secret.
///
/// # Errors
/// The link is not good, too many tries, or a fault.
pub async fn task_start(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    OpenForm(typed): OpenForm<Born>,
) -> Result<Response, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good().into_response());
    };
    let now = app.clinic.clock.now();
    let LinkState::Task(found) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good().into_response());
    };
    let born = app.clinic.behind_link(&found.patient).await?.born;
    // A date that cannot be read is a wrong one.
    let given = typed.born.trim().parse().unwrap_or(Date::MIN);
    let died = serde_json::json!({ "patient": found.patient, "assignment": found.assignment });
    let told = [cotreat_store::outbox::Message {
        topic: "link_died".to_owned(),
        body: died.to_string().into_bytes(),
        due_at: now,
    }];
    let said = DateOfBirth { given, born };
    let started = app
        .identity
        .start_task(&read, said, &told, from.0, now)
        .await?;
    Ok(match started {
        Start::Opened(session) => {
            let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.set(&session))]);
            (cookie, Redirect::to("/answer")).into_response()
        }
        Start::Wrong { left } => birth_page(&link, Some(left))
            .with(axum::http::StatusCode::UNAUTHORIZED)
            .into_response(),
        Start::Died => not_good().into_response(),
    })
}

/// `GET /answer`: the questions, with what was answered and not sent.
///
/// # Errors
/// This is not a task, or a fault.
pub async fn task(State(app): State<App>, open: LinkPage) -> Result<Page, Problem> {
    let (place, _) = open.task()?;
    let asked = app.clinic.asked(place).await?;
    let draft = app.identity.draft(&open.session).await?;
    let seen = draft.as_ref().map_or(0, |draft| draft.version);
    let given: BTreeMap<String, f64> = draft
        .and_then(|draft| serde_json::from_slice(&draft.body).ok())
        .unwrap_or_default();
    let instrument = &app.clinic.knowledge.instruments[asked];
    Ok(questions(&app, &open, instrument, seen, &given, None))
}

fn questions(
    app: &App,
    open: &LinkPage,
    instrument: &Instrument,
    seen: u64,
    given: &BTreeMap<String, f64>,
    trouble: Option<&str>,
) -> Page {
    let csrf = token(&app.identity.forms_of_link(&open.session.link));
    let body = html! {
        @if let Some(trouble) = trouble { div.trouble role="alert" { p { (trouble) } } }
        form method="post" action="/answer" {
            input type="hidden" name="csrf" value=(csrf);
            input type="hidden" name="seen" value=(seen);
            @for item in &instrument.items { (question(item, given.get(&item.id).copied())) }
            p {
                button name="do" value="send" { "Send the answers" } " "
                button.second name="do" value="keep" { "Keep them and go on later" }
            }
        }
        p.hint { (instrument.licence) }
    };
    Page::new(instrument.name.clone(), body)
}

/// One item: choices where the answers have words, else a number.
fn question(item: &Item, given: Option<f64>) -> Markup {
    let text = item.text.as_deref();
    let asked = text.unwrap_or(
        "The words of this question may not be shown here; your clinic has them on paper",
    );
    let all = item.max - item.min;
    html! {
        @if item.labels.is_empty() && all > 10 {
            p.field {
                label for={ "item-" (item.id) } { (asked) span.hint { " (" (item.min) " to " (item.max) ")" } }
                input id={ "item-" (item.id) } name={ "item." (item.id) } type="number" min=(item.min) max=(item.max) value=[given];
            }
        } @else {
            fieldset {
                legend { (asked) }
                @for (at, answer) in (item.min..=item.max).enumerate() {
                    label {
                        input type="radio" name={ "item." (item.id) } value=(answer) checked[given == Some(f64::from(answer))];
                        " " (answer)
                        @if let Some(label) = item.labels.get(at) { ": " (label) }
                    }
                }
            }
        }
    }
}

/// `POST /answer`: keeps the answers, or sends them in.
///
/// # Errors
/// An answer cannot be read, another window wrote since, the rules refuse it, or a fault.
pub async fn task_save(
    State(app): State<App>,
    LinkForm(open, fields): LinkForm,
) -> Result<Response, Problem> {
    let (place, viewer) = open.task()?;
    let now = app.clinic.clock.now();
    let asked = app.clinic.asked(place).await?;
    let instrument = &app.clinic.knowledge.instruments[asked];
    let given = answers(instrument, &fields);
    let seen = fields.get("seen").and_then(|seen| seen.parse().ok());
    let seen = seen.unwrap_or(0);
    let body = serde_json::to_vec(&given).unwrap_or_default();
    let kept = match app
        .identity
        .keep_draft(&open.session, seen, &body, now)
        .await
    {
        Ok(kept) => kept,
        // Nothing typed is lost: both stand on the page, what is here in the form and what is there under its version.
        Err(Refused::Store(cotreat_store::Error::Conflict { found, .. })) => {
            let says = "You answered in another window too. What you see are the answers of this window; sending keeps these.";
            let page = questions(&app, &open, instrument, found, &given, Some(says));
            return Ok(page.with(axum::http::StatusCode::CONFLICT).into_response());
        }
        Err(refused) => return Err(refused.into()),
    };
    if fields.get("do").map(String::as_str) != Some("send") {
        let page = questions(
            &app,
            &open,
            instrument,
            kept,
            &given,
            Some("Kept. You can close this page; the link in your message brings you back."),
        );
        return Ok(page.into_response());
    }
    match app.clinic.answered(&viewer, place, given.clone()).await {
        Ok(batch) => {
            app.identity.send_in(&open.session, &[batch], now).await?;
            let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.clear())]);
            Ok((cookie, thank_you()).into_response())
        }
        Err(crate::clinic::Refused::Care(refusal)) => {
            let says = refusal.to_string();
            let page = questions(&app, &open, instrument, kept, &given, Some(&says));
            Ok(page
                .with(axum::http::StatusCode::UNPROCESSABLE_ENTITY)
                .into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}

/// The answers among the fields; what is no number was not answered.
fn answers(instrument: &Instrument, fields: &BTreeMap<String, String>) -> BTreeMap<String, f64> {
    let answer = |item: &Item| {
        let typed = fields.get(&format!("item.{}", item.id))?;
        let number: f64 = typed.trim().parse().ok()?;
        number.is_finite().then(|| (item.id.clone(), number))
    };
    instrument.items.iter().filter_map(answer).collect()
}

/// `GET /p/{token}`: offers to send a code.
///
/// # Errors
/// Too many links that do not exist, or a fault.
pub async fn page_door(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
) -> Result<Page, Problem> {
    let Some(read) = Token::read(&link) else {
        return Ok(not_good());
    };
    let now = app.clinic.clock.now();
    Ok(match app.identity.look_at_link(&read, from.0, now).await? {
        LinkState::Page(_) => Page::new(
            "Your record",
            html! {
                p { "We send a code to the e-mail address that your clinic has of you. It is good for ten minutes." }
                form method="post" action={ "/p/" (link) } { button { "Send me a code" } }
            },
        ),
        LinkState::Task(_) | LinkState::Referral(_) | LinkState::ThankYou | LinkState::NotGood => {
            not_good()
        }
    })
}

/// `POST /p/{token}`: sends a code.
///
/// # Errors
/// The link is not good, enough codes were sent, there is no address, or a fault.
pub async fn page_code(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    OpenForm(_): OpenForm<super::sign_in::Nothing>,
) -> Result<Page, Problem> {
    let read = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let LinkState::Page(found) = app.identity.look_at_link(&read, from.0, now).await? else {
        return Ok(not_good());
    };
    let identity = app.clinic.behind_link(&found.patient).await?;
    let Some(email) = identity.email else {
        return Err(Problem::unreadable(
            "Your clinic has no e-mail address of you, so that no code can be sent. Ask them to add one.",
        ));
    };
    let letter = |code: &str| Letter::code(&email, "Cotreat", code).message(now);
    app.identity.send_code(&read, letter, from.0, now).await?;
    Ok(code_page(&link, None))
}

fn code_page(link: &str, trouble: Option<String>) -> Page {
    let body = html! {
        @if let Some(trouble) = trouble { div.trouble role="alert" { p { (trouble) } } }
        form method="post" action={ "/p/" (link) "/open" } {
            (field("The code from the e-mail", "code", "text", "", "one-time-code"))
            button { "Open my record" }
        }
        form method="post" action={ "/p/" (link) } { p { button.second { "Send another code" } } }
    };
    Page::new("Your record", body)
}

/// A code.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /p/{token}/open`.
///
/// # Errors
/// The link is not good, or a fault.
pub async fn page_open(
    State(app): State<App>,
    from: Peer,
    Path(link): Path<String>,
    OpenForm(typed): OpenForm<Code>,
) -> Result<Response, Problem> {
    let read = Token::read(&link).ok_or(Refused::Gone)?;
    let now = app.clinic.clock.now();
    let wrong = |says: String| {
        code_page(&link, Some(says))
            .with(axum::http::StatusCode::UNAUTHORIZED)
            .into_response()
    };
    Ok(
        match app.identity.visit(&read, &typed.code, from.0, now).await? {
            Visit::Opened(session) => {
                let cookie = AppendHeaders([(header::SET_COOKIE, Jar::Patient.set(&session))]);
                (cookie, Redirect::to("/my-record")).into_response()
            }
            Visit::Wrong { left } => wrong(format!(
                "That is not the code. You can try {left} more times."
            )),
            Visit::NoCode => {
                wrong("That code is not good any more. Have a new one sent.".to_owned())
            }
        },
    )
}

/// `GET /my-record`: the patient's own page: who they are here, the agreed plan, and who looked.
///
/// # Errors
/// This is not a page link, or a fault.
pub async fn my_record(State(app): State<App>, open: LinkPage) -> Result<Page, Problem> {
    let caller = open.page()?;
    let patient = open.session.link.patient.clone();
    let person = app.clinic.person(&caller, &patient).await?;
    let mut plans = Vec::new();
    for one in person.episodes.iter().filter(|one| one.closed_on.is_none()) {
        plans.push(app.clinic.agreed_plan(&caller, &one.episode).await?);
    }
    let csrf = token(&app.identity.forms_of_link(&open.session.link));
    let body = html! {
        @for plan in plans.iter().flatten() {
            h2 { "Your plan" }
            @if !plan.goals.is_empty() { p { "What you want to be able to do: " (plan.goals.join("; ")) } }
            ul { @for line in &plan.lines { li { (line) } } }
            @if let Some(review) = plan.review { p { "Looked at again on " (review) } }
            @if !plan.earlier_if.is_empty() { p { "Come earlier if: " (plan.earlier_if.join("; ")) } }
        }
        @if plans.iter().all(Option::is_none) { p { "No plan has been agreed with you yet." } }
        h2 { "Who looked at your record" }
        @for one in &person.glass {
            p.note { (one.at.strftime("%Y-%m-%d %H:%M UTC")) ": somebody outside your care team had to look. They wrote: " (one.reason) }
        }
        ul {
            @for one in &person.openings {
                li { (one.at.strftime("%Y-%m-%d %H:%M UTC")) ", " (one.name.as_deref().unwrap_or("you")) ", for " (super::purpose(one.purpose)) }
            }
        }
        form method="post" action="/my-record/close" {
            input type="hidden" name="csrf" value=(csrf);
            button.second { "Close my record" }
        }
    };
    Ok(Page::new(person.identity.full_name(), body))
}

/// `POST /my-record/close`.
///
/// # Errors
/// A fault.
pub async fn close(
    State(app): State<App>,
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
    let page = Page::new("Closed", html! { p { "You can close this window." } });
    Ok((heads, page).into_response())
}

crate::web::untold!(Born, Code);
