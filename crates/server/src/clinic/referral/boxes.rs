//! The boxes in which referrals lie: what came in for somebody or their organisation, and what they sent.

use std::collections::HashMap;

use cotreat_access::{Action, Viewer};
use cotreat_care::record::{Overdue, State, Waiting};
use cotreat_store::clinic::ask::{ReferralListed, ReferralsWanted, Way};
use jiff::civil::Date;

use super::{Caller, Clinic, Refused};
use crate::clinic::who;

/// What came in and what went out; what is waited for too long comes first, the longest before the others.
#[derive(Debug)]
pub struct Boxes {
    /// For the caller, or for anybody in their organisation.
    pub incoming: Vec<Line>,
    /// From the caller.
    pub outgoing: Vec<Line>,
    /// The day it is for the caller.
    pub today: Date,
}

/// A referral in a box.
#[derive(Debug)]
pub struct Line {
    /// What the list knows of it.
    pub listed: ReferralListed,
    /// What is waited for longer than it should take.
    pub overdue: Option<Overdue>,
    /// Who is at the other end.
    pub other: Neighbour,
}

/// Who is at the other end of a referral.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbour {
    /// Their name; none: anybody of the profession.
    pub name: Option<String>,
    /// The name of their organisation.
    pub organisation: Option<String>,
}

impl Clinic {
    /// The boxes of the caller; with `over` also what is completed, declined or called off. Only those of patients whom the caller may know of.
    ///
    /// # Errors
    /// [`Refused::NotFound`]: the caller does not work here; or the store failed.
    pub async fn boxes(&self, caller: &Caller, over: bool) -> Result<Boxes, Refused> {
        let Viewer::Staff {
            user, organisation, ..
        } = &caller.viewer
        else {
            return Err(Refused::NotFound);
        };
        let now = self.clock.now();
        let today = self.today(&caller.viewer, now).await?;
        let sight = self.access.sight(&caller.viewer, Action::SeeIdentity);
        let wanted = |way, organisation| ReferralsWanted {
            way,
            practitioner: Some(user),
            organisation,
            over,
        };
        let incoming = wanted(Way::In, Some(organisation.as_str()));
        let mut incoming = self.store.referrals(&sight, now, incoming).await?;
        if who(&caller.viewer).profession().is_some() {
            // What a colleague took is theirs; the front desk arranges for all of them.
            incoming.retain(|one| one.accepted_by.as_ref().is_none_or(|by| by == user));
        }
        let outgoing = wanted(Way::Out, None);
        let outgoing = self.store.referrals(&sight, now, outgoing).await?;
        let mut names = Names::default();
        Ok(Boxes {
            incoming: self.lines(incoming, Way::In, today, &mut names).await?,
            outgoing: self.lines(outgoing, Way::Out, today, &mut names).await?,
            today,
        })
    }

    async fn lines(
        &self,
        listed: Vec<ReferralListed>,
        way: Way,
        today: Date,
        names: &mut Names,
    ) -> Result<Vec<Line>, Refused> {
        let mut lines = Vec::new();
        for listed in listed {
            let overdue = waiting(&listed).overdue(&self.knowledge, today);
            let other = match way {
                Way::In => {
                    self.neighbour(
                        names,
                        listed.from_practitioner.as_deref(),
                        listed.from_organisation.as_deref(),
                    )
                    .await?
                }
                Way::Out => self.addressee(names, &listed).await?,
            };
            lines.push(Line {
                listed,
                overdue,
                other,
            });
        }
        // What is called for first comes first; the order of the store, by what moved last, stays among equals.
        lines.sort_by_key(|line| {
            let late = line.overdue.map_or(0, |overdue| overdue.days);
            (std::cmp::Reverse(late), rank(line.listed.state))
        });
        Ok(lines)
    }

    async fn addressee(
        &self,
        names: &mut Names,
        listed: &ReferralListed,
    ) -> Result<Neighbour, Refused> {
        let whom = listed
            .accepted_by
            .as_deref()
            .or(listed.to_practitioner.as_deref());
        let mut found = self
            .neighbour(names, whom, listed.to_organisation.as_deref())
            .await?;
        if found.name.is_none() && listed.to_practitioner.is_some() {
            // Somebody outside is in no directory: their name stands in the referral.
            let read = self.store.episode(&listed.episode).await?;
            let one = read.and_then(|read| read.record.referrals.get(&listed.referral).cloned());
            found.name = one
                .and_then(|one| one.referral.to.outside)
                .map(|to| to.name);
        }
        Ok(found)
    }

    async fn neighbour(
        &self,
        names: &mut Names,
        user: Option<&str>,
        organisation: Option<&str>,
    ) -> Result<Neighbour, Refused> {
        let mut found = Neighbour::default();
        if let Some(user) = user {
            if !names.users.contains_key(user) {
                let name = self.store.user(user).await?.map(|one| one.account.name);
                names.users.insert(user.to_owned(), name);
            }
            found.name = names.users.get(user).cloned().flatten();
        }
        if let Some(id) = organisation {
            if !names.organisations.contains_key(id) {
                let name = self.store.organisation(id).await?;
                let name = name.map(|one| one.settings.name);
                names.organisations.insert(id.to_owned(), name);
            }
            found.organisation = names.organisations.get(id).cloned().flatten();
        }
        Ok(found)
    }
}

/// Names that were looked up already.
#[derive(Default)]
struct Names {
    users: HashMap<String, Option<String>>,
    organisations: HashMap<String, Option<String>>,
}

fn waiting(listed: &ReferralListed) -> Waiting<'_> {
    Waiting {
        state: listed.state,
        since: listed.since,
        counts_from: listed.counts_from,
        appointment: listed.appointment,
        pathway: listed.pathway.as_deref(),
        profession: &listed.to_profession,
    }
}

/// What waits for somebody before what goes on by itself, and what is over last.
const fn rank(state: State) -> u8 {
    match state {
        State::Sent | State::Missed | State::Draft => 0,
        State::Accepted => 1,
        State::Scheduled | State::InProgress => 2,
        State::Declined => 3,
        State::Completed | State::Cancelled => 4,
    }
}
