//! Finding patients, and registering them.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use cotreat_people::Identity;
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::{Alike, Registered};
use crate::web::{App, Checked, Page, Problem, Signed, field};

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
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
    Query(typed): Query<Typed>,
) -> Result<Page, Problem> {
    let typed = typed.q.trim();
    let found = if typed.is_empty() {
        Vec::new()
    } else {
        app.clinic.find(&signed.caller, typed).await?
    };
    let body = html! {
        form method="get" action="/patients" role="search" {
            (field("Name, date of birth, telephone or number", "q", "search", typed, "off"))
            button { "Find" }
            " "
            a href="/patients/new" { "Register somebody new" }
        }
        @if !typed.is_empty() {
            h2 { (count(found.len())) }
            ul {
                @for one in &found {
                    li { a href={ "/patients/" (one.patient) } { (one.identity.full_name()) } ", born " (one.identity.born) }
                }
            }
            @if found.is_empty() {
                p { "Only patients whom you may find are listed. If this patient is in front of you in an emergency, open the record by its number and break the glass." }
            }
        }
    };
    Ok(Page::new("Patients", body).of(&signed.name))
}

fn count(found: usize) -> String {
    match found {
        0 => "Nobody was found".to_owned(),
        1 => "One patient".to_owned(),
        many => format!("{many} patients"),
    }
}

/// What is asked about a patient.
#[derive(Debug, Default, Deserialize)]
pub struct Typing {
    #[serde(default)]
    given_name: String,
    #[serde(default)]
    family_name: String,
    #[serde(default)]
    born: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    number_elsewhere: String,
    /// "Yes, this is somebody else."
    #[serde(default)]
    somebody_else: String,
    /// Why it is corrected.
    #[serde(default)]
    pub(super) reason: String,
}

impl Typing {
    /// Who it is, if it can be read.
    pub(super) fn identity(&self) -> Result<Identity, Problem> {
        let born = self.born.trim();
        let born = born.parse().map_err(|_| {
            Problem::unreadable(format!(
                "The date of birth `{}` cannot be read. Write it as year-month-day: 1980-05-01.",
                born.chars().take(40).collect::<String>()
            ))
        })?;
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Identity {
            family_name: self.family_name.trim().to_owned(),
            given_name: self.given_name.trim().to_owned(),
            born,
            phone: given(&self.phone),
            email: given(&self.email),
            address: given(&self.address.replace("\r\n", "\n")),
            language: given(&self.language),
            number_elsewhere: given(&self.number_elsewhere),
        })
    }

    pub(super) fn of(identity: &Identity) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            given_name: identity.given_name.clone(),
            family_name: identity.family_name.clone(),
            born: identity.born.to_string(),
            phone: text(&identity.phone),
            email: text(&identity.email),
            address: text(&identity.address),
            language: text(&identity.language),
            number_elsewhere: text(&identity.number_elsewhere),
            ..Self::default()
        }
    }

    pub(super) fn fields(&self) -> Markup {
        html! {
            (field("Given names", "given_name", "text", &self.given_name, "off"))
            (field("Family name", "family_name", "text", &self.family_name, "off"))
            (field("Date of birth", "born", "date", &self.born, "off"))
            (field("Telephone (optional)", "phone", "tel", &self.phone, "off"))
            (field("E-mail (optional)", "email", "email", &self.email, "off"))
            p.field {
                label for="address" { "Address (optional)" }
                textarea id="address" name="address" rows="3" { (self.address) }
            }
            (field("Language, such as en or es (optional)", "language", "text", &self.language, "off"))
            (field("Number in another system (optional)", "number_elsewhere", "text", &self.number_elsewhere, "off"))
        }
    }
}

/// `GET /patients/new`: asks who it is.
pub async fn ask(signed: Signed) -> Page {
    form(&signed.csrf(), &Typing::default(), &[]).of(&signed.name)
}

fn form(csrf: &str, typed: &Typing, alike: &[Alike]) -> Page {
    let body = html! {
        @if !alike.is_empty() {
            div.trouble role="alert" {
                h2 { "Is it one of these?" }
                ul {
                    @for one in alike {
                        li {
                            a href={ "/patients/" (one.patient) } { (one.identity.full_name()) }
                            ", born " (one.identity.born) ": " (words(one))
                        }
                    }
                }
            }
        }
        form method="post" action="/patients" {
            input type="hidden" name="csrf" value=(csrf);
            (typed.fields())
            @if !alike.is_empty() {
                p { label { input type="checkbox" name="somebody_else" value="yes"; " This is somebody else" } }
            }
            button { "Register" }
        }
    };
    Page::new("Register a patient", body)
}

fn words(alike: &Alike) -> String {
    let because: Vec<String> = alike
        .likeness
        .because
        .iter()
        .map(ToString::to_string)
        .collect();
    because.join(", ")
}

/// `POST /patients`: registers somebody, or asks whether they are registered already.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn register(
    State(app): State<App>,
    Checked(signed, typed): Checked<Typing>,
) -> Result<Response, Problem> {
    let identity = typed.identity()?;
    let somebody_else = !typed.somebody_else.is_empty();
    match app
        .clinic
        .register(&signed.caller, identity, somebody_else)
        .await?
    {
        // Not a redirection: a clinician who registers somebody is not in their care team yet, and sees them once they take them on.
        Registered::New(id) => Ok(registered(&app, &signed, &id, &typed)
            .await?
            .into_response()),
        Registered::Alike(alike) => {
            let page = form(&signed.csrf(), &typed, &alike).of(&signed.name);
            Ok(page.with(StatusCode::CONFLICT).into_response())
        }
    }
}

/// Who was registered, and the first thing to do with them.
async fn registered(app: &App, signed: &Signed, id: &str, typed: &Typing) -> Result<Page, Problem> {
    let begin = super::episode::begin_form(app, signed, id).await?;
    let body = html! {
        dl {
            dt { "Name" } dd { (typed.given_name.trim()) " " (typed.family_name.trim()) }
            dt { "Born" } dd { (typed.born.trim()) }
            dt { "Number" } dd.code { (id) }
        }
        (begin)
        p { a href={ "/patients/" (id) } { "To the patient" } }
    };
    Ok(Page::new("Registered", body)
        .of(&signed.name)
        .with(StatusCode::CREATED))
}
