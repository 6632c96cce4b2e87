//! The pages' side of the network: routes, who is at the other end, forms, heads and problems. What is shown and done stands in [`crate::pages`] and [`crate::clinic`].

mod address;
mod assets;
mod csv;
mod form;
mod headers;
pub(crate) mod language;
mod layout;
mod peer;
mod problem;
mod refusals;
mod routes;
mod session;
mod tell;
mod unsent;

use std::sync::Arc;

use cotreat_people::event::Actor;

use crate::clinic::Clinic;
use crate::demo::Demo;
use cotreat_store::account::SetupWhy;

use crate::identity::Identity;
use crate::operations::health::Health;
use crate::operations::metrics::Metrics;

pub use csv::Csv;
pub(crate) use form::untold;
pub use form::{
    Checked, File, FileForm, LinkFields, LinkForm, OpenForm, OpenJson, SignedJson, VisitorForm,
    VisitorJson,
};
pub use language::{Reads, Tongue};
pub use layout::{Page, field};
pub use peer::Peer;
pub use problem::Problem;
pub use routes::{Access, ROUTES, Route, router};
pub use session::{LinkPage, Signed, Visitor, cookies, token};
pub use unsent::{SENT_AGAIN, Unsent};

/// What every handler works with.
#[derive(Clone, Debug)]
pub struct App {
    /// The shared record.
    pub clinic: Arc<Clinic>,
    /// Who signs in, and how.
    pub identity: Arc<Identity>,
    /// Where the pages are, as browsers see it: `https://cotreat.example.org`.
    pub origin: Arc<str>,
    /// Whether what a proxy says about where a request comes from is believed.
    pub behind_proxy: bool,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Whether work can be done.
    pub health: Arc<Health>,
    /// Whom one can be with one press, in a demonstration.
    pub demo: Option<Arc<Demo>>,
}

impl App {
    /// Makes the one-time link by which somebody signs in for the first time.
    ///
    /// # Errors
    /// The store failed.
    pub async fn setup_link(&self, user: &str, by: Actor) -> Result<String, Problem> {
        self.reset_link(user, SetupWhy::First, by).await
    }

    /// Makes a one-time link by which somebody chooses a password, at first or anew.
    ///
    /// # Errors
    /// The store failed.
    pub async fn reset_link(
        &self,
        user: &str,
        why: SetupWhy,
        by: Actor,
    ) -> Result<String, Problem> {
        let now = self.clinic.clock.now();
        let token = self
            .identity
            .make_setup(user, why, by, |_, _| Ok(Vec::new()), now)
            .await?;
        Ok(format!(
            "{}/set-up/{}",
            self.origin,
            token.to_text().as_str()
        ))
    }
}
