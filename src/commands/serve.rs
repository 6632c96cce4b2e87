//! `cotreat serve`: the shared record on the network.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use cotreat_knowledge::{Place, Problem};
use cotreat_server::clock::Steady;
use cotreat_server::operations::shutdown::Shutdown;
use cotreat_server::operations::{self, Settings, acceptance, logs, opening};
use cotreat_server::serve;
use cotreat_store::{Opening, Store};
use jiff::{SignedDuration, Timestamp};

use crate::files;
use crate::installation::{self, Installation};
use crate::terminal::Failure;

/// Serve the shared record: people sign in with a browser, patients come by links.
///
/// Listens on `listen` (127.0.0.1:8080 when nothing is said), without TLS: put a proxy in front that has it, and name its address in `public_url`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat init && cotreat accept --officer \"Ada Example\" --standing \"physiotherapist\" && cotreat serve
  cotreat serve --database postgres://cotreat@localhost/cotreat")]
pub struct Serve {
    /// Start although the last event lies in the future of this machine's clock.
    #[arg(long)]
    pub trust_clock: bool,
    #[command(flatten)]
    pub installation: Installation,
}

/// The last event may lie this far in the future: clocks differ a little.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

impl Serve {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        logs::begin(&settings.log);
        let knowledge = files::knowledge(settings.knowledge.as_deref())?;
        installation::run(async {
            let store = opening::store(&settings, Opening::AsIs, operations::projections()).await?;
            let store = Arc::new(store);
            let last = self.last_event(&settings, &store).await?;
            accepted(&settings, &knowledge.hash).await?;
            let shutdown = Shutdown::new();
            let clock = Arc::new(Steady::new(last));
            let app = serve::assemble(
                &settings,
                Arc::clone(&store),
                knowledge,
                clock,
                shutdown.clone(),
            )?;
            let ended = serve::run(app, &settings, shutdown).await;
            operations::shutdown::close(store).await;
            ended?;
            Ok(ExitCode::SUCCESS)
        })
    }

    /// When the last event was recorded. One in the future means that the clock went backwards, or was wrong before.
    async fn last_event(
        &self,
        settings: &Settings,
        store: &Store,
    ) -> Result<Option<Timestamp>, Failure> {
        let last = store
            .last_recorded()
            .await
            .map_err(|error| opening::problem(settings, &error))?;
        let now = Timestamp::now();
        match last {
            Some(last) if last.duration_since(now) > AHEAD && !self.trust_clock => {
                Err(Problem::new(
                    Place::file("clock"),
                    format!(
                        "the last event was recorded at {last}, and this machine says it is {now}"
                    ),
                )
                .help(
                    "set the clock; if it is right and was wrong before, start with --trust-clock",
                )
                .into())
            }
            // Whoever trusts the clock goes by it.
            last => Ok(last.filter(|_| !self.trust_clock)),
        }
    }
}

/// Outside a demo nobody is treated by knowledge for which nobody answers.
async fn accepted(settings: &Settings, hash: &str) -> Result<(), Failure> {
    if settings.demo {
        return Ok(());
    }
    let beside = opening::beside(settings).await?;
    let key = opening::key(settings)?;
    let found = acceptance::of(&beside, &key, hash)
        .await
        .map_err(|error| opening::problem(settings, &error))?;
    match found {
        Some(_) => Ok(()),
        None => Err(Problem::new(
            Place::file("knowledge"),
            format!("no clinical safety officer has accepted this release ({hash}) for use with patients"),
        )
        .help("let one accept it: cotreat accept --officer NAME --standing WORDS")
        .into()),
    }
}
