//! Whoever works in an organisation, and the organisation itself.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_people::Role;
use cotreat_people::event::{Account, Qualification};
use maud::{Markup, html};
use serde::Deserialize;

use crate::clinic::actor;
use crate::web::{App, Checked, Page, Problem, Signed, field};

/// `GET /members`.
///
/// # Errors
/// It is not for the caller, or the store failed.
pub async fn list(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    let members = app.clinic.members(&signed.caller).await?;
    let organisation = app.clinic.organisation(&signed.caller).await?;
    let csrf = signed.csrf();
    let body = html! {
        dl {
            dt { "Organisation" } dd { (organisation.settings.name) }
            dt { "Scope of practice" } dd { (organisation.settings.jurisdiction) }
            dt { "Time zone" } dd { (organisation.settings.time_zone) }
            dt { "Answers for privacy" } dd { (organisation.privacy_officer.as_deref().unwrap_or("nobody yet: name somebody")) }
        }
        div.wide tabindex="0" {
            table {
                tr { th { "Name" } th { "Profession" } th { "Is here" } }
                @for one in &members {
                    tr {
                        td { (one.account.name) @if one.disabled { " (may not sign in)" } }
                        td { (one.account.qualification.as_ref().map_or("", |q| q.profession.as_str())) }
                        td { (roles(&one.roles)) }
                    }
                }
            }
        }
        h2 { "Add somebody" }
        form method="post" action="/members" {
            input type="hidden" name="csrf" value=(csrf);
            (field("Name", "name", "text", "", "off"))
            (field("E-mail, by which they sign in", "email", "email", "", "off"))
            (field("Profession, as the knowledge calls it (for whoever treats)", "profession", "text", "", "off"))
            (field("Hours of training (optional)", "training_hours", "number", "", "off"))
            (field("Practising since, year (optional)", "practising_since", "number", "", "off"))
            (role_choice())
            button { "Add, and make a link to sign in" }
        }
    };
    Ok(Page::new("People", body).of(&signed.name))
}

fn roles(roles: &std::collections::BTreeSet<Role>) -> String {
    let words: Vec<String> = roles.iter().map(ToString::to_string).collect();
    words.join(", ")
}

fn role_choice() -> Markup {
    html! {
        p.field {
            label for="role" { "Is here" }
            select id="role" name="role" {
                @for role in Role::ALL { option value=(role.id()) { (role) } }
            }
        }
    }
}

/// Somebody new.
#[derive(Debug, Deserialize)]
pub struct New {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    profession: String,
    #[serde(default)]
    training_hours: String,
    #[serde(default)]
    practising_since: String,
    #[serde(default)]
    role: String,
}

/// `POST /members`: adds somebody, and shows the link by which they sign in for the first time. It is shown once.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn add(
    State(app): State<App>,
    Checked(signed, new): Checked<New>,
) -> Result<Response, Problem> {
    let role = role(&new.role)?;
    let profession = new.profession.trim();
    let qualification = (!profession.is_empty())
        .then(|| {
            Ok::<_, Problem>(Qualification {
                profession: profession.to_owned(),
                training_hours: number(&new.training_hours, "hours of training")?,
                practising_since: number(&new.practising_since, "year")?,
                ..Qualification::default()
            })
        })
        .transpose()?;
    if !profession.is_empty() && app.clinic.knowledge.professions.find(profession).is_none() {
        return Err(Problem::unreadable(format!(
            "The knowledge has no profession `{profession}`. `cotreat explain` lists them."
        )));
    }
    let account = Account {
        name: new.name.trim().to_owned(),
        email: new.email.trim().to_owned(),
        qualification,
    };
    let user = app.clinic.add_user(&signed.caller, account, role).await?;
    let link = app.setup_link(&user, actor(&signed.caller.viewer)).await?;
    let body = html! {
        p { "Give this link to " (new.name) ". It works once, within a day, and is not shown again:" }
        p.code { (link) }
        p { a href="/members" { "To the people" } }
    };
    Ok(Page::new("Added", body).of(&signed.name).into_response())
}

/// A role.
#[derive(Debug, Deserialize)]
pub struct Change {
    #[serde(default)]
    role: String,
    #[serde(default)]
    reason: String,
}

/// `POST /members/{user}/grant`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn grant(
    State(app): State<App>,
    Path(user): Path<String>,
    Checked(signed, change): Checked<Change>,
) -> Result<Redirect, Problem> {
    let role = role(&change.role)?;
    app.clinic.grant(&signed.caller, &user, role).await?;
    Ok(Redirect::to("/members"))
}

/// `POST /members/{user}/withdraw`: takes a role away. Every session of theirs ends with it.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn withdraw(
    State(app): State<App>,
    Path(user): Path<String>,
    Checked(signed, change): Checked<Change>,
) -> Result<Redirect, Problem> {
    let role = role(&change.role)?;
    app.clinic
        .withdraw(&signed.caller, &user, role, change.reason)
        .await?;
    let now = app.clinic.clock.now();
    let by = actor(&signed.caller.viewer);
    app.identity.end_sessions(&user, None, by, now).await?;
    Ok(Redirect::to("/members"))
}

fn role(typed: &str) -> Result<Role, Problem> {
    Role::of(typed).ok_or_else(|| {
        Problem::unreadable("There is no such role. Choose clinician, front_desk, owner, researcher, operator or integrator.")
    })
}

fn number<N: std::str::FromStr>(typed: &str, what: &str) -> Result<Option<N>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    N::from_str(typed)
        .map(Some)
        .map_err(|_| Problem::unreadable(format!("The {what} cannot be read as a number.")))
}
