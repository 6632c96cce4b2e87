//! Who wrote by the clinic's public page and is no patient yet: taken in with one press, or turned away.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_care::event::Said;
use cotreat_ui::{
    Button, Choice, Field, Fields, Row, Tone, details, empty, hidden, notice, summary_list, toolbar,
};
use maud::{Markup, html};

use crate::clinic::{Alike, Refused, TakenIn, Waiting, who};
use crate::web::{App, Checked, Page, Problem, Signed};

/// `GET /inquiries`.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn list(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    shown(&app, &signed, None, None).await
}

async fn shown(
    app: &App,
    signed: &Signed,
    alike: Option<(&str, &[Alike])>,
    said: Option<Markup>,
) -> Result<Page, Problem> {
    let waiting = app.clinic.waiting(&signed.caller).await?;
    let words = &signed.words;
    let clinicians = match who(&signed.caller.viewer) {
        cotreat_care::event::Who::Practitioner { .. } => Vec::new(),
        _ => {
            let found = app.clinic.clinicians(&signed.caller).await;
            found.unwrap_or_default()
        }
    };
    let clinicians: Vec<Choice> = clinicians
        .iter()
        .filter_map(|one| Some(Choice::new(one.id()?, one.name())))
        .collect();
    let address = format!("{}/start/{}", app.origin, signed.works_at.organisation);
    let body = html! {
        p class="govuk-body" { (words.say("inquiries-lead")) " " a class="govuk-link" href=(address) { (address) } }
        @if waiting.is_empty() { (empty(&words.say("inquiries-none"), html! { p { (words.say("inquiries-none-says")) } })) }
        @for one in &waiting {
            @let alike = alike.filter(|(id, _)| *id == one.id).map(|(_, alike)| alike);
            (inquiry(app, signed, one, alike, &clinicians))
        }
    };
    let mut frame = signed.frame(words.say("inquiries-title")).at("/inquiries");
    if let Some(said) = said {
        frame = frame.notice(said);
    }
    Ok(Page::whole(frame.page(body)))
}

fn inquiry(
    app: &App,
    signed: &Signed,
    one: &Waiting,
    alike: Option<&[Alike]>,
    clinicians: &[Choice],
) -> Markup {
    let words = &signed.words;
    let identity = &one.left.identity;
    let told = |word: &str, value: &str| Row::new(words.say(word), html! { (value) });
    let mut rows = vec![
        told("born", &words.date(identity.born)),
        Row::new(
            words.say("inquiry-sent"),
            html! { (words.moment(one.sent_at.to_zoned(signed.zone()).datetime())) },
        ),
    ];
    for (word, value) in [
        ("start-phone", &identity.phone),
        ("start-email", &identity.email),
    ] {
        if let Some(value) = value {
            rows.push(told(word, value));
        }
    }
    if !one.left.says.is_empty() {
        rows.push(told("start-says", &one.left.says));
    }
    let fields = Fields::new(words);
    html! {
        section class="ct-callout" {
            h2 class="govuk-heading-m" { (identity.full_name()) }
            (summary_list(words, &rows))
            (answers(app, signed, one))
            @if let Some(alike) = alike {
                (notice(words, Tone::Watch, html! {
                    p { (words.say("inquiry-alike")) }
                    ul { @for other in alike { li { a class="govuk-link" href={ "/patients/" (other.patient) } { (other.identity.full_name()) ", " (words.date(other.identity.born)) } } } }
                }))
            }
            form method="post" action="/inquiries" {
                (hidden("csrf", &signed.csrf()))
                (hidden("inquiry", &one.id))
                @if alike.is_some() { (hidden("somebody_else", "yes")) }
                @if !clinicians.is_empty() {
                    (fields.select(&Field::new(format!("clinician-{}", one.id), words.say("inquiry-clinician")), clinicians))
                }
                (toolbar(&[
                    if alike.is_some() {
                        html! { (Button::new(words.say("inquiry-somebody-else")).sends("does", "take")) }
                    } else {
                        html! { (Button::new(words.say("inquiry-take")).sends("does", "take")) }
                    },
                    html! { (Button::new(words.say("inquiry-away")).second().sends("does", "away")) },
                ]))
            }
        }
    }
}

/// What they answered with anything but no, for whoever may see what is clinical; others see that it is there.
fn answers(app: &App, signed: &Signed, one: &Waiting) -> Markup {
    let words = &signed.words;
    let clinical = matches!(
        who(&signed.caller.viewer),
        cotreat_care::event::Who::Practitioner { .. }
    );
    let findings = &app.clinic.knowledge.findings;
    let said: Vec<&str> = one
        .left
        .intake
        .answers
        .iter()
        .filter(|(_, said)| **said == Said::Yes)
        .filter_map(|(id, _)| findings.find(id))
        .map(|found| findings[found].name.as_str())
        .collect();
    html! {
        @if clinical {
            (details(&words.say("inquiry-answers"), html! {
                @if said.is_empty() { p { (words.say("inquiry-all-no")) } }
                ul { @for name in said { li { (name) } } }
            }))
        }
    }
}

/// `POST /inquiries`: takes somebody in as a patient with an episode, or turns them away.
///
/// # Errors
/// It is not for the caller, somebody took them in before, or a fault.
pub async fn decide(
    State(app): State<App>,
    Checked(signed, sent): Checked<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    app.clinic.may_register(&signed.caller)?;
    let words = &signed.words;
    let told = |name: &str| sent.get(name).map_or("", String::as_str);
    let inquiry = told("inquiry");
    if inquiry.is_empty() {
        return Err(Problem::unreadable(words.say("inquiry-which")));
    }
    if told("does") == "away" {
        app.clinic.turn_away(&signed.caller, inquiry).await?;
        return Ok(Redirect::to("/inquiries").into_response());
    }
    // Each form of the page has a name of its own for its list, as labels lead to fields by their names.
    let clinician = format!("clinician-{inquiry}");
    let clinician = Some(told(&clinician)).filter(|one| !one.is_empty());
    let somebody_else = told("somebody_else") == "yes";
    let taken = app
        .clinic
        .take_in(&signed.caller, inquiry, clinician, somebody_else)
        .await;
    match taken {
        Ok(TakenIn::Patient(patient)) => {
            Ok(Redirect::to(&format!("/patients/{patient}")).into_response())
        }
        Ok(TakenIn::Alike(alike)) => {
            let page = shown(&app, &signed, Some((inquiry, &alike)), None).await?;
            Ok(page.with(StatusCode::CONFLICT).into_response())
        }
        Err(Refused::Care(refusal)) => {
            let says = notice(words, Tone::Stop, html! { p { (refusal) } });
            let page = shown(&app, &signed, None, Some(says)).await?;
            Ok(page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(refused) => Err(refused.into()),
    }
}
