//! Which installation a command is about, and how what is wrong with it is said.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use cotreat_knowledge::{Place, Problem};
use cotreat_server::operations::config::Given;
use cotreat_server::operations::directory::NotDone;
use cotreat_server::operations::{self, Settings, opening};
use cotreat_store::{Opening, Store};

use crate::files;
use crate::terminal::Failure;

/// Which installation.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Installation")]
pub struct Installation {
    /// The file with the settings; without it `cotreat.toml` in this folder, if there is one.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// The database: a path, or postgres://USER@HOST/NAME.
    #[arg(long, value_name = "DATABASE", global = true)]
    pub database: Option<String>,
    /// The file with the master key.
    #[arg(long, value_name = "FILE", global = true)]
    pub key_file: Option<PathBuf>,
}

impl Installation {
    /// What the command line, the environment and the file say.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let mut flags = Vec::new();
        if let Some(database) = &self.database {
            flags.push(("database", database.clone()));
        }
        if let Some(file) = &self.key_file {
            flags.push(("key_file", file.display().to_string()));
        }
        let variable = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        let given = Given {
            file: self.config.clone(),
            flags,
            environment: std::env::vars_os().filter_map(variable).collect(),
        };
        Settings::load(&given).map_err(Failure)
    }
}

/// The hash of the knowledge that the settings name.
pub fn knowledge_hash(settings: &Settings) -> Result<String, Failure> {
    Ok(files::knowledge(settings.knowledge.as_deref())?.hash)
}

/// Runs a piece of work to its end.
pub fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    operations::run(work)
        .map_err(|error| Failure::from(Problem::new(Place::file("cotreat"), error.to_string())))?
}

/// Opens the store, does something with it, and closes it whatever came of that.
pub fn with_store<T, W>(
    settings: &Settings,
    opening: Opening,
    work: impl FnOnce(Arc<Store>) -> W,
) -> Result<T, Failure>
where
    W: Future<Output = Result<T, Failure>>,
{
    run(async {
        let store = opening::store(settings, opening, operations::projections()).await?;
        let store = Arc::new(store);
        let done = work(Arc::clone(&store)).await;
        operations::shutdown::close(store).await;
        done
    })
}

/// What the directory refuses, for a person.
pub fn refused(settings: &Settings, error: &NotDone) -> Failure {
    match error {
        NotDone::Store(error) => opening::problem(settings, error).into(),
        NotDone::Refused(refusal) => {
            Problem::new(Place::file("the directory"), refusal.to_string()).into()
        }
        NotDone::Unknown(why) => Problem::new(Place::file("the directory"), why.clone()).into(),
    }
}
