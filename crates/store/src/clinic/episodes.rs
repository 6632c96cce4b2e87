//! What episodes add up to: whether they are open and what is due, who is in the care team, and where each referral stands, and which alerts nobody has taken up.
//!
//! Nothing is worked out here: each event goes into the [`Record`] of `cotreat-care`, and what differs between the record before and after is written.

mod alert;
mod assignment;
mod cache;
mod frame;
mod referral;
mod session;
mod team;
mod waited;

use cotreat_care::event::Recorded;

use self::cache::Cache;
use self::frame::Frame;
use super::read::record;
use super::told::{id, told};
use crate::database::{Tx, Value};
use crate::error::Error;
use crate::pen::Pen;
use crate::projection::{Order, Projection, Step};
use crate::read::StoredEvent;

pub(super) use self::referral::state;

/// What episodes add up to.
#[derive(Default)]
pub(super) struct Episodes {
    cache: Cache,
}

/// An episode and its patient, in every row about it.
#[derive(Clone, Copy)]
struct Place<'a> {
    episode: &'a str,
    patient: &'a str,
}

impl Projection for Episodes {
    fn name(&self) -> &'static str {
        "episodes"
    }

    fn shape(&self) -> u32 {
        2
    }

    fn streams(&self) -> &'static str {
        "episode/"
    }

    fn order(&self) -> Order {
        Order::StreamByStream
    }

    fn tables(&self) -> &'static str {
        concat!(
            frame::tables!(),
            team::tables!(),
            referral::tables!(),
            alert::tables!(),
            assignment::tables!(),
            session::tables!(),
            waited::tables!()
        )
    }

    fn drop_tables(&self) -> &'static str {
        "DROP TABLE IF EXISTS episode; DROP TABLE IF EXISTS team; DROP TABLE IF EXISTS referral; \
         DROP TABLE IF EXISTS assignment; DROP TABLE IF EXISTS treated; DROP TABLE IF EXISTS waited; DROP TABLE IF EXISTS alert;"
    }

    fn apply<'a>(&'a self, pen: &'a mut Pen<'_>, events: &'a [StoredEvent]) -> Step<'a> {
        Box::pin(self.write(pen, events))
    }

    fn forget<'a>(&'a self, tx: &'a mut Tx, person: &'a str) -> Step<'a> {
        Box::pin(async move {
            self.cache.forget(person);
            for sql in [
                "DELETE FROM episode WHERE patient = $1",
                "DELETE FROM team WHERE patient = $1",
                "DELETE FROM referral WHERE patient = $1",
                "DELETE FROM alert WHERE patient = $1",
                "DELETE FROM assignment WHERE patient = $1",
                "DELETE FROM treated WHERE patient = $1",
                "DELETE FROM waited WHERE patient = $1",
            ] {
                tx.run(sql, &[Value::Text(person)]).await?;
            }
            Ok(())
        })
    }
}

impl Episodes {
    async fn write(&self, pen: &mut Pen<'_>, events: &[StoredEvent]) -> Result<(), Error> {
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            return Ok(());
        };
        let before = match self
            .cache
            .take(&first.stream, first.version.saturating_sub(1))
        {
            Some(record) => record,
            None if first.version == 1 => cotreat_care::Record::default(),
            None => record(&pen.earlier(first).await?)?,
        };
        let place = Place {
            episode: id(&first.stream),
            patient: &first.person,
        };
        let (team, referrals) = (before.team.clone(), referral::rows(&before));
        let alert = alert::since(&before);
        let (assigned, treated) = (assignment::rows(&before), session::rows(&before));
        let waited = waited::rows(&before);
        let mut after = before;
        let mut day = None;
        for event in events {
            let recorded: Recorded = told(event)?;
            day = Some(recorded.day);
            after = cotreat_care::evolve(after, &recorded);
        }
        if let Some(frame) = Frame::of(&after) {
            frame.write(pen, place, last, day).await?;
        }
        team::write(pen, place, &team, &after.team).await?;
        referral::write(pen, place, &referrals, &referral::rows(&after)).await?;
        alert::write(pen, place, alert, alert::since(&after)).await?;
        assignment::write(pen, place, &assigned, &assignment::rows(&after)).await?;
        session::write(pen, place, &treated, &session::rows(&after)).await?;
        waited::write(pen, place, &waited, &waited::rows(&after)).await?;
        self.cache
            .keep(&last.stream, last.version, &last.person, after);
        Ok(())
    }
}
