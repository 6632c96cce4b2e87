//! `cotreat restore`: takes a backup back, or says whether it could be.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use cotreat_server::operations::envelope::Opener;
use cotreat_server::operations::{self, backups};
use cotreat_store::backup::Restored;

use crate::installation::{self, Installation};
use crate::progress::Bars;
use crate::terminal::{self, Failure};

/// Restore a backup into the database of the settings, which must be empty; or, with --verify, only see whether that would work.
///
/// The chain of events, the counts and the seal are checked before anything is kept, and the tables made from events are made anew. What was taken from SQLite goes into PostgreSQL, and
/// the other way round.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat restore --verify cotreat-20261127T021500Z.age --identity /media/stick/cotreat.identity
  cotreat restore cotreat-20261127T021500Z.age --identity cotreat.identity --database new.db
  cotreat restore moving.age --passphrase-file passphrase --database postgres://cotreat@localhost/cotreat")]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// Restore it into a temporary place, say what was found, and touch nothing else.
    #[arg(long)]
    pub verify: bool,
    /// The file with the identity (age) that opens it.
    #[arg(long, value_name = "FILE", required_unless_present = "passphrase_file")]
    pub identity: Option<PathBuf>,
    /// The file with the passphrase that opens it.
    #[arg(long, value_name = "FILE", conflicts_with = "identity")]
    pub passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    pub installation: Installation,
}

impl Restore {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let opener = match (&self.identity, &self.passphrase_file) {
            (Some(file), _) => Opener::identities(file)?,
            (None, Some(file)) => Opener::passphrase(file)?,
            // Clap asks for one of the two.
            (None, None) => Opener::none(),
        };
        let bars = Bars::default();
        let projections = operations::projections();
        let restored = installation::run(async {
            let progress: cotreat_store::stage::Progress<'_> =
                &mut |stage, done| bars.set(stage, done);
            Ok(if self.verify {
                backups::verify(&settings, &self.file, &opener, &projections, progress).await?
            } else {
                backups::restore(&settings, &self.file, &opener, &projections, progress).await?
            })
        });
        bars.end();
        let what = found(&restored?);
        terminal::print(&if self.verify {
            format!("{what}It can be restored with this key. Nothing was changed.\n")
        } else {
            format!(
                "{what}Restored into {}. Run `cotreat doctor`; everybody signs in anew. Whoever was erased after this backup was taken must be erased again.\n",
                settings.database
            )
        });
        Ok(ExitCode::SUCCESS)
    }
}

fn found(restored: &Restored) -> String {
    let label = &restored.label;
    let rows: u64 = restored.rows.values().sum();
    format!(
        "backup of {} by cotreat {} (schema {}): {} events and {} other rows; the chain holds, {} signed checkpoints fit\n",
        label.taken_at.strftime("%Y-%m-%d %H:%M UTC"),
        label.program,
        restored.schema,
        restored.verdict.events,
        rows.saturating_sub(restored.verdict.events),
        restored.verdict.checkpoints
    )
}
