//! A clinic for each test: two organisations, people of every role, three patients; and browsers that keep cookies.

#[path = "../../../../store/tests/support/postgres.rs"]
mod postgres;

pub mod browser;
pub mod form;
pub mod people;

use std::sync::{Arc, LazyLock};

use cotreat_access::{Access, Viewer};
use cotreat_knowledge::Knowledge;
use cotreat_people::event::{Actor, VERSION};
use cotreat_people::event::{OrganisationEvent, OrganisationSettings, Reach, Recorded, Sharing};
use cotreat_server::clinic::{Caller, Clinic};
use cotreat_server::clock::Fixed;
use cotreat_server::identity::settings::SecondFactor;
use cotreat_server::identity::{Identity, Settings};
use cotreat_server::web::{self, App};
use cotreat_store::clinic::{batch, projections};
use cotreat_store::database::Address;
use cotreat_store::{Expected, MasterKey, Opening, Store};
use jiff::{SignedDuration, Timestamp};

/// Makes two tests of one body: `both!(name, |clinic| { … })`.
macro_rules! both {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "not every body needs what its file imports")]
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                let place = $crate::support::Place::sqlite();
                let body: fn($crate::support::House) -> _ = $body;
                body($crate::support::House::new(place).await).await
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                if let Some(place) = $crate::support::Place::postgres() {
                    let body: fn($crate::support::House) -> _ = $body;
                    body($crate::support::House::new(place).await).await
                }
            }
        }
    };
}

/// A database of a test's own.
pub struct Place {
    address: Address,
    /// Gone with the test.
    folder: Option<tempfile::TempDir>,
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        Self {
            address: Address::Sqlite(folder.path().join("cotreat.db")),
            folder: Some(folder),
        }
    }

    /// `None`: there is no server to test with, which is said once.
    pub fn postgres() -> Option<Self> {
        Some(Self {
            address: Address::Postgres(postgres::fresh_database()?),
            folder: None,
        })
    }
}

/// The repository's knowledge, loaded once.
static KNOWLEDGE: LazyLock<Arc<Knowledge>> = LazyLock::new(|| {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");
    let texts = texts(std::path::Path::new(root));
    let texts = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    Arc::new(cotreat_knowledge::load(texts).expect("the knowledge is sound"))
});

fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("the knowledge folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path
                .extension()
                .is_some_and(|ending| ending == "toml" || ending == "md")
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let below = path.strip_prefix(folder).expect("below it");
                found.push((below.to_string_lossy().into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// Where the pages are.
pub const ORIGIN: &str = "https://clinic.example.org";

/// The beginning of every test: a Monday morning.
pub fn morning() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().expect("a moment")
}

/// A server with its clinic.
pub struct House {
    pub app: App,
    pub clinic: Arc<Clinic>,
    pub clock: Arc<Fixed>,
    pub router: axum::Router,
    _folder: Option<tempfile::TempDir>,
}

impl House {
    /// A server on which two organisations are registered.
    pub async fn new(place: Place) -> Self {
        // What fails on our side is told beside the test that failed.
        let log = tracing_subscriber::fmt().with_test_writer();
        let _ = log.with_max_level(tracing::Level::ERROR).try_init();
        let key = MasterKey::random().expect("there are random numbers");
        let store = Store::open(&place.address, key, Opening::Upgrade, projections())
            .await
            .expect("the store can be opened");
        let store = Arc::new(store);
        let clock = Arc::new(Fixed::at(morning()));
        let clinic = Arc::new(Clinic::new(
            Arc::clone(&store),
            Arc::new(Access::load().expect("the policies are sound")),
            Arc::clone(&KNOWLEDGE),
            Arc::clone(&clock) as Arc<dyn cotreat_server::clock::Clock>,
        ));
        let mut settings = Settings::new(ORIGIN);
        settings.second_factor = SecondFactor::Optional;
        let identity = Identity::new(Arc::clone(&store), settings).expect("the settings are sound");
        let app = App {
            clinic: Arc::clone(&clinic),
            identity: Arc::new(identity),
            origin: ORIGIN.into(),
            behind_proxy: true,
            metrics: Arc::new(cotreat_server::operations::metrics::Metrics::new("test")),
            health: Arc::new(cotreat_server::operations::health::Health::new(
                Arc::clone(&store),
                None,
                cotreat_server::operations::shutdown::Shutdown::new(),
            )),
            demo: None,
        };
        let house = Self {
            router: web::router(app.clone()),
            app,
            clinic,
            clock,
            _folder: place.folder,
        };
        house.organisation("north", Sharing::CareTeam).await;
        house.organisation("south", Sharing::WholeClinic).await;
        house
    }

    async fn organisation(&self, id: &str, sharing: Sharing) {
        let event = Recorded {
            version: VERSION,
            by: Actor::Operator,
            at: morning(),
            event: OrganisationEvent::OrganisationRegistered {
                settings: OrganisationSettings {
                    name: format!("Clinic {id}"),
                    jurisdiction: "any".to_owned(),
                    time_zone: "Europe/London".to_owned(),
                    profile: None,
                    sharing,
                    reach: Reach::default(),
                },
            },
        };
        let batch = batch::organisation(id, Expected::New, &[event]).expect("events");
        self.clinic
            .store
            .append(&batch, None)
            .await
            .expect("written");
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> browser::Browser {
        browser::Browser::new(&self.router)
    }

    /// The server, started again on the same database: nothing is left of what it had in memory.
    pub fn restarted(&self) -> App {
        let store = Arc::clone(&self.clinic.store);
        let mut settings = Settings::new(ORIGIN);
        settings.second_factor = SecondFactor::Optional;
        App {
            clinic: Arc::new(Clinic::new(
                Arc::clone(&store),
                Arc::new(Access::load().expect("the policies are sound")),
                Arc::clone(&KNOWLEDGE),
                Arc::clone(&self.clock) as Arc<dyn cotreat_server::clock::Clock>,
            )),
            identity: Arc::new(Identity::new(store, settings).expect("the settings are sound")),
            ..self.app.clone()
        }
    }

    /// Time passes.
    pub fn later(&self, minutes: i64) {
        use cotreat_server::clock::Clock as _;
        let now = self.clock.now();
        let after = now.checked_add(SignedDuration::from_mins(minutes));
        self.clock.set(after.expect("a moment"));
    }

    /// Somebody as a caller, without signing in: for what a test only needs to be there.
    pub fn caller(&self, who: &people::Somebody) -> Caller {
        Caller::of(Viewer::Staff {
            user: who.id.clone(),
            name: who.name.clone(),
            organisation: who.organisation.clone(),
            roles: who.roles.clone(),
            profession: who.profession.clone(),
            second_factor: true,
        })
    }

    /// What time it is here.
    pub fn now(&self) -> Timestamp {
        use cotreat_server::clock::Clock as _;
        self.clock.now()
    }

    /// A patient who looks at their own record.
    pub fn own(&self, patient: &str) -> Caller {
        Caller::of(Viewer::Patient {
            patient: patient.to_owned(),
        })
    }

    /// The text of the last e-mail that waits.
    pub async fn last_mail(&self) -> String {
        let due = self
            .clinic
            .store
            .due(self.now(), 100)
            .await
            .expect("the outbox");
        let last = due
            .iter()
            .rfind(|one| one.topic == "email")
            .expect("a mail");
        let letter: serde_json::Value = serde_json::from_slice(&last.body).expect("a letter");
        format!("{} {}", letter["subject"], letter["text"])
    }
}
