//! Who is at the other end.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use cotreat_access::{Action, Resource, Viewer};
use cotreat_people::Role;
use cotreat_store::account::{LinkKind, LinkSession};
use cotreat_store::clinic::ask::Organisation;
use cotreat_ui::{self as menu, Frame, Staff, Words};
use jiff::tz::TimeZone;

use super::{App, Problem, language};
use crate::clinic::{Caller, Place, ReferralPlace};
use crate::identity::cookie::Jar;
use crate::identity::csrf::FormSecret;
use crate::identity::session::Seen;
use crate::identity::settings::SecondFactor;
use crate::identity::{Here, SessionState, Token};

/// Somebody who has a session, however it stands.
#[derive(Clone, Debug)]
pub struct Visitor(pub Here);

/// Somebody who works here, signed in and acting for an organisation.
#[derive(Clone, Debug)]
pub struct Signed {
    /// As the clinic knows them.
    pub caller: Caller,
    /// Their name.
    pub name: String,
    /// Their session.
    pub here: Here,
    /// The organisation they act for.
    pub works_at: Organisation,
    /// The words in the language they read.
    pub words: Words,
}

impl Signed {
    /// The frame of a page for them.
    #[must_use]
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        Frame::new(&self.words, title).staff(self.staff())
    }

    /// As the frame of their pages shows them.
    #[must_use]
    pub fn staff(&self) -> Staff {
        let roles = match &self.caller.viewer {
            Viewer::Staff { roles, .. } => roles.iter().copied().filter_map(role).collect(),
            _ => Vec::new(),
        };
        Staff {
            name: self.name.clone(),
            organisation: self.works_at.settings.name.clone(),
            roles,
        }
    }

    /// The time zone of the organisation they act for.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.works_at.settings.time_zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether the policies let them do something that belongs to their organisation.
    #[must_use]
    pub fn may(&self, app: &App, action: Action) -> bool {
        let resource = Resource::Organisation {
            organisation: &self.works_at.organisation,
            privacy_officer: self.works_at.privacy_officer.as_deref(),
        };
        let access = &app.clinic.access;
        access
            .decide(&self.caller.viewer, action, &resource)
            .allowed
    }

    /// A token for a form on the page.
    #[must_use]
    pub fn csrf(&self) -> String {
        token(&self.here.forms)
    }

    /// Whether they may break the glass for a patient they know nothing of.
    #[must_use]
    pub fn may_break_glass(&self, app: &App) -> bool {
        let nobody = cotreat_access::Relation {
            patient: "?".to_owned(),
            ..cotreat_access::Relation::default()
        };
        let resource = Resource::Patient(&nobody);
        let access = &app.clinic.access;
        access
            .decide(&self.caller.viewer, Action::BreakGlass, &resource)
            .allowed
    }
}

/// What the menu goes by; programs have none.
const fn role(role: Role) -> Option<menu::Role> {
    match role {
        Role::Clinician => Some(menu::Role::Clinician),
        Role::FrontDesk => Some(menu::Role::FrontDesk),
        Role::Owner => Some(menu::Role::Owner),
        Role::Researcher => Some(menu::Role::Researcher),
        Role::Operator => Some(menu::Role::Operator),
        Role::Integrator => None,
    }
}

/// A token for a form. Without random numbers there is none, and the form will be refused.
#[must_use]
pub fn token(forms: &FormSecret) -> String {
    forms.token().unwrap_or_default()
}

/// The `Cookie` headers.
pub fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
}

/// Where somebody has to go first: pages send them there, anything else is refused with the status that says why.
fn first(method: &Method, place: &'static str) -> Response {
    if matches!(*method, Method::GET | Method::HEAD) {
        return Redirect::to(place).into_response();
    }
    let (title, says) = match place {
        ORGANISATIONS => ("problem-organisation", "problem-organisation-says"),
        _ => ("problem-sign-in", "problem-sign-in-says"),
    };
    Problem::said(StatusCode::UNAUTHORIZED, title, says).into_response()
}

const ORGANISATIONS: &str = "/organisations";

impl FromRequestParts<App> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let stranger = || first(&parts.method, "/sign-in");
        let token = Jar::Staff
            .read(cookies(&parts.headers))
            .ok_or_else(stranger)?;
        let here = app
            .identity
            .here(&token, Seen::Acting, app.clinic.clock.now())
            .await
            .map_err(|refused| Problem::from(refused).into_response())?;
        here.map(Self).ok_or_else(stranger)
    }
}

impl FromRequestParts<App> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Visitor(here) = Visitor::from_request_parts(parts, app).await?;
        let method = &parts.method;
        match here.state {
            SessionState::Open => {}
            SessionState::Locked => return Err(first(method, "/unlock")),
            SessionState::AwaitsSecondFactor => {
                return Err(first(method, "/second-factor"));
            }
            SessionState::NeedsSecondFactor => {
                return Err(first(method, "/account/second-factor"));
            }
        }
        let problem = |error: cotreat_store::Error| Problem::from(error).into_response();
        let Some(user) = app
            .clinic
            .store
            .user(&here.session.user)
            .await
            .map_err(problem)?
        else {
            return Err(first(method, "/sign-in"));
        };
        let organisation = here.session.organisation.clone().unwrap_or_default();
        let roles: std::collections::BTreeSet<Role> = user
            .roles
            .iter()
            .filter(|(id, _)| *id == organisation)
            .map(|(_, role)| *role)
            .collect();
        if roles.is_empty() {
            return Err(first(method, ORGANISATIONS));
        }
        let works_at = app
            .clinic
            .store
            .organisation(&organisation)
            .await
            .map_err(problem)?;
        let Some(works_at) = works_at else {
            return Err(first(method, ORGANISATIONS));
        };
        let request = parts
            .headers
            .get("idempotency-key")
            .and_then(|key| key.to_str().ok())
            .filter(|key| (8..=200).contains(&key.len()))
            .map(|key| format!("{}/{key}", user.user));
        let viewer = Viewer::Staff {
            user: user.user,
            name: user.account.name.clone(),
            organisation,
            roles,
            profession: user.account.qualification.map(|told| told.profession),
            second_factor: here.session.second_factor
                || app.identity.settings().second_factor == SecondFactor::Optional,
        };
        Ok(Self {
            caller: Caller { viewer, request },
            name: user.account.name,
            here,
            works_at,
            words: language::of(&parts.headers),
        })
    }
}

/// Whoever opened a patient's link.
#[derive(Clone, Debug)]
pub struct LinkPage {
    /// What is open.
    pub session: LinkSession,
    /// By which token.
    pub token: Token,
}

impl LinkPage {
    /// The assignment a task link is for, and who answers it.
    ///
    /// # Errors
    /// It is no task link.
    pub fn task(&self) -> Result<(Place<'_>, Viewer), Problem> {
        let link = &self.session.link;
        match (link.kind, Place::read(&link.assignment)) {
            (LinkKind::Task, Some(place)) => Ok((
                place,
                Viewer::Task {
                    patient: link.patient.clone(),
                    assignment: link.assignment.clone(),
                },
            )),
            _ => Err(Problem::not_found()),
        }
    }

    /// The referral that is open, as its link names it, and whose it is.
    ///
    /// # Errors
    /// It is no referral link.
    pub fn referral(&self) -> Result<(&str, ReferralPlace<'_>), Problem> {
        let link = &self.session.link;
        match (link.kind, ReferralPlace::read(&link.assignment)) {
            (LinkKind::Referral, Some(place)) => Ok((&link.patient, place)),
            _ => Err(Problem::not_found()),
        }
    }

    /// The patient whose page is open.
    ///
    /// # Errors
    /// It is no page link.
    pub fn page(&self) -> Result<Caller, Problem> {
        let link = &self.session.link;
        match link.kind {
            LinkKind::Page => Ok(Caller::of(Viewer::Patient {
                patient: link.patient.clone(),
            })),
            LinkKind::Task | LinkKind::Referral => Err(Problem::not_found()),
        }
    }
}

impl FromRequestParts<App> for LinkPage {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let over = || {
            Problem::said(
                StatusCode::UNAUTHORIZED,
                "problem-link-over",
                "problem-link-over-says",
            )
            .into_response()
        };
        let token = Jar::Patient
            .read(cookies(&parts.headers))
            .ok_or_else(over)?;
        let found = app
            .identity
            .patient_here(&token, app.clinic.clock.now())
            .await
            .map_err(|refused| Problem::from(refused).into_response())?;
        let session = found.ok_or_else(over)?;
        Ok(Self { session, token })
    }
}
