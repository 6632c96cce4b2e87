//! `cotreat user`: who works here, for whoever sits at the server.

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use cotreat_knowledge::{Knowledge, Place, Problem, did_you_mean};
use cotreat_people::Role;
use cotreat_people::event::{Account, Qualification};
use cotreat_server::operations::directory::{self, Change};
use cotreat_server::operations::{self, opening};
use cotreat_store::Opening;
use cotreat_store::account::SetupWhy;
use jiff::Timestamp;

use crate::files;
use crate::installation::{self, Installation};
use crate::terminal::{self, Failure};

/// See and change who works here, while the server is stopped. Owners do the same on their pages while it runs.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cotreat user list
  cotreat user add --name \"Ben Example\" --email ben@example.org --profession physiotherapist --role clinician
  cotreat user role ben@example.org --grant owner
  cotreat user reset ben@example.org
  cotreat user disable ben@example.org --reason \"left the clinic\"")]
pub struct User {
    #[command(subcommand)]
    pub what: What,
    #[command(flatten)]
    pub installation: Installation,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Show everybody, with what they are where.
    List,
    /// Make somebody known, and print the link by which they choose a password.
    Add(Add),
    /// Let somebody no longer sign in; whoever is signed in is signed out.
    Disable {
        /// Their e-mail address.
        email: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Let somebody sign in again.
    Enable {
        /// Their e-mail address.
        email: String,
    },
    /// Change what somebody is in an organisation.
    Role(ChangeRole),
    /// Print a new link by which somebody chooses a password.
    Reset {
        /// Their e-mail address.
        email: String,
    },
}

/// Somebody new.
#[derive(Debug, Args)]
pub struct Add {
    /// Their name.
    #[arg(long)]
    pub name: String,
    /// The e-mail address by which they sign in.
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Their profession, if they treat patients.
    #[arg(long, value_name = "ID")]
    pub profession: Option<String>,
    /// What they are there; several times for several.
    #[arg(long = "role", value_name = "ROLE", required = true)]
    pub roles: Vec<RoleName>,
    /// Where, by name or id; needed where there are several organisations.
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
}

/// What becomes of a role.
#[derive(Debug, Args)]
pub struct ChangeRole {
    /// Their e-mail address.
    pub email: String,
    /// What they are from now on.
    #[arg(long, value_name = "ROLE", required_unless_present = "withdraw")]
    pub grant: Option<RoleName>,
    /// What they are no longer.
    #[arg(
        long,
        value_name = "ROLE",
        conflicts_with = "grant",
        requires = "reason"
    )]
    pub withdraw: Option<RoleName>,
    /// Why they are it no longer.
    #[arg(long)]
    pub reason: Option<String>,
    /// Where, by name or id; needed where there are several organisations.
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
}

/// A role, as it is typed.
#[derive(Clone, Copy, Debug)]
pub struct RoleName(pub Role);

impl ValueEnum for RoleName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [RoleName; Role::ALL.len()] = {
            let mut all = [RoleName(Role::Owner); Role::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = RoleName(Role::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.id()))
    }
}

impl User {
    pub fn run(self) -> Result<ExitCode, Failure> {
        let settings = self.installation.settings()?;
        if let What::Add(add) = &self.what
            && let Some(profession) = &add.profession
        {
            let knowledge = files::knowledge(settings.knowledge.as_deref())?;
            if let Some(problem) = unknown_profession(profession, &knowledge) {
                return Err(problem.into());
            }
        }
        let words = installation::with_store(&settings, Opening::AsIs, async |store| {
            let told = |error| installation::refused(&settings, &error);
            let now = Timestamp::now();
            let change = async |email: &str, change: Change| {
                let user = directory::by_email(&store, email).await.map_err(told)?;
                directory::change(&store, &user, change, now)
                    .await
                    .map_err(told)
            };
            let link = async |user: &str, why| {
                operations::setup_link(&store, &settings, user, why, now)
                    .await
                    .map_err(|error| {
                        Failure::from(Problem::new(Place::file("the link"), error.to_string()))
                    })
            };
            Ok(match self.what {
                What::List => {
                    let all = directory::everybody(&store).await;
                    list(&all.map_err(|error| opening::problem(&settings, &error))?)
                }
                What::Add(add) => {
                    let named = add.organisation.as_deref();
                    let place = directory::organisation(&store, named).await.map_err(told)?;
                    let roles: Vec<Role> = add.roles.iter().map(|role| role.0).collect();
                    let account = add.account();
                    let name = account.name.clone();
                    let user = directory::add(&store, &place.organisation, account, &roles, now)
                        .await
                        .map_err(told)?;
                    let link = link(&user, SetupWhy::First).await?;
                    format!(
                        "added {name} in {}. Let them open this link within 24 hours; it works once:\n\n  {link}\n",
                        place.settings.name
                    )
                }
                What::Disable { email, reason } => {
                    change(&email, Change::Disable { reason }).await?;
                    format!("{email} may no longer sign in\n")
                }
                What::Enable { email } => {
                    change(&email, Change::Enable).await?;
                    format!("{email} may sign in again\n")
                }
                What::Role(role) => {
                    let named = role.organisation.as_deref();
                    let place = directory::organisation(&store, named).await.map_err(told)?;
                    let (what, words) = role.change(&place.organisation);
                    change(&role.email, what).await?;
                    format!("{} {words} in {}\n", role.email, place.settings.name)
                }
                What::Reset { email } => {
                    let user = directory::by_email(&store, &email).await.map_err(told)?;
                    let link = link(&user.user, SetupWhy::Reset).await?;
                    format!(
                        "Let {} open this link within 24 hours; it works once, and older ones no longer do:\n\n  {link}\n",
                        user.account.name
                    )
                }
            })
        })?;
        terminal::print(&words);
        Ok(ExitCode::SUCCESS)
    }
}

impl Add {
    fn account(&self) -> Account {
        Account {
            name: self.name.clone(),
            email: self.email.clone(),
            qualification: self.profession.clone().map(|profession| Qualification {
                profession,
                ..Qualification::default()
            }),
        }
    }
}

impl ChangeRole {
    /// What happens, and how it is said.
    fn change(&self, organisation: &str) -> (Change, String) {
        let organisation = organisation.to_owned();
        match (self.grant, self.withdraw) {
            (_, Some(RoleName(role))) => (
                Change::Withdraw {
                    organisation,
                    role,
                    reason: self.reason.clone().unwrap_or_default(),
                },
                format!("is no longer {role}"),
            ),
            (Some(RoleName(role)), None) => (
                Change::Grant { organisation, role },
                format!("is {role} from now on"),
            ),
            // Clap asks for one of the two.
            (None, None) => (Change::Enable, String::new()),
        }
    }
}

fn list(
    all: &[(
        cotreat_store::clinic::ask::StaffMember,
        std::collections::BTreeSet<String>,
    )],
) -> String {
    if all.is_empty() {
        return "nobody works here yet\n".to_owned();
    }
    all.iter()
        .map(|(user, roles)| {
            let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
            let disabled = if user.disabled {
                " (may not sign in)"
            } else {
                ""
            };
            format!(
                "{} <{}>{disabled}: {}\n",
                user.account.name,
                user.account.email,
                roles.join(", ")
            )
        })
        .collect()
}

/// A profession that the knowledge does not have.
pub fn unknown_profession(profession: &str, knowledge: &Knowledge) -> Option<Problem> {
    if knowledge.professions.find(profession).is_some() {
        return None;
    }
    let all = knowledge.professions.ids();
    let help = did_you_mean(profession, all.iter().map(String::as_str))
        .unwrap_or_else(|| format!("there are {}", all.join(", ")));
    let place = Place::file("--profession");
    Some(Problem::new(place, format!("there is no profession `{profession}`")).help(help))
}
