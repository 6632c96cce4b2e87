//! `cotreat import`: an invented clinic in a database.

use std::collections::BTreeMap;
use std::fs;

use cotreat_care::Record;
use cotreat_people::stream::{About, about};
use cotreat_server::operations::{projections, run};
use cotreat_store::database::Address;
use cotreat_store::{MasterKey, Opening, Store};

use crate::support::{Folder, Run, cotreat, says};

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A folder with a key file, and the paths of the key and of a database that is not there yet.
struct Place {
    _folder: Folder,
    key: String,
    database: String,
}

impl Place {
    fn new() -> Self {
        let folder = Folder::new();
        let (key, database) = (folder.path("cotreat.key"), folder.path("cotreat.db"));
        fs::write(&key, KEY).expect("the key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&key, fs::Permissions::from_mode(0o600))
                .expect("for its owner alone");
        }
        Self {
            _folder: folder,
            key,
            database,
        }
    }

    fn import(&self, further: &[&str]) -> Run {
        let mut words = vec![
            "import",
            "--database",
            &self.database,
            "--key-file",
            &self.key,
        ];
        words.extend(["--until", "2026-10-30T10:20:00Z"]);
        words.extend(further);
        cotreat(&words)
    }
}

#[test]
fn invented_patients_are_written_and_said_to_be_invented() {
    let place = Place::new();
    let told = place.import(&["--synthetic", "60"]).ends(0);
    says(
        &told,
        &[
            "60 invented patients in 5 practices",
            "nobody is meant",
            "no patient may be treated by it",
        ],
    );
    let (events, open) = run(read(&place.database)).expect("threads");
    says(&told, &[&format!("{events} events")]);
    assert!(open > 20, "{open} episodes are open");
}

/// How many events there are, and how many episodes are open; every body can be read.
async fn read(database: &str) -> (usize, usize) {
    let address = Address::read(database).expect("a path");
    let key = MasterKey::from_hex(KEY).expect("a key");
    let store = Store::open(&address, key, Opening::AsIs, projections())
        .await
        .expect("the database");
    let (mut events, mut position) = (0, 0);
    let mut episodes: BTreeMap<String, Vec<cotreat_care::event::Recorded>> = BTreeMap::new();
    loop {
        let page = store.after(position).await.expect("events");
        let Some(last) = page.last() else { break };
        position = last.position;
        events += page.len();
        for event in page {
            let body = event.body.expect("nobody was erased");
            if let Some(About::Episode(id)) = about(&event.stream) {
                let recorded = serde_json::from_slice(&body).expect("an event");
                episodes.entry(id.to_owned()).or_default().push(recorded);
            }
        }
    }
    let open = episodes
        .values()
        .filter(|events| Record::of(*events).closed.is_none())
        .count();
    store.close().await;
    (events, open)
}

#[test]
fn invented_patients_do_not_come_among_others_unasked() {
    let place = Place::new();
    place.import(&["--synthetic", "3"]).ends(0);
    place
        .import(&["--synthetic", "3", "--seed", "2"])
        .refuses(&["has patients already", "--add"]);
    place
        .import(&["--synthetic", "3", "--add"])
        .refuses(&["seed 1 is in this database already", "choose another"]);
    place
        .import(&["--synthetic", "3", "--seed", "2", "--add"])
        .ends(0);
}

#[test]
fn what_is_wrong_is_said_before_anything_is_written() {
    let place = Place::new();
    let gone = format!("{}.gone", place.key);
    cotreat(&[
        "import",
        "--synthetic",
        "3",
        "--database",
        &place.database,
        "--key-file",
        &gone,
    ])
    .refuses(&[&gone]);
    let words = [
        "import",
        "--synthetic",
        "3",
        "--database",
        &place.database,
        "--key-file",
        &place.key,
    ];
    cotreat(&[&words[..], &["--until", "2999-01-01T00:00:00Z"]].concat())
        .refuses(&["--until", "lies in the future"]);
    let none = place.import(&["--synthetic", "0"]);
    assert_eq!(none.code, 2, "{}", none.err);
    assert!(
        !fs::exists(&place.database).expect("a folder"),
        "nothing was made"
    );
}
