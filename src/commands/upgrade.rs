//! `cotreat upgrade`: brings a database of an older program up to date.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use cotreat_server::operations::backups::Order;
use cotreat_server::operations::{self, upgrade};
use jiff::Timestamp;

use super::backup;
use crate::installation::{self, Installation};
use crate::progress::Bars;
use crate::terminal::{self, Failure};

/// Bring the database up to date: back it up, migrate, make the tables from the events anew, verify.
///
/// Stop the server first. Whatever fails, and even if the machine stops in the middle, the old database or the new one is there, never something in between.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat upgrade
  cotreat upgrade --backup-to before-the-upgrade.age
  cotreat upgrade --no-backup     # there is one already: a snapshot of the machine")]
pub struct Upgrade {
    /// Put the backup into this file, instead of the folder of the settings.
    #[arg(long, value_name = "FILE")]
    pub backup_to: Option<PathBuf>,
    /// Take no backup: there is another one.
    #[arg(long, conflicts_with = "backup_to")]
    pub no_backup: bool,
    #[command(flatten)]
    pub installation: Installation,
}

impl Upgrade {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let order = Order {
            into: self.backup_to,
            knowledge: None,
            now: Timestamp::now(),
        };
        let bars = Bars::default();
        let upgraded = installation::run(async {
            let order = (!self.no_backup).then_some(&order);
            let progress: cotreat_store::stage::Progress<'_> =
                &mut |stage, done| bars.set(stage, done);
            Ok(upgrade::upgrade(&settings, order, operations::projections, progress).await?)
        });
        bars.end();
        let upgraded = upgraded?;
        if let Some(taken) = &upgraded.backup {
            terminal::print(&backup::words(taken));
        }
        terminal::print(&if upgraded.from == upgraded.to {
            format!(
                "the tables are up to date (schema {}); {} events verified\n",
                upgraded.to, upgraded.verdict.events
            )
        } else {
            format!(
                "schema {} → {}; {} events verified. Start the server.\n",
                upgraded.from, upgraded.to, upgraded.verdict.events
            )
        });
        Ok(ExitCode::SUCCESS)
    }
}
