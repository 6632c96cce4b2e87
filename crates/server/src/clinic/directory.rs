//! The directory: whom a patient can be sent to, and what each says about themselves there.

use cotreat_access::{Action, Resource, Viewer};
use cotreat_people::decide::UserAct;
use cotreat_people::event::{NewPatients, Qualification};
use cotreat_store::clinic::ask::{DirectoryEntry, Offers, Organisation};

use super::{Caller, Clinic, Refused};

/// Somebody in the directory.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Who they are and what they offer.
    pub entry: DirectoryEntry,
    /// The organisations in which they treat: id and name, by name.
    pub organisations: Vec<(String, String)>,
}

/// What somebody says about themselves in the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEntry {
    /// Ids of techniques they offer.
    pub techniques: Vec<String>,
    /// Languages they speak.
    pub languages: Vec<String>,
    /// Where they see patients.
    pub areas: Vec<String>,
    /// Whether they take new patients.
    pub new_patients: Option<NewPatients>,
}

impl OwnEntry {
    /// What they say now.
    #[must_use]
    pub fn of(told: &Qualification) -> Self {
        Self {
            techniques: told.techniques.clone(),
            languages: told.languages.clone(),
            areas: told.areas.clone(),
            new_patients: told.new_patients,
        }
    }
}

impl Clinic {
    /// Everybody who treats and offers what is wanted, by name.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn directory(
        &self,
        caller: &Caller,
        offers: Offers<'_>,
    ) -> Result<Vec<Listed>, Refused> {
        self.allow(
            &caller.viewer,
            Action::SeeDirectory,
            &Resource::Installation,
        )?;
        let names = self.organisations_by_name().await?;
        let found = self.store.directory(offers).await?.into_iter();
        let listed = found.map(|entry| {
            let there = |(id, _): &&(String, String)| entry.organisations.contains(id);
            let organisations = names.iter().filter(there).cloned().collect();
            Listed {
                entry,
                organisations,
            }
        });
        Ok(listed.collect())
    }

    /// An organisation of the directory, and who treats there.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: there is none; it is not for the caller; or the store failed.
    pub async fn listed_organisation(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<(Organisation, Vec<Listed>), Refused> {
        let offers = Offers {
            organisation: Some(id),
            ..Offers::default()
        };
        let people = self.directory(caller, offers).await?;
        let found = self.store.organisation(id).await?;
        Ok((found.ok_or(Refused::NotFound)?, people))
    }

    /// Somebody of the directory.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: nobody of this id treats here; it is not for the caller; or the store failed.
    pub async fn listed(&self, caller: &Caller, user: &str) -> Result<Listed, Refused> {
        let all = self.directory(caller, Offers::default()).await?;
        let found = all.into_iter().find(|one| one.entry.user == user);
        found.ok_or(Refused::NotFound)
    }

    /// Changes what the caller says about themselves. Profession, name and training stay: those are for the owner of their organisation.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: the caller treats nobody; or the rules of the directory refuse it.
    pub async fn change_own_entry(&self, caller: &Caller, entry: OwnEntry) -> Result<(), Refused> {
        let Viewer::Staff { user: id, .. } = &caller.viewer else {
            return Err(Refused::NotFound);
        };
        let own = Resource::Account { user: id };
        self.allow(&caller.viewer, Action::ChangeOwnEntry, &own)?;
        let known = |technique: &String| self.knowledge.techniques.find(technique).is_some();
        if !entry.techniques.iter().all(known) {
            return Err(Refused::Incomplete {
                says: "A technique is not known here: take it from the list.",
            });
        }
        let _one_at_a_time = self.directory.lock().await;
        let found = self.store.user(id).await?;
        let mut account = found.ok_or(Refused::NotFound)?.account;
        let told = account.qualification.as_mut().ok_or(Refused::NotFound)?;
        if OwnEntry::of(told) == entry {
            return Ok(());
        }
        told.techniques = entry.techniques;
        told.languages = entry.languages;
        told.areas = entry.areas;
        told.new_patients = entry.new_patients;
        let act = UserAct::ChangeUser { account };
        self.user_acts(caller, id, vec![act]).await
    }

    async fn organisations_by_name(&self) -> Result<Vec<(String, String)>, Refused> {
        let all = self.store.organisations().await?.into_iter();
        let mut names: Vec<(String, String)> = all
            .map(|one| (one.organisation, one.settings.name))
            .collect();
        names.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        Ok(names)
    }
}
