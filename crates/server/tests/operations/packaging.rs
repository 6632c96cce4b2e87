//! What is delivered with the program is right.

use std::fs;
use std::path::{Path, PathBuf};

use cotreat_server::operations::Settings;
use cotreat_server::operations::config::Given;

fn packaging(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../packaging")
        .join(name)
}

fn load(file: PathBuf) -> Settings {
    let given = Given {
        file: Some(file),
        ..Given::default()
    };
    Settings::load(&given).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_example_of_settings_can_be_used() {
    let settings = load(packaging("cotreat.example.toml"));
    assert_eq!(settings.database, "/var/lib/cotreat/cotreat.db");
    assert_eq!(settings.backup.keep_days, Some(35));
    assert!(!settings.demo);
}

/// The example shows every setting: with everything that is commented out, it is still a file of settings.
#[test]
fn the_example_shows_settings_that_there_are() {
    let text = fs::read_to_string(packaging("cotreat.example.toml")).unwrap();
    let is_setting = |line: &str| {
        line.starts_with('[')
            || line
                .split_once(" = ")
                .is_some_and(|(name, _)| !name.contains(' '))
    };
    let mut whole = String::new();
    for line in text.lines() {
        let bare = line.strip_prefix("# ").unwrap_or(line);
        // Two of them stand there twice, as alternatives.
        let alternative = ["database = \"postgres", "passphrase_file"]
            .iter()
            .any(|start| bare.starts_with(start));
        if is_setting(bare) && !(alternative && line.starts_with('#')) {
            whole += bare;
            whole.push('\n');
        }
    }
    let whole = whole
        .replace(
            "age1…",
            "age1lkrjzj5klz4f8xcxm9sjketdcchp0cc9pex88fdyqrudd45jrcrqhltva3",
        )
        .replace("database_password_file", "# database_password_file");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cotreat.toml");
    fs::write(&file, &whole).unwrap();
    let settings = load(file);
    assert!(
        settings.smtp.is_some() && settings.oidc.len() == 1,
        "{whole}"
    );
    assert!(
        settings.checkpoint_copy.is_some()
            && settings.breached_passwords.is_some()
            && settings.knowledge.is_some()
    );
}

#[test]
fn the_units_run_what_there_is_and_little_else() {
    for (name, command) in [
        ("cotreat.service", "serve"),
        ("cotreat-backup.service", "backup"),
    ] {
        let unit = fs::read_to_string(packaging(name)).unwrap();
        let start = format!(
            "ExecStart=/usr/local/bin/cotreat {command} --config /etc/cotreat/cotreat.toml"
        );
        for line in [
            start.as_str(),
            "User=cotreat",
            "ProtectSystem=strict",
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "UMask=0077",
            "LimitCORE=0",
        ] {
            assert!(
                unit.lines().any(|found| found == line),
                "{line} is not in {name}"
            );
        }
    }
}

#[test]
fn the_container_is_nobody_in_particular() {
    let file = fs::read_to_string(packaging("Dockerfile")).unwrap();
    let last = file.rsplit("\nFROM ").next().unwrap();
    for line in [
        "USER 10001:10001",
        "STOPSIGNAL SIGTERM",
        "CMD [\"serve\", \"--config\", \"/etc/cotreat/cotreat.toml\"]",
    ] {
        assert!(last.lines().any(|found| found == line), "{line}");
    }
    assert!(file.contains("cargo build --release --locked"));
}
