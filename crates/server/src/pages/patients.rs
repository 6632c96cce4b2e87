//! Finding patients, and registering them.

mod typed;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use cotreat_ui::{
    CaseRow, Field, Fields, Kind, Tone, Words, button, caseload, empty, hidden, notice, toolbar,
};
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::{Alike, Registered};
use crate::web::{App, Checked, Page, Problem, Signed};

pub(super) use typed::{Typed, inputs};

/// A form as it was sent: names may come more than once.
pub(super) type Pairs = Vec<(String, String)>;

/// A field that is there twice was not sent from a page of ours; only ticks come more than once, and the forms that are read with this have none.
pub(super) fn once(pairs: &[(String, String)]) -> Result<(), Problem> {
    let names: std::collections::BTreeSet<&str> =
        pairs.iter().map(|(name, _)| name.as_str()).collect();
    if names.len() == pairs.len() {
        return Ok(());
    }
    Err(Problem::said(
        StatusCode::BAD_REQUEST,
        "problem-unreadable",
        "problem-field-twice",
    ))
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    /// Name, date of birth, telephone or number.
    #[serde(default)]
    q: String,
}

/// `GET /patients`: finds patients.
///
/// # Errors
/// The store failed.
pub async fn find(
    signed: Signed,
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let wanted = wanted.q.trim();
    let found = if wanted.is_empty() {
        Vec::new()
    } else {
        app.clinic.find(&signed.caller, wanted).await?
    };
    let rows: Vec<CaseRow> = found
        .iter()
        .map(|one| CaseRow {
            name: one.identity.full_name(),
            address: format!("/patients/{}", one.patient),
            facts: facts(&one.identity, words),
            tags: Vec::new(),
            next: None,
        })
        .collect();
    let body = html! {
        (search(wanted, words))
        @if signed.may(&app, cotreat_access::Action::RegisterPatient) {
            p class="govuk-body" { a class="govuk-link" href="/patients/new" { (words.say("register-new")) } }
        }
        @if !wanted.is_empty() {
            h2 class="govuk-heading-m" { (words.say_with("found", &[("n", found.len().into())])) }
            (caseload(&rows))
            @if found.is_empty() { (empty(&words.say("found-none"), html! { p class="govuk-body" { (words.say("found-none-says")) } })) }
        }
    };
    let frame = signed.frame(words.say("menu-patients")).at("/patients");
    Ok(Page::whole(frame.page(body)))
}

/// The search that stands on the first pages of staff.
pub(super) fn search(wanted: &str, words: &Words) -> Markup {
    let mut fields = Fields::new(words);
    fields.set("q", wanted);
    let field = Field::new("q", words.say("search-label"))
        .hint(words.say("search-hint"))
        .kind(Kind::Search)
        .autocomplete("off");
    html! {
        form method="get" action="/patients" role="search" data-plain {
            (fields.text(&field))
            (button(&words.say("search-do")))
        }
    }
}

/// What tells patients of one name apart.
fn facts(identity: &cotreat_people::Identity, words: &Words) -> Vec<String> {
    let born = words.short_date(identity.born);
    let mut facts = vec![words.say_with("born-on", &[("day", born.into())])];
    if let Some(number) = &identity.number_elsewhere {
        facts.push(words.say_with("number-is", &[("number", number.into())]));
    }
    facts
}

/// `GET /patients/new`: asks who it is.
///
/// # Errors
/// It is not for the caller.
pub async fn ask(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    app.clinic.may_register(&signed.caller)?;
    Ok(form(&signed, &Fields::new(&signed.words), &[]))
}

/// The form, with whoever may be the same patient.
pub(super) fn form(signed: &Signed, fields: &Fields, alike: &[Alike]) -> Page {
    let words = &signed.words;
    let somebody_else = Field::new("somebody_else", words.say("alike-somebody-else"))
        .hint(words.say("alike-somebody-else-hint"));
    let body = html! {
        (fields.summary())
        @if !alike.is_empty() { (likely(alike, words)) }
        form method="post" action="/patients" data-guard {
            (hidden("csrf", &signed.csrf()))
            (typed::inputs(fields, words))
            @if !alike.is_empty() { (fields.tick(&somebody_else, "yes")) }
            (toolbar(&[
                button(&words.say("register-do")),
                html! { a class="govuk-link" href="/patients" { (words.say("cancel")) } },
            ]))
        }
    };
    let frame = signed.frame(words.say("register-title"));
    Page::whole(
        frame
            .back("/patients")
            .at("/patients/new")
            .checked(fields)
            .page(body),
    )
}

fn likely(alike: &[Alike], words: &Words) -> Markup {
    let rows: Vec<CaseRow> = alike
        .iter()
        .map(|one| CaseRow {
            name: one.identity.full_name(),
            address: format!("/patients/{}", one.patient),
            facts: facts(&one.identity, words),
            tags: Vec::new(),
            next: Some(same(one, words)),
        })
        .collect();
    notice(
        words,
        Tone::Stop,
        html! {
            p class="govuk-notification-banner__heading" { (words.say("alike-title")) }
            (caseload(&rows))
        },
    )
}

/// What is the same, in words.
fn same(alike: &Alike, words: &Words) -> String {
    use cotreat_people::likeness::Sameness;
    let of = |what: &Sameness| {
        words.say(match what {
            Sameness::SameName => "same-name",
            Sameness::NamesAlike => "names-alike",
            Sameness::NamesSwapped => "names-swapped",
            Sameness::OtherGivenName => "other-given-name",
            Sameness::OtherFamilyName => "other-family-name",
            Sameness::SameBirth => "same-birth",
            Sameness::BirthSwapped => "birth-swapped",
            Sameness::BirthOneDigit => "birth-one-digit",
            Sameness::OtherBirth => "other-birth",
            Sameness::SamePhone => "same-phone",
            Sameness::SameEmail => "same-email",
            Sameness::SameNumber => "same-number",
        })
    };
    let all: Vec<String> = alike.likeness.because.iter().map(of).collect();
    words.say_with("same-is", &[("what", words.list(&all).into())])
}

/// `POST /patients`: registers somebody, or asks whether they are registered already.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn register(
    State(app): State<App>,
    Checked(signed, pairs): Checked<Pairs>,
) -> Result<Response, Problem> {
    app.clinic.may_register(&signed.caller)?;
    once(&pairs)?;
    let mut typed = Typed::read(&signed.words, pairs);
    let Some(identity) = typed.identity() else {
        return Ok(refused(&signed, &typed.fields));
    };
    let somebody_else = !typed.fields.get("somebody_else").is_empty();
    match app
        .clinic
        .register(&signed.caller, identity.clone(), somebody_else)
        .await
    {
        // Not a redirection: a clinician who registers somebody is not in their care team yet, and sees them once they take them on.
        Ok(Registered::New(id)) => {
            let page = registered(&app, &signed, &id, &identity).await?;
            Ok(page.into_response())
        }
        Ok(Registered::Alike(alike)) => {
            let page = form(&signed, &typed.fields, &alike);
            Ok(page.with(StatusCode::CONFLICT).into_response())
        }
        Err(crate::clinic::Refused::People(refusal)) => {
            typed.refused(&refusal);
            Ok(refused(&signed, &typed.fields))
        }
        Err(refused) => Err(refused.into()),
    }
}

/// The form once more, with everything that was typed.
fn refused(signed: &Signed, fields: &Fields) -> Response {
    let page = form(signed, fields, &[]);
    page.with(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}

/// Who was registered, and the first thing to do with them.
async fn registered(
    app: &App,
    signed: &Signed,
    id: &str,
    identity: &cotreat_people::Identity,
) -> Result<Page, Problem> {
    let words = &signed.words;
    let begin = super::patient::begin_form(app, signed, id).await;
    let body = html! {
        (super::patient::who(identity, id, words))
        (begin)
        p class="govuk-body" { a class="govuk-link" href={ "/patients/" (id) } { (words.say("to-the-patient")) } }
    };
    let done = notice(
        words,
        Tone::Good,
        html! { p class="govuk-notification-banner__heading" { (words.say("registered-says")) } },
    );
    let frame = signed.frame(identity.full_name()).notice(done);
    Ok(Page::whole(frame.page(body)).with(StatusCode::CREATED))
}
