//! Changing what somebody is: roles given and taken away, a new link, no access any more.

use axum::extract::{Path, State};
use axum::response::Redirect;
use cotreat_people::Role;
use cotreat_people::event::Actor;
use cotreat_store::account::SetupWhy;
use serde::Deserialize;

use super::add::handed_over;
use crate::clinic::actor;
use crate::web::{App, Checked, Page, Problem, Signed};

/// A role, and why.
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
    let role = role(&signed, &change.role)?;
    app.clinic.grant(&signed.caller, &user, role).await?;
    Ok(back(&user, "granted"))
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
    let role = role(&signed, &change.role)?;
    app.clinic
        .withdraw(&signed.caller, &user, role, change.reason)
        .await?;
    end_sessions(&app, &user, actor(&signed.caller.viewer)).await?;
    // Who has no role left is no member any more.
    let left = app.clinic.member(&signed.caller, &user).await;
    Ok(match left {
        Ok(_) => back(&user, "withdrawn"),
        Err(_) => Redirect::to("/members"),
    })
}

/// `POST /members/{user}/disable`: they may no longer sign in, and every session of theirs ends.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn disable(
    State(app): State<App>,
    Path(user): Path<String>,
    Checked(signed, change): Checked<Change>,
) -> Result<Redirect, Problem> {
    app.clinic
        .disable(&signed.caller, &user, change.reason)
        .await?;
    end_sessions(&app, &user, actor(&signed.caller.viewer)).await?;
    Ok(back(&user, "disabled"))
}

/// `POST /members/{user}/enable`.
///
/// # Errors
/// It is not for the caller, or the rules refuse it.
pub async fn enable(
    State(app): State<App>,
    Path(user): Path<String>,
    Checked(signed, _): Checked<Change>,
) -> Result<Redirect, Problem> {
    app.clinic.enable(&signed.caller, &user).await?;
    Ok(back(&user, "enabled"))
}

/// `POST /members/{user}/reset`: a new link by which they choose a password. It is shown once, to be handed over; what they sign in with until then stays good.
///
/// # Errors
/// It is not for the caller, or a fault.
pub async fn reset(
    State(app): State<App>,
    Path(user): Path<String>,
    Checked(signed, _): Checked<Change>,
) -> Result<Page, Problem> {
    app.clinic.may_reset(&signed.caller, &user).await?;
    let member = app.clinic.member(&signed.caller, &user).await?;
    let by = actor(&signed.caller.viewer);
    let link = app.reset_link(&user, SetupWhy::Reset, by).await?;
    Ok(handed_over(&signed, &member.account.name, &link))
}

async fn end_sessions(app: &App, user: &str, by: Actor) -> Result<(), Problem> {
    let now = app.clinic.clock.now();
    app.identity.end_sessions(user, None, by, now).await?;
    Ok(())
}

fn role(signed: &Signed, typed: &str) -> Result<Role, Problem> {
    let words = &signed.words;
    Role::of(typed).ok_or_else(|| {
        let label = words.say("role");
        Problem::unreadable(words.say_with("field-not-chosen", &[("label", label.into())]))
    })
}

fn back(user: &str, done: &str) -> Redirect {
    Redirect::to(&format!("/members/{user}?done={done}"))
}
