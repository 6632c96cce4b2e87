//! What patients read about themselves, and what they say on their own page.

use cotreat_access::Action;
use cotreat_care::decide::Act;
use cotreat_care::{Appraisal, Record, appraise};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Caller, Clinic, Done, Refused};

/// An episode of care as the patient may read it.
#[derive(Debug)]
pub struct OwnEpisode {
    /// Its id.
    pub episode: String,
    /// What is on record.
    pub record: Record,
    /// What can be said today: for the picture of what the agreed plan works on. Nothing that is merely proposed is shown.
    pub appraisal: Appraisal,
    /// The day it is where the patient is seen.
    pub today: Date,
}

impl Clinic {
    /// An episode for the patient whose it is.
    ///
    /// # Errors
    /// [`Refused::NotFound`], or the store failed.
    pub async fn own_episode(&self, caller: &Caller, episode: &str) -> Result<OwnEpisode, Refused> {
        let read = self.store.episode(episode).await?;
        let read = read.ok_or(Refused::NotFound)?;
        let relation = self
            .permit(&caller.viewer, Action::SeeRecord, &read.patient)
            .await?;
        let house = self.seen_where(&relation, &read.record).await?;
        let today = day_here(&read.record, self.clock.now(), house.zone);
        let known = read.record.known(&self.knowledge, today);
        Ok(OwnEpisode {
            episode: episode.to_owned(),
            appraisal: appraise(&known.episode, &self.knowledge),
            record: read.record,
            today,
        })
    }

    /// Does something that needs no look at what is there: asks, agrees, takes back, takes up.
    ///
    /// # Errors
    /// [`Refused::NotFound`], it is not for the caller, or the rules of the clinic refuse it.
    pub async fn act_now(&self, caller: &Caller, episode: &str, act: Act) -> Result<Done, Refused> {
        let read = self.store.episode(episode).await?;
        let seen = read.ok_or(Refused::NotFound)?.version;
        self.act(caller, episode, seen, act, None).await
    }
}

/// The day it is in a zone; where clocks differ, an episode may have begun on a day that has not come yet here.
pub(super) fn day_here(record: &Record, now: jiff::Timestamp, zone: TimeZone) -> Date {
    let today = now.to_zoned(zone).date();
    record.began().map_or(today, |began| today.max(began))
}
