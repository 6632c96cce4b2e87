//! Whoever works in an organisation: adding them, and what they are there.

use cotreat_access::{Action, Resource};
use cotreat_care::event::Who;
use cotreat_people::decide::{self, UserAct, Wish};
use cotreat_people::event::Account;
use cotreat_people::{Role, stream, user};
use cotreat_store::Expected;
use cotreat_store::clinic::ask::{Member, StaffMember};
use cotreat_store::clinic::batch;

use super::{Caller, Clinic, Refused, actor, new_id};

impl Clinic {
    /// Everybody who works in the organisation for which the caller acts.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn members(&self, caller: &Caller) -> Result<Vec<Member>, Refused> {
        let organisation = self.own_organisation(caller, Action::SeeMembers)?;
        Ok(self.store.members(&organisation).await?)
    }

    /// Whoever treats patients in the organisation for which the caller acts: those to whom a patient can be given.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn clinicians(&self, caller: &Caller) -> Result<Vec<Who>, Refused> {
        let organisation = self.own_organisation(caller, Action::SeeDirectory)?;
        let members = self.store.members(&organisation).await?;
        let treats = |one: Member| {
            let clinician = !one.disabled && one.roles.contains(&Role::Clinician);
            let profession = one.account.qualification.filter(|_| clinician)?.profession;
            Some(Who::Practitioner {
                id: one.user,
                name: one.account.name,
                profession,
                organisation: Some(organisation.clone()),
            })
        };
        Ok(members.into_iter().filter_map(treats).collect())
    }

    /// One of them.
    pub(super) async fn clinician(&self, caller: &Caller, user: &str) -> Result<Who, Refused> {
        let all = self.clinicians(caller).await?;
        let found = all.into_iter().find(|one| one.id() == Some(user));
        found.ok_or(Refused::Incomplete {
            says: "Nobody takes the patient on: name a clinician who works here.",
        })
    }

    /// Adds somebody, with what they are in the organisation for which the caller acts. Whoever is known already by this e-mail address is given the role there.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn add_user(
        &self,
        caller: &Caller,
        account: Account,
        role: Role,
    ) -> Result<String, Refused> {
        let organisation = self.own_organisation(caller, Action::ChangeMembers)?;
        let _turn = self.directory.lock().await;
        let known = self.store.users_by_email(&account.email).await?;
        let grant = UserAct::GrantRole {
            organisation: organisation.clone(),
            role,
        };
        if let Some(known) = known.first() {
            self.user_acts(caller, &known.user, vec![grant]).await?;
            return Ok(known.user.clone());
        }
        let id = new_id();
        let acts = vec![UserAct::AddUser { account }, grant];
        self.user_acts(caller, &id, acts).await?;
        Ok(id)
    }

    /// Gives somebody a role in the organisation for which the caller acts.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn grant(&self, caller: &Caller, user: &str, role: Role) -> Result<(), Refused> {
        let organisation = self.own_organisation(caller, Action::ChangeMembers)?;
        self.colleague(&organisation, user).await?;
        let act = UserAct::GrantRole { organisation, role };
        self.user_acts(caller, user, vec![act]).await
    }

    /// Takes a role away in the organisation for which the caller acts; never the last owner's.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn withdraw(
        &self,
        caller: &Caller,
        user: &str,
        role: Role,
        reason: String,
    ) -> Result<(), Refused> {
        let organisation = self.own_organisation(caller, Action::ChangeMembers)?;
        let _turn = self.directory.lock().await;
        self.colleague(&organisation, user).await?;
        let others = self.store.members(&organisation).await?;
        let another = others
            .iter()
            .any(|one| one.user != user && !one.disabled && one.roles.contains(&Role::Owner));
        let act = UserAct::WithdrawRole {
            only_owner_of: if another {
                Vec::new()
            } else {
                vec![organisation.clone()]
            },
            organisation,
            role,
            reason,
        };
        self.user_acts(caller, user, vec![act]).await
    }

    /// Somebody who works in an organisation; nobody else's people are anybody's to change.
    async fn colleague(&self, organisation: &str, user: &str) -> Result<StaffMember, Refused> {
        let found = self.store.user(user).await?.ok_or(Refused::NotFound)?;
        let works_here = found.roles.iter().any(|(id, _)| id == organisation);
        if works_here {
            Ok(found)
        } else {
            Err(Refused::NotFound)
        }
    }

    /// The organisation for which the caller acts, if the caller may do this to it.
    pub(super) fn own_organisation(
        &self,
        caller: &Caller,
        action: Action,
    ) -> Result<String, Refused> {
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        self.allow(
            &caller.viewer,
            action,
            &Resource::organisation(organisation),
        )?;
        Ok(organisation.to_owned())
    }

    /// Lets the rules of the directory decide about acts that belong together, and writes what happens, or nothing.
    pub(super) async fn user_acts(
        &self,
        caller: &Caller,
        id: &str,
        acts: Vec<UserAct>,
    ) -> Result<(), Refused> {
        let at = self.clock.now();
        let today = self.today(&caller.viewer, at).await?;
        let (events, seen) = self.told(&stream::user(id)).await?;
        let mut state = events.iter().fold(user::User::default(), user::evolve);
        let mut new = Vec::new();
        for act in acts {
            let wish = Wish {
                by: actor(&caller.viewer),
                at,
                today,
                act,
            };
            for recorded in decide::user(&state, &wish)? {
                state = user::evolve(state, &recorded);
                new.push(recorded);
            }
        }
        let batch = batch::user(id, Expected::Version(seen), &new)?;
        self.store.append(&batch, None).await?;
        Ok(())
    }
}
