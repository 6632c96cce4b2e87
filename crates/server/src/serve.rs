//! The running server: what it needs, from the settings; the listener; and what is done while it runs ([`crate::jobs`]).

use std::net::SocketAddr;
use std::sync::Arc;

use cotreat_access::Access;
use cotreat_knowledge::{Knowledge, Place, Problem};
use cotreat_store::Store;
use tokio::net::TcpListener;

use crate::clinic::Clinic;
use crate::clock::Clock;
use crate::identity::Identity;
use crate::jobs;
use crate::operations::config::Settings;
use crate::operations::health::Health;
use crate::operations::metrics::Metrics;
use crate::operations::shutdown::Shutdown;
use crate::web::{self, App};

/// Puts the server together.
///
/// # Errors
/// A setting cannot be used.
pub fn assemble(
    settings: &Settings,
    store: Arc<Store>,
    knowledge: Knowledge,
    clock: Arc<dyn Clock>,
    shutdown: Shutdown,
) -> Result<App, Problem> {
    let metrics = Arc::new(Metrics::new(&knowledge.hash));
    let access = Access::load()
        .map_err(|error| Problem::new(Place::file("access policies"), format!("{error:?}")))?;
    let identity = Identity::new(Arc::clone(&store), settings.identity()?)
        .map_err(|refused| Problem::new(Place::file("signing in"), refused.to_string()))?;
    Ok(App {
        clinic: Arc::new(Clinic::new(
            Arc::clone(&store),
            Arc::new(access),
            Arc::new(knowledge),
            clock,
        )),
        identity: Arc::new(identity),
        origin: settings.public_url().trim_end_matches('/').into(),
        behind_proxy: settings.behind_proxy,
        metrics,
        health: Arc::new(Health::new(store, settings.database_folder(), shutdown)),
        demo: None,
    })
}

/// Serves until somebody asks for the end; then finishes what was begun, within reason.
///
/// # Errors
/// The address cannot be listened on, or the system does not tell of signals.
pub async fn run(app: App, settings: &Settings, shutdown: Shutdown) -> Result<(), Problem> {
    let place = || Place::file("listen");
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
        Problem::new(
            place(),
            format!("{} cannot be used: {error}", settings.listen),
        )
        .help("another program may listen there; choose another address with `listen`")
    })?;
    tracing::info!(address = %settings.listen, "serving");
    let work = jobs::begin(&app, settings, &shutdown)?;
    let signals = tokio::spawn(shutdown.clone().on_signal());
    let ending = shutdown.clone();
    let service = web::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(async move { ending.wait().await });
    let ended = tokio::select! {
        ended = std::future::IntoFuture::into_future(serving) => ended,
        // What hangs is not waited for.
        () = shutdown.patience() => Ok(()),
    };
    shutdown.begin();
    signals.abort();
    for one in work {
        let _ = one.await;
    }
    ended.map_err(|error| Problem::new(place(), error.to_string()))
}
