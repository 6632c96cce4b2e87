//! What is done while the server runs, by itself: each job has a rhythm, logs what fails, and ends with the server.

mod mail;

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use cotreat_knowledge::Problem;
use tokio::task::JoinHandle;

use crate::operations::checkpoints;
use crate::operations::config::Settings;
use crate::operations::shutdown::Shutdown;
use crate::web::App;

/// What has expired is thrown away so often.
const SWEEP: Duration = Duration::from_secs(10 * 60);
/// It is looked so often whether today has a checkpoint.
const CHECKPOINT: Duration = Duration::from_secs(60 * 60);
/// Letters leave so often.
const MAIL: Duration = Duration::from_secs(10);
/// Sizes and queues are measured so often.
const MEASURE: Duration = Duration::from_secs(30);

/// Begins every job.
///
/// # Errors
/// The mail server's settings cannot be used.
pub fn begin(
    app: &App,
    settings: &Settings,
    shutdown: &Shutdown,
) -> Result<Vec<JoinHandle<()>>, Problem> {
    let post = settings.smtp.as_ref().map(mail::Post::new).transpose()?;
    let mut work = vec![
        every(SWEEP, shutdown, app, async |app| {
            app.clinic
                .store
                .sweep(app.clinic.clock.now())
                .await
                .map(drop)
        }),
        every(MEASURE, shutdown, app, async |app| {
            let store = &app.clinic.store;
            let waiting = store.outbox(app.clinic.clock.now()).await?;
            app.metrics.store(waiting, store.size().await?);
            Ok(())
        }),
        checkpoint(app, settings.checkpoint_copy.clone(), shutdown),
    ];
    if let Some(post) = post {
        let post = std::sync::Arc::new(post);
        work.push(every(MAIL, shutdown, app, move |app| {
            let post = std::sync::Arc::clone(&post);
            async move { post.deliver(&app).await }
        }));
    }
    Ok(work)
}

/// Once a day the end of the chain is signed; the copy elsewhere shows later whether anything was cut off.
fn checkpoint(app: &App, copy: Option<PathBuf>, shutdown: &Shutdown) -> JoinHandle<()> {
    every(CHECKPOINT, shutdown, app, move |app| {
        let copy = copy.clone();
        async move {
            let now = app.clinic.clock.now();
            let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
            app.clinic.store.checkpoint(today).await?;
            if let Some(copy) = copy {
                let all = app.clinic.store.checkpoints().await?;
                if let Err(problem) = checkpoints::add_missing(&copy, &all) {
                    tracing::error!(%problem, "the checkpoints were not copied");
                }
            }
            Ok(())
        }
    })
}

/// Does a piece of work again and again until the server ends. A failure is logged, and the next turn tries again.
fn every<W>(
    rhythm: Duration,
    shutdown: &Shutdown,
    app: &App,
    work: impl Fn(App) -> W + Send + 'static,
) -> JoinHandle<()>
where
    W: Future<Output = Result<(), cotreat_store::Error>> + Send,
{
    let (app, shutdown) = (app.clone(), shutdown.clone());
    tokio::spawn(async move {
        while !shutdown.has_begun() {
            if let Err(error) = work(app.clone()).await {
                tracing::error!(%error, "a job failed; it will be tried again");
            }
            tokio::select! {
                () = shutdown.wait() => break,
                () = tokio::time::sleep(rhythm) => {}
            }
        }
    })
}
