//! What an organisation sees of its own work: counts without names, small ones hidden, each with what it is out of.

mod few;
mod open_alarms;
mod quarter;

use cotreat_access::{Action, Resource};
use cotreat_care::record::State;
use cotreat_store::clinic::ask::{Answered, Between, Treated, Waited};
use jiff::civil::Date;

use super::{Caller, Clinic, Refused};

pub use few::{Share, Shown, row, share};
pub(super) use open_alarms::Seen;
pub use open_alarms::{AGES, OpenAlarms};
pub use quarter::Quarter;

/// What an organisation sees of its own work in a quarter.
#[derive(Clone, Debug)]
pub struct Results {
    /// The quarter.
    pub quarter: Quarter,
    /// The first and the last day that are counted; none: no month of it is over.
    pub between: Option<Between>,
    /// Questionnaires by instrument and wave.
    pub answered: Vec<Answered>,
    /// Referrals by the profession they went to.
    pub loops: Vec<Loop>,
    /// Sessions by profession.
    pub treated: Vec<Treated>,
    /// Alarms that stand today.
    pub alarms: OpenAlarms,
}

/// Referrals to one profession.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loop {
    /// Id of the profession.
    pub profession: String,
    /// So many were sent.
    pub sent: u64,
    /// So many of them were accepted or declined.
    pub answered: u64,
    /// So many of them were completed, with a report.
    pub completed: u64,
    /// The median of the days until an answer, of those that were answered.
    pub days_to_answer: Option<i32>,
    /// The median of the days until the end, of those that were completed.
    pub days_to_end: Option<i32>,
}

impl Clinic {
    /// The results of a quarter; the one that runs where none is told.
    ///
    /// # Errors
    /// It is not for the caller, or the store failed.
    pub async fn results(
        &self,
        caller: &Caller,
        quarter: Option<Quarter>,
    ) -> Result<Results, Refused> {
        let organisation = caller.viewer.organisation().ok_or(Refused::NotFound)?;
        let resource = Resource::organisation(organisation);
        self.allow(&caller.viewer, Action::SeeResults, &resource)?;
        let today = self.today(&caller.viewer, self.clock.now()).await?;
        let quarter = quarter
            .filter(|one| one.first() <= today)
            .unwrap_or_else(|| Quarter::of(today));
        let between = quarter.counted(today);
        let store = &self.store;
        let (mut answered, mut waited, mut treated) = (Vec::new(), Vec::new(), Vec::new());
        if let Some(between) = between {
            answered = store.answered_of(organisation, between).await?;
            waited = store.waited_of(organisation, between).await?;
            treated = store.treated_of(organisation, between).await?;
        }
        Ok(Results {
            quarter,
            between,
            answered,
            loops: loops(&waited),
            treated,
            alarms: self.open_alarms(organisation, today).await?,
        })
    }
}

/// Referrals counted by profession; they come sorted by it.
fn loops(waited: &[Waited]) -> Vec<Loop> {
    let same = |a: &Waited, b: &Waited| a.to_profession == b.to_profession;
    waited.chunk_by(same).filter_map(counted).collect()
}

fn counted(of_one: &[Waited]) -> Option<Loop> {
    let first = of_one.first()?;
    let days = |until: fn(&Waited) -> Option<Date>| {
        let mut days: Vec<i32> = of_one
            .iter()
            .filter_map(|one| Some(one.sent_on.until(until(one)?).ok()?.get_days()))
            .collect();
        days.sort_unstable();
        days
    };
    let (to_answer, to_end) = (days(|one| one.answered_on), days(completed));
    let count = |days: &[i32]| u64::try_from(days.len()).unwrap_or(u64::MAX);
    Some(Loop {
        profession: first.to_profession.clone(),
        sent: u64::try_from(of_one.len()).unwrap_or(u64::MAX),
        answered: count(&to_answer),
        completed: count(&to_end),
        days_to_answer: median(&to_answer),
        days_to_end: median(&to_end),
    })
}

/// One that was reopened is not completed any more.
fn completed(one: &Waited) -> Option<Date> {
    one.completed_on.filter(|_| one.state == State::Completed)
}

/// The lower of the two in the middle, so that it is a number of days that somebody waited.
fn median(sorted: &[i32]) -> Option<i32> {
    let middle = sorted.len().checked_sub(1)? / 2;
    sorted.get(middle).copied()
}

#[cfg(test)]
mod tests {
    use super::{Waited, loops, median};
    use cotreat_care::record::State;
    use jiff::civil::date;

    #[test]
    fn referrals_are_counted_with_how_long_they_waited() {
        let one = |to: &str, answered: Option<i8>, completed: Option<i8>| Waited {
            to_profession: to.to_owned(),
            state: if completed.is_some() {
                State::Completed
            } else {
                State::Sent
            },
            sent_on: date(2026, 3, 1),
            answered_on: answered.map(|day| date(2026, 3, day)),
            completed_on: completed.map(|day| date(2026, 3, day)),
        };
        let counted = loops(&[
            one("a", Some(3), Some(20)),
            one("a", Some(5), None),
            one("a", None, None),
            one("b", None, None),
        ]);
        assert_eq!(counted.len(), 2);
        let first = &counted[0];
        assert_eq!((first.sent, first.answered, first.completed), (3, 2, 1));
        assert_eq!(
            (first.days_to_answer, first.days_to_end),
            (Some(2), Some(19))
        );
        assert_eq!((counted[1].sent, counted[1].days_to_answer), (1, None));
    }

    #[test]
    fn a_median_is_one_of_the_days() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[4]), Some(4));
        assert_eq!(median(&[1, 2, 9, 10]), Some(2));
    }
}
