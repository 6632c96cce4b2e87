//! Alarms that stand in the open episodes of an organisation, by how soon something must be done and how long they have stood. They are worked out from the facts of each episode, as its page does it;
//! what was worked out is kept until the episode or the day changes.

use std::collections::HashMap;

use cotreat_care::Record;
use cotreat_care::assess::assess;
use cotreat_knowledge::{Knowledge, Tier};
use jiff::civil::Date;

use super::super::{Clinic, Refused};

/// The last day of each span of ages but the last, in days: today and yesterday, a week, four weeks, longer.
pub const AGES: [i32; 3] = [1, 7, 28];
/// So many episodes are looked at, those first where something happened last.
const LOOKED_AT: u32 = 2_000;

/// Alarms that stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenAlarms {
    /// How many stand of each tier, the most urgent first, by age: one more than [`AGES`].
    pub tiers: Vec<(Tier, [u64; 4])>,
    /// So many open episodes were looked at.
    pub episodes: u64,
    /// There are more open episodes than are looked at.
    pub more: bool,
}

/// What was worked out of an episode: its version and the day, and each alarm with the day since which it stands.
#[derive(Clone, Debug)]
pub(in crate::clinic) struct Seen {
    version: u64,
    day: Date,
    standing: Vec<(Tier, Date)>,
}

/// What was worked out, by episode.
type Kept = HashMap<String, Seen>;

impl Clinic {
    pub(super) async fn open_alarms(
        &self,
        organisation: &str,
        today: Date,
    ) -> Result<OpenAlarms, Refused> {
        let episodes = self.store.open_episodes(organisation, LOOKED_AT).await?;
        let mut alarms = OpenAlarms {
            tiers: Tier::DESCENDING.map(|tier| (tier, [0; 4])).to_vec(),
            episodes: u64::try_from(episodes.len()).unwrap_or(u64::MAX),
            more: episodes.len() >= usize::try_from(LOOKED_AT).unwrap_or(usize::MAX),
        };
        let before = self.alarms_seen.lock().await.clone();
        let mut now = Kept::new();
        for one in episodes {
            let known = before.get(&one.episode);
            let seen = match known.filter(|seen| seen.version == one.version && seen.day == today) {
                Some(seen) => seen.clone(),
                None => self.look(&one.episode, today).await?,
            };
            for (tier, since) in &seen.standing {
                alarms.count(*tier, *since, today);
            }
            now.insert(one.episode, seen);
        }
        self.alarms_seen.lock().await.extend(now);
        Ok(alarms)
    }

    async fn look(&self, episode: &str, today: Date) -> Result<Seen, Refused> {
        // One that was erased between the two questions has none.
        let Some(read) = self.store.episode(episode).await? else {
            return Ok(Seen {
                version: 0,
                day: today,
                standing: Vec::new(),
            });
        };
        Ok(Seen {
            version: read.version,
            day: today,
            standing: standing(&read.record, &self.knowledge, today),
        })
    }
}

impl OpenAlarms {
    fn count(&mut self, tier: Tier, since: Date, today: Date) {
        let age = since.until(today).map_or(0, |span| span.get_days());
        let span = AGES.iter().position(|last| age <= *last);
        let row = self.tiers.iter_mut().find(|(one, _)| *one == tier);
        if let Some(cell) = row.and_then(|(_, row)| row.get_mut(span.unwrap_or(AGES.len()))) {
            *cell += 1;
        }
    }
}

/// Each alarm that stands today, with the first day whose facts raise it as far.
fn standing(record: &Record, knowledge: &Knowledge, today: Date) -> Vec<(Tier, Date)> {
    let reached = |record: &Record| {
        let known = record.known(knowledge, today);
        assess(&known.episode, knowledge).alarms
    };
    let now: Vec<_> = reached(record)
        .into_iter()
        .filter_map(|one| Some((one.condition, one.reached?)))
        .collect();
    if now.is_empty() {
        return Vec::new();
    }
    let mut days: Vec<Date> = record.facts.iter().map(|fact| fact.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut since: Vec<Option<Date>> = vec![None; now.len()];
    for day in days {
        let mut early = record.clone();
        early.facts.retain(|fact| fact.day <= day);
        let then = reached(&early);
        for ((condition, tier), since) in now.iter().zip(&mut since) {
            let of_it = then.iter().find(|one| one.condition == *condition);
            if since.is_none() && of_it.is_some_and(|one| one.reached >= Some(*tier)) {
                *since = Some(day);
            }
        }
        if since.iter().all(Option::is_some) {
            break;
        }
    }
    let began = record.began().unwrap_or(today);
    let both = now.into_iter().zip(since);
    both.map(|((_, tier), since)| (tier, since.unwrap_or(began)))
        .collect()
}
