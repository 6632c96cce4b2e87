//! Alerts: a page told a patient to get help now, and somebody has to see to it.

use std::collections::BTreeSet;

use cotreat_access::Action;
use cotreat_care::decide::Act;
use cotreat_care::event::AlertTaken;
use cotreat_people::Role;
use cotreat_store::clinic::ask::OpenAlert;

use super::{Caller, Clinic, Done, Refused};

impl Clinic {
    /// The open alerts about patients whom the caller sees, the oldest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn alerts(&self, caller: &Caller) -> Result<Vec<OpenAlert>, Refused> {
        let sight = self.access.sight(&caller.viewer, Action::TakeAlert);
        Ok(self.store.open_alerts(&sight, self.clock.now()).await?)
    }

    /// Takes up the alert of an episode. Whoever comes second is told who was first.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or there is none.
    pub async fn take_alert(
        &self,
        caller: &Caller,
        episode: &str,
        does: String,
    ) -> Result<Done, Refused> {
        let act = Act::TakeAlert(AlertTaken { does });
        self.act_now(caller, episode, act).await
    }

    /// Whom an alert about a patient goes to: the care team and the front desks, or, when nobody took it up, those who answer for the organisations.
    ///
    /// # Errors
    /// The store failed.
    pub async fn alerted(
        &self,
        patient: &str,
        waited: bool,
    ) -> Result<BTreeSet<String>, cotreat_store::Error> {
        let now = self.clock.now();
        let Some(relation) = self.store.relation(patient, now).await? else {
            return Ok(BTreeSet::new());
        };
        let mut to = if waited {
            BTreeSet::new()
        } else {
            relation.team.clone()
        };
        let role = if waited { Role::Owner } else { Role::FrontDesk };
        for organisation in &relation.organisations {
            let members = self.store.members(organisation).await?;
            let meant = members
                .into_iter()
                .filter(|one| !one.disabled && one.roles.contains(&role));
            to.extend(meant.map(|one| one.user));
            if waited
                && let Some(found) = self.store.organisation(organisation).await?
                && let Some(officer) = found.privacy_officer
            {
                to.insert(officer);
            }
        }
        Ok(to)
    }

    /// The addresses that organisations named for alerts which nobody takes up.
    ///
    /// # Errors
    /// The store failed.
    pub async fn escalation(
        &self,
        patient: &str,
    ) -> Result<BTreeSet<String>, cotreat_store::Error> {
        let now = self.clock.now();
        let Some(relation) = self.store.relation(patient, now).await? else {
            return Ok(BTreeSet::new());
        };
        let mut to = BTreeSet::new();
        for organisation in &relation.organisations {
            let found = self.store.organisation(organisation).await?;
            to.extend(found.and_then(|found| found.settings.reach.escalate_to));
        }
        Ok(to)
    }

    /// Whether the alert of an episode still waits for somebody.
    ///
    /// # Errors
    /// The store failed.
    pub async fn alert_waits(&self, episode: &str) -> Result<bool, cotreat_store::Error> {
        let read = self.store.episode(episode).await?;
        Ok(read.is_some_and(|read| read.record.open_alert().is_some()))
    }
}
