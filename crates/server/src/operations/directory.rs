//! What commands do with the directory: the first organisation and its people, before anybody can sign in, and whoever must not sign in any more.
//!
//! Whoever sits at the server does it, and the events say so. The rules of the directory hold as they do for everybody.

use std::collections::BTreeSet;

use cotreat_people::decide::{self, OrganisationAct, Refusal, UserAct, Wish};
use cotreat_people::event::{Account, Actor, OrganisationSettings, Recorded};
use cotreat_people::{Role, organisation, stream, user};
use cotreat_store::clinic::ask::{Organisation, StaffMember};
use cotreat_store::clinic::batch;
use cotreat_store::{Error, Expected, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;

use crate::clinic::{ENGINE, new_id};

/// Why a command did not change the directory. Nothing was written.
#[derive(Debug)]
pub enum NotDone {
    /// The rules of the directory refuse it.
    Refused(Refusal),
    /// There is no such user, or no such organisation, or more than one.
    Unknown(String),
    /// The store cannot do it.
    Store(Error),
}

impl std::fmt::Display for NotDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Unknown(why) => f.write_str(why),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotDone {}

impl From<Refusal> for NotDone {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

/// Lets an organisation join; returns its id.
///
/// # Errors
/// [`NotDone`].
pub async fn register(
    store: &Store,
    settings: OrganisationSettings,
    at: Timestamp,
) -> Result<String, NotDone> {
    let id = new_id();
    let act = OrganisationAct::RegisterOrganisation { settings };
    organisation_act(store, &id, act, at).await?;
    Ok(id)
}

/// Refuses an organisation and its first user that the rules of the directory would refuse, before there is a database.
///
/// # Errors
/// [`NotDone::Refused`].
pub fn would_be_fine(
    settings: &OrganisationSettings,
    account: &Account,
    at: Timestamp,
) -> Result<(), NotDone> {
    let register = OrganisationAct::RegisterOrganisation {
        settings: settings.clone(),
    };
    decide::organisation(&organisation::Organisation::default(), &wish(register, at))?;
    let add = UserAct::AddUser {
        account: account.clone(),
    };
    decide::user(&user::User::default(), &wish(add, at))?;
    Ok(())
}

/// Writes down that a named clinical safety officer accepts a release of the knowledge for an organisation.
///
/// # Errors
/// [`NotDone`].
pub async fn accept(
    store: &Store,
    organisation: &str,
    knowledge: &str,
    officer: &str,
    standing: &str,
    at: Timestamp,
) -> Result<(), NotDone> {
    let act = OrganisationAct::AcceptKnowledge {
        knowledge: knowledge.to_owned(),
        engine: ENGINE.to_owned(),
        officer: officer.to_owned(),
        standing: standing.to_owned(),
    };
    organisation_act(store, organisation, act, at).await
}

/// Makes somebody known, with what they are in an organisation; returns their id.
///
/// # Errors
/// [`NotDone`]; also when somebody is known by this e-mail address already.
pub async fn add(
    store: &Store,
    organisation: &str,
    account: Account,
    roles: &[Role],
    at: Timestamp,
) -> Result<String, NotDone> {
    if !store.users_by_email(&account.email).await?.is_empty() {
        return Err(NotDone::Unknown(format!(
            "somebody is known as {} already. Give them a role with `cotreat user role`, or write another address.",
            account.email
        )));
    }
    let id = new_id();
    let grants = roles.iter().map(|role| UserAct::GrantRole {
        organisation: organisation.to_owned(),
        role: *role,
    });
    let acts = std::iter::once(UserAct::AddUser { account })
        .chain(grants)
        .collect();
    user_acts(store, &id, acts, at).await?;
    Ok(id)
}

/// What becomes of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// They may no longer sign in.
    Disable {
        /// Why.
        reason: String,
    },
    /// They may sign in again.
    Enable,
    /// They are something in an organisation.
    Grant {
        /// Its id.
        organisation: String,
        /// What.
        role: Role,
    },
    /// They are that no longer.
    Withdraw {
        /// Its id.
        organisation: String,
        /// What.
        role: Role,
        /// Why.
        reason: String,
    },
}

/// Changes what somebody is or may.
///
/// # Errors
/// [`NotDone`].
pub async fn change(
    store: &Store,
    user: &StaffMember,
    change: Change,
    at: Timestamp,
) -> Result<(), NotDone> {
    let act = match change {
        Change::Disable { reason } => UserAct::DisableUser {
            reason,
            only_owner_of: only_owner_of(store, user).await?,
        },
        Change::Enable => UserAct::EnableUser,
        Change::Grant { organisation, role } => UserAct::GrantRole { organisation, role },
        Change::Withdraw {
            organisation,
            role,
            reason,
        } => UserAct::WithdrawRole {
            organisation,
            role,
            reason,
            only_owner_of: only_owner_of(store, user).await?,
        },
    };
    user_acts(store, &user.user, vec![act], at).await
}

/// Everybody, with what they are where: organisation by organisation, and nobody twice.
///
/// # Errors
/// The store failed.
pub async fn everybody(store: &Store) -> Result<Vec<(StaffMember, BTreeSet<String>)>, Error> {
    let organisations = store.organisations().await?;
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for one in &organisations {
        for member in store.members(&one.organisation).await? {
            if !seen.insert(member.user.clone()) {
                continue;
            }
            if let Some(found) = store.user(&member.user).await? {
                let roles = found.roles.iter().map(|(organisation, role)| {
                    let name = organisations
                        .iter()
                        .find(|one| one.organisation == *organisation)
                        .map_or(organisation.as_str(), |one| one.settings.name.as_str());
                    format!("{role} in {name}")
                });
                let roles = roles.collect();
                all.push((found, roles));
            }
        }
    }
    Ok(all)
}

/// The user with this e-mail address.
///
/// # Errors
/// There is none, or more than one; the store failed.
pub async fn by_email(store: &Store, email: &str) -> Result<StaffMember, NotDone> {
    let mut found = store.users_by_email(email).await?;
    match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (Some(_), false) => Err(NotDone::Unknown(format!(
            "more than one user is known as {email}. Let an owner correct one of the addresses first."
        ))),
        (None, _) => Err(NotDone::Unknown(format!(
            "nobody is known as {email}. `cotreat user list` shows who is."
        ))),
    }
}

/// The organisation that is named, by id or by name; the only one, when none is named.
///
/// # Errors
/// There is none, or more than one; the store failed.
pub async fn organisation(store: &Store, named: Option<&str>) -> Result<Organisation, NotDone> {
    let all = store.organisations().await?;
    let list = || {
        let each: Vec<String> = all
            .iter()
            .map(|one| format!("{} (`{}`)", one.settings.name, one.organisation))
            .collect();
        each.join(", ")
    };
    let found: Vec<&Organisation> = all
        .iter()
        .filter(|one| {
            named.is_none_or(|named| one.organisation == named || one.settings.name == named)
        })
        .collect();
    match (found.as_slice(), named) {
        ([one], _) => Ok((*one).clone()),
        ([], None) => Err(NotDone::Unknown(
            "there is no organisation yet. `cotreat init` makes one.".to_owned(),
        )),
        (_, None) => Err(NotDone::Unknown(format!(
            "there is more than one organisation. Name one with --organisation: {}.",
            list()
        ))),
        ([], Some(named)) => Err(NotDone::Unknown(format!(
            "there is no organisation `{named}`. There are: {}.",
            list()
        ))),
        (_, Some(named)) => Err(NotDone::Unknown(format!(
            "more than one organisation is called `{named}`. Name its id: {}.",
            list()
        ))),
    }
}

/// Organisations of which nobody else who may sign in is an owner.
async fn only_owner_of(store: &Store, user: &StaffMember) -> Result<Vec<String>, Error> {
    let mut only = Vec::new();
    for (organisation, role) in &user.roles {
        if *role != Role::Owner {
            continue;
        }
        let members = store.members(organisation).await?;
        let another = members
            .iter()
            .any(|one| one.user != user.user && !one.disabled && one.roles.contains(&Role::Owner));
        if !another {
            only.push(organisation.clone());
        }
    }
    Ok(only)
}

fn wish<A>(act: A, at: Timestamp) -> Wish<A> {
    Wish {
        by: Actor::Operator,
        at,
        // No act of a command depends on the hour at which a day begins somewhere.
        today: at.to_zoned(TimeZone::UTC).date(),
        act,
    }
}

async fn organisation_act(
    store: &Store,
    id: &str,
    act: OrganisationAct,
    at: Timestamp,
) -> Result<(), NotDone> {
    let (events, seen) = told(store, &stream::organisation(id)).await?;
    let state = events
        .iter()
        .fold(organisation::Organisation::default(), organisation::evolve);
    let new = decide::organisation(&state, &wish(act, at))?;
    let batch = batch::organisation(id, Expected::Version(seen), &new)?;
    store.append(&batch, None).await?;
    Ok(())
}

async fn user_acts(
    store: &Store,
    id: &str,
    acts: Vec<UserAct>,
    at: Timestamp,
) -> Result<(), NotDone> {
    let (events, seen) = told(store, &stream::user(id)).await?;
    let mut state = events.iter().fold(user::User::default(), user::evolve);
    let mut new = Vec::new();
    for act in acts {
        for recorded in decide::user(&state, &wish(act, at))? {
            state = user::evolve(state, &recorded);
            new.push(recorded);
        }
    }
    let batch = batch::user(id, Expected::Version(seen), &new)?;
    store.append(&batch, None).await?;
    Ok(())
}

/// The events of a stream of the directory, and how many there are.
async fn told<E: DeserializeOwned>(
    store: &Store,
    stream: &str,
) -> Result<(Vec<Recorded<E>>, u64), Error> {
    let events = store.stream(stream).await?;
    let version = events.last().map_or(0, |last| last.version);
    let read = events.iter().map(|event| {
        let body = event.body.as_deref().unwrap_or_default();
        serde_json::from_slice(body).map_err(|error| Error::Damaged {
            what: format!("event {} of `{}` ({error})", event.version, event.stream),
        })
    });
    Ok((read.collect::<Result<_, _>>()?, version))
}
