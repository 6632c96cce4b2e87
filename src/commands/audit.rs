//! `cotreat audit`: whether the record is as it was written, and the copy that proves it.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use cotreat_knowledge::{Place, Problem};
use cotreat_server::operations::{Settings, checkpoints, opening};
use cotreat_store::stage::Stage;
use cotreat_store::{Error, Opening};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::installation::{self, Installation};
use crate::progress::Bars;
use crate::terminal::{self, Failure};
use crate::words::count;

/// Verify that nothing was changed, inserted, taken out or cut off; sign the end of the record.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat audit verify
  cotreat audit verify --checkpoints /mnt/elsewhere/checkpoints
  cotreat audit checkpoint")]
pub struct Audit {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Debug, Subcommand)]
pub enum What {
    Verify(Verify),
    Checkpoint(Checkpoint),
}

/// Walk the whole chain of events, and compare it with every signed checkpoint.
///
/// The server may be running. Only checkpoints that were copied elsewhere show that the end was cut off. Exit code 0: all is as it was written; 1: it is not.
#[derive(Debug, Args)]
pub struct Verify {
    /// A copy of the checkpoints that was kept elsewhere; without it that of the settings.
    #[arg(long, value_name = "FILE")]
    pub checkpoints: Option<PathBuf>,
    #[command(flatten)]
    pub installation: Installation,
}

/// Sign the end of the record for today, and add what is missing to the copy that the settings name.
///
/// A running server signs by itself once a day; then only the copy is brought up to date. The newest checkpoint is printed, to be kept anywhere else as well.
#[derive(Debug, Args)]
pub struct Checkpoint {
    /// The copy to add to, instead of that of the settings.
    #[arg(long, value_name = "FILE")]
    pub copy: Option<PathBuf>,
    #[command(flatten)]
    pub installation: Installation,
}

impl Audit {
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self.what {
            What::Verify(verify) => verify.run(),
            What::Checkpoint(checkpoint) => checkpoint.run(),
        }
    }
}

impl Verify {
    fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let copy = self
            .checkpoints
            .or_else(|| settings.checkpoint_copy.clone());
        let elsewhere = match &copy {
            Some(file) => checkpoints::read(file)?,
            None => Vec::new(),
        };
        let verdict = installation::run(async {
            let told = |error| opening::problem(&settings, &error);
            let key = opening::key(&settings)?;
            let database = opening::beside(&settings).await?;
            let total = database.events().await.map_err(told)?.count;
            let bars = Bars::of(total);
            let verdict = database
                .verify(&key, &elsewhere, &mut |done| bars.set(Stage::Chain, done))
                .await;
            bars.end();
            database.close().await;
            Ok(verdict.map_err(told)?)
        })?;
        for fault in &verdict.faults {
            terminal::print(&format!("{fault}\n"));
        }
        let events = format!(
            "{} events, {} checkpoints that fit",
            verdict.events, verdict.checkpoints
        );
        if verdict.is_fine() {
            let caution = if elsewhere.is_empty() {
                "\nNo copy of the checkpoints was compared, so nobody would see that the end was cut off: name one with --checkpoints.\n"
            } else {
                "\n"
            };
            terminal::print(&format!(
                "{events}: everything is as it was written.{caution}"
            ));
            return Ok(ExitCode::SUCCESS);
        }
        terminal::print(&format!(
            "{events}, {}: the record is not as it was written. Keep everything as it is, find out who had access, and compare with a backup.\n",
            count(verdict.faults.len(), "fault")
        ));
        Ok(ExitCode::from(1))
    }
}

impl Checkpoint {
    fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let copy = self.copy.or_else(|| settings.checkpoint_copy.clone());
        let (signed, all) = installation::run(async {
            let told = |error| Failure::from(opening::problem(&settings, &error));
            let signed = sign(&settings).await?;
            let database = opening::beside(&settings).await?;
            let all = database.checkpoints().await.map_err(told);
            database.close().await;
            Ok((signed, all?))
        })?;
        if !signed {
            terminal::print("the server is running and signs by itself once a day\n");
        }
        let Some(newest) = all.last() else {
            return Err(Problem::new(
                Place::file(&settings.database),
                "there is nothing to sign yet",
            )
            .help("it is signed once there is an event")
            .into());
        };
        if let Some(copy) = &copy {
            let added = checkpoints::add_missing(copy, &all)?;
            terminal::print(&format!(
                "{}: {} added\n",
                copy.display(),
                count(added, "checkpoint")
            ));
        }
        terminal::print(&format!("{}\n", newest.to_line()));
        Ok(ExitCode::SUCCESS)
    }
}

/// Signs the end of the record for today; false: a server is running, which does so itself.
async fn sign(settings: &Settings) -> Result<bool, Failure> {
    let key = opening::key(settings)?;
    let address = settings.address()?;
    let told = |error: &Error| Failure::from(opening::problem(settings, error));
    // No event is written, so no projection takes part.
    match cotreat_store::Store::open(&address, key, Opening::AsIs, Vec::new()).await {
        Ok(store) => {
            let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
            let signed = store.checkpoint(today).await;
            store.close().await;
            signed.map(|_| true).map_err(|error| told(&error))
        }
        Err(Error::InUse { .. }) => Ok(false),
        Err(error) => Err(told(&error)),
    }
}
