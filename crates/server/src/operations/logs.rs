//! Logs: what the server did, without saying for whom.

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::config::{Format, Level, Log};

/// What the crates below us say holds statements, addresses and paths; only their failures are for our log, and a database's not even those: its errors reach us as values.
const OTHERS: &str = "error,sqlx=off,hyper=off,h2=off,tower_http=off,lettre=off,ureq=off,rustls=off,webauthn_rs_core=off";

/// Whoever takes in log lines and writes them to `to`.
#[must_use]
pub fn subscriber<W>(log: &Log, to: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let ours = match log.level {
        Level::Error => "error",
        Level::Warn => "warn",
        Level::Info => "info",
        Level::Debug => "debug",
    };
    let filter = EnvFilter::new(format!(
        "{OTHERS},cotreat={ours},cotreat_server={ours},cotreat_store={ours}"
    ));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(to);
    match log.format {
        Format::Json => Box::new(lines.json().flatten_event(true).finish()),
        Format::Text => Box::new(lines.with_ansi(false).finish()),
    }
}

/// Logs to standard error from now on, and tells panics by their place only: their words may hold what somebody typed.
pub fn begin(log: &Log) {
    // Whoever begins twice, as tests do, keeps the first.
    let _ = tracing::subscriber::set_global_default(subscriber(log, std::io::stderr));
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "a fault of the program ended a piece of work");
    }));
}
