//! What was refused to somebody who is signed in is noted, for the audit of the organisation they act for.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use cotreat_store::account::Refusal;

use super::{App, cookies};
use crate::clinic::new_id;
use crate::identity::cookie::Jar;
use crate::identity::session::Seen;
use crate::identity::{SessionState, Token};

/// Below these stand things that somebody may not know of: that there is no such thing can mean that it is not for them.
const SECRET: [&str; 3] = ["/patients/", "/episodes/", "/referrals/"];

/// A layer for the whole server.
pub async fn note(State(app): State<App>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let answer = next.run(request).await;
    if let Some(asked) = asked.filter(|asked| asked.is_refused(answer.status()))
        && let Err(error) = asked.keep(&app).await
    {
        tracing::error!(%error, "a refusal could not be noted");
    }
    answer
}

/// What was asked for, as far as the audit tells it.
struct Asked {
    method: Method,
    route: String,
    about: Option<String>,
    token: Token,
}

impl Asked {
    /// Nothing where nobody is signed in, or where there is no such route.
    fn of(request: &Request) -> Option<Self> {
        let token = Jar::Staff.read(cookies(request.headers()))?;
        let route = request.extensions().get::<MatchedPath>()?;
        let mut parts = request.uri().path().split('/').skip(1);
        let whole = matches!(parts.next(), Some("patients" | "episodes"));
        let about = parts.next().filter(|id| whole && is_id(id));
        Some(Self {
            method: request.method().clone(),
            route: route.as_str().to_owned(),
            about: about.map(str::to_owned),
            token,
        })
    }

    fn is_refused(&self, status: StatusCode) -> bool {
        let secret = SECRET.iter().any(|place| self.route.starts_with(place));
        status == StatusCode::FORBIDDEN || (status == StatusCode::NOT_FOUND && secret)
    }

    async fn keep(self, app: &App) -> Result<(), crate::identity::Refused> {
        let now = app.clinic.clock.now();
        let here = app.identity.here(&self.token, Seen::Polling, now).await?;
        let Some(here) = here.filter(|here| here.state == SessionState::Open) else {
            return Ok(());
        };
        let Some(organisation) = here.session.organisation else {
            return Ok(());
        };
        let about = match self.about {
            // Of an episode, the patient.
            Some(id) if self.route.starts_with("/episodes/") => {
                app.clinic.store.episode(&id).await?.map(|one| one.patient)
            }
            about => about,
        };
        let refusal = Refusal {
            id: new_id(),
            user: here.session.user,
            organisation,
            method: self.method.as_str().to_owned(),
            route: self.route,
            about,
            at: now,
        };
        Ok(app.clinic.store.note_refusal(&refusal).await?)
    }
}

/// What could be an id; anything else in its place may be anything that somebody typed.
fn is_id(text: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    (1..=64).contains(&text.len()) && text.chars().all(fits)
}
