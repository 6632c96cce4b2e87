//! A form that comes from a session which locked itself meanwhile is kept, sealed with the key of whoever wrote it, until they have unlocked it and send it or throw it away.

use axum::body::Bytes;
use axum::extract::{FromRequest as _, FromRequestParts as _, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect, Response};
use cotreat_people::stream;
use serde::{Deserialize, Serialize};

use super::{App, Visitor};
use crate::identity::SessionState;

/// What is kept: one form of a user at a time, the last one.
const KEPT_AS: &str = "unsent";
/// The field that says that a form comes from the page of what was kept.
pub const SENT_AGAIN: &str = "unsent";
/// Longer forms are not kept: nobody types so much in a quarter of an hour.
const LONGEST: usize = 128 * 1024;

/// A form that was not taken.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// Where it was sent to.
    pub place: String,
    /// What stood in it, without the token of the session and without secrets.
    pub fields: Vec<(String, String)>,
}

impl std::fmt::Debug for Unsent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unsent(..)")
    }
}

/// Keeps a form of a locked session, and asks its user to unlock it; nothing where there is none to keep.
pub(super) async fn keep(parts: &mut Parts, body: axum::body::Body, app: &App) -> Option<Response> {
    let Visitor(here) = Visitor::from_request_parts(parts, app).await.ok()?;
    if here.state != SessionState::Locked {
        return None;
    }
    let request = Request::from_parts(parts.clone(), body);
    let bytes = Bytes::from_request(request, app).await.ok()?;
    if bytes.len() > LONGEST {
        return None;
    }
    let all: Vec<(String, String)> = serde_urlencoded::from_bytes(&bytes).ok()?;
    let token = all.iter().find(|(name, _)| name == "csrf");
    if !token.is_some_and(|(_, token)| here.forms.fits(token)) {
        return None;
    }
    let kept = |name: &str| name != "csrf" && name != SENT_AGAIN && !name.contains("password");
    let unsent = Unsent {
        place: parts.uri.path().to_owned(),
        fields: all.into_iter().filter(|(name, _)| kept(name)).collect(),
    };
    app.keep_unsent(&here.session.user, &unsent).await.ok()?;
    Some(Redirect::to("/unlock").into_response())
}

impl App {
    /// The form that somebody has not sent yet.
    ///
    /// # Errors
    /// The store failed.
    pub async fn unsent(&self, user: &str) -> Result<Option<Unsent>, cotreat_store::Error> {
        let person = stream::user(user);
        let draft = self.clinic.store.draft(&person, KEPT_AS).await?;
        let read = draft.and_then(|draft| serde_json::from_slice(&draft.body).ok());
        Ok(read.filter(|unsent: &Unsent| !unsent.place.is_empty()))
    }

    /// Nothing waits to be sent any more.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_unsent(&self, user: &str) -> Result<(), cotreat_store::Error> {
        match self.unsent(user).await? {
            Some(_) => self.keep_unsent(user, &Unsent::default()).await,
            None => Ok(()),
        }
    }

    async fn keep_unsent(&self, user: &str, unsent: &Unsent) -> Result<(), cotreat_store::Error> {
        let person = stream::user(user);
        let store = &self.clinic.store;
        let seen = store.draft(&person, KEPT_AS).await?;
        let seen = seen.map_or(0, |draft| draft.version);
        let body = serde_json::to_vec(unsent).unwrap_or_default();
        let now = self.clinic.clock.now();
        store
            .keep_draft(&person, KEPT_AS, seen, &body, now)
            .await
            .map(drop)
    }
}
