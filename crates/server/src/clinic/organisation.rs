//! An organisation: its settings, who answers for privacy, and which knowledge it accepted.

use cotreat_access::{Action, Resource, Viewer};
use cotreat_people::decide::{self, OrganisationAct, Wish};
use cotreat_people::event::OrganisationSettings;
use cotreat_people::{organisation, stream};
use cotreat_store::Expected;
use cotreat_store::clinic::ask::{KnowledgeAccepted, Organisation};
use cotreat_store::clinic::batch;

use super::{Caller, Clinic, ENGINE, Refused, actor};

impl Clinic {
    /// The organisation for which the caller acts.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn organisation(&self, caller: &Caller) -> Result<Organisation, Refused> {
        let id = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        self.store.organisation(id).await?.ok_or(Refused::NotFound)
    }

    /// Changes how the organisation works.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn change_organisation(
        &self,
        caller: &Caller,
        settings: OrganisationSettings,
    ) -> Result<(), Refused> {
        let id = self.own_organisation(caller, Action::ChangeOrganisation)?;
        let act = OrganisationAct::ChangeOrganisation { settings };
        self.organisation_act(caller, &id, act).await
    }

    /// Names who answers for the privacy of its patients, and is told when the glass is broken.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn name_privacy_officer(&self, caller: &Caller, user: String) -> Result<(), Refused> {
        let id = self.own_organisation(caller, Action::ChangeOrganisation)?;
        let found = self.store.user(&user).await?;
        let works_here = found.is_some_and(|found| {
            !found.disabled
                && found
                    .roles
                    .iter()
                    .any(|(organisation, _)| *organisation == id)
        });
        let act = OrganisationAct::NamePrivacyOfficer { user, works_here };
        self.organisation_act(caller, &id, act).await
    }

    /// A named clinical safety officer accepts the knowledge that this server works with.
    ///
    /// # Errors
    /// It is not for the caller, or the rules of the directory refuse it.
    pub async fn accept_knowledge(
        &self,
        caller: &Caller,
        organisation: &str,
        officer: String,
        standing: String,
    ) -> Result<(), Refused> {
        let resource = Resource::organisation(organisation);
        self.allow(&caller.viewer, Action::AcceptKnowledge, &resource)?;
        let act = OrganisationAct::AcceptKnowledge {
            knowledge: self.knowledge.hash.clone(),
            engine: ENGINE.to_owned(),
            officer,
            standing,
        };
        self.organisation_act(caller, organisation, act).await
    }

    /// Who accepted the knowledge this server works with, for an organisation.
    ///
    /// # Errors
    /// The store failed.
    pub async fn accepted(&self, organisation: &str) -> Result<Option<KnowledgeAccepted>, Refused> {
        let accepted = self.store.knowledge_accepted(organisation).await?;
        let ours = |one: &KnowledgeAccepted| one.knowledge == self.knowledge.hash;
        Ok(accepted.into_iter().rfind(ours))
    }

    async fn organisation_act(
        &self,
        caller: &Caller,
        id: &str,
        act: OrganisationAct,
    ) -> Result<(), Refused> {
        let at = self.clock.now();
        let (events, seen) = self.told(&stream::organisation(id)).await?;
        let state = events
            .iter()
            .fold(organisation::Organisation::default(), organisation::evolve);
        let wish = Wish {
            by: actor(&caller.viewer),
            at,
            today: self.today(&caller.viewer, at).await?,
            act,
        };
        let new = decide::organisation(&state, &wish)?;
        let batch = batch::organisation(id, Expected::Version(seen), &new)?;
        self.store.append(&batch, None).await?;
        Ok(())
    }
}

/// Who acts when nobody signed in: whoever sits at the server.
impl Caller {
    /// Whoever sits at the server, by a command.
    #[must_use]
    pub const fn operator() -> Self {
        Self::of(Viewer::Operator)
    }
}
