//! `cotreat init`: makes an installation with its first organisation and its first user.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use cotreat_knowledge::{Place, Problem, did_you_mean};
use cotreat_people::Role;
use cotreat_people::event::{Account, OrganisationSettings, Qualification, Reach, Sharing};
use cotreat_server::operations::config::secret;
use cotreat_server::operations::{self, Settings, directory};
use cotreat_store::account::SetupWhy;
use cotreat_store::database::Address;
use cotreat_store::{MasterKey, Opening};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::files;
use crate::installation::{self, Installation};
use crate::terminal::{self, Failure};

/// Make an installation: a key file, a database, the first organisation and its first user, and print the link by which they choose a password.
///
/// The user is an owner of the organisation, and a clinician too when a profession is given.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat init --organisation \"Back Clinic\" --name \"Ada Example\" --email ada@example.org
  cotreat init --organisation \"Back Clinic\" --jurisdiction us_pa --time-zone America/New_York \\
      --name \"Ada Example\" --email ada@example.org --profession massage_therapist")]
pub struct Init {
    /// The name of the organisation.
    #[arg(long, value_name = "NAME")]
    pub organisation: String,
    /// Whose scope of practice holds, such as us_pa; `any` when not told.
    #[arg(long, value_name = "ID", default_value = "any")]
    pub jurisdiction: String,
    /// The time zone of the organisation, such as Europe/Berlin: its days are the days there.
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    pub time_zone: String,
    /// Whose guidelines count: a profile such as uk; all side by side when not told.
    #[arg(long, value_name = "PROFILE")]
    pub profile: Option<String>,
    /// The name of the first user.
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// The e-mail address by which they sign in.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Their profession, if they treat patients.
    #[arg(long, value_name = "ID")]
    pub profession: Option<String>,
    #[command(flatten)]
    pub installation: Installation,
}

impl Init {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        self.check(&settings)?;
        is_free(&settings)?;
        let made = make_key(&settings.key_file)?;
        let done = self.make(&settings);
        if done.is_err() && made {
            // Nothing was sealed with it, and the next attempt makes another.
            let _ = std::fs::remove_file(&settings.key_file);
        }
        let link = done?;
        let key = if made { "made" } else { "used" };
        terminal::print(&format!(
            "{key} the key file {}: copy it to a safe place now. Without it nothing in the database can be read, and no backup holds it.\n\
             made the database {}\n\
             {} is an owner of {}. Let them open this link within 24 hours; it works once:\n\n  {link}\n\n\
             Then: write cotreat.toml (packaging/cotreat.example.toml shows every setting), `cotreat accept`, `cotreat doctor`, `cotreat serve`.\n",
            settings.key_file.display(),
            settings.database,
            self.name,
            self.organisation,
        ));
        Ok(ExitCode::SUCCESS)
    }

    /// What the knowledge and the calendar know, before anything is made.
    fn check(&self, settings: &Settings) -> Result<(), Failure> {
        let knowledge = files::knowledge(settings.knowledge.as_deref())?;
        let mut problems = Vec::new();
        if let Some(profession) = &self.profession {
            problems.extend(super::user::unknown_profession(profession, &knowledge));
        }
        if let Some(profile) = &self.profile
            && knowledge.profiles.find(profile).is_none()
        {
            let all = knowledge.profiles.ids();
            let help = did_you_mean(profile, all.iter().map(String::as_str))
                .unwrap_or_else(|| format!("there are {}", all.join(", ")));
            problems.push(
                Problem::new(
                    Place::file("--profile"),
                    format!("there is no profile `{profile}`"),
                )
                .help(help),
            );
        }
        if TimeZone::get(&self.time_zone).is_err() {
            problems.push(
                Problem::new(
                    Place::file("--time-zone"),
                    format!("there is no time zone `{}`", self.time_zone),
                )
                .help("write its IANA name, such as Europe/Berlin; this machine needs the package `tzdata`"),
            );
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Failure(problems))
        }
    }

    /// Makes the database and whoever is first in it; returns the link.
    fn make(&self, settings: &Settings) -> Result<String, Failure> {
        let organisation = OrganisationSettings {
            name: self.organisation.clone(),
            jurisdiction: self.jurisdiction.clone(),
            time_zone: self.time_zone.clone(),
            profile: self.profile.clone(),
            sharing: Sharing::CareTeam,
            reach: Reach::default(),
        };
        let account = Account {
            name: self.name.clone(),
            email: self.email.clone(),
            qualification: self.profession.clone().map(|profession| Qualification {
                profession,
                ..Qualification::default()
            }),
        };
        let roles: &[Role] = match self.profession {
            Some(_) => &[Role::Owner, Role::Clinician],
            None => &[Role::Owner],
        };
        // Refused before a database is made, whatever it is.
        directory::would_be_fine(&organisation, &account, Timestamp::now())
            .map_err(|error| installation::refused(settings, &error))?;
        installation::with_store(settings, Opening::New, async |store| {
            let told = |error| installation::refused(settings, &error);
            let now = Timestamp::now();
            let place = directory::register(&store, organisation, now)
                .await
                .map_err(told)?;
            let user = directory::add(&store, &place, account, roles, now)
                .await
                .map_err(told)?;
            operations::setup_link(&store, settings, &user, SetupWhy::First, now)
                .await
                .map_err(|error| Problem::new(Place::file("public_url"), error.to_string()).into())
        })
    }
}

/// A file that is there is somebody's record, whatever stands in it; a server is asked when it is opened.
fn is_free(settings: &Settings) -> Result<(), Failure> {
    match settings.address()? {
        Address::Sqlite(path) if path.exists() => Err(Problem::new(
            Place::file(&path.display().to_string()),
            "there is a database already, and it is left as it is",
        )
        .help("name a file that does not exist yet, or add users with `cotreat user add`")
        .into()),
        Address::Sqlite(_) | Address::Postgres(_) => Ok(()),
    }
}

/// Makes the key file where there is none; false: there is one.
pub(super) fn make_key(file: &Path) -> Result<bool, Failure> {
    if file.exists() {
        secret::read(file, "key_file")?;
        return Ok(false);
    }
    let key = MasterKey::random()
        .map_err(|error| Problem::new(Place::file("key_file"), error.to_string()))?;
    secret::write_new(file, &key.to_hex())?;
    Ok(true)
}
