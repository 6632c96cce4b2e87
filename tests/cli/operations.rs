//! Running an installation from the command line: from nothing to a restored record, and every wrong input with its sentence.

use std::fs;
use std::path::Path;

use cotreat_store::{MasterKey, Opening, Store};

use super::support::{Folder, Run, cotreat, says};

/// A folder with settings whose paths lie in it.
struct House {
    folder: Folder,
    config: String,
}

impl House {
    /// Nothing but settings.
    fn empty() -> Self {
        Self::with("")
    }

    /// Settings with these lines in front.
    fn with(lines: &str) -> Self {
        let folder = Folder::new();
        let text = format!("database = \"cotreat.db\"\nkey_file = \"cotreat.key\"\n{lines}");
        let config = folder.with("cotreat.toml", text);
        Self { folder, config }
    }

    /// With a record of one organisation and one owner, and an identity that opens backups.
    fn begun() -> Self {
        let house = Self::empty();
        house.run(&INIT).ends(0);
        let identity = house.path("identity");
        let made = cotreat(&["backup", "--new-identity", &identity]).ends(0);
        let (_, settings) = made.split_once("[backup]\n").expect("what to write");
        let text = fs::read_to_string(&house.config).expect("the settings");
        let backup = format!("{text}[backup]\nfolder = \"backups\"\n{settings}");
        fs::write(&house.config, backup).expect("the settings");
        house
    }

    fn path(&self, name: &str) -> String {
        self.folder.path(name)
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut all = arguments.to_vec();
        all.extend(["--config", &self.config]);
        cotreat(&all)
    }

    /// Takes a backup and names it.
    fn backup(&self) -> String {
        let file = self.path("backup.age");
        let _ = fs::remove_file(&file);
        self.run(&["backup", &file]).ends(0);
        file
    }
}

const INIT: [&str; 9] = [
    "init",
    "--organisation",
    "Back Clinic",
    "--name",
    "Ada Example",
    "--email",
    "ada@example.org",
    "--profession",
    "physiotherapist",
];

/// The one-time link that was printed.
#[track_caller]
fn link(said: &str) -> &str {
    let line = said.lines().find(|line| line.contains("/set-up/"));
    line.expect("a link is printed").trim()
}

#[test]
fn from_nothing_to_a_restored_record() {
    let house = House::begun();
    let accepted = house
        .run(&[
            "accept",
            "--officer",
            "Ada Example",
            "--standing",
            "physiotherapist, HCPC PH000000",
        ])
        .ends(0);
    says(
        &accepted,
        &["Ada Example accepted the knowledge", "for Back Clinic"],
    );

    let taken = house.run(&["backup"]).ends(0);
    says(&taken, &["backup ", ".age: ", " events, "]);
    let names: Vec<_> = fs::read_dir(house.path("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(names.len(), 1, "nothing half-written lies there");
    let backup = names[0].display().to_string();

    let identity = house.path("identity");
    let verified = house
        .run(&["restore", "--verify", &backup, "--identity", &identity])
        .ends(0);
    says(
        &verified,
        &[
            "the chain holds",
            "It can be restored with this key. Nothing was changed.",
        ],
    );
    let new = house.path("new.db");
    let restored = house
        .run(&[
            "restore",
            &backup,
            "--identity",
            &identity,
            "--database",
            &new,
        ])
        .ends(0);
    says(
        &restored,
        &["Restored into", "everybody signs in anew", "erased again"],
    );
    for database in [house.path("cotreat.db"), new] {
        says(
            &house
                .run(&["user", "list", "--database", &database])
                .ends(0),
            &["Ada Example <ada@example.org>: clinician in Back Clinic, owner in Back Clinic"],
        );
        says(
            &house
                .run(&["audit", "verify", "--database", &database])
                .ends(0),
            &[
                "everything is as it was written",
                "No copy of the checkpoints was compared",
            ],
        );
        let rebuilt = house.run(&["rebuild", "--database", &database]).ends(0);
        says(
            &rebuilt,
            &["staff: 1 row, as before", "member: 2 rows, as before"],
        );
    }

    let copy = house.path("checkpoints");
    says(
        &house.run(&["audit", "checkpoint", "--copy", &copy]).ends(0),
        &["1 checkpoint added"],
    );
    says(
        &house.run(&["audit", "checkpoint", "--copy", &copy]).ends(0),
        &["0 checkpoints added"],
    );
    says(
        &house
            .run(&["audit", "verify", "--checkpoints", &copy])
            .ends(0),
        &["everything is as it was written.\n"],
    );

    let upgraded = house
        .run(&["upgrade", "--backup-to", &house.path("before.age")])
        .ends(0);
    says(
        &upgraded,
        &["backup ", "before.age", "the tables are up to date"],
    );
    assert!(Path::new(&house.path("before.age")).exists());
    says(
        &house.run(&["upgrade", "--no-backup"]).ends(0),
        &["the tables are up to date"],
    );

    let doctor = house.run(&["doctor"]).ends(0);
    says(
        &doctor,
        &["Worth a look", "Well", "0 wrong", "accepted by Ada Example"],
    );
    let json: serde_json::Value =
        serde_json::from_str(&house.run(&["doctor", "--json"]).ends(0)).expect("JSON");
    let lines = json.as_array().expect("a list");
    assert!(lines.len() > 10);
    for line in lines {
        let is_ok = line["state"] == "ok";
        assert_eq!(line["todo"].is_null(), is_ok, "{line}");
    }
}

#[test]
fn users_come_and_go() {
    let house = House::begun();
    let added = house
        .run(&[
            "user",
            "add",
            "--name",
            "Ben Example",
            "--email",
            "ben@example.org",
            "--role",
            "front_desk",
        ])
        .ends(0);
    says(
        &added,
        &[
            "added Ben Example in Back Clinic",
            "within 24 hours; it works once",
        ],
    );
    let reset = house.run(&["user", "reset", "ben@example.org"]).ends(0);
    assert_ne!(link(&added), link(&reset));
    says(
        &house
            .run(&["user", "role", "ben@example.org", "--grant", "owner"])
            .ends(0),
        &["ben@example.org is owner from now on in Back Clinic"],
    );
    says(
        &house
            .run(&[
                "user",
                "role",
                "ben@example.org",
                "--withdraw",
                "front_desk",
                "--reason",
                "owner now",
            ])
            .ends(0),
        &["ben@example.org is no longer front desk in Back Clinic"],
    );
    says(
        &house
            .run(&["user", "disable", "ada@example.org", "--reason", "left"])
            .ends(0),
        &["ada@example.org may no longer sign in"],
    );
    says(
        &house.run(&["user", "list"]).ends(0),
        &[
            "Ada Example <ada@example.org> (may not sign in): ",
            "Ben Example <ben@example.org>: owner in Back Clinic",
        ],
    );
    says(
        &house.run(&["user", "enable", "ada@example.org"]).ends(0),
        &["ada@example.org may sign in again"],
    );
    house
        .run(&["user", "reset", "nobody@example.org"])
        .refuses(&["nobody is known as nobody@example.org", "cotreat user list"]);
    house
        .run(&[
            "user",
            "add",
            "--name",
            "C",
            "--email",
            "c@example.org",
            "--role",
            "clinician",
            "--profession",
            "fysiotherapist",
        ])
        .refuses(&[
            "--profession: there is no profession `fysiotherapist`",
            "did you mean `physiotherapist`?",
        ]);
    house
        .run(&[
            "user",
            "add",
            "--name",
            "C",
            "--email",
            "c@example.org",
            "--role",
            "king",
        ])
        .refuses(&["invalid value 'king'", "front_desk"]);
    house
        .run(&[
            "user",
            "add",
            "--name",
            "C",
            "--email",
            "not an address",
            "--role",
            "owner",
        ])
        .refuses(&["the directory: "]);
}

#[test]
fn the_link_is_the_only_secret_that_is_printed() {
    let house = House::empty();
    let said = house.run(&INIT).ends(0);
    says(
        &said,
        &[
            "copy it to a safe place now",
            "no backup holds it",
            "Ada Example is an owner of Back Clinic",
        ],
    );
    let token = link(&said).rsplit('/').next().unwrap();
    assert_eq!(token.len(), 43);
    let key = fs::read_to_string(house.path("cotreat.key")).unwrap();
    assert!(!said.contains(key.trim()));
    for file in ["cotreat.db", "cotreat.db-wal"] {
        let bytes = fs::read(house.path(file)).unwrap_or_default();
        let holds = |needle: &str| {
            bytes
                .windows(needle.len())
                .any(|part| part == needle.as_bytes())
        };
        assert!(!holds(token) && !holds("ada@example.org"), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_what_init_makes() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::empty();
    house.run(&INIT).ends(0);
    for file in ["cotreat.key", "cotreat.db"] {
        let mode = fs::metadata(house.path(file)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{file}");
    }
    fs::set_permissions(house.path("cotreat.key"), fs::Permissions::from_mode(0o644)).unwrap();
    house
        .run(&["user", "list"])
        .refuses(&["others can read this secret (mode 644)", "help: chmod 600 "]);
}

#[test]
fn nothing_is_made_twice_or_by_halves() {
    let house = House::empty();
    house.run(&INIT).ends(0);
    let before = fs::read(house.path("cotreat.db")).unwrap();
    let said = house
        .run(&INIT)
        .refuses(&["there is a database already, and it is left as it is"]);
    says(&said, &[&house.path("cotreat.db"), "cotreat user add"]);
    assert_eq!(fs::read(house.path("cotreat.db")).unwrap(), before);

    let wrong = |further: &[&str], words: &[&str]| {
        let house = House::empty();
        let mut arguments = INIT.to_vec();
        arguments.extend(further);
        house.run(&arguments).refuses(words);
        for file in ["cotreat.key", "cotreat.db", "cotreat.db.lock"] {
            assert!(!Path::new(&house.path(file)).exists(), "{file}");
        }
    };
    wrong(
        &["--time-zone", "Europe/Berln"],
        &[
            "--time-zone: there is no time zone `Europe/Berln`",
            "Europe/Berlin",
        ],
    );
    wrong(
        &["--profile", "ukk"],
        &["--profile: there is no profile `ukk`", "did you mean `uk`?"],
    );
    wrong(&["--jurisdiction", " "], &["the directory: "]);
    // The key of another installation may be used for a new database.
    let again = House::empty();
    fs::copy(house.path("cotreat.key"), again.path("cotreat.key")).unwrap();
    says(&again.run(&INIT).ends(0), &["used the key file"]);
    // A folder that is not there.
    let nowhere = again.path("not/there.db");
    let mut arguments = INIT.to_vec();
    arguments.extend(["--database", &nowhere]);
    again
        .run(&arguments)
        .refuses(&[&nowhere, "No such file or directory"]);
}

#[test]
fn wrong_settings_stop_every_command() {
    let house = House::with("lisen = \"127.0.0.1:80\"\ndemo = 7\n[smtp]\npassword = \"hunter2\"\n");
    for command in [
        &["user", "list"][..],
        &["backup"],
        &["audit", "verify"],
        &["rebuild"],
        &["upgrade"],
        &["accept", "--officer", "A", "--standing", "B"],
    ] {
        let said = house.run(command).refuses(&[
            "cotreat.toml:3:1: there is no setting `lisen`",
            "did you mean `listen`?",
            "cotreat.toml:4:8: `demo` does not hold what it should",
            "cotreat.toml:6:12: `smtp.password` holds a secret",
            "3 problems",
        ]);
        assert!(!said.contains("hunter2"));
    }
    // For the doctor that is what it looks for.
    let doctor = house.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    says(
        &doctor.out,
        &["Wrong", "settings: ", "did you mean `listen`?", "3 wrong"],
    );
    cotreat(&["doctor", "--config", &house.path("nowhere.toml")]);
    let missing = cotreat(&["user", "list", "--config", &house.path("nowhere.toml")]);
    missing.refuses(&["nowhere.toml: ", "name a file that can be read"]);
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let house = House::begun();
    let nowhere = house.path("nowhere.db");
    for command in [
        &["user", "list"][..],
        &["backup"],
        &["audit", "verify"],
        &["audit", "checkpoint"],
        &["rebuild"],
        &["upgrade"],
    ] {
        let mut arguments = command.to_vec();
        arguments.extend(["--database", &nowhere]);
        house
            .run(&arguments)
            .refuses(&["there is no record in", "`cotreat init`"]);
        assert!(!Path::new(&nowhere).exists());
    }
}

#[test]
fn a_database_that_cannot_be_used_is_said() {
    let house = House::begun();
    // Another key.
    let other = House::empty();
    other.run(&INIT).ends(0);
    house
        .run(&["user", "list", "--key-file", &other.path("cotreat.key")])
        .refuses(&[
            "the key does not fit this database",
            "Use the key file that was made with it",
        ]);
    // No key at all.
    let garbage = house.folder.with("garbage.key", "garbage");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&garbage, fs::Permissions::from_mode(0o600)).unwrap();
    }
    house
        .run(&["user", "list", "--key-file", &garbage])
        .refuses(&["this is no master key: it is not 64 hexadecimal digits"]);
    house
        .run(&["user", "list", "--key-file", &house.path("nowhere.key")])
        .refuses(&["nowhere.key: there is no such file", "`key_file` names it"]);
    // Not a database.
    let diary = house.folder.with("diary.db", "Dear diary, ".repeat(1000));
    for command in [
        &["user", "list"][..],
        &["backup"],
        &["audit", "verify"],
        &["upgrade"],
    ] {
        let mut arguments = command.to_vec();
        arguments.extend(["--database", &diary]);
        house.run(&arguments).refuses(&["file is not a database"]);
    }
    assert_eq!(
        fs::read_to_string(&diary).unwrap(),
        "Dear diary, ".repeat(1000)
    );
    // A folder that is a file.
    let below = format!("{diary}/x.db");
    house
        .run(&["user", "list", "--database", &below])
        .refuses(&[&below]);
}

#[test]
fn a_damaged_page_is_said() {
    let house = House::begun();
    for n in 0..30 {
        let email = format!("user{n}@example.org");
        house
            .run(&[
                "user", "add", "--name", "Somebody", "--email", &email, "--role", "owner",
            ])
            .ends(0);
    }
    let path = house.path("cotreat.db");
    let mut bytes = fs::read(&path).unwrap();
    for page in bytes.chunks_mut(4096).skip(2) {
        page[..16].fill(0xA5);
    }
    fs::write(&path, bytes).unwrap();
    for command in [
        &["audit", "verify"][..],
        &["backup"],
        &["rebuild"],
        &["upgrade", "--no-backup"],
    ] {
        house.run(command).refuses(&[
            "cannot be opened: it was changed or damaged",
            "restore the newest backup that verifies",
        ]);
    }
    let doctor = house.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    says(&doctor.out, &["restore the newest backup that verifies"]);
}

#[test]
fn an_event_that_was_changed_is_found() {
    let house = House::begun();
    let copy = house.path("checkpoints");
    house.run(&["audit", "checkpoint", "--copy", &copy]).ends(0);
    // Another record under the same key: the past, written anew.
    let other = House::empty();
    fs::copy(house.path("cotreat.key"), other.path("cotreat.key")).unwrap();
    other.run(&INIT).ends(0);
    let found = other.run(&["audit", "verify", "--checkpoints", &copy]);
    assert_eq!((found.code, found.err.as_str()), (1, ""));
    says(
        &found.out,
        &[
            "is not the one that was signed on",
            "the past was written anew",
            "1 fault: the record is not as it was written",
        ],
    );
    other
        .run(&["audit", "checkpoint", "--copy", &copy])
        .refuses(&[
            "the copy and the database differ about",
            "cotreat audit verify",
        ]);
    let doctor = other.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    fs::write(&copy, "2026-01-01 garbage\n").unwrap();
    house
        .run(&["audit", "verify", "--checkpoints", &copy])
        .refuses(&["checkpoints:1: this line is no checkpoint"]);
}

#[test]
fn backups_that_cannot_be_used_are_said() {
    let house = House::begun();
    let backup = house.backup();
    let identity = house.path("identity");
    let verify = |file: &str, identity: &str| {
        house.run(&["restore", "--verify", file, "--identity", identity])
    };
    let stranger = house.path("stranger");
    cotreat(&["backup", "--new-identity", &stranger]).ends(0);
    verify(&backup, &stranger).refuses(&[
        "this backup cannot be opened with that",
        "name the identity of one of the recipients",
    ]);
    let whole = fs::read(&backup).unwrap();
    let cut = house.folder.with("cut.age", &whole[..whole.len() / 2]);
    verify(&cut, &identity).refuses(&[
        "cut.age: this backup cannot be restored",
        "take another backup",
    ]);
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    let changed = house.folder.with("changed.age", changed);
    verify(&changed, &identity).refuses(&["changed.age: this backup cannot be restored"]);
    let foreign = house.folder.with("foreign.age", "Dear diary");
    verify(&foreign, &identity).refuses(&["foreign.age: this file was not sealed by age"]);
    verify(&house.path("nowhere.age"), &identity).refuses(&["nowhere.age: No such file"]);
    verify(&backup, &backup).refuses(&["backup.age"]);
    // Another installation's key.
    let other = House::empty();
    other.run(&INIT).ends(0);
    other
        .run(&["restore", "--verify", &backup, "--identity", &identity])
        .refuses(&["the key does not fit this database"]);
    // Over a record.
    let before = fs::read(house.path("cotreat.db")).unwrap();
    house
        .run(&["restore", &backup, "--identity", &identity])
        .refuses(&["there is a record in", "is left as it is"]);
    assert_eq!(fs::read(house.path("cotreat.db")).unwrap(), before);
    house.run(&["restore", &backup]).refuses(&["--identity"]);
    house
        .run(&["backup", &backup])
        .refuses(&["this file is there already, and it is left as it is"]);
    cotreat(&["backup", "--new-identity", &identity]).refuses(&["this file is there already"]);
}

#[test]
fn without_recipients_nothing_is_backed_up_and_nothing_upgraded() {
    let house = House::empty();
    house.run(&INIT).ends(0);
    for command in [&["backup"][..], &["upgrade"]] {
        house.run(command).refuses(&[
            "nobody is named who can open a backup",
            "cotreat backup --new-identity FILE",
        ]);
    }
}

#[test]
fn one_writes_and_others_look() {
    let house = House::begun();
    let key = MasterKey::from_hex(&fs::read_to_string(house.path("cotreat.key")).unwrap()).unwrap();
    let address = cotreat_store::database::Address::Sqlite(house.path("cotreat.db").into());
    let runtime = cotreat_server::operations::run(async {
        let projections = cotreat_server::operations::projections();
        let store = Store::open(&address, key, Opening::AsIs, projections)
            .await
            .unwrap();
        for command in [
            &["user", "list"][..],
            &["rebuild"],
            &["upgrade"],
            &["accept", "--officer", "A", "--standing", "B"],
        ] {
            house
                .run(command)
                .refuses(&["another process is writing to", "Stop it first"]);
        }
        house.backup();
        house.run(&["audit", "verify"]).ends(0);
        store
            .checkpoint("2026-11-27".parse().unwrap())
            .await
            .unwrap();
        let copied = house
            .run(&["audit", "checkpoint", "--copy", &house.path("copy")])
            .ends(0);
        says(
            &copied,
            &[
                "the server is running and signs by itself",
                "1 checkpoint added",
            ],
        );
        says(
            &house.run(&["doctor"]).out,
            &[&format!(
                "server: process {} is running",
                std::process::id()
            )],
        );
        store.close().await;
    });
    runtime.unwrap();
}
