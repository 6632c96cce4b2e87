//! A full disk: the request is refused in words, what was acknowledged stays, and the store goes on once there is room.

use std::path::Path;
use std::process::Command;

use cotreat_store::database::Address;
use cotreat_store::{Error, Expected, MasterKey};

use crate::support::{Place, notes, texts};

/// A file system of four megabytes, gone with the test; only root can make one.
struct Small(tempfile::TempDir);

impl Small {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"])
            .arg(folder.path())
            .output();
        if mounted.is_ok_and(|done| done.status.success()) {
            return Some(Self(folder));
        }
        eprintln!("left out: a full disk; only root can make a small file system");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        // Lazily: a connection may still be closing.
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing() {
    let Some(small) = Small::new() else { return };
    let ballast = small.path().join("ballast");
    std::fs::write(&ballast, vec![0; 1 << 20]).expect("there is room for it");
    let place = Place {
        address: Address::Sqlite(small.path().join("cotreat.db")),
        key: MasterKey::random().unwrap(),
        folder: None,
    };
    let store = place.open().await;
    let mut safe = Vec::new();
    let refused = loop {
        let text = format!("{:04} {}", safe.len(), "x".repeat(20_000));
        match store
            .append(&notes("p1/e1", Expected::Any, &[&text]), None)
            .await
        {
            Ok(_) => safe.push(text),
            Err(error) => break error,
        }
        assert!(safe.len() < 1000, "the disk never fills");
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    assert_eq!(
        refused.to_string(),
        "there is no room left on the disk; nothing of this request was written. Make room and repeat it."
    );
    assert!(safe.len() > 10);
    assert_eq!(
        texts(&store, "p1/e1").await,
        safe,
        "readable while it is full"
    );

    std::fs::remove_file(&ballast).unwrap();
    store
        .append(
            &notes("p1/e1", Expected::Any, &["there is room again"]),
            None,
        )
        .await
        .unwrap();
    store.close().await;
    let store = place.open().await;
    safe.push("there is room again".to_owned());
    assert_eq!(texts(&store, "p1/e1").await, safe);
    assert!(store.verify(&[], &mut |_| ()).await.unwrap().is_fine());
    store.close().await;
}
