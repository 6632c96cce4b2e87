//! A server that runs: whether it can do its work, and how it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cotreat_server::operations::health::Health;
use cotreat_server::operations::shutdown::{self, Shutdown};
use cotreat_store::Opening;

use crate::support::House;

#[tokio::test(flavor = "multi_thread")]
async fn ready_until_something_is_in_the_way() {
    let house = House::new();
    let store = Arc::new(house.begun().await);
    let shutdown = Shutdown::new();
    let health = Health::new(
        Arc::clone(&store),
        house.settings.database_folder(),
        shutdown.clone(),
    );
    let ready = health.ready().await;
    assert_eq!((ready.is_ready(), ready.text().as_str()), (true, "ready\n"));
    std::fs::remove_file(house.path("cotreat.db.lock")).unwrap();
    let lost = health.ready().await;
    assert_eq!(lost.faults, ["another process could write to the database"]);
    shutdown.begin();
    let ending = health.ready().await;
    assert!(!ending.is_ready());
    assert!(
        ending.text().starts_with("the server is shutting down\n"),
        "{}",
        ending.text()
    );
    assert!(
        !ending.text().contains(&house.settings.database),
        "strangers learn no path"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_is_closed_once_nobody_uses_it() {
    let house = House::new();
    let store = Arc::new(house.begun().await);
    let done = Arc::new(AtomicBool::new(false));
    let work = {
        let (store, done) = (Arc::clone(&store), Arc::clone(&done));
        tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            store.is_well().await.unwrap();
            done.store(true, Ordering::SeqCst);
        })
    };
    assert!(shutdown::close(store).await);
    assert!(
        done.load(Ordering::SeqCst),
        "what was begun was finished first"
    );
    work.await.unwrap();
    // Another process may write now.
    house.open(Opening::AsIs).await.close().await;
}

#[tokio::test]
async fn whoever_waits_for_the_end_is_told() {
    let shutdown = Shutdown::new();
    assert!(!shutdown.has_begun());
    let waiting = tokio::spawn({
        let shutdown = shutdown.clone();
        async move { shutdown.wait().await }
    });
    shutdown.begin();
    waiting.await.unwrap();
    assert!(shutdown.has_begun());
    // Whoever comes later does not wait.
    shutdown.wait().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_signal_of_the_system_begins_the_end() {
    let shutdown = Shutdown::new();
    let waiting = tokio::spawn(shutdown.clone().on_signal());
    // Until the handler stands, the signal would end this program.
    let mut own =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
    while !waiting.is_finished() {
        let kill = std::process::Command::new("kill")
            .args(["-TERM", &std::process::id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        own.recv().await;
        tokio::task::yield_now().await;
    }
    waiting.await.unwrap().unwrap();
    assert!(shutdown.has_begun());
}
