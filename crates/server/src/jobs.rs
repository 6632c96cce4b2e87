//! What is done while the server runs, by itself: each job has a rhythm, logs what fails, and ends with the server.

mod mail;

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use cotreat_knowledge::Problem;
use tokio::task::JoinHandle;

use crate::operations::config::Settings;
use crate::operations::shutdown::Shutdown;
use crate::operations::{archive, checkpoints};
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
        measure(app, settings.backup.folder.clone(), shutdown),
        checkpoint(app, settings.checkpoint_copy.clone(), shutdown),
    ];
    if let Some(post) = post {
        let post = Arc::new(post);
        work.push(every(MAIL, shutdown, app, move |app| {
            let post = Arc::clone(&post);
            async move { post.deliver(&app).await }
        }));
    }
    Ok(work)
}

/// How the store is, and how far it has come since it was looked at before.
fn measure(app: &App, backups: Option<PathBuf>, shutdown: &Shutdown) -> JoinHandle<()> {
    let seen = Arc::new(AtomicU64::new(0));
    every(MEASURE, shutdown, app, move |app| {
        let (seen, backups) = (Arc::clone(&seen), backups.clone());
        async move {
            // A folder that cannot be read is for `doctor` to say.
            let kept = backups.and_then(|folder| archive::list(&folder).ok());
            if let Some(newest) = kept.and_then(|kept| kept.iter().map(|one| one.at).max()) {
                app.metrics.backup(newest);
            }
            let store = &app.clinic.store;
            let position = store.position().await?;
            // What was there at the start was not appended by this process.
            match seen.swap(position, Ordering::Relaxed) {
                0 => {}
                before => app.metrics.appended(position.saturating_sub(before)),
            }
            let waiting = store.outbox(app.clinic.clock.now()).await?;
            app.metrics.store(waiting, store.size().await?);
            Ok(())
        }
    })
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
