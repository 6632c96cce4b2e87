//! Pages in the frame of `cotreat-ui`: in the reader's language, with who is signed in and where they can go.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use cotreat_access::Viewer;
use cotreat_people::Role;
use cotreat_ui::{Frame, Staff};
use maud::Markup;

use super::{App, Problem, Signed};

impl App {
    /// Who is signed in, as the frame shows them.
    ///
    /// # Errors
    /// The store failed.
    pub async fn staff(&self, signed: &Signed) -> Result<Staff, Problem> {
        let organisation = self.clinic.organisation(&signed.caller).await?;
        let roles = match &signed.caller.viewer {
            Viewer::Staff { roles, .. } => roles.iter().filter_map(menu).collect(),
            _ => Vec::new(),
        };
        Ok(Staff {
            name: signed.name.clone(),
            organisation: organisation.settings.name,
            roles,
        })
    }
}

/// What a role sees in the menu; programs see none.
const fn menu(role: &Role) -> Option<cotreat_ui::Role> {
    match role {
        Role::Clinician => Some(cotreat_ui::Role::Clinician),
        Role::FrontDesk => Some(cotreat_ui::Role::FrontDesk),
        Role::Owner => Some(cotreat_ui::Role::Owner),
        Role::Researcher => Some(cotreat_ui::Role::Researcher),
        Role::Operator => Some(cotreat_ui::Role::Operator),
        Role::Integrator => None,
    }
}

/// A page that is ready to be sent.
#[derive(Debug)]
pub struct Sheet {
    markup: Markup,
    status: StatusCode,
}

impl Sheet {
    /// What stands in a frame.
    #[must_use]
    pub fn new(frame: &Frame, body: Markup) -> Self {
        Self {
            markup: frame.page(body),
            status: StatusCode::OK,
        }
    }

    /// With another status than 200.
    #[must_use]
    pub const fn with(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}

impl IntoResponse for Sheet {
    fn into_response(self) -> Response {
        let mut answer = (self.status, self.markup).into_response();
        answer.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        answer
    }
}
