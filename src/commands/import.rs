//! `cotreat import`: fills a database with an invented clinic.

mod write;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use cotreat_knowledge::{Place, Problem};
use cotreat_server::operations::{Settings, opening};
use cotreat_store::{Error, Opening, Store};
use cotreat_synthetic::Clinic;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use crate::commands::KnowledgeFolder;
use crate::files;
use crate::installation::{Installation, with_store};
use crate::terminal::{self, Failure};
use crate::words::count;

/// Fill a database with invented patients: five practices, their staff, and a year of history by the same rules as real use.
///
/// Nobody among them exists and nothing measures anything. The same seed, knowledge and end give the same people for ever.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat import --synthetic 60 --database demo.db --key-file demo.key
  cotreat import --synthetic 100000 --seed 7 --until 2026-11-27T12:00:00Z")]
pub struct Import {
    /// How many patients to invent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub synthetic: u64,
    /// Which of all invented clinics.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// When their history ends, instead of now.
    #[arg(long, value_name = "INSTANT")]
    pub until: Option<Timestamp>,
    /// Add them although the database has patients already. Never to a database with real ones.
    #[arg(long)]
    pub add: bool,
    #[command(flatten)]
    pub from: KnowledgeFolder,
    #[command(flatten)]
    pub installation: Installation,
}

impl Import {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let folder = self
            .from
            .knowledge
            .as_deref()
            .or(settings.knowledge.as_deref());
        let texts = files::knowledge_texts(folder)?;
        let knowledge = files::knowledge_of(&texts, folder)?;
        let cases = texts.iter().filter(|(path, _)| path.starts_with("cases/"));
        let cases = cases.map(|(path, text)| (path.as_str(), text.as_str()));
        let until = self.ends()?;
        let clinic =
            Clinic::new(self.seed, self.synthetic, &knowledge, cases, until).map_err(Failure)?;
        let began = Instant::now();
        let written = with_store(&settings, Opening::Upgrade, async |store| {
            self.write(&store, &settings, &clinic).await
        })?;
        let where_to = settings.address()?.shown();
        terminal::print(&told(&clinic, &where_to, written, began.elapsed()));
        Ok(ExitCode::SUCCESS)
    }

    /// When the history ends.
    fn ends(&self) -> Result<Timestamp, Problem> {
        let now = Timestamp::now();
        match self.until {
            Some(until) if until > now => Err(Problem::new(
                Place::file("--until"),
                format!("{until} lies in the future, and nothing has happened there yet"),
            )
            .help("name a moment that is over, or leave it out")),
            until => Ok(until.unwrap_or(now)),
        }
    }

    /// How many events were written.
    async fn write(
        &self,
        store: &Store,
        settings: &Settings,
        clinic: &Clinic<'_>,
    ) -> Result<u64, Failure> {
        let failed = |error| Failure::from(self.failed(settings, &error));
        if !self.add && write::has_patients(store).await.map_err(failed)? {
            return Err(occupied(settings).into());
        }
        invent(store, clinic).await.map_err(failed)
    }

    fn failed(&self, settings: &Settings, error: &Error) -> Problem {
        match error {
            Error::Conflict { .. } => Problem::new(
                Place::file(&settings.database),
                format!(
                    "the invented clinic of seed {} is in this database already, or a part of it",
                    self.seed
                ),
            )
            .help("choose another `--seed`, or begin with a new database"),
            error => opening::problem(settings, error),
        }
    }
}

/// Invented people do not come among others unasked.
fn occupied(settings: &Settings) -> Problem {
    Problem::new(
        Place::file(&settings.database),
        "this database has patients already, and invented ones do not belong among real ones",
    )
    .help("name a new database; where all of its patients are invented too, `--add` adds more")
}

/// Writes a whole invented clinic, with a bar on the terminal; says how many events that were.
pub(super) async fn invent(store: &Store, clinic: &Clinic<'_>) -> Result<u64, Error> {
    let bar = bar(clinic.patients());
    let written = write::all(store, clinic, |done| bar.set_position(done)).await;
    bar.finish_and_clear();
    written
}

/// Shown on a terminal only.
fn bar(patients: u64) -> ProgressBar {
    let bar = ProgressBar::new(patients);
    // A template that is not understood leaves the plain bar, which says as much.
    if let Ok(style) =
        ProgressStyle::with_template("{bar:30} {pos} of {len} invented patients, {eta} to go")
    {
        bar.set_style(style);
    }
    bar
}

fn told(clinic: &Clinic<'_>, where_to: &str, events: u64, took: Duration) -> String {
    let patients = usize::try_from(clinic.patients()).unwrap_or(usize::MAX);
    format!(
        "{} in {} practices with a staff of {}: {events} events, written to {where_to} in {:.1} s.\n\
         All of it is invented: nobody is meant, nothing is measured, and no patient may be treated by it.\n",
        count(patients, "invented patient"),
        clinic.practices(),
        clinic.staff(),
        took.as_secs_f64(),
    )
}
