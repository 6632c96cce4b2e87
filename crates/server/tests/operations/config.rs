//! Settings: what counts, and everything that is refused, with its place and what to do.

use std::path::PathBuf;

use cotreat_server::operations::Settings;
use cotreat_server::operations::config::{Format, Given, Level, secret};
use cotreat_store::database::Address;

use crate::support::{House, load};

/// It is refused, in exactly these words.
#[track_caller]
fn refused(text: &str, environment: &[(&str, &str)], words: &str) {
    assert_eq!(load(text, environment).expect_err("it is refused"), words);
}

#[test]
fn without_anything_the_defaults_hold() {
    assert_eq!(load("", &[]).unwrap(), Settings::default());
    let defaults = Settings::default();
    assert_eq!(defaults.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(defaults.public_url(), "http://127.0.0.1:8080");
    assert!(!defaults.demo);
}

#[test]
fn the_command_line_counts_before_the_environment_and_that_before_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cotreat.toml");
    std::fs::write(
        &file,
        "database = \"of-the-file.db\"\nlisten = \"127.0.0.1:1\"\nkey_file = \"of-the-file.key\"\n[log]\nformat = \"json\"",
    )
    .unwrap();
    let given = Given {
        file: None,
        flags: vec![("database", "of-the-flag.db".to_owned())],
        environment: [
            ("COTREAT_CONFIG", file.to_str().unwrap()),
            ("COTREAT_DATABASE", "of-the-environment.db"),
            ("COTREAT_LISTEN", "127.0.0.1:2"),
            ("COTREAT_BACKUP_RECIPIENTS", ""),
            ("COTREAT_TEST_ANYTHING", "is for tests"),
            ("HOME", "is nobody's business"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
    };
    let settings = Settings::load(&given).unwrap();
    assert_eq!(settings.database, "of-the-flag.db");
    assert_eq!(settings.listen.port(), 2);
    assert_eq!(settings.log.format, Format::Json);
    assert_eq!(
        settings.log.level,
        Level::Info,
        "sections are mixed, not replaced"
    );
    assert_eq!(
        settings.key_file,
        folder.path().join("of-the-file.key"),
        "a path of the file is taken from its folder"
    );
}

#[test]
fn every_kind_of_value_is_read() {
    let text = r#"
        public_url = "https://cotreat.example.org"
        behind_proxy = true
        demo = true
        [backup]
        folder = "/var/backups"
        recipients = ["age1lkrjzj5klz4f8xcxm9sjketdcchp0cc9pex88fdyqrudd45jrcrqhltva3"]
        keep_days = 35
        [smtp]
        host = "mail.example.org"
        from = "clinic@example.org"
        [[oidc]]
        id = "clinic"
        name = "Clinic account"
        issuer = "https://login.example.org"
        client_id = "cotreat"
        inside = true
        [log]
        level = "debug"
    "#;
    let settings = load(text, &[("COTREAT_SMTP_PORT", "25")]).unwrap();
    assert!(settings.demo && settings.behind_proxy);
    assert_eq!(settings.public_url(), "https://cotreat.example.org");
    assert_eq!(settings.backup.folder, Some(PathBuf::from("/var/backups")));
    assert_eq!(settings.backup.keep_days, Some(35));
    assert_eq!(settings.backup.recipients.len(), 1);
    let smtp = settings.smtp.clone().unwrap();
    assert_eq!((smtp.host.as_str(), smtp.port), ("mail.example.org", 25));
    assert_eq!(
        load("[smtp]\nhost = \"a\"\nfrom = \"b@c\"", &[])
            .unwrap()
            .smtp
            .unwrap()
            .port,
        587
    );
    let identity = settings.identity().unwrap();
    assert_eq!(identity.issuers[0].id, "clinic");
    assert!(identity.issuers[0].inside && !identity.issuers[0].asks_second_factor);
    assert_eq!(settings.log.level, Level::Debug);
}

#[test]
fn what_is_unknown_is_named_with_what_is_meant() {
    refused(
        "databse = \"x.db\"",
        &[],
        "cotreat.toml:1:1: there is no setting `databse` → did you mean `database`?",
    );
    refused(
        "[backup]\n\nreceipients = []",
        &[],
        "cotreat.toml:3:1: there is no setting `backup.receipients` → did you mean `backup.recipients`?",
    );
    refused(
        "zzz = 1",
        &[],
        "cotreat.toml:1:1: there is no setting `zzz` → packaging/cotreat.example.toml shows every setting",
    );
    refused(
        "",
        &[("COTREAT_DATABSE", "x.db")],
        "COTREAT_DATABSE: there is no setting `COTREAT_DATABSE` → did you mean `COTREAT_DATABASE`?",
    );
    refused(
        "[[oidc]]\nid = \"a\"\nname = \"b\"\nissuer = \"https://c\"\nclientid = \"d\"",
        &[],
        "cotreat.toml:5:1: there is no setting `clientid` in `oidc` → did you mean `client_id`?\n\
         cotreat.toml:1:1: `client_id` is missing in `oidc` → packaging/cotreat.example.toml shows a complete one",
    );
}

#[test]
fn wrong_values_are_named_with_file_and_line() {
    for (text, words) in [
        (
            "listen = 8080",
            "cotreat.toml:1:10: `listen` does not hold what it should → write an address with a port in quotes, such as \"127.0.0.1:8080\"",
        ),
        (
            "listen = \"everywhere\"",
            "cotreat.toml:1:10: `listen` does not hold what it should → write an address with a port in quotes, such as \"127.0.0.1:8080\"",
        ),
        (
            "demo = \"yes\"",
            "cotreat.toml:1:8: `demo` does not hold what it should → write true or false",
        ),
        (
            "[smtp]\nport = 99999",
            "cotreat.toml:2:8: `smtp.port` does not hold what it should → write a whole number from 1 to 65535",
        ),
        (
            "[log]\nlevel = \"loud\"",
            "cotreat.toml:2:9: `log.level` does not hold what it should → write one of \"error\", \"warn\", \"info\", \"debug\"",
        ),
        (
            "[backup]\nrecipients = \"age1\"",
            "cotreat.toml:2:14: `backup.recipients` does not hold what it should → write a list of texts: [\"…\", \"…\"]",
        ),
        (
            "backup = 1",
            "cotreat.toml:1:1: `backup` is a section → write [backup] and its settings below it",
        ),
        (
            "database = \"mysql://db\"",
            "cotreat.toml:1:12: `mysql://db` is no database: only SQLite and PostgreSQL are known. Use a path, `sqlite:PATH` or `postgres://USER@HOST/NAME`.",
        ),
        (
            "public_url = \"cotreat.example.org/app\"",
            "cotreat.toml:1:14: this is not where a browser finds a server → write `https://NAME` without a path; `http://` only for this machine itself",
        ),
        (
            "public_url = \"http://cotreat.example.org\"",
            "cotreat.toml:1:14: this is not where a browser finds a server → write `https://NAME` without a path; `http://` only for this machine itself",
        ),
        (
            "[backup]\nrecipients = [\"age1nobody\"]",
            "cotreat.toml:2:14: `age1nobody` is not a public key of age → it begins with `age1`; `cotreat backup --new-identity FILE` makes one",
        ),
        (
            "[smtp]\nhost = \"mail\"",
            "cotreat.toml:2:8: `smtp.from` is missing → a mail server needs a name and an address that sends",
        ),
        (
            "[smtp]\nhost = \"mail\"\nfrom = \"nobody\"",
            "cotreat.toml:3:8: this is not an e-mail address → write `NAME@HOST`",
        ),
    ] {
        refused(text, &[], words);
    }
    refused(
        "",
        &[("COTREAT_SMTP_PORT", "many")],
        "COTREAT_SMTP_PORT: `smtp.port` does not hold what it should → write a whole number from 1 to 65535",
    );
}

#[test]
fn garbage_is_no_file_of_settings() {
    let said = load("this is not TOML at all", &[]).unwrap_err();
    assert!(
        said.starts_with("cotreat.toml:1:6: this is not TOML: "),
        "{said}"
    );
    let said = load("demo = true\ndemo = true", &[]).unwrap_err();
    assert!(
        said.starts_with("cotreat.toml:2:1: this is not TOML: "),
        "{said}"
    );
    let given = Given {
        file: Some("/nowhere/cotreat.toml".into()),
        ..Given::default()
    };
    let said = Settings::load(&given).unwrap_err();
    assert!(
        said[0]
            .to_string()
            .starts_with("/nowhere/cotreat.toml: No such file"),
        "{}",
        said[0]
    );
}

#[test]
fn a_secret_in_clear_is_refused_and_not_repeated() {
    for (text, environment, key, instead) in [
        (
            "[smtp]\npassword = \"hunter2\"",
            &[][..],
            "smtp.password",
            "smtp.password_file",
        ),
        ("key = \"hunter2\"", &[][..], "key", "key_file"),
        (
            "",
            &[("COTREAT_BACKUP_PASSPHRASE", "hunter2")][..],
            "backup.passphrase",
            "backup.passphrase_file",
        ),
        (
            "database = \"postgres://me:hunter2@db/x\"",
            &[][..],
            "database",
            "database_password_file",
        ),
        (
            "database = \"postgres://me@db/x?password=hunter2\"",
            &[][..],
            "database",
            "database_password_file",
        ),
        (
            "[[oidc]]\nclient_secret = \"hunter2\"",
            &[][..],
            "client_secret",
            "client_secret_file",
        ),
    ] {
        let said = load(text, environment).expect_err("it is refused");
        assert!(
            said.contains(&format!(
                "`{key}` holds a secret, which does not belong here"
            )),
            "{said}"
        );
        assert!(
            said.contains(&format!("name that file in `{instead}`")),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
}

#[test]
fn a_password_in_a_file_reaches_the_server_and_nobody_else() {
    let house = House::new();
    let settings = Settings {
        database: "postgres://me@db.example/cotreat?sslmode=require".to_owned(),
        database_password_file: Some(house.secret("password", "p@ss:w/rd")),
        ..house.settings
    };
    let address = settings.address().unwrap();
    let expected = "postgres://me:p%40ss%3Aw%2Frd@db.example/cotreat?sslmode=require";
    assert_eq!(address, Address::Postgres(expected.to_owned()));
    assert_eq!(
        address.shown(),
        "postgres://…@db.example/cotreat?sslmode=require"
    );
    let nobody = Settings {
        database: "postgres://db.example/cotreat".to_owned(),
        ..settings
    };
    let said = nobody.address().unwrap_err().to_string();
    assert!(
        said.contains("a password needs a user it belongs to"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::new();
    let file = house.secret("password", "hunter2");
    assert_eq!(
        *secret::read(&file, "smtp.password_file").unwrap(),
        "hunter2"
    );
    for mode in [0o640, 0o604, 0o620] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        let said = secret::read(&file, "smtp.password_file")
            .unwrap_err()
            .to_string();
        let words = format!(
            "others can read this secret (mode {mode:03o})\n  help: chmod 600 {}",
            file.display()
        );
        assert!(said.ends_with(&words), "{said}");
    }
}

#[test]
fn files_that_hold_no_secret_are_refused() {
    let house = House::new();
    let missing = secret::read(&house.path("nowhere"), "key_file")
        .unwrap_err()
        .to_string();
    assert!(
        missing.contains("there is no such file") && missing.contains("`key_file` names it"),
        "{missing}"
    );
    let empty = secret::read(&house.secret("empty", ""), "key_file")
        .unwrap_err()
        .to_string();
    assert!(empty.contains("this file holds no secret"), "{empty}");
    let long = secret::read(&house.secret("long", &"x".repeat(70_000)), "key_file")
        .unwrap_err()
        .to_string();
    assert!(long.contains("longer than a secret is"), "{long}");
    let again = secret::write_new(&house.settings.key_file, "another")
        .unwrap_err()
        .to_string();
    assert!(
        again.contains("this file is there already, and it is left as it is"),
        "{again}"
    );
}
