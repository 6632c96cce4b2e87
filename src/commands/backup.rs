//! `cotreat backup`: takes a backup while the server goes on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use cotreat_server::operations::backups::{self, Order, Taken};
use cotreat_server::operations::{envelope, room};
use jiff::Timestamp;

use crate::installation::{self, Installation};
use crate::progress::Bars;
use crate::terminal::{self, Failure};
use crate::words::count;

/// Take a backup, encrypted for the recipients in the settings, while the server goes on.
///
/// It holds everything but the master key, and goes into SQLite and PostgreSQL alike: `cotreat restore` takes it back into either. Without FILE it is put into the folder of the
/// settings, under the time it was taken.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat backup --new-identity /media/stick/cotreat.identity
  cotreat backup
  cotreat backup before-the-move.age")]
pub struct Backup {
    /// The file to write, instead of one in the folder of the settings.
    pub file: Option<PathBuf>,
    /// Make an identity that opens backups, in a new file, and say what to write into the settings. Takes no backup.
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub new_identity: Option<PathBuf>,
    #[command(flatten)]
    pub installation: Installation,
}

impl Backup {
    pub fn run(self) -> Result<ExitCode, Failure> {
        if let Some(file) = &self.new_identity {
            return new_identity(file);
        }
        let settings = self.installation.settings()?;
        let order = Order {
            into: self.file,
            knowledge: installation::knowledge_hash(&settings).ok(),
            now: Timestamp::now(),
        };
        let bars = Bars::default();
        let taken = installation::run(async {
            Ok(backups::take(&settings, &order, &mut |stage, done| bars.set(stage, done)).await?)
        });
        bars.end();
        terminal::print(&words(&taken?));
        Ok(ExitCode::SUCCESS)
    }
}

/// What was taken, for a person.
pub fn words(taken: &Taken) -> String {
    let events = taken.rows.get("event").copied().unwrap_or(0);
    let mut words = format!(
        "backup {}: {events} events, {}\n",
        taken.path.display(),
        room::words(taken.bytes)
    );
    if !taken.deleted.is_empty() {
        words += &format!(
            "deleted {} that {} older than the settings keep\n",
            count(taken.deleted.len(), "backup"),
            if taken.deleted.len() == 1 {
                "was"
            } else {
                "were"
            }
        );
    }
    words
}

fn new_identity(file: &Path) -> Result<ExitCode, Failure> {
    let public = envelope::new_identity(file)?;
    terminal::print(&format!(
        "made the identity {}. Whoever has this file can open the backups: keep it away from this machine, and twice.\n\
         Write into cotreat.toml:\n\n[backup]\nrecipients = [\"{public}\"]\n",
        file.display()
    ));
    Ok(ExitCode::SUCCESS)
}
