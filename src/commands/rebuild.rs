//! `cotreat rebuild`: makes every table that is made from events anew.

use std::process::ExitCode;

use clap::Args;
use cotreat_server::operations::opening;
use cotreat_store::Opening;
use cotreat_store::projection::Remade;
use cotreat_store::stage::Stage;

use crate::installation::{self, Installation};
use crate::progress::Bars;
use crate::terminal::{self, Failure};
use crate::words::count;

/// Make every table that is made from events anew, and say whether it came out as it was.
///
/// Stop the server first. Nothing is lost: the events are the record. Exit code 0: all came out as they were; 1: some did not, and are right now.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat rebuild")]
pub struct Rebuild {
    #[command(flatten)]
    pub installation: Installation,
}

impl Rebuild {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        let remade = installation::with_store(&settings, Opening::AsIs, async |store| {
            let told = |error| opening::problem(&settings, &error);
            let total = store.events().await.map_err(told)?.count;
            let bars = Bars::of(total);
            let remade = store
                .rebuild(&mut |name, done| bars.set(Stage::Projection(name), done))
                .await;
            bars.end();
            Ok(remade.map_err(told)?)
        })?;
        for one in &remade {
            terminal::print(&words(one));
        }
        let same = remade.iter().all(|one| one.identical);
        Ok(ExitCode::from(u8::from(!same)))
    }
}

fn words(one: &Remade) -> String {
    let rows = usize::try_from(one.after).map_or_else(|_| "rows".to_owned(), |n| count(n, "row"));
    let before = one.before.unwrap_or(0);
    let how = if one.identical {
        "as before".to_owned()
    } else if before == one.after {
        "some of them different from before".to_owned()
    } else {
        format!("{before} before")
    };
    format!("{}: {rows}, {how}\n", one.table)
}
