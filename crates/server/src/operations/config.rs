//! The settings: what stands where nothing is said, then `cotreat.toml`, then the environment, then the command line; what comes later counts.
//!
//! Everything that is wrong is told at once, each with its place. Secrets are never settings: a setting names the file that holds one.

mod check;
mod given;
mod keys;
pub mod secret;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Place, Problem};
use cotreat_store::database::Address;
use figment::Figment;
use figment::providers::Serialized;
use serde::{Deserialize, Serialize};

use crate::identity;
use crate::identity::issuer::Provider;
use crate::identity::settings::SecondFactor;

pub use given::Given;

/// The file that is read when none is named, if it is there.
pub const FILE: &str = "cotreat.toml";

/// Every setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// A path, or `postgres://USER@HOST/NAME`.
    pub database: String,
    /// The file with the password for a PostgreSQL server.
    pub database_password_file: Option<PathBuf>,
    /// The file with the master key.
    pub key_file: PathBuf,
    /// Where `serve` listens.
    pub listen: SocketAddr,
    /// Where browsers find it, e.g. `https://cotreat.example.org`.
    pub public_url: Option<String>,
    /// What a proxy in front says about where a request comes from is believed.
    pub behind_proxy: bool,
    /// What it is called in authenticator apps and by passkeys.
    pub name: String,
    /// A knowledge folder, instead of the built-in one.
    pub knowledge: Option<PathBuf>,
    /// Made-up patients only: nobody's acceptance of the knowledge is asked for.
    pub demo: bool,
    /// A list of passwords that were stolen elsewhere.
    pub breached_passwords: Option<PathBuf>,
    /// The file that checkpoints are copied to; it should lie on another machine.
    pub checkpoint_copy: Option<PathBuf>,
    /// Backups.
    pub backup: Backup,
    /// The mail server; without one no e-mail leaves.
    pub smtp: Option<Smtp>,
    /// Who else may say who somebody is.
    pub oidc: Vec<Issuer>,
    /// Logs.
    pub log: Log,
}

/// Backups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// Where they are put.
    pub folder: Option<PathBuf>,
    /// Public keys (age) of those who can open them.
    pub recipients: Vec<String>,
    /// The file with a passphrase that opens them, instead of recipients.
    pub passphrase_file: Option<PathBuf>,
    /// Older ones are deleted when a new one is whole.
    pub keep_days: Option<u16>,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    #[serde(default = "submission")]
    pub port: u16,
    /// Who sends, for the server.
    pub user: Option<String>,
    /// The file with the password for it.
    pub password_file: Option<PathBuf>,
    /// Who sends, for the reader: an e-mail address.
    pub from: String,
}

/// The port for handing in mail (RFC 6409).
const fn submission() -> u16 {
    587
}

/// An OpenID Connect issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Its id here: stands in addresses.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its address, exactly as it calls itself.
    pub issuer: String,
    /// What it calls this installation.
    pub client_id: String,
    /// The file with what this installation shows it, where it wants that.
    pub client_secret_file: Option<PathBuf>,
    /// Further hosts it may name for its keys and tokens.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// It stands inside the same house: private addresses and plain HTTP to them are taken.
    #[serde(default)]
    pub inside: bool,
    /// It asks everybody for a second factor.
    #[serde(default)]
    pub asks_second_factor: bool,
}

/// Logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// For whom.
    pub format: Format,
    /// From which weight on.
    pub level: Level,
}

/// For whom logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Lines for people.
    Text,
    /// Lines for programs.
    Json,
}

/// How weighty something must be to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// What failed.
    Error,
    /// And what may fail soon.
    Warn,
    /// And what was done.
    Info,
    /// And how.
    Debug,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: "cotreat.db".to_owned(),
            database_password_file: None,
            key_file: "cotreat.key".into(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            public_url: None,
            behind_proxy: false,
            name: "Cotreat".to_owned(),
            knowledge: None,
            demo: false,
            breached_passwords: None,
            checkpoint_copy: None,
            backup: Backup::default(),
            smtp: None,
            oidc: Vec::new(),
            log: Log {
                format: Format::Text,
                level: Level::Info,
            },
        }
    }
}

impl Settings {
    /// Puts everything that is given together.
    ///
    /// # Errors
    /// Everything that is wrong, each with the file and line, the variable or the option it stands in.
    pub fn load(given: &Given) -> Result<Self, Vec<Problem>> {
        let values = given::read(given)?;
        let missing = check::complete(&values);
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        for (key, value) in &values.found {
            figment = figment.merge((key.as_str(), value.value.clone()));
        }
        let settings: Self = figment.extract().map_err(|error| {
            let place = values.place(&error.path.join("."));
            vec![Problem::new(place, error.kind.to_string())]
        })?;
        let problems = check::check(&settings, &values);
        if problems.is_empty() {
            Ok(settings)
        } else {
            Err(problems)
        }
    }

    /// The database, with its password where there is one.
    ///
    /// # Errors
    /// The password file cannot be used.
    pub fn address(&self) -> Result<Address, Problem> {
        let wrong = |why: String| Problem::new(Place::file("database"), why);
        let address = Address::read(&self.database).map_err(|error| wrong(error.to_string()))?;
        match (address, &self.database_password_file) {
            (Address::Postgres(url), Some(file)) => {
                let password = secret::read(file, "database_password_file")?;
                let with = check::with_password(&url, &password).ok_or_else(|| {
                    wrong("a password needs a user it belongs to".to_owned())
                        .help("write `postgres://USER@HOST/NAME`")
                })?;
                Ok(Address::Postgres(with))
            }
            (address, _) => Ok(address),
        }
    }

    /// Where browsers find the server.
    #[must_use]
    pub fn public_url(&self) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// What signing in needs of all this.
    ///
    /// # Errors
    /// The secret of an issuer cannot be read.
    pub fn identity(&self) -> Result<identity::Settings, Problem> {
        let issuers = self.oidc.iter().map(|one| {
            let secret = one.client_secret_file.as_deref();
            Ok(Provider {
                id: one.id.clone(),
                name: one.name.clone(),
                issuer: one.issuer.clone(),
                client_id: one.client_id.clone(),
                client_secret: secret
                    .map(|file| secret::read(file, "client_secret_file"))
                    .transpose()?,
                hosts: one.hosts.clone(),
                inside: one.inside,
                asks_second_factor: one.asks_second_factor,
            })
        });
        Ok(identity::Settings {
            name: self.name.clone(),
            second_factor: if self.demo {
                SecondFactor::Optional
            } else {
                SecondFactor::Required
            },
            breached_list: self.breached_passwords.clone(),
            issuers: issuers.collect::<Result<_, Problem>>()?,
            ..identity::Settings::new(&self.public_url())
        })
    }

    /// The folder that holds the database, where it is a file.
    #[must_use]
    pub fn database_folder(&self) -> Option<PathBuf> {
        match Address::read(&self.database) {
            Ok(Address::Sqlite(path)) => {
                let folder = path
                    .parent()
                    .filter(|folder| !folder.as_os_str().is_empty());
                Some(folder.unwrap_or(Path::new(".")).to_owned())
            }
            _ => None,
        }
    }
}
