//! The folder of backups: whole files or none, and old ones go.

use std::fs;

use cotreat_server::operations::archive::{self, Unfinished};
use cotreat_server::operations::backups::{self, Order};
use cotreat_server::operations::config::Backup;
use cotreat_server::operations::envelope::{self, Opener, Seal};
use cotreat_server::operations::{Settings, projections};
use jiff::{SignedDuration, Timestamp};

use crate::support::{House, now};

fn days_ago(days: i64) -> Timestamp {
    now()
        .checked_sub(SignedDuration::from_hours(24 * days))
        .expect("a moment")
}

fn order(now: Timestamp) -> Order {
    Order {
        into: None,
        knowledge: None,
        now,
    }
}

/// Settings with a folder for backups, and the identity that opens them.
fn with_backups(house: &House) -> (Settings, Opener) {
    let identity = house.path("identity");
    let public = envelope::new_identity(&identity).expect("a new file");
    let settings = Settings {
        backup: Backup {
            folder: Some(house.path("backups")),
            recipients: vec![public],
            ..Backup::default()
        },
        ..house.settings.clone()
    };
    (
        settings,
        Opener::identities(&identity).expect("an identity"),
    )
}

fn names(house: &House) -> Vec<String> {
    let entries = fs::read_dir(house.path("backups")).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn backups_are_named_by_their_moment_and_old_ones_deleted() {
    let house = House::new();
    let (mut settings, _) = with_backups(&house);
    house.begun().await.close().await;
    for days in [40, 36, 3] {
        backups::take(&settings, &order(days_ago(days)), &mut |_, _| ())
            .await
            .unwrap();
    }
    fs::write(house.path("backups/notes.txt"), "not ours").unwrap();
    let kept = archive::list(&house.path("backups")).unwrap();
    assert_eq!(
        kept.iter().map(|one| one.at).collect::<Vec<_>>(),
        [40, 36, 3].map(days_ago)
    );
    settings.backup.keep_days = Some(35);
    let taken = backups::take(&settings, &order(now()), &mut |_, _| ())
        .await
        .unwrap();
    assert_eq!(taken.deleted.len(), 2);
    assert_eq!(
        names(&house),
        [
            "cotreat-20261124T080000Z.age",
            "cotreat-20261127T080000Z.age",
            "notes.txt"
        ]
    );
    // The newest stays whatever its age.
    let later = now()
        .checked_add(SignedDuration::from_hours(24 * 400))
        .unwrap();
    archive::delete_old(&house.path("backups"), 35, later).unwrap();
    assert_eq!(names(&house), ["cotreat-20261127T080000Z.age", "notes.txt"]);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_a_backup_or_its_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::new();
    let (settings, _) = with_backups(&house);
    house.begun().await.close().await;
    let taken = backups::take(&settings, &order(now()), &mut |_, _| ())
        .await
        .unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&taken.path), 0o600);
    assert_eq!(mode(&house.path("backups")), 0o700);
    assert_eq!(mode(&house.path("cotreat.db")), 0o600);
    assert_eq!(archive::looks_wrong(&taken.path), None);
    fs::set_permissions(&taken.path, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(
        archive::looks_wrong(&taken.path).unwrap(),
        "others can read it (mode 644); chmod 600"
    );
}

#[test]
fn what_is_not_finished_is_not_there() {
    let house = House::new();
    let seal = || {
        Seal::of(&Backup {
            recipients: vec![recipient()],
            ..Backup::default()
        })
        .unwrap()
    };
    let place = house.path("backup.age");
    let (unfinished, writer) = Unfinished::begin(&place, seal()).unwrap();
    assert!(house.path("backup.age.unfinished").exists());
    drop((unfinished, writer));
    assert!(!place.exists() && !house.path("backup.age.unfinished").exists());
    let (unfinished, writer) = Unfinished::begin(&place, seal()).unwrap();
    unfinished.finish(writer).unwrap();
    assert!(place.exists() && !house.path("backup.age.unfinished").exists());
    let again = Unfinished::begin(&place, seal())
        .map(drop)
        .unwrap_err()
        .to_string();
    assert!(
        again.contains("this file is there already, and it is left as it is"),
        "{again}"
    );
}

fn recipient() -> String {
    let folder = tempfile::tempdir().unwrap();
    envelope::new_identity(&folder.path().join("identity")).unwrap()
}

#[tokio::test]
async fn without_anybody_who_could_open_it_nothing_is_taken() {
    let house = House::new();
    house.begun().await.close().await;
    let mut settings = house.settings.clone();
    settings.backup.folder = Some(house.path("backups"));
    let refused = backups::take(&settings, &order(now()), &mut |_, _| ())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("nobody is named who can open a backup"),
        "{refused}"
    );
    assert!(
        refused.contains("cotreat backup --new-identity FILE"),
        "{refused}"
    );
    assert!(!house.path("backups").exists());
}

#[tokio::test]
async fn a_passphrase_does_as_well() {
    let house = House::new();
    house.begun().await.close().await;
    let (mut settings, identity) = with_backups(&house);
    settings.backup.recipients.clear();
    settings.backup.passphrase_file = Some(house.secret("passphrase", "four words of a poem"));
    let taken = backups::take(&settings, &order(now()), &mut |_, _| ())
        .await
        .unwrap();
    let open = async |opener: &Opener| {
        backups::verify(
            &settings,
            &taken.path,
            opener,
            &projections(),
            &mut |_, _| (),
        )
        .await
    };
    let right = Opener::passphrase(&house.path("passphrase")).unwrap();
    assert_eq!(open(&right).await.unwrap().rows["event"], 4);
    let wrong = Opener::passphrase(&house.secret("other", "four other words")).unwrap();
    let refused = open(&wrong).await.unwrap_err().to_string();
    assert!(
        refused.contains("this backup cannot be opened with that"),
        "{refused}"
    );
    let refused = open(&identity).await.unwrap_err().to_string();
    assert!(
        refused.contains("sealed with a passphrase") && refused.contains("--passphrase-file"),
        "{refused}"
    );
}

#[tokio::test]
async fn what_cannot_be_opened_is_said() {
    let house = House::new();
    house.begun().await.close().await;
    let (settings, right) = with_backups(&house);
    let taken = backups::take(&settings, &order(now()), &mut |_, _| ())
        .await
        .unwrap();
    let verify = async |file: &std::path::Path, opener: &Opener| {
        backups::verify(&settings, file, opener, &projections(), &mut |_, _| ()).await
    };
    let found = verify(&taken.path, &right).await.unwrap();
    assert_eq!((found.rows["event"], found.verdict.events), (4, 4));
    envelope::new_identity(&house.path("stranger")).unwrap();
    let stranger = Opener::identities(&house.path("stranger")).unwrap();
    let refused = verify(&taken.path, &stranger)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("this backup cannot be opened with that"),
        "{refused}"
    );
    let whole = fs::read(&taken.path).unwrap();
    let damaged = house.path("damaged.age");
    for (bytes, words) in [
        (whole[..whole.len() - 100].to_vec(), "cannot be restored"),
        (
            whole[..40].to_vec(),
            "was not sealed by age, or it was cut off",
        ),
        (b"Dear diary".repeat(50), "was not sealed by age"),
        (Vec::new(), "was not sealed by age"),
    ] {
        fs::write(&damaged, bytes).unwrap();
        let refused = verify(&damaged, &right).await.unwrap_err().to_string();
        assert!(
            refused.starts_with(&damaged.display().to_string()) && refused.contains(words),
            "{refused}"
        );
    }
    let mut changed = whole.clone();
    let middle = changed.len() - 500;
    changed[middle] ^= 1;
    fs::write(&damaged, changed).unwrap();
    let refused = verify(&damaged, &right).await.unwrap_err().to_string();
    assert!(
        refused.contains("it was changed or damaged after it was taken"),
        "{refused}"
    );
    let refused = Opener::identities(&house.secret("garbage", "AGE-SECRET-KEY-1NOT"))
        .unwrap_err()
        .to_string();
    assert!(refused.contains("this is no identity of age"), "{refused}");
}
