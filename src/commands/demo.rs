//! `cotreat demo`: an invented clinic to try in a browser, or three instructive cases on the terminal.

mod cases;
mod people;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use cotreat_knowledge::{Place, Problem};
use cotreat_server::clock::Steady;
use cotreat_server::demo::Demo as People;
use cotreat_server::operations::config::Level;
use cotreat_server::operations::shutdown::{self, Shutdown};
use cotreat_server::operations::{self, Settings, logs, opening};
use cotreat_server::serve;
use cotreat_store::Opening;
use cotreat_synthetic::Clinic;
use jiff::Timestamp;

use super::{KnowledgeFolder, import, init};
use crate::files;
use crate::installation;
use crate::terminal::{self, Failure};

/// Try Cotreat: an invented clinic with a year of history in the browser, and one press to be anybody in it.
///
/// Nobody in it exists. It listens on this machine only, and is thrown away at the end unless a folder is named for it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat demo
  cotreat demo --patients 200 --keep try-cotreat
  cotreat demo --print --full | less")]
pub struct Demo {
    /// Print three instructive cases instead.
    #[arg(long)]
    pub print: bool,
    /// With `--print`: the reasons behind every line as well.
    #[arg(long, requires = "print")]
    pub full: bool,
    /// How many patients to invent.
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub patients: u64,
    /// Where to listen on this machine, instead of 8080 or, if that is taken, any port that is free.
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Keep the database in this folder, and go on with it next time.
    #[arg(long, value_name = "FOLDER")]
    pub keep: Option<PathBuf>,
    #[command(flatten)]
    pub from: KnowledgeFolder,
}

impl Demo {
    pub fn run(self) -> Result<ExitCode, Failure> {
        if self.print {
            cases::print(&self)?;
            return Ok(ExitCode::SUCCESS);
        }
        let folder = Folder::make(self.keep.clone())?;
        let settings = self.settings(&folder)?;
        logs::begin(&settings.log);
        let texts = files::knowledge_texts(self.from.knowledge.as_deref())?;
        let knowledge = files::knowledge_of(&texts, self.from.knowledge.as_deref())?;
        let cases = texts.iter().filter(|(path, _)| path.starts_with("cases/"));
        let cases = cases.map(|(path, text)| (path.as_str(), text.as_str()));
        let until = folder.began()?;
        let clinic = Clinic::new(1, self.patients, &knowledge, cases, until).map_err(Failure)?;
        init::make_key(&settings.key_file)?;
        let failed = |error| Failure::from(opening::problem(&settings, &error));
        installation::run(async {
            let store =
                opening::store(&settings, Opening::Upgrade, operations::projections()).await?;
            let store = Arc::new(store);
            if store.position().await.map_err(failed)? == 0 {
                terminal::print("Inventing a clinic …\n");
                import::invent(&store, &clinic).await.map_err(failed)?;
            }
            let demo = people::of(&store, &clinic, &knowledge, until)
                .await
                .map_err(failed)?;
            drop(clinic);
            let last = store.last_recorded().await.map_err(failed)?;
            let shutdown = Shutdown::new();
            let mut app = serve::assemble(
                &settings,
                Arc::clone(&store),
                knowledge.clone(),
                Arc::new(Steady::new(last)),
                shutdown.clone(),
            )?;
            let demo = Arc::new(demo);
            app.demo = Some(Arc::clone(&demo));
            terminal::print(&told(&app.origin, &folder, &demo));
            let ended = serve::run(app, &settings, shutdown).await;
            shutdown::close(store).await;
            ended?;
            Ok(ExitCode::SUCCESS)
        })
    }

    fn settings(&self, folder: &Folder) -> Result<Settings, Failure> {
        let port = port(self.port)?;
        let mut settings = Settings {
            database: folder.path.join("cotreat.db").display().to_string(),
            key_file: folder.path.join("cotreat.key"),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
            knowledge: self.from.knowledge.clone(),
            demo: true,
            ..Settings::default()
        };
        settings.public_url = Some(format!("http://localhost:{port}"));
        settings.log.level = Level::Warn;
        Ok(settings)
    }
}

/// The port that was asked for, else the one people expect, else any that is free now: found out before a clinic is invented.
fn port(named: Option<u16>) -> Result<u16, Failure> {
    let here = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let found = match named {
        Some(port) => here(port),
        None => here(Settings::default().listen.port()).or_else(|_| here(0)),
    };
    let found = found.and_then(|listener| listener.local_addr());
    let found = found.map_err(|error| {
        let port = named.map_or_else(|| "a port".to_owned(), |port| format!("port {port}"));
        Problem::new(
            Place::file("--port"),
            format!("{port} cannot be used: {error}"),
        )
        .help("name another one, or leave it out and take any that is free")
    })?;
    Ok(found.port())
}

/// Where to look, and where each person is with one press.
fn told(origin: &str, folder: &Folder, demo: &People) -> String {
    let end = if folder.keep {
        format!("The database stays in {}.", folder.path.display())
    } else {
        "Everything is thrown away at the end.".to_owned()
    };
    let mut text = format!(
        "\n  {origin}/demo\n\nOpen it in a browser; one press makes you somebody there:\n\n"
    );
    for (nth, one) in demo.patients.iter().enumerate() {
        let line = format!("  {origin}/demo#patient-{nth}  {}, patient\n", one.name);
        text.push_str(&line);
    }
    for (nth, one) in demo.staff.iter().enumerate() {
        let line = format!("  {origin}/demo#staff-{nth}  {}, {}\n", one.name, one.what);
        text.push_str(&line);
    }
    text.push_str(&format!(
        "\nAll of it is invented: nobody is meant, nothing is measured, and no patient may be treated by it.\n{end} Ctrl-C ends it.\n"
    ));
    text
}

/// Where the database lies; gone at the end unless it was named.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    keep: bool,
}

impl Folder {
    fn make(named: Option<PathBuf>) -> Result<Self, Failure> {
        let keep = named.is_some();
        let path = named.unwrap_or_else(|| {
            std::env::temp_dir().join(format!("cotreat-demo-{}", std::process::id()))
        });
        let folder = Self { path, keep };
        std::fs::create_dir_all(&folder.path).map_err(|error| folder.cannot(&error))?;
        Ok(folder)
    }

    /// When the invented history ends: the same moment for ever, or those who were kept would be others the next time.
    fn began(&self) -> Result<Timestamp, Failure> {
        let file = self.path.join("began");
        if let Some(began) = std::fs::read_to_string(&file)
            .ok()
            .and_then(|text| text.trim().parse().ok())
        {
            return Ok(began);
        }
        let now = Timestamp::now();
        std::fs::write(&file, now.to_string()).map_err(|error| self.cannot(&error))?;
        Ok(now)
    }

    fn cannot(&self, error: &std::io::Error) -> Problem {
        Problem::new(
            Place::file(&self.path.display().to_string()),
            error.to_string(),
        )
        .help("name a folder that can be written with --keep")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.keep {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
