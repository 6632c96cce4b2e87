//! An installation of a test's own.

use std::fs;
use std::path::{Path, PathBuf};

use cotreat_people::Role;
use cotreat_people::event::{Account, OrganisationSettings, Qualification, Reach, Sharing};
use cotreat_server::operations::config::{Given, secret};
use cotreat_server::operations::{self, Settings, directory, opening};
use cotreat_store::{MasterKey, Opening, Store};
use jiff::Timestamp;
use tempfile::TempDir;

/// A moment of a morning in 2026.
pub fn now() -> Timestamp {
    "2026-11-27T08:00:00Z".parse().expect("a moment")
}

/// A folder with a key file, and settings that name it.
pub struct House {
    pub folder: TempDir,
    pub settings: Settings,
}

impl House {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = folder.path().join("cotreat.key");
        secret::write_new(&key, &MasterKey::random().expect("chance").to_hex()).expect("a key");
        let settings = Settings {
            database: folder.path().join("cotreat.db").display().to_string(),
            key_file: key,
            ..Settings::default()
        };
        Self { folder, settings }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file that only its owner can read.
    pub fn secret(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        secret::write_new(&path, text).expect("a new file");
        path
    }

    pub async fn open(&self, opening: Opening) -> Store {
        opening::store(&self.settings, opening, operations::projections())
            .await
            .expect("it opens")
    }

    /// With an organisation and its owner, who is called Ada Example.
    pub async fn begun(&self) -> Store {
        let store = self.open(Opening::New).await;
        let place = directory::register(&store, clinic("Back Clinic"), now())
            .await
            .expect("it joins");
        let roles = [Role::Owner, Role::Clinician];
        directory::add(&store, &place, ada(), &roles, now())
            .await
            .expect("she is added");
        store
    }
}

pub fn clinic(name: &str) -> OrganisationSettings {
    OrganisationSettings {
        name: name.to_owned(),
        jurisdiction: "any".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        profile: None,
        sharing: Sharing::CareTeam,
        reach: Reach::default(),
    }
}

pub fn ada() -> Account {
    Account {
        name: "Ada Example".to_owned(),
        email: "ada@example.org".to_owned(),
        qualification: Some(Qualification {
            profession: "physiotherapist".to_owned(),
            ..Qualification::default()
        }),
    }
}

/// Settings from a file of this text, or everything that is wrong, one for each line.
pub fn load(text: &str, environment: &[(&str, &str)]) -> Result<Settings, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("cotreat.toml");
    fs::write(&file, text).expect("it can be written");
    let given = Given {
        file: Some(file),
        flags: Vec::new(),
        environment: environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    };
    Settings::load(&given).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|one| short(one, folder.path()))
            .collect();
        lines.join("\n")
    })
}

/// A problem on one line, without the folder of the test.
fn short(problem: &cotreat_knowledge::Problem, folder: &Path) -> String {
    let folder = format!("{}/", folder.display());
    problem
        .to_string()
        .replace(&folder, "")
        .replace("\n  help: ", " → ")
}
