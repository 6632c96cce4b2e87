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
        let act = UserAct::WithdrawRole {
            only_owner_of: self.without_another_owner(&organisation, user).await?,
            organisation,
            role,
            reason,
        };
        self.user_acts(caller, user, vec![act]).await
    }

    /// Lets somebody no longer sign in. For whoever works nowhere else: elsewhere they are somebody else's to decide about.
    ///
    /// # Errors
    /// It is not for the caller, they work elsewhere too, or the rules of the directory refuse it.
    pub async fn disable(
        &self,
        caller: &Caller,
        user: &str,
        reason: String,
    ) -> Result<(), Refused> {
        let organisation = self.own_organisation(caller, Action::ChangeMembers)?;
        let _turn = self.directory.lock().await;
        self.only_here(&organisation, user).await?;
        let act = UserAct::DisableUser {
            reason,
            only_owner_of: self.without_another_owner(&organisation, user).await?,
        };
        self.user_acts(caller, user, vec![act]).await
    }

    /// Lets somebody sign in again.
    ///
    /// # Errors
    /// It is not for the caller, they work elsewhere too, or the rules of the directory refuse it.
    pub async fn enable(&self, caller: &Caller, user: &str) -> Result<(), Refused> {
        let organisation = self.own_organisation(caller, Action::ChangeMembers)?;
        self.only_here(&organisation, user).await?;
        self.user_acts(caller, user, vec![UserAct::EnableUser])
            .await
    }

    /// That the caller may send somebody a new link to sign in: it opens their account, so it is for whoever works nowhere else.
    ///
    /// # Errors
    /// It is not for the caller, or they work elsewhere too.
    pub async fn may_reset(&self, caller: &Caller, user: &str) -> Result<(), Refused> {
        let organisation = self.own_organisation(caller, Action::ChangeMembers)?;
        self.only_here(&organisation, user).await.map(drop)
    }

    /// One member, for whoever may see them.
    ///
    /// # Errors
    /// It is not for the caller, or there is nobody of this id.
    pub async fn member(&self, caller: &Caller, user: &str) -> Result<Member, Refused> {
        let all = self.members(caller).await?;
        let found = all.into_iter().find(|one| one.user == user);
        found.ok_or(Refused::NotFound)
    }

    /// Somebody who works in this organisation and in no other.
    async fn only_here(&self, organisation: &str, user: &str) -> Result<StaffMember, Refused> {
        let found = self.colleague(organisation, user).await?;
        if found.roles.iter().all(|(id, _)| id == organisation) {
            return Ok(found);
        }
        Err(Refused::NotAllowed {
            because: "They work in another organisation too: withdraw their roles here, or ask whoever keeps the server running.".to_owned(),
        })
    }

    /// The organisation, where nobody else who may sign in is its owner.
    async fn without_another_owner(
        &self,
        organisation: &str,
        user: &str,
    ) -> Result<Vec<String>, Refused> {
        let others = self.store.members(organisation).await?;
        let another = others
            .iter()
            .any(|one| one.user != user && !one.disabled && one.roles.contains(&Role::Owner));
        Ok(if another {
            Vec::new()
        } else {
            vec![organisation.to_owned()]
        })
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
