//! What may happen to somebody who works here.

use serde::{Deserialize, Serialize};

use super::texts::{self, REASON};
use super::{Refusal, Refused, Wish, identity};
use crate::event::{Account, Qualification, UserEvent};
use crate::role::Role;
use crate::user::User;

/// What can be done with a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum UserAct {
    /// Make them known.
    AddUser {
        /// Who they are.
        account: Account,
    },
    /// Correct who they are.
    ChangeUser {
        /// All of it, as it will be.
        account: Account,
    },
    /// Let them be something in an organisation.
    GrantRole {
        /// Id of the organisation.
        organisation: String,
        /// What.
        role: Role,
    },
    /// Let them be it no longer.
    WithdrawRole {
        /// Id of the organisation.
        organisation: String,
        /// What.
        role: Role,
        /// Why.
        reason: String,
        /// Ids of the organisations of which nobody else who may sign in is an owner, as the directory knows.
        only_owner_of: Vec<String>,
    },
    /// Let them no longer sign in.
    DisableUser {
        /// Why.
        reason: String,
        /// As above.
        only_owner_of: Vec<String>,
    },
    /// Let them sign in again.
    EnableUser,
    /// Note something about signing in.
    NoteSignIn {
        /// What: `signed_in`, `sign_in_failed`, `password_set` ….
        what: String,
        /// In which way: `password`, `totp`, `passkey`, `oidc`, `link`.
        how: String,
    },
}

/// Longer training than a working life has hours for.
const HOURS: u32 = 100_000;
/// The most techniques, languages and places that somebody is known for.
const MANY: usize = 200;

pub(super) fn decide(user: &User, wish: &Wish<UserAct>) -> Result<UserEvent, Refusal> {
    let year = wish.today.year();
    match &wish.act {
        UserAct::AddUser { account } => add(user, account, year),
        _ if user.account.is_none() => Err(Refusal::not_registered("user")),
        UserAct::ChangeUser { account } => change(user, account, year),
        UserAct::GrantRole { organisation, role } => grant(user, organisation, *role),
        UserAct::WithdrawRole {
            organisation,
            role,
            reason,
            only_owner_of,
        } => withdraw(user, organisation, *role, reason, only_owner_of),
        UserAct::DisableUser {
            reason,
            only_owner_of,
        } => disable(user, reason, only_owner_of),
        UserAct::EnableUser => enable(user),
        UserAct::NoteSignIn { what, how } => sign_in(what, how),
    }
}

fn add(user: &User, account: &Account, year: i16) -> Result<UserEvent, Refusal> {
    if user.account.is_some() {
        return Err(Refusal::new(
            Refused::AlreadyThere,
            "nobody is added",
            "this user is known already",
            "change what is known, or give the other one an id of their own",
        ));
    }
    check(account, year)?;
    Ok(UserEvent::UserAdded {
        account: account.clone(),
    })
}

fn change(user: &User, account: &Account, year: i16) -> Result<UserEvent, Refusal> {
    if user.account.as_ref() == Some(account) {
        return Err(Refusal::nothing_new("this is what is known of them"));
    }
    check(account, year)?;
    let treats = user.roles.iter().any(|(_, role)| *role == Role::Clinician);
    if treats && account.qualification.is_none() {
        return Err(no_qualification(
            "withdraw that role first, or leave the profession as it is",
        ));
    }
    Ok(UserEvent::UserChanged {
        account: account.clone(),
    })
}

fn check(account: &Account, year: i16) -> Result<(), Refusal> {
    identity::called(&account.name)?;
    texts::email(&account.email)?;
    account
        .qualification
        .as_ref()
        .map_or(Ok(()), |told| qualification(told, year))
}

/// Whether the knowledge has such a profession and such techniques, whoever has the knowledge must check.
fn qualification(told: &Qualification, year: i16) -> Result<(), Refusal> {
    texts::word(&told.profession, "the profession")?;
    if told.training_hours.is_some_and(|hours| hours > HOURS) {
        return Err(texts::unfit(
            "the training",
            "it has more hours than a working life",
            "write it in hours",
        ));
    }
    match told.practising_since {
        Some(since) if since > year => {
            return Err(Refusal::new(
                Refused::InTheFuture,
                "not written down",
                "the year in which they began to practise lies in the future",
                "correct it",
            ));
        }
        Some(since) if since < 1900 => {
            return Err(Refusal::new(
                Refused::TooLongAgo,
                "not written down",
                "the year in which they began to practise lies before 1900",
                "write it with four digits",
            ));
        }
        _ => {}
    }
    if [
        told.techniques.len(),
        told.languages.len(),
        told.areas.len(),
    ]
    .into_iter()
    .any(|many| many > MANY)
    {
        return Err(Refusal::new(
            Refused::TooLong,
            "not written down",
            format!("more than {MANY} techniques, languages or places"),
            "name those that matter to whoever looks for somebody",
        ));
    }
    for technique in &told.techniques {
        texts::word(technique, "the technique")?;
    }
    for tag in &told.languages {
        texts::language(tag)?;
    }
    for area in &told.areas {
        texts::line(area, "the place", texts::NAME)?;
    }
    Ok(())
}

fn grant(user: &User, organisation: &str, role: Role) -> Result<UserEvent, Refusal> {
    texts::id(organisation, "the organisation")?;
    if user.is(role, organisation) {
        return Err(Refusal::nothing_new("they are that already"));
    }
    if user.disabled {
        return Err(Refusal::new(
            Refused::Disabled,
            "no role is given",
            "they may not sign in",
            "let them sign in again first",
        ));
    }
    let qualified = user
        .account
        .as_ref()
        .is_some_and(|account| account.qualification.is_some());
    if role == Role::Clinician && !qualified {
        return Err(no_qualification("write down their profession first"));
    }
    Ok(UserEvent::RoleGranted {
        organisation: organisation.to_owned(),
        role,
    })
}

fn withdraw(
    user: &User,
    organisation: &str,
    role: Role,
    reason: &str,
    only_owner_of: &[String],
) -> Result<UserEvent, Refusal> {
    if !user.is(role, organisation) {
        return Err(Refusal::new(
            Refused::NoSuchRole,
            "nothing is withdrawn",
            format!("they are no {role} in `{organisation}`"),
            "check which role in which organisation is meant",
        ));
    }
    texts::lines(reason, "the reason", REASON)?;
    if role == Role::Owner && only_owner_of.iter().any(|only| only == organisation) {
        return Err(last_owner(organisation));
    }
    Ok(UserEvent::RoleWithdrawn {
        organisation: organisation.to_owned(),
        role,
        reason: reason.to_owned(),
    })
}

fn disable(user: &User, reason: &str, only_owner_of: &[String]) -> Result<UserEvent, Refusal> {
    if user.disabled {
        return Err(Refusal::nothing_new("they may not sign in as it is"));
    }
    texts::lines(reason, "the reason", REASON)?;
    if let Some(organisation) = only_owner_of.iter().find(|only| user.is(Role::Owner, only)) {
        return Err(last_owner(organisation));
    }
    Ok(UserEvent::UserDisabled {
        reason: reason.to_owned(),
    })
}

fn enable(user: &User) -> Result<UserEvent, Refusal> {
    if !user.disabled {
        return Err(Refusal::nothing_new("they may sign in as it is"));
    }
    Ok(UserEvent::UserEnabled)
}

/// Words of the program only, so that nothing that was typed comes into the log.
fn sign_in(what: &str, how: &str) -> Result<UserEvent, Refusal> {
    texts::word(what, "what happened")?;
    texts::word(how, "the way of signing in")?;
    Ok(UserEvent::SignIn {
        what: what.to_owned(),
        how: how.to_owned(),
    })
}

fn last_owner(organisation: &str) -> Refusal {
    Refusal::new(
        Refused::LastOwner,
        "nothing is withdrawn",
        format!(
            "nobody else who may sign in is an owner of `{organisation}`, and nobody could give its roles"
        ),
        "make somebody else an owner first",
    )
}

fn no_qualification(remedy: &str) -> Refusal {
    Refusal::new(
        Refused::NoQualification,
        "not written down",
        "a clinician has a profession, which says what they may do",
        remedy,
    )
}
