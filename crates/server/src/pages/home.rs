//! The first page after signing in: whom one has in care, and what waits for an answer.

use axum::extract::State;
use cotreat_access::{Action, Viewer};
use cotreat_store::clinic::ask::{ReferralsWanted, Way};
use maud::html;

use crate::web::{App, Page, Problem, Signed, field};

/// `GET /`.
///
/// # Errors
/// The store failed.
pub async fn show(signed: Signed, State(app): State<App>) -> Result<Page, Problem> {
    if let Some(page) = super::places::page(&signed, &app).await? {
        return Ok(page);
    }
    let clinic = &app.clinic;
    let now = clinic.clock.now();
    let viewer = &signed.caller.viewer;
    let (user, organisation) = match viewer {
        Viewer::Staff {
            user, organisation, ..
        } => (user.as_str(), organisation.as_str()),
        _ => return Err(Problem::not_found()),
    };
    let caseload = clinic
        .store
        .caseload(&clinic.access.sight(viewer, Action::SeeRecord), now, user)
        .await?;
    let wanted = ReferralsWanted {
        way: Way::In,
        practitioner: Some(user),
        organisation: Some(organisation),
        over: false,
    };
    let referrals = clinic
        .store
        .referrals(
            &clinic.access.sight(viewer, Action::SeeIdentity),
            now,
            wanted,
        )
        .await?;
    let body = html! {
        form method="get" action="/patients" role="search" {
            (field("Find a patient", "q", "search", "", "off"))
            button { "Find" }
        }
        h2 { "In your care" }
        @if caseload.is_empty() { p { "Nobody at present." } }
        ul {
            @for one in &caseload {
                li {
                    a href={ "/episodes/" (one.episode.episode) } { (one.identity.full_name()) }
                    ", since " (one.episode.opened_on)
                    @if one.episode.appraisal_due_on.is_some() { strong { ", to be looked at again" } }
                }
            }
        }
        h2 { "Referrals to you" }
        @if referrals.is_empty() { p { "None waits." } }
        ul {
            @for one in &referrals {
                li { a href={ "/patients/" (one.patient) } { (one.identity.full_name()) } ", since " (one.since) }
            }
        }
    };
    Ok(Page::new("Today", body).of(&signed.name))
}
