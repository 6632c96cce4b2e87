//! Who works here, and what they are where.

use std::collections::BTreeSet;

use cotreat_people::event::Account;
use cotreat_people::{Role, stream};

use super::row;
use crate::clinic::staff;
use crate::database::{Row, Value};
use crate::error::Error;
use crate::pen::Keyed;
use crate::store::Store;

/// Somebody who works here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Id of the user.
    pub user: String,
    /// Who they are.
    pub account: Account,
    /// They may not sign in.
    pub disabled: bool,
    /// What they are: organisation and role.
    pub roles: BTreeSet<(String, Role)>,
}

/// Somebody of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of the user.
    pub user: String,
    /// Who they are.
    pub account: Account,
    /// They may not sign in.
    pub disabled: bool,
    /// What they are in this organisation.
    pub roles: BTreeSet<Role>,
}

macro_rules! staff {
    ($rest:literal) => {
        concat!(
            "SELECT s.user_id, k.sealed, s.account, s.disabled, m.organisation, m.role FROM staff s JOIN person_key k ON k.person = 'user/' || s.user_id ",
            $rest
        )
    };
}
const BY_ID: &str =
    staff!("LEFT JOIN member m ON m.user_id = s.user_id WHERE s.user_id = $1 ORDER BY s.user_id");
const BY_EMAIL: &str =
    staff!("LEFT JOIN member m ON m.user_id = s.user_id WHERE s.email = $1 ORDER BY s.user_id");
const MEMBERS: &str =
    staff!("JOIN member m ON m.user_id = s.user_id WHERE m.organisation = $1 ORDER BY s.user_id");

impl Store {
    /// Somebody who works here, by id.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn user(&self, id: &str) -> Result<Option<StaffMember>, Error> {
        let rows = self.ask(BY_ID, &[Value::Text(id)]).await?;
        Ok(folded(self, &rows)?.pop())
    }

    /// Everybody with an e-mail address, however it is written in capitals: one or nobody, unless two were added by mistake.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn users_by_email(&self, email: &str) -> Result<Vec<StaffMember>, Error> {
        let email = Keyed::new(&self.key).number(&staff::address(email));
        folded(self, &self.ask(BY_EMAIL, &[Value::Number(email)]).await?)
    }

    /// Who belongs to an organisation, by name.
    ///
    /// # Errors
    /// [`Error::Damaged`], or the database failed.
    pub async fn members(&self, organisation: &str) -> Result<Vec<Member>, Error> {
        let rows = self.ask(MEMBERS, &[Value::Text(organisation)]).await?;
        let mut members: Vec<Member> = folded(self, &rows)?.into_iter().map(member).collect();
        members.sort_by(|a, b| (&a.account.name, &a.user).cmp(&(&b.account.name, &b.user)));
        Ok(members)
    }
}

fn member(one: StaffMember) -> Member {
    Member {
        user: one.user,
        account: one.account,
        disabled: one.disabled,
        roles: one.roles.into_iter().map(|(_, role)| role).collect(),
    }
}

/// One for each user: the rows of a user, one for each role, follow each other.
pub(super) fn folded(store: &Store, rows: &[Row]) -> Result<Vec<StaffMember>, Error> {
    let mut all: Vec<StaffMember> = Vec::new();
    for row in rows {
        let user = row.text(0)?;
        if all.last().is_none_or(|last| last.user != user) {
            let key = row::key(store, row, 1, &stream::user(&user))?;
            all.push(StaffMember {
                account: row::read(&key, row, 2, &staff::place(&user))?,
                disabled: row.number(3)? != 0,
                roles: BTreeSet::new(),
                user,
            });
        }
        if let (Some(last), Some(organisation)) = (all.last_mut(), row.maybe_text(4)?) {
            let role = row::one_of(row, 5, "a role", Role::of)?;
            last.roles.insert((organisation, role));
        }
    }
    Ok(all)
}
