//! `cotreat accept`: a named clinical safety officer accepts the knowledge for use with patients.

use std::process::ExitCode;

use clap::Args;
use cotreat_server::operations::directory;
use cotreat_store::Opening;
use jiff::Timestamp;

use crate::installation::{self, Installation};
use crate::terminal::{self, Failure};

/// Write down that a named clinical safety officer accepts this release of the knowledge for use with patients.
///
/// Outside a demo the server does not start without. A new release has a new hash, and is accepted anew: `cotreat replay` shows whose appraisal it changes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat accept --officer \"Ada Example\" --standing \"physiotherapist, HCPC PH000000\"")]
pub struct Accept {
    /// The officer's name.
    #[arg(long, value_name = "NAME")]
    pub officer: String,
    /// The officer's profession and registration, in words.
    #[arg(long, value_name = "WORDS")]
    pub standing: String,
    /// For which organisation, by name or id; needed where there are several.
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
    #[command(flatten)]
    pub installation: Installation,
}

impl Accept {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let hash = installation::knowledge_hash(&settings)?;
        let name = installation::with_store(&settings, Opening::AsIs, async |store| {
            let told = |error| installation::refused(&settings, &error);
            let found = directory::organisation(&store, self.organisation.as_deref()).await;
            let found = found.map_err(told)?;
            let now = Timestamp::now();
            directory::accept(
                &store,
                &found.organisation,
                &hash,
                &self.officer,
                &self.standing,
                now,
            )
            .await
            .map_err(told)?;
            Ok(found.settings.name)
        })?;
        terminal::print(&format!(
            "{} accepted the knowledge {hash} for {name}\n",
            self.officer
        ));
        Ok(ExitCode::SUCCESS)
    }
}
